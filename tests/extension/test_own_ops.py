"""Ops as the documentation of Theano 1.0.5 lets users write them, with both back ends."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from theano.gof import Apply, MethodNotDefined, Op

import theano
import theano.tensor as T

BACKENDS = ["python", "llvm"]
backends = pytest.mark.parametrize("backend", BACKENDS)


class DoubleOp(Op):
    """x -> 2 x, with make_node."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0] * 2

    def infer_shape(self, node, i0_shapes):
        return i0_shapes

    def grad(self, inputs, output_grads):
        return [output_grads[0] * 2]

    def R_op(self, inputs, eval_points):
        if eval_points[0] is None:
            return eval_points
        return self.grad(inputs, eval_points)


class DoubleOfTypes(Op):
    """x -> 2 x, with itypes and otypes."""

    __props__ = ()
    itypes = [T.dmatrix]
    otypes = [T.dmatrix]

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0] * 2

    def infer_shape(self, node, i0_shapes):
        return i0_shapes

    def grad(self, inputs, output_grads):
        return [output_grads[0] * 2]


class AXPBOp(Op):
    """x -> a x + b: parameters are properties."""

    __props__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b
        super().__init__()

    def make_node(self, x):
        x = theano.tensor.as_tensor_variable(x)
        return theano.Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        x = inputs[0]
        z = output_storage[0]
        z[0] = self.a * x + self.b

    def infer_shape(self, node, i0_shapes):
        return i0_shapes

    def grad(self, inputs, output_grads):
        return [self.a * output_grads[0]]


class SumDiffOp(Op):
    """x, y -> x + y, x - y: several outputs, of which a gradient may lack some."""

    __props__ = ()

    def make_node(self, x, y):
        x, y = T.as_tensor_variable(x), T.as_tensor_variable(y)
        dtype = theano.scalar.upcast(x.dtype, y.dtype)
        return Apply(
            self, [x, y], [T.TensorType(dtype, x.broadcastable)(), T.TensorType(dtype, x.broadcastable)()]
        )

    def perform(self, node, inputs, output_storage):
        x, y = inputs
        output_storage[0][0] = x + y
        output_storage[1][0] = x - y

    def infer_shape(self, node, i0_shapes):
        return [i0_shapes[0], i0_shapes[0]]

    def grad(self, inputs, output_grads):
        og1, og2 = output_grads
        if og1 is None or isinstance(og1.type, theano.gradient.DisconnectedType):
            og1 = T.zeros_like(inputs[0])
        if og2 is None or isinstance(og2.type, theano.gradient.DisconnectedType):
            og2 = T.zeros_like(inputs[0])
        return [og1 + og2, og1 - og2]


class Fibby(Op):
    """y[i] = y[i - 2] * y[i - 1] + x[i], in Python loops."""

    __props__ = ()

    def make_node(self, x):
        x_ = T.as_tensor_variable(x)
        assert x_.ndim == 1
        return Apply(self, inputs=[x_], outputs=[x_.type()])

    def perform(self, node, inputs, output_storage):
        (x,) = inputs
        y = output_storage[0][0] = x.copy()
        for i in range(2, len(x)):
            y[i] = y[i - 2] * y[i - 1] + x[i]


fibby = Fibby()


@backends
@pytest.mark.parametrize("op", [DoubleOp(), DoubleOfTypes(), AXPBOp(2.0, 0.0)], ids=str)
def test_doubling(op, backend) -> None:
    x = T.dmatrix("x")
    value = np.arange(6.0).reshape(2, 3)
    assert_allclose(theano.function([x], op(x), mode=backend)(value), value * 2)
    assert_allclose(theano.function([x], T.grad((op(x) ** 2).sum(), x), mode=backend)(value), 8 * value)
    assert_allclose(
        theano.function([x], T.exp(op(x) + 1).sum(axis=0), mode=backend)(value),
        np.exp(value * 2 + 1).sum(axis=0),
    )
    v = T.dmatrix("v")
    assert_allclose(
        theano.function([x, v], T.Rop(op(x), x, v), mode=backend, on_unused_input="ignore")(value, value + 1),
        2 * value + 2,
    )


