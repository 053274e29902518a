"""Update rules: each against its formula in NumPy, in float32 and float64, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import optimizers

TARGET = np.array([1.0, -2.0, 0.5])


def gradients(p: np.ndarray) -> np.ndarray:
    """Of sum (p - TARGET)^4 / 4."""
    return (p - TARGET.astype(p.dtype)) ** 3


def sgd(p):
    while True:
        yield (p := p - 0.1 * gradients(p))


def momentum(p):
    v = 0 * p
    while True:
        v = 0.8 * v - 0.1 * gradients(p)
        yield (p := p + v)


def nesterov(p):
    v = 0 * p
    while True:
        d = gradients(p)
        v = 0.8 * v - 0.1 * d
        yield (p := p + 0.8 * v - 0.1 * d)


def adagrad(p):
    s = 0 * p
    while True:
        d = gradients(p)
        s = s + d * d
        yield (p := p - 0.1 * d / np.sqrt(s + 1e-6))


def rmsprop(p):
    s = 0 * p
    while True:
        d = gradients(p)
        s = 0.7 * s + 0.3 * d * d
        yield (p := p - 0.1 * d / np.sqrt(s + 1e-6))


def adadelta(p):
    s = t = 0 * p
    while True:
        d = gradients(p)
        s = 0.7 * s + 0.3 * d * d
        u = d * np.sqrt(t + 1e-6) / np.sqrt(s + 1e-6)
        t = 0.7 * t + 0.3 * u * u
        yield (p := p - 0.1 * u)


def adam(p):
    m = v = 0 * p
    k = 0
    while True:
        k, d = k + 1, gradients(p)
        m, v = 0.8 * m + 0.2 * d, 0.9 * v + 0.1 * d * d
        yield (p := p - 0.1 * np.sqrt(1 - 0.9**k) / (1 - 0.8**k) * m / (np.sqrt(v) + 1e-8))


def adamax(p):
    m = u = 0 * p
    k = 0
    while True:
        k, d = k + 1, gradients(p)
        m, u = 0.8 * m + 0.2 * d, np.maximum(0.9 * u, abs(d))
        yield (p := p - 0.1 / (1 - 0.8**k) * m / (u + 1e-8))


RULES = {
    sgd: {},
    momentum: {"momentum": 0.8},
    nesterov: {"momentum": 0.8},
    adagrad: {},
    rmsprop: {"rho": 0.7},
    adadelta: {"rho": 0.7},
    adam: {"beta1": 0.8, "beta2": 0.9},
    adamax: {"beta1": 0.8, "beta2": 0.9},
}


def steps(updates, p, count: int = 5) -> Iterator[np.ndarray]:
    f = theano.function([], updates=updates)
    for _ in range(count):
        f()
        yield p.get_value()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("formula", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_its_formula(formula, dtype):
    begin = np.zeros(3, dtype)
    p = theano.shared(begin, "p")
    cost = T.sum((p - TARGET.astype(dtype)) ** 4) / np.asarray(4, dtype)
    updates = getattr(optimizers, formula.__name__)(cost, [p], learning_rate=0.1, **RULES[formula])
    for variable, value in updates.items():
        assert T.as_tensor_variable(value).dtype == variable.dtype
    for found, expected in zip(steps(updates, p), formula(begin), strict=False):
        assert found.dtype == dtype
        np.testing.assert_allclose(found, expected, rtol=1e-5 if dtype == "float32" else 1e-12, atol=1e-7)


@pytest.mark.parametrize("formula", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_takes_gradients_and_symbolic_rates(formula):
    rate = theano.shared(np.float32(0.1))
    p, q = (
        theano.shared(np.zeros(3, "float32")),
        theano.shared(np.ones((2, 1), "float32"), broadcastable=(False, True)),
    )
    rule = getattr(optimizers, formula.__name__)
    updates = rule([p - 1, 2 * q], [p, q], learning_rate=rate)
    f = theano.function([], updates=updates)
    f()
    first = p.get_value().copy(), q.get_value().copy()
    assert (first[0] > 0).all() and (first[1] < 1).all()
    rate.set_value(np.float32(0))
    if formula not in (momentum, nesterov):  # which go on without a gradient
        f()
        np.testing.assert_array_equal(p.get_value(), first[0])
        np.testing.assert_array_equal(q.get_value(), first[1])


def test_momentum_is_added_to_other_updates():
    for plain, added, whole in (
        (optimizers.sgd, optimizers.add_momentum, optimizers.momentum),
        (optimizers.sgd, optimizers.add_nesterov, optimizers.nesterov),
    ):
        found = []
        for make in (
            lambda cost, p, plain=plain, added=added: added(plain(cost, p, 0.1), p, 0.8),
            lambda cost, p, plain=plain, added=added: added(plain(cost, p, 0.1), momentum=0.8),
            lambda cost, p, whole=whole: whole(cost, p, 0.1, 0.8),
        ):
            p = theano.shared(np.zeros(3))
            found.append(list(steps(make(T.sum((p - TARGET) ** 4) / 4, [p]), p)))
        np.testing.assert_allclose(found[0], found[2], rtol=1e-12)
        np.testing.assert_allclose(found[1], found[2], rtol=1e-12)


def test_rules_fit_a_line():
    x = np.linspace(-1, 1, 50)
    for name, rate in {
        "sgd": 0.1,
        "momentum": 0.05,
        "nesterov": 0.05,
        "adagrad": 0.5,
        "rmsprop": 0.01,
        "adam": 0.05,
        "adamax": 0.05,
    }.items():
        slope, offset = theano.shared(0.0, "slope"), theano.shared(0.0, "offset")
        cost = T.mean((slope * x + offset - (3 * x - 1)) ** 2)
        f = theano.function([], cost, updates=getattr(optimizers, name)(cost, [slope, offset], rate))
        f.run(1000)
        np.testing.assert_allclose([slope.get_value(), offset.get_value()], [3, -1], atol=0.05, err_msg=name)


def test_norms_are_limited():
    w = T.dmatrix("w")
    value = np.array([[3.0, 0.3], [4.0, 0.4]])
    found = theano.function([w], optimizers.norm_constraint(w, 1.0))(value)
    np.testing.assert_allclose(found, [[0.6, 0.3], [0.8, 0.4]], rtol=1e-6)
    found = theano.function([w], optimizers.norm_constraint(w, 1.0, norm_axes=(1,)))(value)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [1, 1], rtol=1e-6)
    kernels = T.tensor4("kernels")
    found = theano.function([kernels], optimizers.norm_constraint(kernels, 2.0))(np.ones((3, 2, 2, 2)))
    np.testing.assert_allclose((found**2).sum(axis=(1, 2, 3)), 4, rtol=1e-6)
    single = optimizers.norm_constraint(T.fmatrix(), 1.0)
    assert single.dtype == "float32"
    with pytest.raises(ValueError, match="give norm_axes"):
        optimizers.norm_constraint(T.vector(), 1.0)


def test_the_norm_of_all_gradients_is_limited():
    a, b = T.fvector("a"), T.fmatrix("b")
    scaled, norm = optimizers.total_norm_constraint([a, b], 1.0, return_norm=True)
    f = theano.function([a, b], [*scaled, norm])
    x, y, length = f(np.array([3], "float32"), np.array([[4]], "float32"))
    np.testing.assert_allclose([x[0], y[0, 0], length], [0.6, 0.8, 5], rtol=1e-6)
    x, y, _ = f(np.array([0.3], "float32"), np.array([[0.4]], "float32"))
    np.testing.assert_allclose([x[0], y[0, 0]], [0.3, 0.4], rtol=1e-6)
    assert x.dtype == y.dtype == "float32"
    assert len(optimizers.total_norm_constraint([a, b], 1.0)) == 2


def test_what_is_no_parameter():
    p = theano.shared(np.zeros(3), "p")
    with pytest.raises(TypeError, match=r"shared variables of float dtype, found x of type .*vector"):
        optimizers.sgd(p.sum(), [T.vector("x")], 0.1)
    with pytest.raises(TypeError, match="shared variables of float dtype, found k"):
        optimizers.adam(p.sum(), [theano.shared(np.zeros(3, "int64"), "k")])
    with pytest.raises(ValueError, match="1 gradients were given for 2 parameters"):
        optimizers.momentum([p], [p, theano.shared(0.0)], 0.1)
