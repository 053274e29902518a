"""The block of memory that calls leave to the next one: the largest arena so far, for the whole process.

New memory costs a page fault for every page that is touched, which in a training loop would be paid at each step.
A call takes the block when it begins and brings it back when it ends, both with Python's lock held; one that finds
none makes a new one.
"""

from __future__ import annotations

import ctypes

SYMBOL = "theano:arena"

_word = ctypes.c_void_p(None)
_free = ctypes.pythonapi["free"]
_free.argtypes, _free.restype = [ctypes.c_void_p], None


def address() -> int:
    """Of the word that holds the block's address, or 0 while a call has it."""
    return ctypes.addressof(_word)


def release() -> None:
    """Give the block back to the system."""
    block, _word.value = _word.value, None
    if block is not None:
        _free(block)
