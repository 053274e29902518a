"""NumPy's ``.npz``: an archive of arrays, in which the array ``__tree__`` holds lists and dicts as a text."""

from __future__ import annotations

import math
import zipfile
import zlib
from typing import IO, BinaryIO

import numpy as np

from theano.saving.damage import DamagedFile, require_sound

TREE = "__tree__"
HEADS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


def write(file: BinaryIO, arrays: dict[str, np.ndarray], tree: str) -> None:
    """The archive, not compressed."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, array in {TREE: np.array(tree), **arrays}.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, np.asanyarray(array), allow_pickle=False)


def read(file: BinaryIO) -> tuple[dict[str, np.ndarray], str | None]:
    """Arrays, of which none is unpickled, and the text of the tree if there is one."""
    arrays: dict[str, np.ndarray] = {}
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                name = entry.filename.removesuffix(".npy")
                require_sound(name not in arrays, f"two arrays are called {name!r}")
                with archive.open(entry) as content:
                    arrays[name] = _array(content, name, entry.file_size)
        text = arrays.pop(TREE, None)
        return arrays, None if text is None else str(text)
    except DamagedFile:
        raise
    except zipfile.BadZipFile as problem:
        raise DamagedFile(f"no archive of arrays, or one that is cut off or changed: {problem}") from None
    except (ValueError, EOFError, zlib.error, NotImplementedError, RuntimeError, UnicodeError, OSError) as problem:
        raise DamagedFile(f"an array in it cannot be read: {problem}") from None


def _array(content: IO[bytes], name: str, size: int) -> np.ndarray:
    """The array of an entry of ``size`` bytes; nothing is allocated before its lengths have been found to be right."""
    version = np.lib.format.read_magic(content)
    require_sound(version in HEADS, f"{name!r} is of version {version} of the format npy")
    shape, is_fortran, dtype = HEADS[version](content)
    require_sound(dtype.kind in "biufcU", f"{name!r} is an array of {dtype}, and only numbers are read")
    found = size - content.tell()
    require_sound(math.prod(shape) * dtype.itemsize == found, f"{name!r} of shape {shape} cannot have {found} bytes")
    array = np.empty(shape, dtype, order="F" if is_fortran else "C")
    flat = array.reshape(-1, order="A").view("uint8") if found else array
    position = 0
    while position < found:
        count = content.readinto(flat[position:].data)  # type: ignore[attr-defined]
        require_sound(count > 0, f"{name!r} is cut off")
        position += count
    return array.astype(dtype.newbyteorder("="), copy=False)
