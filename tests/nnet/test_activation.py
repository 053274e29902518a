"""Activation functions: values far out, slopes at kinks, dtypes."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor import nnet


def slope(function, at):
    """The derivative of ``function`` at the number ``at``."""
    x = T.dscalar("x")
    return float(theano.function([x], theano.grad(function(x), x))(at))


def test_sigmoid_saturates_to_exactly_0_and_1():
    x = T.dvector("x")
    np.testing.assert_array_equal(nnet.sigmoid(x).eval({x: np.array([-800.0, 800.0])}), [0, 1])


def test_ultra_fast_sigmoid_never_reaches_0_or_1():
    x = T.dvector("x")
    low, high = nnet.ultra_fast_sigmoid(x).eval({x: np.array([-800.0, 800.0])})
    assert 0 < low < 0.01 and 0.99 < high < 1


def test_hard_sigmoid_is_clipped_and_has_slopes_of_its_pieces():
    x = T.dvector("x")
    found = nnet.hard_sigmoid(x).eval({x: np.array([-9.0, 0.0, 1.0, 9.0])})
    np.testing.assert_allclose(found, [0, 0.5, 0.7, 1])
    assert (slope(nnet.hard_sigmoid, 1.0), slope(nnet.hard_sigmoid, 9.0)) == (0.2, 0.0)


def test_relu_has_the_mean_slope_at_0():
    assert slope(nnet.relu, 0.0) == 0.5
    assert slope(lambda x: nnet.relu(x, 0.2), 0.0) == pytest.approx(0.6)


@pytest.mark.parametrize("alpha", [0, 0.25, np.float64(0.25), 1])
def test_relu_scales_what_is_below_0(alpha):
    x = T.dvector("x")
    found = nnet.relu(x, alpha).eval({x: np.array([-2.0, 3.0])})
    np.testing.assert_allclose(found, [-2 * alpha, 3])


def test_relu_takes_a_slope_for_each_column():
    x, alpha = T.dmatrix("x"), T.dvector("alpha")
    found = nnet.relu(x, alpha).eval({x: np.full((2, 2), -2.0), alpha: np.array([0.0, 0.5])})
    np.testing.assert_allclose(found, [[0, -1], [0, -1]])


def test_elu_and_selu_below_and_above_0():
    x = T.dvector("x")
    points = np.array([-1.0, 2.0])
    np.testing.assert_allclose(nnet.elu(x, 2).eval({x: points}), [2 * np.expm1(-1), 2])
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    np.testing.assert_allclose(nnet.selu(x).eval({x: points}), [scale * alpha * np.expm1(-1), scale * 2])


@pytest.mark.parametrize(
    ("function", "given", "result"),
    [
        (nnet.relu, "float16", "float32"),
        (nnet.relu, "int64", "float64"),
        (nnet.selu, "float32", "float64"),
        (nnet.elu, "int8", "float32"),
        (nnet.hard_sigmoid, "float16", "float16"),
        (nnet.softsign, "complex64", "complex64"),
    ],
)
def test_dtypes_of_theano_1_0_5(function, given, result):
    assert function(T.TensorType(given, [False])()).dtype == result


def test_names_in_print():
    assert (str(nnet.sigmoid), str(nnet.softplus)) == ("sigmoid", "softplus")
