"""Named arrays in a file, without pickle: .npz, or .safetensors if the name of the file ends so.

    safetensors:  8 bytes  n, the length of the header, little-endian
                  n bytes  JSON {name: {"dtype": "F32", "shape": [...], "data_offsets": [begin, end]}, ...}
                  the rest the arrays' bytes, little-endian, in C order, side by side without gaps

Files are exchanged when they are complete, so that an interrupted program leaves the old one.  The format .npz has check
sums of its own; in .safetensors there is one among the metadata.  ValueError is raised for whatever is damaged.
"""

import json
import os
import zipfile
import zlib
from math import prod
from pathlib import Path

import numpy as np

DTYPES = {
    "BOOL": "bool", "U8": "uint8", "I8": "int8", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4",
    "U64": "<u8", "I64": "<i8", "F16": "<f2", "F32": "<f4", "F64": "<f8",
}  # fmt: skip
NAMES = {np.dtype(dtype).newbyteorder("<"): name for name, dtype in DTYPES.items()}


def save(file, arrays):
    """Write a dictionary of arrays."""
    file = Path(file)
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with open(unfinished, "wb") as stream:
            if file.suffix == ".safetensors":
                write_safetensors(stream, arrays)
            else:
                np.savez(stream, **arrays)
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def load(file):
    """Read a dictionary of arrays.  Raises OSError if there is no such file, ValueError if it is damaged."""
    content = Path(file).read_bytes()
    try:
        if Path(file).suffix == ".safetensors":
            return read_safetensors(content)
        with np.load(Path(file), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    # All that NumPy and zipfile are known to raise when they meet bytes that make no sense.
    except (ValueError, KeyError, EOFError, OSError, NotImplementedError, SyntaxError, TypeError, AttributeError,
            RuntimeError, OverflowError, MemoryError, zipfile.BadZipFile, zlib.error) as error:  # fmt: skip
        raise ValueError(f"{file} is damaged, or no checkpoint: {error}") from error


def write_safetensors(stream, arrays):
    entries, data, begin = {}, [], 0
    for name, array in arrays.items():
        array = np.asarray(array)
        dtype = array.dtype.newbyteorder("<")
        if dtype not in NAMES:
            raise TypeError(f"{name}: safetensors has no dtype {array.dtype}")
        data.append(array.astype(dtype).tobytes())
        end = begin + len(data[-1])
        entries[name] = {"dtype": NAMES[dtype], "shape": list(array.shape), "data_offsets": [begin, end]}
        begin = end
    body = b"".join(data)
    header = json.dumps({"__metadata__": {"crc32": check_sum(entries, body)}, **entries}).encode()
    header += b" " * (-len(header) % 8)  # so that the data begin at a multiple of 8 bytes
    stream.write(len(header).to_bytes(8, "little") + header + body)


def read_safetensors(content):
    n = int.from_bytes(content[:8], "little")
    expect(8 <= len(content) and n <= len(content) - 8, "it ends within the header")
    header, body = (
        json.loads(content[8 : 8 + n].decode(), object_pairs_hook=without_repetition),
        content[8 + n :],
    )
    expect(isinstance(header, dict), "the header is no dictionary")
    metadata = header.pop("__metadata__", {})
    expect(isinstance(metadata, dict), "the metadata are no dictionary")
    arrays, covered = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        dtype, shape, (begin, end) = np.dtype(DTYPES[entry["dtype"]]), entry["shape"], entry["data_offsets"]
        numbers = [*shape, begin, end]
        expect(
            all(type(k) is int and k >= 0 for k in numbers), f"{name}: {numbers} are not lengths and offsets"
        )
        expect(begin == covered, f"{name} begins at {begin} instead of {covered}")
        expect(end - begin == prod(shape) * dtype.itemsize, f"{name} has not the bytes that its shape needs")
        expect(end <= len(body), f"it ends within {name}")
        array = np.frombuffer(body, dtype, prod(shape), begin).reshape(shape)
        arrays[name] = array.astype(dtype.newbyteorder("="))  # a copy, which may be written
        covered = end
    expect(covered == len(body), "there are bytes that belong to no array")
    found = metadata.get("crc32")  # files of other programs have none
    expect(found is None or found == check_sum(header, body), "the check sum is another one")
    return {name: arrays[name] for name in header}


def check_sum(entries, body):
    return f"{zlib.crc32(body, zlib.crc32(json.dumps(entries, sort_keys=True).encode())):08x}"


def without_repetition(pairs):
    names = [name for name, _ in pairs]
    expect(len(set(names)) == len(names), "a name occurs twice")
    return dict(pairs)


def expect(condition, otherwise):
    if not condition:
        raise ValueError(otherwise)
