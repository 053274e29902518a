"""Identities that change the gradient."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import theano.tensor as T
from theano.gradient import (
    GradClip,
    consider_constant,
    disconnected_grad,
    disconnected_type,
    grad,
    grad_clip,
    grad_scale,
    null_type,
    undefined_grad,
    zero_grad,
)

AT = np.array([1.0, -2.0, 3.0])

CASES = {
    "clipped": (lambda x: grad_clip(x, -1, 1) * 5, np.ones(3)),
    "zero": (lambda x: zero_grad(x) * x, AT),
    "disconnected": (lambda x: disconnected_grad(x) * x, AT),
    "constant": (lambda x: consider_constant(x) * x, AT),
    "scaled": (lambda x: grad_scale(x, 3) * 2, np.full(3, 6.0)),
}


@pytest.mark.parametrize("name", CASES)
def test_gradient_behind_a_barrier(name, value_of):
    x = T.dvector("x")
    expression, expected = CASES[name]
    assert_allclose(value_of(grad(expression(x).sum(), x), {x: AT}), expected)


@pytest.mark.parametrize("barrier", [zero_grad, disconnected_grad, consider_constant, undefined_grad])
def test_value_passes(barrier, value_of):
    x = T.dvector("x")
    y = barrier(x)
    assert y.type == x.type
    assert_allclose(value_of(y, {x: AT}), AT)


def test_zeros_of_a_zero_gradient_are_connected(value_of):
    x = T.dvector("x")
    assert_allclose(value_of(grad(zero_grad(x).sum(), x), {x: AT}), np.zeros(3))


def test_clips_with_other_bounds_are_other_ops():
    assert GradClip(0, 1) == GradClip(0, 1) and GradClip(0, 1) != GradClip(0, 2)
    with pytest.raises(AssertionError, match="lower_bound <= upper_bound"):
        GradClip(1, 0)


def test_placeholders_have_no_values():
    with pytest.raises(AssertionError, match="no value"):
        disconnected_type.filter(1.0)
    with pytest.raises(ValueError, match="NullType"):
        null_type.filter(1.0)
