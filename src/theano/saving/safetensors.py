"""The format ``.safetensors``: lengths and places of arrays as JSON, then their bytes.

    8 bytes     length n of the head, little endian
    n bytes     JSON {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ...,
                "__metadata__": {"key": "text"}}, filled with spaces
    the rest    bytes of all arrays, in C order, little endian; offsets count from here

The arrays cover the rest exactly: no holes, nothing twice.  Lists and dicts are kept as a text in the metadata.
"""

from __future__ import annotations

import json
import math
import os
import zlib
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np

from theano.saving.damage import require_sound

NAMES = {
    "bool": "BOOL", "int8": "I8", "int16": "I16", "int32": "I32", "int64": "I64", "uint8": "U8", "uint16": "U16",
    "uint32": "U32", "uint64": "U64", "float16": "F16", "float32": "F32", "float64": "F64", "complex64": "C64",
}  # fmt: skip
DTYPES = {name: np.dtype(dtype).newbyteorder("<") for dtype, name in NAMES.items()}
BFLOAT16 = "BF16"  # NumPy has none: read as float32, of which it is the first half
TREE, SUM = "theano_tree", "theano_crc32"
LONGEST_HEAD = 100_000_000  # as other readers have it
ALIGNMENT_BYTES = 8


def write(file: BinaryIO, arrays: dict[str, np.ndarray], tree: str) -> None:
    """The file.  TypeError for a dtype that the format does not have."""
    for name, array in arrays.items():
        if array.dtype.name not in NAMES:
            raise TypeError(f"{name} is of {array.dtype}, which .safetensors does not have; .npz does")
    ordered = sorted(arrays.items(), key=lambda item: (-item[1].dtype.itemsize, item[0]))  # so all are aligned
    head: dict[str, Any] = {}
    position = 0
    for name, array in ordered:
        end = position + array.nbytes
        head[name] = {"dtype": NAMES[array.dtype.name], "shape": list(array.shape), "data_offsets": [position, end]}
        position = end
    parts = [array.astype(array.dtype.newbyteorder("<"), order="C", copy=False) for _, array in ordered]
    contents = [np.ascontiguousarray(part).reshape(-1).view("uint8").data for part in parts]
    head["__metadata__"] = {TREE: tree, SUM: _check_sum(head, tree, contents)}
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT_BYTES)
    file.write(len(text).to_bytes(8, "little"))
    file.write(text)
    for content in contents:
        file.write(content)


def _check_sum(head: dict[str, Any], tree: str, contents: Iterable[memoryview]) -> str:
    """CRC-32 of what the head says and of all bytes, as eight hexadecimal digits."""
    found = zlib.crc32(json.dumps([head, tree], sort_keys=True).encode())
    for content in contents:
        found = zlib.crc32(content, found)
    return f"{found:08x}"


def read(file: BinaryIO) -> tuple[dict[str, np.ndarray], str | None]:
    """Arrays, and the text of the tree if there is one.  Nothing is allocated before all lengths have been found to be right."""
    size = os.fstat(file.fileno()).st_size
    require_sound(size >= 8, f"it is cut off: {size} bytes")
    head_size = int.from_bytes(file.read(8), "little")
    require_sound(head_size <= min(size - 8, LONGEST_HEAD), f"a head of {head_size} bytes in a file of {size}")
    head = _parsed(file.read(head_size))
    metadata = head.pop("__metadata__", {})
    texts = isinstance(metadata, dict) and all(isinstance(text, str) for text in metadata.values())
    require_sound(texts, "its metadata is no dict of texts")
    parts = _checked(head, size - 8 - head_size)
    arrays, contents = {}, []
    for name, (dtype, shape, _) in parts.items():
        stored = np.dtype("<u2") if dtype == BFLOAT16 else DTYPES[dtype]
        array = np.empty(shape, stored)
        contents.append(array.reshape(-1).view("uint8").data)
        require_sound(file.readinto(contents[-1]) == array.nbytes, f"{name!r} is cut off")  # type: ignore[attr-defined]
        if dtype == BFLOAT16:
            array = (array.astype("<u4") << np.uint32(16)).view("<f4")
        if dtype == "BOOL":
            require_sound(bool((array.view("uint8") <= 1).all()), f"{name!r} holds bools that are neither 0 nor 1")
        arrays[name] = array.astype(array.dtype.newbyteorder("="), copy=False)
    tree, told = metadata.get(TREE), metadata.get(SUM)  # files of other programs have neither
    require_sound(told is None or told == _check_sum(head, tree or "", contents), "its check sum is another one")
    return {name: arrays[name] for name in head}, tree


def _parsed(text: bytes) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        require_sound(len(found) == len(pairs), "a name stands twice in its head")
        return found

    try:
        head = json.loads(text.decode("utf-8"), object_pairs_hook=unique)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        head = None
    require_sound(isinstance(head, dict), "its head is no JSON dict")
    return head


def _checked(head: dict[str, Any], size: int) -> dict[str, tuple[str, list[int], int]]:
    """(dtype, shape, begin) by name, in the order of the bytes, when they cover ``size`` bytes exactly."""
    found: dict[str, tuple[str, list[int], int]] = {}
    ends = {}
    for name, entry in head.items():
        match entry:
            case {"dtype": str() as dtype, "shape": list() as shape, "data_offsets": [begin, end]}:
                pass
            case _:
                require_sound(False, f"its head does not tell dtype, shape and place of {name!r}")
        require_sound(dtype == BFLOAT16 or dtype in DTYPES, f"{name!r} is of the dtype {dtype!r}, which NumPy does not have")
        numbers = (*shape, begin, end)
        are_lengths = all(type(n) is int and 0 <= n < 1 << 62 for n in numbers) and len(shape) <= 64
        require_sound(are_lengths and begin <= end, f"{name!r} has impossible lengths {shape} at {begin}:{end}")
        count, width = math.prod(shape), 2 if dtype == BFLOAT16 else DTYPES[dtype].itemsize
        require_sound(math.prod(n or 1 for n in shape) * width < 1 << 62, f"{name!r} has impossible lengths {shape}")
        require_sound(count * width == end - begin, f"{name!r} of shape {shape} cannot have {end - begin} bytes")
        found[name], ends[name] = (dtype, shape, begin), end
    ordered = dict(sorted(found.items(), key=lambda item: (item[1][2], ends[item[0]])))
    position = 0
    for name, (_, _, begin) in ordered.items():
        require_sound(begin == position, f"{name!r} begins at {begin}, where {position} bytes are taken")
        position = ends[name]
    require_sound(position == size, f"arrays of {position} bytes in {size}")
    return ordered
