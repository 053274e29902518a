"""The checker of gradients itself: it accepts right ones and refuses wrong ones."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import theano.compile.function  # noqa: F401  verify_grad compiles
import theano.tensor as T
from theano.gradient import GradientError, grad_clip, grad_scale, numeric_grad, verify_grad

RNG = np.random.RandomState(0)


def test_right_gradients_pass():
    verify_grad(lambda x, y: T.tanh(x) * y, [RNG.rand(3), RNG.rand(3)], rng=RNG)
    verify_grad(lambda x, y: T.dot(x, y), [RNG.rand(2, 3), RNG.rand(3, 4)], rng=np.random.default_rng(0))
    verify_grad(lambda x: T.exp(x), [RNG.rand(3).astype("float32")], rng=RNG)


def test_an_argument_without_influence_has_gradient_zero():
    verify_grad(lambda x, y: x * 2, [RNG.rand(3), RNG.rand(3)], rng=RNG)


@pytest.mark.parametrize("wrong", [lambda x: grad_clip(x, 0, 0) * 2, lambda x: grad_scale(x, 1.01) * 2])
def test_wrong_gradients_raise(wrong):
    with pytest.raises(
        GradientError, match="numeric gradient and analytic gradient exceed tolerance"
    ) as caught:
        verify_grad(wrong, [np.ones(3)], rng=np.random.RandomState(0))
    assert caught.value.arg == 0 and caught.value.shape == (3,)
    assert caught.value.abs_err > caught.value.abs_tol


def test_nan_is_an_error():
    with pytest.raises(GradientError):
        verify_grad(lambda x: T.sqrt(x), [np.array([1.0, -1.0])], rng=RNG)


def test_arguments_are_checked():
    with pytest.raises(TypeError, match=r"numpy\.random\.RandomState"):
        verify_grad(T.floor_div, [np.ones(3), np.ones(3)])
    with pytest.raises(TypeError, match="floating point inputs, but input 0 has dtype int64"):
        verify_grad(lambda x: x * 2, [np.arange(3)], rng=RNG)
    with pytest.raises(NotImplementedError):
        verify_grad(lambda x: [x, x], [np.ones(3)], rng=RNG)


def test_numeric_gradient_follows_the_container():
    at = np.array([1.0, 2.0])
    assert_allclose(numeric_grad(lambda x: (x**2).sum(), at).gf, 2 * at, rtol=1e-8)
    first, second = numeric_grad(lambda x, y: (x * y).sum(), [at, at + 1]).gf
    assert_allclose(first, at + 1)
    assert_allclose(second, at)


def test_worst_element_is_found():
    at = np.array([1.0, 2.0])
    checker = numeric_grad(lambda x: (x**2).sum(), at)
    arg, position, abs_err, rel_err = checker.max_err(np.array([2.0, 5.0]), 1e-4, 1e-4)
    assert (arg, position) == (0, 1)
    assert_allclose([abs_err, rel_err], [1, 1 / 9], rtol=1e-6)
    with pytest.raises(ValueError, match="wrong shape"):
        checker.abs_rel_errors(np.ones(3))
