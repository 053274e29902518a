"""Products with the Jacobian: forward mode against reverse mode and against formulas."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import theano.tensor as T
from theano.gradient import (
    DisconnectedInputError,
    Lop,
    Rop,
    disconnected_grad,
    grad_clip,
    grad_scale,
    hessian,
    jacobian,
)

AT = np.array([0.5, -1.0, 2.0])
ALONG = np.array([1.0, 2.0, -0.25])


def test_both_products_with_a_jacobian(value_of):
    x, v = T.dvectors("x", "v")
    y = T.tanh(x) * x.sum()
    slope = 1 - np.tanh(AT) ** 2
    J = np.diag(slope) * AT.sum() + np.tanh(AT)[:, None]
    values = {x: AT, v: ALONG}
    assert_allclose(value_of(Rop(y, x, v), values), J @ ALONG)
    assert_allclose(value_of(Lop(y, x, v), values), ALONG @ J)


EXPRESSIONS = {
    "sum": lambda x: (x * x).sum(),
    "mean along an axis": lambda x: (x[None, ...] * x.dimshuffle(0, "x")).mean(axis=1),
    "dot": lambda x: T.dot(T.outer(x, x), x),
    "slice": lambda x: x[1:] * x[:-1],
    "set_subtensor": lambda x: T.set_subtensor(x[1:], x[:-1] ** 2),
    "max": lambda x: T.max(x) * x,
    "join": lambda x: T.concatenate([x, x * x]),
    "reshape": lambda x: T.tanh(x).reshape((3, 1)),
    "alloc": lambda x: T.alloc(x[0], 4) * 2,
    "prod": lambda x: T.prod(x),
    "cumsum": lambda x: T.cumsum(x * x),
    "sort": lambda x: T.sort(x) * x,
    "broadcast of one operand": lambda x: T.ones((2, 3)) * x,
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_forward_mode_agrees_with_differences(name, value_of):
    x, v = T.dvectors("x", "v")
    y = EXPRESSIONS[name](x)
    tangent = Rop(y, x, v)
    assert tangent.type == y.type
    h = 1e-6
    expected = (value_of(y, {x: AT + h * ALONG}) - value_of(y, {x: AT - h * ALONG})) / (2 * h)
    assert_allclose(value_of(tangent, {x: AT, v: ALONG}), expected, rtol=1e-6, atol=1e-8)


def test_several_variables_and_containers(value_of):
    x, y, u, v = T.dscalars("x", "y", "u", "v")
    at = {x: 2.0, y: 3.0, u: 1.0, v: 10.0}
    found = Rop([x * y, x - y], [x, y], [u, v])
    assert isinstance(found, list)
    assert_allclose(value_of(found, at), [23, -9])
    assert_allclose(value_of(Lop((x * y, x - y), (x, y), (u, v)), at), [13, -8])


def test_outputs_that_do_not_depend(value_of):
    x, y, v = T.dvectors("x", "y", "v")
    with pytest.raises(DisconnectedInputError, match="disconnected_outputs='ignore'"):
        Rop(y * 2, x, v)
    with pytest.raises(DisconnectedInputError):
        Rop(disconnected_grad(x), x, v)
    assert_allclose(value_of(Rop(y * 2, x, v, disconnected_outputs="ignore"), {y: AT, v: AT}), np.zeros(3))
    assert Rop(y * 2, x, v, disconnected_outputs="ignore", return_disconnected="None") is None


def test_barriers_of_the_reverse_mode(value_of):
    x, v = T.dvectors("x", "v")
    values = {x: AT, v: ALONG}
    assert_allclose(value_of(Rop(grad_clip(x, 0, 0), x, v), values), ALONG)
    assert_allclose(value_of(Rop(grad_scale(x, -1), x, v), values), -ALONG)


def test_numbers_of_points_are_checked():
    x, y = T.dvectors("x", "y")
    with pytest.raises(AssertionError):
        Rop(x * x, x, [y, y])
    with pytest.raises(AssertionError):
        Lop(x * x, x, [y, y])
    with pytest.raises(ValueError, match="1 dimensions for x, found 2"):
        Rop(x * x, x, T.dmatrix())


def test_jacobian_of_a_scalar_is_its_gradient(value_of):
    x = T.dvector("x")
    assert_allclose(value_of(jacobian((x * x).sum(), [x])[0], {x: AT}), 2 * AT)


def test_jacobian_and_hessian_check_dimensions():
    x, m = T.dvector("x"), T.dmatrix("m")
    with pytest.raises(AssertionError, match="1 dimensional variable as `expression`"):
        jacobian(m, m)
    with pytest.raises(AssertionError, match="0 dimensional variable as `cost`"):
        hessian(x * x, x)
    with pytest.raises(AssertionError, match="1 dimensional variable as `wrt`"):
        hessian((m * m).sum(), m)
