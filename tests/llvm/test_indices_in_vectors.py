"""Loops that gather run on where an index is out of range, and the first such index is told all the same."""

import numpy as np
import pytest

import theano
import theano.tensor as T

NATIVE = theano.Mode(linker="llvm")
v, x = T.fvector("v"), T.fmatrix("x")
i, j = T.lvectors("i", "j")

FORMULAS = {
    "elements": lambda v, x, i, j: v[i] * 2,
    "rows": lambda v, x, i, j: x[i] * v[i][:, None],
    "of two axes": lambda v, x, i, j: x[i, j] + v[i],
    "folded": lambda v, x, i, j: x[i, j].sum(),
    "folded by columns": lambda v, x, i, j: x[i].sum(axis=0),
    "by indices that are gathered": lambda v, x, i, j: v[j[i]],
    "integers": lambda v, x, i, j: j[i] + j[j[i]],
}


def operands(n):
    rng = np.random.default_rng(2)
    a, b = rng.random(40).astype("float32"), rng.random((40, 40)).astype("float32")
    return a, b, rng.integers(-40, 40, n), rng.integers(-40, 40, n)


@pytest.mark.parametrize("name", FORMULAS)
def test_the_first_index_out_of_range_is_told(name):
    formula = FORMULAS[name]
    f = theano.function([v, x, i, j], formula(v, x, i, j), mode=NATIVE, on_unused_input="ignore")
    for n in (40, 77):
        given = operands(n)
        np.testing.assert_allclose(f(*given), formula(*given), rtol=1e-5)
        given[2][[n - 1, 20, 31]] = 1000, -2000, 3000
        with pytest.raises(IndexError, match="-2000"):
            f(*given)


@pytest.mark.parametrize("name", FORMULAS)
def test_nothing_is_read_of_an_empty_array(name):
    formula = FORMULAS[name]
    f = theano.function([v, x, i, j], formula(v, x, i, j), mode=NATIVE, on_unused_input="ignore")
    empty, none = np.zeros(0, "float32"), np.zeros(0, "int64")
    given = empty, np.zeros((0, 0), "float32"), none, none
    np.testing.assert_array_equal(f(*given), formula(*given))
    if "gathered" not in name and name != "integers":
        with pytest.raises(IndexError, match="-1"):
            f(empty, np.zeros((0, 0), "float32"), np.array([-1]), np.array([-1]))


def test_indices_that_are_written_over_are_looked_at_first():
    k = T.lvector("k")
    places = k * 2
    f = theano.function([j, k], j[places], mode=NATIVE)
    table = np.arange(10)
    np.testing.assert_array_equal(f(table, np.array([1, -2])), [2, 6])
    with pytest.raises(IndexError, match="14"):
        f(table, np.array([1, 7, 2]))
