"""Sums of long functions are taken in whole vectors, and what fills none is masked."""

import numpy as np
import pytest

import theano
import theano.tensor as T

NATIVE = theano.Mode(linker="llvm")
LENGTHS = (1, 31, 32, 33, 47, 64, 65, 100, 127, 129)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_and_products_of_rows_of_any_length(dtype):
    x = T.matrix("x", dtype=dtype)
    formulas = [
        lambda xp, x: xp.exp(x).sum(axis=1),
        lambda xp, x: xp.cos(x).prod(axis=1),
        lambda xp, x: xp.tanh(x).sum(),
    ]
    f = theano.function([x], [formula(T, x) for formula in formulas], mode=NATIVE)
    rng = np.random.default_rng(3)
    for n in LENGTHS:
        a = (rng.random((3, n)) / 8).astype(dtype)
        for found, formula in zip(f(a), formulas, strict=True):
            wanted = formula(np, a.astype("float64"))
            np.testing.assert_allclose(found, wanted, rtol=1e-13 if dtype == "float64" else 3e-6)


def test_nothing_is_read_of_the_row_after_it():
    x = T.fmatrix("x")
    f = theano.function([x], T.exp(x).sum(axis=1), mode=NATIVE)
    for n in LENGTHS:
        a = np.zeros((3, n), "float32")
        a[1] = np.nan
        np.testing.assert_array_equal(f(a), [n, np.nan, n])


@pytest.mark.parametrize("extreme", ["max", "min"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extremes_of_columns_pass_nan_on(extreme, dtype):
    x = T.matrix("x", dtype=dtype)
    f = theano.function([x], getattr(x, extreme)(axis=0), mode=NATIVE)
    a = np.random.default_rng(4).standard_normal((19, 38)).astype(dtype)
    for row in range(19):
        a[row, 2 * row : 2 * row + 2] = np.nan, np.inf * (-1) ** row
    np.testing.assert_array_equal(f(a), getattr(a, extreme)(axis=0))
