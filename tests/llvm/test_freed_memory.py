"""Memory that calls free stays with the process, so that the next call need not wait for new pages."""

from __future__ import annotations

import os
import subprocess
import sys

import theano

PROGRAM = """
import ctypes
import theano, theano.tensor as T
x = T.dscalar("x")
theano.function([x], x + 1)(1.0)

class Counts(ctypes.Structure):   # struct mallinfo2 of glibc
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks f k".split()]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype, libc.malloc.restype = Counts, ctypes.c_void_p
before = libc.mallinfo2()
block = libc.malloc(ctypes.c_size_t(1 << 24))
during = libc.mallinfo2()
libc.free(ctypes.c_void_p(block))
after = libc.mallinfo2()
print(during.hblks - before.hblks, after.arena == during.arena)
"""


def test_a_block_of_16_MB_is_neither_mapped_for_itself_nor_handed_back():
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(theano.__file__))}
    run = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "True"]
