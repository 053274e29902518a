"""Loops over the same rows run block by block, and give what loops give that run one after the other."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.llvm.test_programs import program
from theano.backends.llvm import program_code
from theano.backends.llvm.row_code import BLOCK_ELEMENTS, LEAST_ROWS
from theano.loops.program import Launch, RowLoop
from theano.loops.rows import in_rows

NATIVE = theano.Mode(linker="llvm")
SHAPES = [(1, 1), (LEAST_ROWS + 1, 40), (613, 97), (3, BLOCK_ELEMENTS + 5), (2 * LEAST_ROWS + 3, BLOCK_ELEMENTS // 2), (0, 7), (9, 0)]


def loops(inputs, outputs):
    """For each step that is a loop the number of kernels in it."""
    steps = in_rows(program(inputs, outputs)).steps
    return [len(s.launches) if isinstance(s, RowLoop) else 1 for s in steps if isinstance(s, (Launch, RowLoop))]


def softmax(x):
    e = T.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def both_ways(monkeypatch, inputs, outputs, arguments, threads=1):
    """The results of a function whose loops run block by block, and of one whose loops do not."""
    with theano.config.change_flags(threads=threads, cache=False):
        together = theano.function(inputs, outputs, mode=NATIVE)(*arguments)
        monkeypatch.setattr(program_code, "in_rows", lambda program, **options: program)
        return together, theano.function(inputs, outputs, mode=NATIVE)(*arguments)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("m, n", [s for s in SHAPES if s[1]])
def test_a_softmax_is_one_loop_over_rows(monkeypatch, m, n, threads):
    x = T.fmatrix("x")
    assert loops([x], [softmax(x)]) == [3]
    a = np.random.default_rng(0).standard_normal((m, n)).astype("float32")
    together, one_by_one = both_ways(monkeypatch, [x], softmax(x), [a], threads)
    np.testing.assert_array_equal(together, one_by_one)


@pytest.mark.parametrize("m, n", SHAPES)
def test_temporaries_that_follow_each_other_do_not_share_memory(monkeypatch, m, n):
    x = T.dmatrix("x")
    y = x
    for k in range(5):  # each y is read by a sum before the next is made from both
        y = T.cos(y * (k + 1)) * y.sum(axis=1, keepdims=True) + y.sum(axis=1, keepdims=True)
    assert max(loops([x], [y])) > 3
    a = np.random.default_rng(1).standard_normal((m, n))
    together, one_by_one = both_ways(monkeypatch, [x], [y, y.sum(axis=1)], [a])
    for found, expected in zip(together, one_by_one, strict=True):
        np.testing.assert_array_equal(found, expected)


def test_what_is_read_in_other_rows_is_finished_first():
    x, v = T.dmatrix("x"), T.dvector("v")
    total = x.sum(axis=1)
    assert loops([x], [x - x.sum(axis=0)]) == [1, 1]
    assert loops([x], [x - total[::-1].dimshuffle(0, "x")]) == [1, 1]
    assert loops([x], [x - total.dimshuffle("x", 0)]) == [1, 1]
    assert loops([x], [x - total.dimshuffle(0, "x")]) == [2]
    assert loops([x, v], [x.sum(axis=1), T.exp(v)]) == [1, 1]


def test_rows_of_other_lengths_are_no_rows(monkeypatch):
    x = T.dmatrix("x")
    y = x * x.sum(axis=1, keepdims=True)
    z = y.reshape((x.shape[0], 2, -1)).sum(axis=1)
    a = np.random.default_rng(2).standard_normal((401, 62))
    together, one_by_one = both_ways(monkeypatch, [x], [y, z], [a])
    for found, expected in zip(together, one_by_one, strict=True):
        np.testing.assert_array_equal(found, expected)


def test_numbers_on_the_way_are_computed_before(monkeypatch):
    x = T.fmatrix("x")
    variance = T.sqr(x - x.mean(axis=1, keepdims=True)).mean(axis=1)
    assert 4 in loops([x], [variance])
    a = np.random.default_rng(3).standard_normal((700, 33)).astype("float32")
    together, one_by_one = both_ways(monkeypatch, [x], variance, [a])
    np.testing.assert_array_equal(together, one_by_one)
    np.testing.assert_allclose(together, a.var(axis=1), rtol=1e-5)


@pytest.mark.parametrize("held", [False, True])
def test_a_state_is_changed_by_rows(held):
    start = np.random.default_rng(4).standard_normal((300, 200))
    state, x = theano.shared(start.copy()), T.dmatrix("x")
    keeps = state.get_value(borrow=True) if held else None
    new = state - softmax(x) * state.sum(axis=1, keepdims=True)
    f = theano.function([x], new.sum(), updates=[(state, new)], mode=NATIVE)
    f(start)
    e = np.exp(start - start.max(axis=1, keepdims=True))
    expected = start - e / e.sum(axis=1, keepdims=True) * start.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(state.get_value(), expected, rtol=1e-12, atol=1e-14)
    assert keeps is None or np.array_equal(keeps, start)
