"""The disk cache: finished machine code under the hash of the graph that it was made from.

The key covers the graph as the user wrote it, the rewrites asked for, settings that affect code, the processor and
this package's own sources; so a warm start skips rewriting, lowering and LLVM.  A file holds the SHA-256 digest of its
key and the rest, a head of a few lines, and the bytes of the image and of large constants.  It is read only from a folder that belongs
to the user alone, written under another name and renamed, and never unpickled.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np

from theano.backends.interface import Identity, Task
from theano.configuration import compilation_key, config
from theano.graph import Constant, Op, Type, Variable
from theano.graph.description import description
from theano.graph.inner_graph import InnerGraph
from theano.graph.origin import PACKAGE_FOLDER
from theano.random.state_type import RandomStateType
from theano.scalar.function import ScalarFunction

FORMAT = 2
UNFINISHED = ".new-"  # begins the name of a file that is being written
PRUNING_PREFIX = "00"  # of the keys, evenly spread, on whose writing the folder is looked through: one in 256


class NotCacheable(Exception):
    """A part of the graph whose identity cannot be told by content."""


def key_of(task: Task) -> str | None:
    """The hash under which a task's code is kept; None when the graph has a part that cannot be hashed.

    A task that was told its identity, by a pickle for instance, is not looked at.
    """
    if task.identity is None:
        digest = hashlib.sha256()
        try:
            _hash_graph(digest.update, task)
        except NotCacheable:
            return None
        digest.update(repr((task.rewriting, task.single, sorted(task.borrowed), sorted(task.strict))).encode())
        task.identity = Identity(digest.hexdigest(), _rewriting())
    content, rewritten_with = task.identity
    elsewhere = None if rewritten_with == _rewriting() else rewritten_with
    measured = () if task.profile is None else ("profile", task.profile.times_steps)
    return hashlib.sha256(repr((content, elsewhere, _machine(), _rewriting(), *measured)).encode()).hexdigest()


def _rewriting() -> str:
    """A hash of what decides how a graph is rewritten and lowered: sources and settings."""
    return hashlib.sha256(repr((FORMAT, _sources(), compilation_key(config))).encode()).hexdigest()


def key_of_part(name: str) -> str:
    """The hash under which code of our own is kept that no graph asks for: the thread pool."""
    return hashlib.sha256(repr((FORMAT, name, _machine(), _sources())).encode()).hexdigest()


def _hash_graph(update: Any, task: Task) -> None:
    fgraph = task.fgraph
    update(repr((task.arguments, task.returned, task.updates)).encode())
    number: dict[Variable, int] = {}
    texts: dict[int, str] = {}  # of ops and types, which large graphs have few of

    def text(thing: Any) -> str:
        found = texts.get(id(thing))
        if found is None:
            found = texts[id(thing)] = _text(thing)
        return found

    for variable in fgraph.inputs:
        number[variable] = len(number)
        update(text(variable.type).encode())
    for node in fgraph.toposort():
        for variable in node.inputs:
            if variable not in number:
                number[variable] = len(number)
                _hash_constant(update, variable)
        parts = [text(node.op), str([number[v] for v in node.inputs])]
        for variable in node.outputs:
            number[variable] = len(number)
            parts.append(text(variable.type))
        update("".join(parts).encode())
    for variable in fgraph.outputs:
        if variable not in number:
            number[variable] = len(number)
            _hash_constant(update, variable)
    update(repr([number[v] for v in fgraph.outputs]).encode())


def _hash_constant(update: Any, variable: Variable) -> None:
    if not isinstance(variable, Constant) or not isinstance(variable.data, (np.ndarray, np.generic)):
        raise NotCacheable(variable)
    data = np.ascontiguousarray(variable.data)
    update(f"{_text(variable.type)}{data.shape}".encode())
    update(data.tobytes())


def _text(thing: Any) -> str:
    """What identifies an op, a type or a property in any process."""
    match thing:
        case None | bool() | int() | float() | complex() | str() | bytes():
            return repr(thing)
        case ScalarFunction(argument_dtypes=None):
            return f"scalar:{thing.name}"
        case ScalarFunction():
            raise NotCacheable(thing)  # its code is at an address
        case slice():
            return f"slice{_text((thing.start, thing.stop, thing.step))}"
        case tuple() | list():
            return f"({','.join(map(_text, thing))})"
        case dict():
            return f"{{{','.join(sorted(f'{_text(k)}:{_text(v)}' for k, v in thing.items()))}}}"
        case type():
            return f"{thing.__module__}.{thing.__qualname__}"
        case np.generic() | np.dtype():
            return f"{type(thing).__name__}:{thing!r}"
        case Op():
            identity = thing._identity()
            if identity is None and isinstance(thing, InnerGraph):
                identity = (type(thing), *description(thing.local_inputs, thing.local_outputs))
            if identity is None or not type(thing).__module__.startswith("theano."):
                raise NotCacheable(thing)
            return f"<{','.join(map(_text, identity))}>"
        case Type():
            parts = [getattr(thing, name, None) for name in ("dtype", "broadcastable", "format")]
            if parts[0] is None and not isinstance(thing, RandomStateType):
                raise NotCacheable(thing)
            return f"<{_text(type(thing))},{_text(tuple(parts))}>"
    raise NotCacheable(thing)


@cache
def _machine() -> tuple[str, ...]:
    """What the code was made for: processor and its features, Python's and NumPy's ABI."""
    features = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_IDENTIFIER", "")
    try:
        with open("/proc/cpuinfo") as lines:
            for line in lines:
                if line.startswith(("model name", "flags", "Features", "CPU part")):
                    features += line
                if not line.strip():
                    break
    except OSError:
        pass  # no Linux: the machine's name must do
    return (hashlib.sha256(features.encode()).hexdigest(), sys.version, np.__version__, sys.platform)


@cache
def _sources() -> str:
    """A hash of the names, sizes and times of this package's files: changed code makes changed code."""
    digest = hashlib.sha256()
    stack = [PACKAGE_FOLDER]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in ("__pycache__", "legacy"):  # old paths have no part in code
                        stack.append(entry.path)
                elif entry.name.endswith(".py"):
                    status = entry.stat()
                    digest.update(f"{entry.name},{status.st_size},{status.st_mtime_ns};".encode())
    return digest.hexdigest()


