"""Scalar ops of users, put through Elemwise, with both back ends and in loops."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special
from numpy.testing import assert_allclose, assert_array_equal

import theano
import theano.tensor as T
from theano.scalar import (
    BinaryScalarOp,
    ScalarOp,
    UnaryScalarOp,
    complex_types,
    discrete_types,
    float64,
    float_types,
    int64,
    same_out,
    specific_out,
    upcast_out,
    upgrade_to_float,
)

backends = pytest.mark.parametrize("backend", ["python", "llvm"])


class Softbound(UnaryScalarOp):
    """x / (1 + |x|)"""

    def impl(self, x):
        return x / (1.0 + abs(x))

    def grad(self, inputs, gout):
        (x,), (gz,) = inputs, gout
        if x.type in complex_types:
            raise NotImplementedError
        if self(x).type in discrete_types:
            if x.type in discrete_types:
                return [x.zeros_like(dtype=theano.config.floatX)]
            return [x.zeros_like()]
        d = 1.0 + abs(x)
        return [gz / (d * d)]


softbound = T.Elemwise(Softbound(upgrade_to_float, name="softbound"), name="softbound")


class Hypot(BinaryScalarOp):
    """sqrt(x ** 2 + y ** 2)"""

    output_types_preference = staticmethod(upgrade_to_float)
    nfunc_spec = ("hypot", 2, 1)

    def impl(self, x, y):
        return np.hypot(x, y)

    def grad(self, inputs, gout):
        x, y = inputs
        (gz,) = gout
        h = self(x, y)
        if x.type in float_types:
            return [gz * x / h, gz * y / h]
        raise NotImplementedError


class Sici(ScalarOp):
    """The sine and the cosine integral."""

    nin, nout = 1, 2
    nfunc_spec = ("scipy.special.sici", 1, 2)

    def output_types(self, types):
        return [float64, float64]

    def impl(self, x):
        return scipy.special.sici(x)


class Clamped(ScalarOp):
    """The middle one of three, with a property."""

    nin = 3
    __props__ = ("scale",)

    def __init__(self, scale):
        self.scale = scale
        super().__init__(upcast_out, name="clamped")

    def impl(self, x, low, high):
        return min(max(x, low), high) * self.scale

    def grad(self, inputs, gout):
        x, low, high = inputs
        (gz,) = gout
        inside = theano.scalar.and_(theano.scalar.ge(x, low), theano.scalar.le(x, high))
        return [theano.scalar.switch(inside, gz * self.scale, 0.0), None, None]


@backends
@pytest.mark.parametrize("dtype", ["float32", "float64", "int8"])
def test_one_argument(dtype, backend) -> None:
    x = T.matrix("x", dtype=dtype)
    value = np.array([[-2, 0, 1], [3, -5, 7]], dtype)
    f = theano.function([x], [softbound(x), softbound(x).sum(axis=1) + 1], mode=backend)
    first, second = f(value)
    assert first.dtype == ("float64" if dtype == "float64" else "float32")
    assert_allclose(first, value / (1 + np.abs(value.astype("float64"))), rtol=1e-6)
    assert_allclose(second, (value / (1 + np.abs(value.astype("float64")))).sum(axis=1) + 1, rtol=1e-6)
    assert str(softbound(x).owner.op) == "softbound"


@backends
def test_its_gradient_to_second_order(backend) -> None:
    x = T.dvector("x")
    value = np.array([-2.0, 0.5, 3.0])
    f = theano.function([x], T.grad(softbound(x).sum(), x), mode=backend)
    assert_allclose(f(value), (1 + np.abs(value)) ** -2)
    theano.gradient.verify_grad(softbound, [value], rng=np.random.RandomState(0), mode=backend)
    second = theano.function([x], T.grad(T.grad(softbound(x).sum(), x).sum(), x), mode=backend)
    assert_allclose(second(value), -2 * np.sign(value) * (1 + np.abs(value)) ** -3)


@backends
def test_broadcasting_and_gradients_of_two_arguments(backend) -> None:
    hypot = T.Elemwise(Hypot())
    x, y = T.dmatrix("x"), T.dvector("y")
    a, b = np.random.RandomState(0).rand(3, 4) + 1, np.arange(4.0) + 1
    assert_allclose(theano.function([x, y], hypot(x, y), mode=backend)(a, b), np.hypot(a, b))
    gx, gy = theano.function([x, y], T.grad(hypot(x, y).sum(), [x, y]), mode=backend)(a, b)
    assert_allclose(gx, a / np.hypot(a, b))
    assert_allclose(gy, (b / np.hypot(a, b)).sum(axis=0))
    assert_allclose(
        theano.function([x, y], T.Rop(hypot(x, y), x, x), mode=backend)(a, b), a * a / np.hypot(a, b)
    )
    with pytest.raises(ValueError, match="mis-match"):
        theano.function([x, y], hypot(x, y), mode=backend)(a, np.ones(3))


@backends
def test_several_results(backend) -> None:
    x = T.dvector("x")
    si, ci = T.Elemwise(Sici())(x)
    value = np.array([0.5, 2.0])
    found = theano.function([x], [si, ci * 2], mode=backend)(value)
    assert_allclose(found, [scipy.special.sici(value)[0], scipy.special.sici(value)[1] * 2])


@backends
def test_properties_and_three_arguments(backend) -> None:
    x, low, high = T.dvector("x"), T.dscalar("low"), T.dscalar("high")
    op = T.Elemwise(Clamped(2))
    assert op == T.Elemwise(Clamped(2)) != T.Elemwise(Clamped(3))
    y = op(x, low, high)
    assert_array_equal(theano.function([x, low, high], y, mode=backend)([-1, 0.5, 4], 0, 1), [0, 1, 2])
    g = theano.function([x, low, high], T.grad(y.sum(), x), mode=backend)
    assert_array_equal(g([-1, 0.5, 4], 0, 1), [0, 2, 0])
    assert_array_equal(theano.function([x, low, high], y, mode=backend)([], 0, 1), [])


@backends
def test_in_a_loop_and_its_gradient(backend) -> None:
    x = T.dvector("x")
    states, _ = theano.scan(
        lambda row, s: softbound(s + row), sequences=x, outputs_info=T.constant(0.0, dtype="float64")
    )
    f = theano.function([x], [states, T.grad(states[-1], x)], mode=backend)
    values, gradient = f([1.0, 2.0])
    assert_allclose(values, [0.5, 2.5 / 3.5])
    assert_allclose(gradient, [3.5**-2 * 2.0**-2, 3.5**-2])


@backends
def test_dtype_rules(backend) -> None:
    class Halved(UnaryScalarOp):
        def impl(self, x):
            return x // 2

    x = T.ivector("x")
    for rule, dtype in ((same_out, "int32"), (upgrade_to_float, "float64"), (specific_out(int64), "int64")):
        f = theano.function([x], T.Elemwise(Halved(rule, name=f"halved_to_{dtype}"))(x), mode=backend)
        assert f(np.array([4, 7], "int32")).dtype == dtype
        assert_array_equal(f(np.array([4, 7], "int32")), [2, 3])


@backends
def test_scalars_of_graphs(backend) -> None:
    a, b = theano.scalar.float64("a"), theano.scalar.float64("b")
    hypot = Hypot()
    f = theano.function([a, b], hypot(a, b) + 1, mode=backend)
    assert_allclose(f(3.0, 4.0), 6.0)
    x, i, c = T.dvector("x"), theano.scalar.int64("i"), theano.scalar.complex64("c")
    g = theano.function([x, i, c], [x[:i], c], mode=backend)
    for number in (2, np.int64(2), np.array(2)):
        first, second = g([1.0, 2.0, 3.0], number, np.complex64(1j))
        assert_array_equal(first, [1, 2])
        assert second == 1j


@backends
def test_a_composite_is_a_scalar_op(backend) -> None:
    a, b = theano.scalar.float64("a"), theano.scalar.float64("b")
    composite = theano.scalar.Composite([a, b], [a * b + theano.scalar.exp(a), a - b])
    assert composite == theano.scalar.Composite([a, b], [a * b + theano.scalar.exp(a), a - b])
    x, y = T.dvectors("xy")
    first, second = T.Elemwise(composite)(x, y)
    value = np.array([1.0, 2.0])
    found = theano.function([x, y], [first, second, T.grad((first * second).sum(), x)], mode=backend)(
        value, value + 1
    )
    assert_allclose(found[0], value * (value + 1) + np.exp(value))
    assert_allclose(found[1], [-1, -1])
    assert_allclose(found[2], -(value + 1 + np.exp(value)) + found[0], atol=1e-12)


@backends
def test_what_gives_no_impl_is_told_when_it_is_compiled(backend) -> None:
    class InC(UnaryScalarOp):
        def c_code(self, node, name, inputs, outputs, sub):
            return ""

    x = T.dvector("x")
    with pytest.raises(
        theano.gof.MethodNotDefined, match=r"InC has c_code but no impl[\s\S]*test_own_scalar_ops"
    ):
        theano.function([x], T.Elemwise(InC(same_out, name="in_c"))(x), mode=backend)


def test_two_unnamed_ops_of_one_class_are_equal() -> None:
    assert Hypot() == Hypot()
    assert Softbound(upgrade_to_float) == Softbound(upgrade_to_float)
    assert Softbound(upgrade_to_float) != Softbound(same_out)
