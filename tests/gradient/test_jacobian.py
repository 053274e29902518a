"""Jacobians and Hessians against finite differences."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.gradient import hessian, hessian_vector_product, jacobian

AT = np.array([0.3, -1.2, 0.8, 2.0])
MATRIX = np.random.default_rng(0).normal(size=(3, 4))


def differences(f, x, step=1e-6):
    """d f / d x[j, ...] by central differences, the axes of f in front."""
    columns = []
    for k in np.ndindex(x.shape):
        moved = np.zeros_like(x)
        moved[k] = step
        columns.append((f(x + moved) - f(x - moved)) / (2 * step))
    return np.moveaxis(np.array(columns), 0, -1).reshape(*np.shape(f(x)), *x.shape)


class Cube(theano.Op):
    """x ** 3: a user's op, of which nobody knows how it acts on batches."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return theano.Apply(self, [x], [x.type()])

    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0] ** 3

    def grad(self, inputs, cotangents):
        return [CubeGradient()(inputs[0], cotangents[0])]


class CubeGradient(Cube):
    """3 x ** 2 dout"""

    def make_node(self, x, dout):
        return theano.Apply(self, [x, dout], [x.type()])

    def perform(self, node, inputs, outputs):
        outputs[0][0] = 3 * inputs[0] ** 2 * inputs[1]

    def grad(self, inputs, cotangents):
        (x, dout), (c,) = inputs, cotangents
        return [6 * x * dout * c, 3 * x**2 * c]


EXPRESSIONS = {
    "elementwise": lambda x: T.tanh(x) * T.exp(-x),
    "coupled": lambda x: T.tanh(x) * x.sum(),
    "softmax": lambda x: T.exp(x) / T.exp(x).sum(),
    "softmax of rows": lambda x: T.nnet.softmax(T.stack([x, 2 * x]))[1],
    "user's op": lambda x: Cube()(x * x.sum()),
    "convolution": lambda x: T.nnet.conv2d(
        T.reshape(x**2, (1, 1, 2, 2)), T.constant(MATRIX[:2, :2].reshape(1, 1, 2, 2)), border_mode="full"
    ).flatten(),
    "product": lambda x: T.dot(T.constant(MATRIX), x**2),
    "quadratic": lambda x: T.stack([T.dot(x, x), x[0] * x[1]]),
    "gathered": lambda x: x[[0, 2, 2]] ** 3,
    "sliced": lambda x: T.concatenate([x[1:] * x[:-1], x[::-2]]),
    "cumulated": lambda x: T.cumsum(x**2),
    "largest": lambda x: T.stack([x.max(), x.min()]),
    "reshaped": lambda x: (x.reshape((2, 2)).T ** 2).flatten(),
}


