"""The thread pool: which parts are run, and what is told of them."""

import ctypes
import subprocess
import sys

import pytest

from theano.backends.llvm.parts import loaded_pool
from theano.backends.llvm.pool_code import MOST_SHARES

TASK = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64)
RUN = ctypes.CFUNCTYPE(ctypes.c_int64, TASK, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)


def run(task, count, threads):
    return RUN(loaded_pool().address("run"))(TASK(task), None, count, threads)


@pytest.mark.parametrize("threads", [1, 2, 3, MOST_SHARES + 5])
def test_every_part_is_run_once(threads: int) -> None:
    for count in (0, 1, 2, 3, 7, 16, 200):
        done: list[int] = []
        assert run(lambda _, part: done.append(part) or 0, count, threads) == 0  # noqa: B023
        assert sorted(done) == list(range(count))


@pytest.mark.parametrize("threads", [1, 2])
def test_a_part_that_fails_is_told_of(threads: int) -> None:
    for bad in (0, 5, 9):
        assert run(lambda _, part: int(part == bad), 10, threads) != 0  # noqa: B023
    assert run(lambda _, part: 0, 10, threads) == 0


BEGINS = """
import threading
from tests.llvm.test_pool import run

for _ in range(3):
    first, both = {}, threading.Barrier(2)

    def task(_, part):
        if threading.get_ident() not in first:
            first[threading.get_ident()] = part
            both.wait()  # until the other one has begun too
        return 0

    assert run(task, 8, 2) == 0
    assert first.pop(threading.get_ident()) == 0 and list(first.values()) == [4], first
"""


def test_each_thread_begins_with_the_same_parts_every_time() -> None:
    """What it read the last time may still be in the cache of its processor.  In a process that has no more threads."""
    subprocess.run([sys.executable, "-c", BEGINS], check=True, timeout=120)


def test_a_job_within_a_job_is_done_by_one_thread() -> None:
    inner: list[tuple[int, int]] = []

    def task(_: int, part: int) -> int:
        return run(lambda _, k: inner.append((part, k)) or 0, 3, 2)

    assert run(task, 4, 2) == 0
    assert sorted(inner) == [(part, k) for part in range(4) for k in range(3)]
