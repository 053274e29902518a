"""Folds along columns: blocks of neighbouring columns at once, each from top to bottom."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm.kernel_code import COLUMN_BYTES, LEAST_COLUMNS, ROWS_TOGETHER

NATIVE = theano.Mode(linker="llvm")
FLOATS = COLUMN_BYTES // 4
ROWS = ROWS_TOGETHER + 3  # some together, some alone
WIDTHS = [1, 3, LEAST_COLUMNS - 1, LEAST_COLUMNS + 1, FLOATS - 1, FLOATS, FLOATS + 1, 2 * FLOATS + 7]


def folded(f, values, **options):
    x = T.TensorType(values.dtype.name, (False,) * values.ndim)("x")
    return theano.function([x], f(x, **options), mode=NATIVE)(values)


@pytest.mark.parametrize("n", WIDTHS)
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex128", "int64"])
def test_sums_are_those_from_top_to_bottom(n, dtype):
    values = (100 * np.random.default_rng(n).standard_normal((ROWS, n))).astype(dtype)
    expected = values[0].astype("float64") if dtype == "float32" else values[0]  # which float32 is summed in
    for row in values[1:]:
        expected = expected + row
    np.testing.assert_array_equal(folded(T.sum, values, axis=0), expected.astype(dtype))


@pytest.mark.parametrize("n", WIDTHS)
def test_a_matrix_of_matrices_is_folded_along_its_middle(n):
    values = np.random.default_rng(n).integers(-50, 50, (3, ROWS, n)).astype("float32")
    np.testing.assert_array_equal(folded(T.sum, values, axis=1), values.sum(axis=1))
    np.testing.assert_array_equal(folded(T.sum, values, axis=(0, 1)), values.sum(axis=(0, 1)))


@pytest.mark.parametrize("n", WIDTHS)
@pytest.mark.parametrize("name", ["max", "min"])
@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "int8"])
def test_extremes_of_columns(n, name, dtype):
    values = np.random.default_rng(n).integers(-50, 50, (ROWS, n)).astype(dtype)
    expected = getattr(values, name)(axis=0)
    np.testing.assert_array_equal(folded(getattr(T, name), values, axis=0), expected)


@pytest.mark.parametrize("row", [0, ROWS_TOGETHER - 1, ROWS_TOGETHER, ROWS - 1])
@pytest.mark.parametrize("name", ["max", "min"])
def test_a_nan_is_the_extreme_of_its_column_wherever_it_is(row, name):
    values = np.random.default_rng(row).choice([0.0, 1.0, np.inf, -np.inf], (ROWS, 70))
    values[row, ::3] = np.nan
    expected = getattr(values, name)(axis=0)
    assert np.isnan(expected[::3]).all()
    np.testing.assert_array_equal(folded(getattr(T, name), values, axis=0), expected)
