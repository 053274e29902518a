"""``python -m theano cache``: what is kept, whether it is sound, and its removal."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from theano.backends.llvm import cache
from theano.configuration import config

UNFINISHED_SECONDS = 60  # writing takes milliseconds; a writer who is slower than that does without the file


def files() -> list[Entry]:
    """Finished code, in the order of names."""
    return sorted(entry for entry in _entries() if not entry.name.startswith(cache.UNFINISHED))


def unfinished() -> list[Entry]:
    """What processes began to write, and are not going to finish."""
    oldest = time.time() - UNFINISHED_SECONDS
    return [
        entry for entry in _entries() if entry.name.startswith(cache.UNFINISHED) and entry.changed < oldest
    ]


class Entry(NamedTuple):
    """A file of the folder."""

    name: str
    path: str
    size: int
    changed: float  # when, in seconds

    def delete(self) -> None:
        """It may have been deleted by somebody else meanwhile."""
        with suppress(FileNotFoundError):
            os.unlink(self.path)


def _entries() -> list[Entry]:
    try:
        found = cache.files_in_folder()
    except FileNotFoundError:
        return []
    return [
        Entry(entry.name, entry.path, status.st_size, status.st_mtime)
        for entry, status in found
        if not entry.is_symlink()
    ]


def described() -> list[str]:
    """Lines on the folder."""
    found = files()
    size = sum(entry.size for entry in found)
    state = "" if config.cache else ", switched off by the flag cache"
    return [
        f"{cache.folder()}{state}",
        f"{counted(found)}, {megabytes(size)} of at most {megabytes(config.cache_max_bytes)}",
    ]


def counted(entries: Sequence[Entry], what: str = "function") -> str:
    return f"{len(entries)} {what}{'' if len(entries) == 1 else 's'}"


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def info() -> int:
    """Print where the folder is and what it holds."""
    print("\n".join(described()))
    if left := unfinished():
        print(
            f"{counted(left, 'file')} never finished by processes that were killed; verify and clear delete them"
        )
    return 0


def clear() -> int:
    """Delete all; a process that wants a function makes it anew, one that runs has its own in memory."""
    found = [*files(), *unfinished()]
    for entry in found:
        entry.delete()
    print(f"{counted(found, 'file')} deleted, {megabytes(sum(entry.size for entry in found))}")
    return 0


def verify(remove: bool = False) -> int:
    """Read all files and delete what killed processes left; 1 when there is a damaged one, and it is not deleted."""
    if left := unfinished():
        for entry in left:
            entry.delete()
        print(f"{counted(left, 'unfinished file')} deleted")
    found = files()
    damaged = [entry for entry in found if is_damaged(entry)]
    for entry in damaged:
        print(f"damaged: {entry.path}" + (", deleted" if remove else ""))
        if remove:
            entry.delete()
    print(
        f"{len(found) - len(damaged)} of {counted(found)} are sound"
        if damaged
        else f"all {counted(found)} sound"
    )
    if damaged and not remove:
        print("those were changed, or written in the form of another version; they are not used; --remove deletes them")
    return 1 if damaged and not remove else 0


def is_damaged(entry: Entry) -> bool:
    """Whether a function would not be taken: its check sum is another, or others than the user may write to it."""
    return cache.read(entry.name) is None and os.path.exists(entry.path)
