"""The block of memory that calls leave to the next one."""

import ctypes
import itertools
import threading

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import arena

NATIVE = theano.Mode(linker="llvm")


def block():
    return ctypes.c_void_p.from_address(arena.address()).value


def softmax(x):
    shifted = T.exp(x - x.max(axis=1, keepdims=True))
    return T.dot(shifted / shifted.sum(axis=1, keepdims=True), x.T).sum()


@pytest.fixture
def f():
    x = T.dmatrix("x")
    compiled = theano.function([x], softmax(x), mode=NATIVE)
    compiled.free()
    assert block() is None
    return compiled


def test_a_call_leaves_its_block_and_the_next_one_takes_it(f):
    f(np.ones((20, 30)))
    first = block()
    assert first is not None
    f(np.ones((10, 30)))
    assert block() == first
    f.free()
    assert block() is None


def test_a_larger_call_replaces_it(f):
    f(np.ones((2, 3)))
    wanted = f(np.full((300, 400), 2.0))
    assert block() is not None
    np.testing.assert_allclose(f(np.full((300, 400), 2.0)), wanted)


def test_a_call_that_fails_leaves_it_too(f):
    x, k = T.dmatrix("x"), T.lvector("k")
    failing = theano.function([x, k], softmax(T.exp(x)[k]), mode=NATIVE)
    failing(np.ones((20, 30)), [1, 2])
    assert block() is not None
    with pytest.raises(IndexError):
        failing(np.ones((20, 30)), [1, 20])
    assert block() is not None


def test_what_lies_in_one_place_may_differ_in_size():
    rng = np.random.RandomState(0)
    widths = [int(n) for n in rng.randint(1, 40, 31)]
    weights = [theano.shared(rng.randn(n, m) / n**0.5) for n, m in itertools.pairwise(widths)]
    x = h = T.dmatrix("x")
    for w in weights:
        h = T.tanh(T.dot(h, w))
    value = rng.randn(7, widths[0])
    f, g = (theano.function([x], [h, *T.grad(h.sum(), [x, *weights])], mode=m) for m in (NATIVE, theano.Mode(linker="py")))
    for found, wanted in zip(f(value), g(value)):
        np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-14)
    h = x
    for w in weights:
        h = T.tanh(T.dot(h, w))
    forward = theano.function([x], h, mode=NATIVE)
    forward.free()
    forward(np.ones((1000, widths[0])))
    libc = ctypes.CDLL(None)
    libc.malloc_usable_size.argtypes, libc.malloc_usable_size.restype = [ctypes.c_void_p], ctypes.c_size_t
    assert libc.malloc_usable_size(block()) < 1000 * 8 * 40 * 5  # of 30 layers, no more than a few at a time


def test_threads_do_not_meet_in_one_block(f):
    values = [np.random.RandomState(k).randn(200, 300) for k in range(4)]
    wanted = [f(v) for v in values]
    faults = []

    def work(k):
        for _ in range(20):
            if f(values[k]) != wanted[k]:
                faults.append(k)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
