"""Loops whose operands lie in memory in two directions run in tiles, and give what plain loops give."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.llvm.test_programs import program
from theano.backends.llvm.tile_code import MOST_TURNED, TILE
from theano.loops.program import Launch

NATIVE = theano.Mode(linker="llvm")
ACROSS, ALONG = TILE
SIZES = [(1, 1), (1, 40), (40, 1), (ALONG, ACROSS), (ALONG + 1, ACROSS - 1), (2 * ACROSS + 3, 3 * ALONG + 1), (0, 5)]


def tiled(inputs, output):
    """The axes across memory of the loops that compute the output."""
    return [step.kernel.across for step in program(inputs, [output]).steps if isinstance(step, Launch)]


def values(*shape, seed=0, dtype="float32"):
    return np.random.default_rng(seed).integers(-9, 9, shape).astype(dtype)


@pytest.mark.parametrize("m, n", SIZES)
def test_a_matrix_and_a_transpose(m, n):
    x, y = T.fmatrices("x", "y")
    assert tiled([x, y], x * y.T + x) == [0]
    a, b = values(m, n), values(n, m, seed=1)
    np.testing.assert_array_equal(theano.function([x, y], x * y.T + x, mode=NATIVE)(a, b), a * b.T + a)


@pytest.mark.parametrize("axes", [(0, 2, 1), (2, 0, 1), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
@pytest.mark.parametrize("shape", [(3, 35, 18), (70, 2, 17), (33, 17, 1), (20, 34, 40)])
def test_every_order_of_three_axes(axes, shape):
    x = T.tensor3("x", dtype="float32")
    a = values(*shape)
    found = theano.function([x], x.transpose(axes) + 1, mode=NATIVE)(a)
    np.testing.assert_array_equal(found, a.transpose(axes) + 1)


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "int8", "float16", "complex64"])
@pytest.mark.parametrize("m, n", [(1, 3), (9, 13), (ACROSS + 7, 2 * ALONG + 5), (3 * ACROSS - 1, ALONG - 1)])
def test_elements_of_every_size_are_turned(dtype, m, n):
    x, y = T.matrix("x", dtype=dtype), T.matrix("y", dtype=dtype)
    a, b = values(n, m, dtype=dtype), values(n, m, seed=1, dtype=dtype)
    found = theano.function([x, y], x.T + y[::-1].T, mode=NATIVE)(a, b)
    np.testing.assert_array_equal(found, a.T + b[::-1].T)


def test_blocks_are_turned_of_a_few_operands_only():
    operands = [T.fmatrix() for _ in range(MOST_TURNED + 2)]
    arrays = [values(37, 70, seed=k) for k in range(len(operands))]
    f = theano.function(operands, sum(x[::-1].T for x in operands), mode=NATIVE)
    np.testing.assert_array_equal(f(*arrays), sum(arrays)[::-1].T)


def test_rows_and_columns_need_no_tiles():
    x, v = T.fmatrix("x"), T.fvector("v")
    assert tiled([x, v], x * v + v.dimshuffle(0, "x")) == [-1]
    assert tiled([x], x[:, ::-1] * 2) == [-1]
    assert set(tiled([x], x.T.sum(axis=1))) == {-1}


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_tiled_loop_may_be_split(threads):
    x, y = T.fmatrices("x", "y")
    a, b = values(700, 601), values(601, 700, seed=1)
    with theano.config.change_flags(threads=threads):
        np.testing.assert_array_equal(theano.function([x, y], x - y.T, mode=NATIVE)(a, b), a - b.T)


def test_a_state_changed_by_its_own_transpose():
    start = values(45, 45)
    state = theano.shared(start)
    theano.function([], updates=[(state, state + state.T)], mode=NATIVE)()
    np.testing.assert_array_equal(state.get_value(), start + start.T)