@pytest.mark.parametrize("linker", ["llvm", "py"])
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_jacobian(name, linker):
    x = T.dvector("x")
    y = EXPRESSIONS[name](x)
    mode = theano.Mode(linker=linker)
    f, j = theano.function([x], y, mode=mode), theano.function([x], jacobian(y, x), mode=mode)
    np.testing.assert_allclose(j(AT), differences(f, AT), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_hessian(name):
    x = T.dvector("x")
    cost = (EXPRESSIONS[name](x) ** 2).sum()
    slope, h = theano.function([x], T.grad(cost, x)), theano.function([x], hessian(cost, x))
    np.testing.assert_allclose(h(AT), differences(slope, AT), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(h(AT), h(AT).T, rtol=1e-12, atol=1e-12)


def test_jacobian_with_respect_to_a_matrix_and_a_vector():
    x, w = T.dvector("x"), T.dmatrix("w")
    y = T.tanh(T.dot(w, x))
    f = theano.function([x, w], y)
    dx, dw = theano.function([x, w], jacobian(y, [x, w]))(AT, MATRIX)
    np.testing.assert_allclose(dx, differences(lambda v: f(v, MATRIX), AT), rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(dw, differences(lambda v: f(AT, v), MATRIX), rtol=1e-6, atol=1e-8)


def test_rows_for_what_does_not_matter_are_zero():
    x, y = T.dvectors("xy")
    j = theano.function([x, y], jacobian(x**2, y, disconnected_inputs="ignore"), on_unused_input="ignore")
    np.testing.assert_array_equal(j([1.0, 2.0, 3.0], [1.0, 2.0]), np.zeros((3, 2)))


def test_a_linear_expression_has_a_constant_jacobian():
    x = T.dvector("x")
    np.testing.assert_array_equal(theano.function([x], jacobian(3 * x, x))(AT), 3 * np.eye(4))
    np.testing.assert_array_equal(theano.function([x], hessian((3 * x).sum(), x))(AT), np.zeros((4, 4)))


def test_no_rows_of_an_empty_expression():
    x = T.dvector("x")
    assert theano.function([x], jacobian(x[:0], x))(AT).shape == (0, 4)


def test_a_jacobian_can_be_differentiated():
    x = T.dvector("x")
    j = jacobian(x**3, x)
    g = theano.function([x], T.grad(j.sum(), x))
    np.testing.assert_allclose(g(AT), 6 * AT)


def test_constants_are_not_followed():
    x = T.dvector("x")
    y = x * 2
    j = theano.function([x], jacobian(y * x, x, consider_constant=[y]))
    np.testing.assert_allclose(j(AT), np.diag(2 * AT))


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_hessian_times_a_vector(name):
    x, p = T.dvectors("x", "p")
    cost = (EXPRESSIONS[name](x) ** 2).sum()
    vector = np.array([0.5, -1.0, 2.0, 0.25])
    product = theano.function([x, p], hessian_vector_product(cost, x, p))(AT, vector)
    np.testing.assert_allclose(product, theano.function([x], hessian(cost, x))(AT) @ vector, rtol=1e-9, atol=1e-9)


def test_hessian_of_several_variables_times_vectors():
    x, w = T.dvector("x"), T.dmatrix("w")
    slopes = T.grad(T.tanh(T.dot(w, x)).sum(), [x, w])
    p, q = np.array([0.5, -1.0, 2.0, 0.25]), MATRIX[::-1] / 3
    products = hessian_vector_product(T.tanh(T.dot(w, x)).sum(), (x, w), (p, q))
    assert isinstance(products, tuple)
    f, h = theano.function([x, w], slopes), theano.function([x, w], products)
    step = 1e-6
    above, below = f(AT + step * p, MATRIX + step * q), f(AT - step * p, MATRIX - step * q)
    for found, up, down in zip(h(AT, MATRIX), above, below, strict=True):
        np.testing.assert_allclose(found, (up - down) / (2 * step), rtol=1e-6, atol=1e-8)


def test_the_vector_is_a_constant_and_a_line_has_no_curvature():
    x = T.dvector("x")
    f = theano.function([x], [hessian_vector_product((x**3).sum(), x, x), hessian_vector_product(x.sum(), x, x)])
    curved, straight = f(AT)
    np.testing.assert_allclose(curved, 6 * AT * AT)
    np.testing.assert_array_equal(straight, np.zeros(4))
    with pytest.raises(ValueError, match="needs a p for each of wrt, found 1 for 2"):
        hessian_vector_product(x.sum(), [x, x], [x])


def test_rows_that_are_computed_one_by_one_see_the_same_random_numbers():
    x = T.dvector("x")
    noise = T.shared_randomstreams.RandomStreams(seed=3).normal((4,))
    y = Cube()(x * noise)
    value, j = theano.function([x], [y, jacobian(y, x)])(AT)
    np.testing.assert_allclose(np.diag(j), 3 * value / AT, rtol=1e-12)


def test_a_network_has_a_jacobian_by_its_weights():
    x, w, b = T.dmatrix("x"), T.dmatrix("w"), T.dvector("b")
    p = T.nnet.softmax(T.dot(x, w) + b)[0]
    dw, db = jacobian(p, [w, b])
    at = MATRIX[:, :2].T, MATRIX, AT
    f, j = theano.function([x, w, b], p), theano.function([x, w, b], [dw, db])
    for found, k in zip(j(*at), (1, 2)):
        expected = differences(lambda v, k=k: f(*at[:k], v, *at[k + 1 :]), at[k])
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-8)