@backends
def test_the_shape_is_known_without_the_value(backend) -> None:
    x = T.dmatrix("x")
    f = theano.function([x], DoubleOp()(x).shape, mode=backend)
    assert not any(isinstance(node.op, DoubleOp) for node in f.maker.fgraph.apply_nodes)
    assert_array_equal(f(np.ones((4, 3))), [4, 3])


@backends
def test_properties_make_two_ops_equal(backend) -> None:
    assert AXPBOp(4, 1) == AXPBOp(4, 1) != AXPBOp(5, 1)
    assert hash(AXPBOp(4, 1)) == hash(AXPBOp(4, 1))
    x = T.dvector("x")
    f = theano.function([x], [AXPBOp(4, 1)(x), AXPBOp(4, 1)(x) + 1], mode=backend)
    assert sum(isinstance(node.op, AXPBOp) for node in f.maker.fgraph.apply_nodes) == 1
    assert [r.tolist() for r in f([1.0])] == [[5.0], [6.0]]
    assert str(AXPBOp(4, 1)) == "AXPBOp{a=4, b=1}"


@backends
def test_several_outputs(backend) -> None:
    x, y = T.dmatrices("xy")
    total, difference = SumDiffOp()(x, y)
    a, b = np.random.RandomState(1).rand(2, 5, 4)
    found = theano.function([x, y], [total, difference], mode=backend)(a, b)
    assert_allclose(found[0], a + b)
    assert_allclose(found[1], a - b)
    assert_allclose(theano.function([x, y], T.grad((total * y).sum(), y), mode=backend)(a, b), a + 2 * b)


@backends
def test_fibby_and_its_rewrite(backend) -> None:
    @theano.gof.local_optimizer([fibby])
    def fibby_of_zero(node):
        if node.op == fibby:
            x = node.inputs[0]
            try:
                if np.all(0 == theano.tensor.get_scalar_constant_value(x)):
                    return [x]
            except theano.tensor.NotScalarConstantError:
                pass

    x = T.dvector("x")
    f = theano.function([x], fibby(x), mode=backend)
    assert_array_equal(f([1, 2, 3, 4]), [1, 2, 5, 14])
    mode = theano.compile.get_mode(backend).register((theano.gof.opt.in2out(fibby_of_zero), 1.5))
    g = theano.function([], fibby(T.zeros((4,))), mode=mode)
    assert not any(node.op == fibby for node in g.maker.fgraph.apply_nodes)
    assert_array_equal(g(), [0, 0, 0, 0])


@backends
def test_a_decorated_function(backend) -> None:
    @theano.compile.ops.as_op(
        itypes=[T.fmatrix, T.fmatrix],
        otypes=[T.fmatrix],
        infer_shape=lambda node, shapes: [(shapes[0][0], shapes[1][1])],
    )
    def numpy_dot(a, b):
        return np.dot(a, b)

    x, y = T.fmatrices("xy")
    f = theano.function([x, y], numpy_dot(x, y), mode=backend)
    a, b = np.random.RandomState(2).rand(2, 4, 4).astype("float32")
    assert_allclose(f(a, b), a.dot(b), rtol=1e-6)
    g = theano.function([x, y], numpy_dot(x, y).shape, mode=backend)
    assert_array_equal(g(np.ones((2, 3), "f"), np.ones((3, 5), "f")), [2, 5])


# -- views and writing in place ----------------------------------------------------------------------------------------


class Reversed(Op):
    """x[::-1], a view of what it is given."""

    __props__ = ()
    view_map = {0: [0]}

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0][::-1]


class AddOne(Op):
    """x + 1, written into x where ``inplace``."""

    __props__ = ("inplace",)

    def __init__(self, inplace=False):
        self.inplace = inplace
        if inplace:
            self.destroy_map = {0: [0]}

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        (x,) = inputs
        if self.inplace:
            x += 1
            output_storage[0][0] = x
        else:
            output_storage[0][0] = x + 1


