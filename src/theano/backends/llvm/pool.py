"""The thread pool of the process: its machine code is loaded when the first function that wants it is."""

from __future__ import annotations

import ctypes
import os
from functools import cache as cache_calls

from theano.backends.llvm import cache
from theano.backends.llvm.image import LoadedImage, from_bytes, link, load, to_bytes
from theano.configuration import config


@cache_calls
def loaded_pool() -> LoadedImage:
    """The code of `pool_code`, from the disk cache or made now, ready to run."""
    key = cache.key_of_part("pool")
    found = cache.read(key) if config.cache else None
    if found is not None:
        image = from_bytes(found[0])
    else:
        image = link(_object_code())
        if config.cache:
            cache.write(key, to_bytes(image), [], [])
    pool = load(image)
    reset = ctypes.CFUNCTYPE(None)(pool.address("reset"))
    reset()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=reset)
    return pool


def _object_code() -> bytes:
    from theano.backends.llvm.machine import module_for_host, object_code
    from theano.backends.llvm.pool_code import emit_pool

    module = module_for_host("pool")
    emit_pool(module)
    return object_code(module)
