"""Chains and powers of matrices, Kronecker products, Assert and Raise, views and copies."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor.assertion import Assert, Raise
from theano.tensor.matrix_product import diag_or_matrix, kron, matrix_dot, matrix_power
from theano.tensor.passing import deep_copy_op, view_op

a, b = np.random.RandomState(3).uniform(-1, 1, (2, 3, 3))


def value(build: Any, *arrays: np.ndarray) -> np.ndarray:
    variables = [T.TensorType(x.dtype.name, (False,) * x.ndim)() for x in arrays]
    return theano.function(variables, build(*variables))(*arrays)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 8])
def test_a_power_is_that_of_numpy(n: int) -> None:
    np.testing.assert_allclose(value(lambda x: matrix_power(x, n), a), np.linalg.matrix_power(a, n))


@pytest.mark.parametrize("n", [0, -1, 1.5])
def test_a_power_needs_a_positive_whole_exponent(n: Any) -> None:
    with pytest.raises(TypeError, match="n >= 1"):
        matrix_power(T.dmatrix(), n)


def test_matrices_are_multiplied_in_their_order() -> None:
    np.testing.assert_allclose(value(lambda x, y: matrix_dot(x, y, x), a, b), a @ b @ a)
    with pytest.raises(TypeError, match="at least one"):
        matrix_dot()


@pytest.mark.parametrize(
    "shapes", [((2, 3), (4, 5)), ((3,), (2, 2)), ((2, 2), (3,)), ((2, 3, 2), (2, 2)), ((0, 2), (2, 2))]
)
def test_a_kronecker_product_is_that_of_numpy(shapes: Any) -> None:
    x, y = (np.arange(1.0, 1 + np.prod(s)).reshape(s) for s in shapes)
    wanted = np.kron(x, y)
    np.testing.assert_allclose(value(kron, x, y), wanted.ravel() if x.ndim + y.ndim == 3 else wanted)


def test_a_kronecker_product_needs_three_axes() -> None:
    with pytest.raises(TypeError, match=r"sum to 3 or more\. You passed 1 and 1"):
        kron(T.vector(), T.vector())


def test_diag_of_nlinalg_takes_vectors_and_matrices() -> None:
    np.testing.assert_allclose(value(diag_or_matrix, a[0]), np.diag(a[0]))
    np.testing.assert_allclose(value(diag_or_matrix, a), np.diag(a))
    with pytest.raises(TypeError, match="vector or matrix"):
        diag_or_matrix(T.scalar())


def test_assert_hands_its_value_on_where_the_conditions_hold(backend: str) -> None:
    x = T.dvector("x")
    checked = Assert("x must not be empty")(x, x.size > 0, T.all(x > 0))
    f = theano.function([x], [checked, T.grad(checked.sum(), x)], mode=theano.Mode(linker=backend))
    assert [r.tolist() for r in f([1.0, 2.0])] == [[1.0, 2.0], [1.0, 1.0]]
    with pytest.raises(AssertionError, match="x must not be empty"):
        f([])
    with pytest.raises(AssertionError, match="x must not be empty"):
        f([-1.0])


def test_assert_takes_scalar_conditions_only() -> None:
    with pytest.raises(TypeError, match=r"Did you mean theano\.tensor\.all"):
        Assert()(T.scalar(), T.vector() > 0)


def test_raise_raises_only_when_it_is_computed() -> None:
    x = T.dscalar("x")
    wrong = Raise("not here", KeyError)(x)
    assert theano.function([x], x + 1)(1.0) == 2.0
    with pytest.raises(KeyError, match="not here"):
        theano.function([x], wrong)(1.0)


def test_views_and_copies_are_their_argument_with_its_gradient(backend: str) -> None:
    x = T.dvector("x")
    y = view_op(x) * deep_copy_op(x)
    f = theano.function([x], [y, T.grad(y.sum(), x), T.Rop(y, x, x)], mode=theano.Mode(linker=backend))
    assert [r.tolist() for r in f([3.0])] == [[9.0], [6.0], [18.0]]


def test_xlogy_is_zero_where_its_first_factor_is(backend: str) -> None:
    xlogx = importlib.import_module("theano.tensor.xlogx")
    x, y = T.dvectors("x", "y")
    f = theano.function([x, y], [xlogx.xlogx(x), xlogx.xlogy0(x, y)], mode=theano.Mode(linker=backend))
    first, second = f([0.0, 1.0, 2.0], [0.0, 0.0, np.e])
    np.testing.assert_allclose(first, [0.0, 0.0, 2 * np.log(2)])
    np.testing.assert_allclose(second, [0.0, -np.inf, 2.0])
