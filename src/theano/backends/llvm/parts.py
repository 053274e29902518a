"""Machine code of our own that no graph asks for, one of each for the process: the thread pool, repetition, products
of matrices, convolution."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import cache as cache_calls
from typing import Any

from theano.backends.llvm import cache
from theano.backends.llvm.callable import make_fastcall
from theano.backends.llvm.image import LoadedImage, from_bytes, link, load, to_bytes
from theano.configuration import config


@cache_calls
def loaded_pool() -> LoadedImage:
    """The code of `pool_code`, ready to run."""
    pool = _loaded("pool", _emit_pool, is_plain=True)
    reset = ctypes.CFUNCTYPE(None)(pool.address("reset"))
    reset()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=reset)
    return pool


@cache_calls
def loaded_repeat() -> Callable[..., Any]:
    """The function of `repeat_code`, which calls a function many times."""
    image = _loaded("repeat", _emit_repeat, is_plain=True)
    return make_fastcall(image.address("repeat"), "repeat", keep_alive=image)


def product_address(dtype: str, function: str) -> int:
    """Where a function of `product` is.  Those for loops are a part of their own."""
    return loaded_product(dtype, function != "multiply").address(function)


@cache_calls
def loaded_product(dtype: str, for_loops: bool) -> LoadedImage:
    """The code of `product` for one dtype: that for products of few rows in loops, or that which threads share."""

    def emit(module: Any) -> None:
        from theano.backends.llvm.product.direct import emit_direct_product
        from theano.backends.llvm.product.shared import emit_shared_product

        (emit_direct_product if for_loops else emit_shared_product)(module, dtype)

    return _loaded(f"product.{dtype}.{'direct' if for_loops else 'shared'}", emit, is_plain=True)


def convolution_address(dtype: str, function: str) -> int:
    """Where a function of `convolution` is.  The gradient of weights is not compiled before a program asks for it."""
    return loaded_convolution(dtype, function.startswith("weights.")).address(function)


@cache_calls
def loaded_convolution(dtype: str, of_weights: bool) -> LoadedImage:
    """The code of `convolution` for one dtype: that of its gradient by weights, or all other."""

    def emit(module: Any) -> None:
        from theano.backends.llvm.convolution.part import (
            emit_convolution_of_images,
            emit_convolution_of_weights,
        )

        (emit_convolution_of_weights if of_weights else emit_convolution_of_images)(module, dtype)

    return _loaded(f"convolution.{dtype}.{'weights' if of_weights else 'images'}", emit)


def _loaded(name: str, emit: Callable[[Any], None], is_plain: bool = False) -> LoadedImage:
    """A part, from the disk cache or made now; one that is plain LLVM need not optimise."""
    key = cache.key_of_part(name)
    found = cache.read(key) if config.cache else None
    if found is not None:
        return load(from_bytes(found[0]))
    from theano.backends.llvm.machine import AS_IT_IS, USUAL, module_for_host, object_code

    module = module_for_host(name, AS_IT_IS if is_plain else USUAL)
    emit(module)
    image = link(*object_code(module))
    if config.cache:
        cache.write(key, to_bytes(image), [], [])
    return load(image)


def _emit_pool(module: Any) -> None:
    from theano.backends.llvm.pool_code import emit_pool

    emit_pool(module)


def _emit_repeat(module: Any) -> None:
    from theano.backends.llvm.repeat_code import emit_repeat

    emit_repeat(module)