@backends
def test_a_view_never_leaves_the_function_as_one(backend) -> None:
    x = T.dvector("x")
    s = theano.shared(np.arange(3.0), borrow=True)
    value = np.arange(4.0)
    f = theano.function([x], [Reversed()(x), Reversed()(s)], mode=backend)
    first, second = f(value)
    assert_array_equal(first, [3, 2, 1, 0])
    first[:] = second[:] = 9
    assert_array_equal(value, np.arange(4.0))
    assert_array_equal(s.get_value(), np.arange(3.0))


@backends
def test_writing_in_place_destroys_nothing_that_anybody_sees(backend) -> None:
    x = T.dvector("x")
    s = theano.shared(np.arange(3.0))
    value = np.arange(3.0)
    f = theano.function([x], [AddOne(True)(x), AddOne(True)(s), x * 2, s * 2], mode=backend)
    assert [r.tolist() for r in f(value)] == [[1, 2, 3], [1, 2, 3], [0, 2, 4], [0, 2, 4]]
    assert_array_equal(value, np.arange(3.0))
    assert_array_equal(s.get_value(), np.arange(3.0))
    inner = theano.function([x], [AddOne(True)(x * 3), x * 3 + 1], mode=backend)
    assert [r.tolist() for r in inner(value)] == [[1, 4, 7], [1, 4, 7]]


# -- everything else an op may say -------------------------------------------------------------------------------------


class OfSecondOnly(Op):
    """x, y -> y * 3, with no connection from x."""

    __props__ = ()

    def make_node(self, x, y):
        x, y = T.as_tensor_variable(x), T.as_tensor_variable(y)
        return Apply(self, [x, y], [y.type()])

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[1] * 3

    def connection_pattern(self, node):
        return [[False], [True]]

    def grad(self, inputs, output_grads):
        return [theano.gradient.DisconnectedType()(), output_grads[0] * 3]


@backends
def test_a_connection_pattern(backend) -> None:
    x, y = T.dvectors("xy")
    cost = OfSecondOnly()(x, y).sum()
    assert_array_equal(
        theano.function([x, y], T.grad(cost, y), mode=backend, on_unused_input="ignore")([1], [2]), [3]
    )
    with pytest.raises(theano.gradient.DisconnectedInputError):
        T.grad(cost, x)


class Cube(Op):
    """x ** 3, whose gradient uses its value."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0] ** 3

    def L_op(self, inputs, outputs, output_grads):
        return [output_grads[0] * 3 * outputs[0] / inputs[0]]


@backends
def test_a_gradient_that_uses_the_outputs(backend) -> None:
    x = T.dvector("x")
    f = theano.function([x], [T.grad(Cube()(x).sum(), x), T.Rop(Cube()(x), x, x)], mode=backend)
    assert [r.tolist() for r in f([2.0, 3.0])] == [[12.0, 27.0], [24.0, 81.0]]


class Undefined(Op):
    """x, n -> x ** n; the second gradient is not implemented, and n of integers has none."""

    __props__ = ()

    def make_node(self, x, n):
        x, n = T.as_tensor_variable(x), T.as_tensor_variable(n)
        return Apply(self, [x, n], [x.type()])

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0] ** inputs[1]

    def grad(self, inputs, output_grads):
        x, n = inputs
        return [
            output_grads[0] * n * x ** (n - 1),
            theano.gradient.grad_not_implemented(self, 1, n, "logarithms"),
        ]


def test_a_gradient_that_is_not_implemented() -> None:
    x, n = T.dvector("x"), T.dscalar("n")
    cost = Undefined()(x, n).sum()
    assert_array_equal(theano.function([x, n], T.grad(cost, x))([2, 3], 2), [4, 6])
    with pytest.raises(theano.gradient.NullTypeGradError, match="logarithms"):
        T.grad(cost, n)


class Counting(Op):
    """x, and how often it was computed."""

    __props__ = ()

    def __init__(self):
        self.calls = 0

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        self.calls += 1
        output_storage[0][0] = inputs[0].copy()


class Unfolded(Counting):
    def do_constant_folding(self, node):
        return False


@backends
def test_constant_folding(backend) -> None:
    folded, unfolded = Counting(), Unfolded()
    f = theano.function([], [folded(np.ones(2)), unfolded(np.ones(2))], mode=backend)
    made = unfolded.calls
    before = folded.calls
    f()
    f()
    assert (folded.calls, unfolded.calls) == (before, made + 2)


class OfThunk(Op):
    """x + 10, made by a thunk: it has no perform."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def prepare_node(self, node, storage_map, compute_map, impl):
        node.tag.prepared = impl

    def make_thunk(self, node, storage_map, compute_map, no_recycling, impl=None):
        self.prepare_node(node, storage_map, compute_map, impl)
        (x,), (out,) = [storage_map[v] for v in node.inputs], [storage_map[v] for v in node.outputs]

        def thunk():
            assert node.tag.prepared in (None, "py")
            out[0] = x[0] + 10
            compute_map[node.outputs[0]][0] = True

        thunk.inputs = [storage_map[v] for v in node.inputs]
        thunk.outputs = [storage_map[v] for v in node.outputs]
        thunk.lazy = False
        return thunk