# -- files -----------------------------------------------------------------------------------------------------------------


def folder() -> str:
    """Where the files are: below the flag compiledir."""
    return os.path.join(config.compiledir, "native")


def read(key: str) -> tuple[bytes, list[tuple[str, int]], list[np.ndarray]] | None:
    """The image, the cells it wants and the constants kept under ``key``; None when there is nothing sound."""
    path = os.path.join(folder(), key)
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                return None
            content = file.read()
    except OSError:
        return None
    body = memoryview(content)[32:]
    if len(content) < 40 or _digest(key, body) != content[:32]:
        return None
    head_size = int.from_bytes(body[:8], "little")
    position = 8 + head_size
    first, *lines = str(body[8:position], "ascii").splitlines()
    image_size, cells = map(int, first.split())
    image = bytes(body[position : position + image_size])
    position += image_size
    wanted = [(kind, int(number)) for kind, number in map(str.split, lines[:cells])]
    constants = []
    for dtype, *lengths in map(str.split, lines[cells:]):
        shape = [int(n) for n in lengths]
        array = np.frombuffer(body, dtype, math.prod(shape), position).reshape(shape).copy()
        constants.append(array)
        position += array.nbytes
    return image, wanted, constants


def _digest(key: str, body: bytes | memoryview) -> bytes:
    """What a file begins with: a file that was given another's name is not sound either."""
    digest = hashlib.sha256(key.encode())
    digest.update(body)
    return digest.digest()


def write(key: str, image: bytes, wanted: Sequence[tuple[str, int]], constants: Sequence[np.ndarray]) -> None:
    """Keep finished code.  A folder that cannot be written to is no error: the code is made anew next time."""
    cells = [f"{kind} {number}" for kind, number in wanted]
    arrays = [" ".join([a.dtype.str, *map(str, a.shape)]) for a in constants]
    head = "\n".join([f"{len(image)} {len(wanted)}", *cells, *arrays]).encode()
    body = b"".join([len(head).to_bytes(8, "little"), head, image, *[a.tobytes() for a in constants]])
    import tempfile  # a cold start only: importing it takes as long as a whole warm one

    temporary = ""
    try:
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder(), prefix=UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(key, body) + body)
        os.replace(temporary, os.path.join(folder(), key))
        temporary = ""
        if key.startswith(PRUNING_PREFIX):
            _drop_oldest()
    except OSError:
        if temporary:  # the disk is full, perhaps: half a file would stay
            with suppress(OSError):
                os.unlink(temporary)


def files_in_folder() -> list[tuple[os.DirEntry[str], os.stat_result]]:
    """All files of the folder, unfinished ones too; those that others delete or rename meanwhile are left out."""
    found = []
    with os.scandir(folder()) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                if entry.is_file():
                    found.append((entry, entry.stat()))
    return found


def _drop_oldest() -> None:
    """Keep the folder below ``config.cache_max_bytes``: what was not used for longest goes first.

    File systems note the time of a read once a day at least, or never; then it is what was written first.
    """
    files = [
        (max(status.st_atime_ns, status.st_mtime_ns), status.st_size, entry.path) for entry, status in files_in_folder()
    ]
    excess = sum(size for _, size, _ in files) - config.cache_max_bytes
    for _, size, path in sorted(files):
        if excess <= 0:
            return
        with suppress(FileNotFoundError):
            os.unlink(path)
        excess -= size
