"""What is installed here, and where code would run."""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np

import theano
from theano.backends.llvm.image import unsupported_platform
from theano.command_line import cache_folder
from theano.configuration import config, thread_count

SHOWN_FEATURES = (
    "sse4.2",
    "avx",
    "avx2",
    "fma",
    "f16c",
    "avx512f",
    "avx512vl",
    "avx512bf16",
    "amx-tile",
    "neon",
    "sve",
    "sve2",
)
PEERS = ("pytensor", "jax", "torch")


def described() -> list[str]:
    """Lines on everything."""
    return [
        *heading(),
        *lines("cache", cache_folder.described()),
        *lines("devices", ["cpu"]),
        *lines("flags", list(_flags()) or ["all as they are by default"]),
    ]


def heading() -> list[str]:
    """Lines on what times depend on."""
    return [
        *lines("theano", [f"{theano.__version__}, in {os.path.dirname(theano.__file__)}"]),
        *lines(
            "python", [f"{platform.python_version()}, {platform.python_implementation()}, {sys.executable}"]
        ),
        *lines("packages", [", ".join(_versions())]),
        *lines("system", [platform.platform()]),
        *lines("processor", _processor()),
        *lines("BLAS", _blas()),
    ]


def lines(title: str, texts: Iterable[str]) -> list[str]:
    """The title before the first text, as much room before the others."""
    return [f"{title if k == 0 else '':10}{text}" for k, text in enumerate(texts)]


def _versions() -> Iterator[str]:
    import llvmlite.binding as llvm

    yield f"numpy {np.__version__}"
    yield f"scipy {importlib.metadata.version('scipy')}"
    yield f"llvmlite {importlib.metadata.version('llvmlite')} with LLVM {'.'.join(map(str, llvm.llvm_version_info))}"
    for name in PEERS:
        if find_spec(name) is not None:
            try:
                yield f"{name} {importlib.metadata.version(name)}"
            except importlib.metadata.PackageNotFoundError:
                continue


def _processor() -> Iterator[str]:
    from theano.backends.llvm.machine import host, vector_bytes

    trouble = unsupported_platform()
    if trouble is not None:
        yield f"{trouble}; use the flag linker=py"
        return
    processor = host()
    has = {feature[1:] for feature in processor.features.split(",") if feature.startswith("+")}
    yield f"{_model()}: {processor.name} to LLVM"
    yield f"vectors of {vector_bytes(processor)} bytes; {', '.join(f for f in SHOWN_FEATURES if f in has)}"
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield f"{usable} of {os.cpu_count()} cores may be used; long loops are shared by {thread_count()} threads"


def _model() -> str:
    try:
        with open("/proc/cpuinfo") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass  # no Linux
    return platform.processor() or platform.machine()


def _blas() -> Iterator[str]:
    """What SciPy was built with, whose routines compiled functions call, and what is loaded of OpenBLAS."""
    import scipy
    import scipy.linalg.cython_blas  # loads it

    found = scipy.show_config(mode="dicts")["Build Dependencies"]["blas"]
    yield f"{found.get('name', 'unknown')} {found.get('version', '')}, through SciPy".replace(" ,", ",")
    for path in _loaded_libraries("openblas"):
        owner = "SciPy" if "scipy.libs" in path else "NumPy" if "numpy.libs" in path else path
        core = _ask(path, "get_corename", ctypes.c_char_p)
        threads = _ask(path, "get_num_threads", ctypes.c_int)
        if core is not None and threads is not None:
            yield f"OpenBLAS of {owner}: {threads} threads, code for {core.decode()}"


def _loaded_libraries(part: str) -> list[str]:
    """Paths of shared libraries in this process whose names hold ``part``."""
    try:
        with open("/proc/self/maps") as lines:
            paths = {line.split(maxsplit=5)[5].strip() for line in lines if line.count("/")}
    except OSError:
        return []  # no Linux
    return sorted(path for path in paths if part in os.path.basename(path))


def _ask(path: str, name: str, kind: type) -> Any:
    """The answer of OpenBLAS; its names have affixes that tell builds apart.  None where it has no such name."""
    library = ctypes.CDLL(path)
    for prefix in ("scipy_openblas_", "openblas_"):
        for suffix in ("", "64_", "_64_"):
            function = getattr(library, prefix + name + suffix, None)
            if function is not None:
                function.restype, function.argtypes = kind, []
                return function()
    return None


def _flags() -> Iterator[str]:
    """Flags that have another value than the table's, and where it was set."""
    for name, flag in sorted(config._flags.items()):
        value = config._section_of(name)[name.rpartition(".")[2]]
        if value != flag.default:
            given = config._settings.find(name)
            yield f"{name}={value}" + (f", set in {given[1]}" if given else "")