class Prepared(Op):
    """x * a number that prepare_node leaves behind."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def prepare_node(self, node, storage_map, compute_map, impl):
        node.tag.factor = 7

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0] * node.tag.factor


@backends
def test_thunks_and_preparation(backend) -> None:
    x = T.dvector("x")
    f = theano.function([x], OfThunk()(x) + Prepared()(x) + 1, mode=backend)
    assert_array_equal(f([1, 2]), [19, 27])
    assert_array_equal(f([3]), [35])
    loop, _ = theano.scan(lambda row: Prepared()(OfThunk()(row)), sequences=x, outputs_info=None)
    assert_array_equal(theano.function([x], loop, mode=backend)([1, 2]), [77, 84])


class Scaled(Op):
    """x * parameter, with ``params`` of a type of its own."""

    __props__ = ("factor",)
    params_type = theano.gof.generic

    def __init__(self, factor):
        self.factor = factor

    def get_params(self, node):
        return self.factor

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage, params):
        output_storage[0][0] = inputs[0] * params


@backends
def test_params(backend) -> None:
    x = T.dvector("x")
    assert_array_equal(theano.function([x], Scaled(3)(x), mode=backend)([1, 2]), [3, 6])


# -- C code ------------------------------------------------------------------------------------------------------------


class InC(Op):
    """x * 5, in C and in Python."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, output_storage):
        output_storage[0][0] = inputs[0] * 5

    def c_code(self, node, name, inputs, outputs, sub):
        return f"{outputs[0]} = {inputs[0]} * 5;"

    def c_code_cache_version(self):
        return (1,)


class OnlyInC(Op):
    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def c_code(self, node, name, inputs, outputs, sub):
        return ""


@backends
def test_c_code_is_not_used_and_one_warning_says_so(backend) -> None:
    x = T.dvector("x")
    op = type(f"InC{backend}", (InC,), {})()
    with pytest.warns(UserWarning, match=f"InC{backend} .*c_code.*perform") as told:
        f = theano.function([x], [op(x), op(x + 1)], mode=backend)
    assert len(told) == 1
    assert_array_equal(f([1, 2])[0], [5, 10])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        theano.function([x], op(x) * 2, mode=backend)


@backends
def test_an_op_in_c_alone_is_an_error(backend) -> None:
    x = T.dvector("x")
    with pytest.raises(MethodNotDefined, match=r"OnlyInC.*c_code.*perform[\s\S]*test_own_ops\.py"):
        theano.function([x], OnlyInC()(x), mode=backend)


@backends
def test_an_op_without_anything_is_an_error_that_names_the_line(backend) -> None:
    class Nothing(Op):
        __props__ = ()

        def make_node(self, x):
            return Apply(self, [x], [x.type()])

    x = T.dvector("x")
    with pytest.raises(MethodNotDefined, match=r"Nothing.*perform[\s\S]*test_own_ops\.py"):
        theano.function([x], Nothing()(x), mode=backend)
