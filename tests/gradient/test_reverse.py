"""Gradients by reverse mode: values, containers, dtypes, what flows and what does not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import theano.tensor as T
from theano.gradient import (
    DisconnectedInputError,
    DisconnectedType,
    NullType,
    NullTypeGradError,
    disconnected_grad,
    disconnected_type,
    grad,
    grad_not_implemented,
    grad_undefined,
    subgraph_grad,
    undefined_grad,
)
from theano.graph import Apply, MethodNotDefined, Op


class Twin(Op):
    """(2 x + 0 y, 3 y): two outputs, each connected to one input."""

    __props__ = ()

    def make_node(self, x, y):
        return Apply(self, [x, y], [x.type(), y.type()])

    def perform(self, node, inputs, outputs, params=None):
        outputs[0][0], outputs[1][0] = 2 * inputs[0], 3 * inputs[1]

    def connection_pattern(self, node):
        return [[True, False], [False, True]]

    def L_op(self, inputs, outputs, cotangents):
        dx, dy = cotangents
        self.seen = [d.type for d in cotangents]
        return [
            disconnected_type() if isinstance(dx.type, DisconnectedType) else 2 * dx,
            disconnected_type() if isinstance(dy.type, DisconnectedType) else 3 * dy,
        ]


class Returns(Op):
    """x, with a gradient that is whatever ``answer(x, dout)`` says."""

    __props__ = ()

    def __init__(self, answer):
        self.answer = answer

    def make_node(self, x):
        return Apply(self, [x], [x.type()])

    def perform(self, node, inputs, outputs, params=None):
        outputs[0][0] = inputs[0].copy()

    def L_op(self, inputs, outputs, cotangents):
        return self.answer(inputs[0], cotangents[0])


class WithoutGradient(Op):
    __props__ = ()

    def make_node(self, x):
        return Apply(self, [x], [x.type()])


def test_result_has_the_container_of_wrt(value_of):
    x, y = T.dscalars("x", "y")
    cost = x * y
    assert isinstance(grad(cost, [x, y]), list)
    assert isinstance(grad(cost, (x, y)), tuple)
    assert grad(cost, []) == []
    assert_allclose(value_of(grad(cost, x), {x: 2, y: 5}), 5)
    assert_allclose(value_of(grad(cost, (y, x)), {x: 2, y: 5}), [2, 5])


def test_contributions_of_all_uses_are_summed(value_of):
    x = T.dvector("x")
    y = x * x
    cost = (y * x + y).sum()
    at = np.array([0.5, -2.0, 3.0])
    assert_allclose(value_of(grad(cost, x), {x: at}), 3 * at**2 + 2 * at)


def test_intermediate_variables_and_the_cost_itself_may_be_wrt(value_of):
    x = T.dscalar("x")
    y = x * x
    cost = y * y
    assert_allclose(value_of(grad(cost, [x, y, cost]), {x: 3}), [108, 18, 1])


def test_broadcast_operands_get_gradients_of_their_own_shape(value_of):
    m, row, s = T.dmatrix("m"), T.drow("row"), T.dscalar("s")
    dm, drow, ds = grad((m * row * s).sum(), [m, row, s])
    assert drow.type == row.type and ds.type == s.type
    values = {m: [[1.0, 2], [3, 4]], row: [[10.0, 20]], s: 2.0}
    assert_allclose(value_of(drow, values), [[8, 12]])
    assert_allclose(value_of(ds, values), 160)
    assert_allclose(value_of(dm, values), [[20, 40], [20, 40]])


def test_gradient_has_the_dtype_of_a_float_variable():
    x, d = T.fvector("x"), T.dscalar("d")
    dx, dd = grad((x * d).sum(), [x, d])
    assert (dx.dtype, dd.dtype) == ("float32", "float64")


def test_gradient_of_an_integer_variable(value_of):
    k, ks, x = T.iscalar("k"), T.ivector("ks"), T.dvector("x")
    zero = grad(k * k, k)
    assert zero.dtype == "float64" and value_of(zero, {k: 3}) == 0
    assert_allclose(value_of(grad((ks * x).sum(), ks), {ks: [3, 4], x: [1.0, 2.0]}), [1, 2])
    rounded = T.cast(x, "int32")
    assert_allclose(value_of(grad((rounded * x).sum(), x), {x: [1.5, 2.5]}), [1, 2])


def test_max_gives_its_gradient_to_every_tied_element(value_of):
    x = T.dvector("x")
    assert_allclose(value_of(grad(T.max(x), x), {x: [1.0, 4, 4]}), [0, 1, 1])


def test_cotangent_starts_as_one_filled_into_the_cost():
    x = T.dscalar("x")
    start = grad(x, x).owner
    assert str(start.op) == "Elemwise{second,no_inplace}" and start.inputs[0] is x
    assert start.inputs[1].data == 1 and start.inputs[1].dtype == "float64"


def test_names_tell_cost_and_variable():
    x = T.dscalar("x")
    cost = x * x
    assert grad(cost, x).name is None
    cost.name = "cost"
    assert grad(cost, x).name == "(dcost/dx)"
    assert grad(cost, x, add_names=False).name is None


def test_consider_constant_stops_at_its_variables(value_of):
    x = T.dscalar("x")
    z = x * x
    at = {x: 3.0}
    assert_allclose(value_of(grad(z * z + x, x, consider_constant=[z]), at), 1)
    assert_allclose(value_of(grad(z * z, z, consider_constant=[z]), at), 18)


def test_known_grads_start_the_chain(value_of):
    x, y = T.dscalars("x", "y")
    z = x * y
    assert_allclose(value_of(grad(None, x, known_grads={z: T.constant(10.0)}), {x: 3, y: 2}), 20)
    both = grad(z * z + x, x, known_grads={z: T.constant(10.0)})
    assert_allclose(value_of(both, {x: 3, y: 2}), 21)


def test_subgraph_gradients_chain(value_of):
    x, w1, w2 = T.dscalars("x", "w1", "w2")
    h = T.sqr(w1 * x)
    cost = T.sqr(w2 * h)
    (dw2,), (dh,) = subgraph_grad([w2], [h], cost=cost)
    (dw1,), _ = subgraph_grad([w1], [x], start={h: dh})
    at = {x: 2.0, w1: 0.5, w2: 3.0}
    assert_allclose(value_of([dw1, dw2], at), value_of(grad(cost, [w1, w2]), at))
    assert len(subgraph_grad([w2], [h], cost=cost, details=True)) == 4


def test_disconnected_input_raises_or_becomes_zeros(value_of):
    x, y = T.dvectors("x", "y")
    cost = (x * x).sum()
    with pytest.raises(DisconnectedInputError, match=r"respect to y .*made at test_reverse.py:\d+") as caught:
        grad(cost, [x, y])
    assert isinstance(caught.value, ValueError)
    assert_allclose(value_of(grad(cost, y, disconnected_inputs="ignore"), {x: [1.0], y: [1.0, 2]}), [0, 0])
    with pytest.warns(UserWarning, match="does not depend on it"):
        grad(cost, y, disconnected_inputs="warn")
    assert grad(cost, y, disconnected_inputs="ignore", return_disconnected="None") is None
    found = grad(cost, y, disconnected_inputs="ignore", return_disconnected="Disconnected")
    assert isinstance(found.type, DisconnectedType)


def test_shapes_and_disconnected_grad_let_nothing_pass(value_of):
    x = T.dvector("x")
    for cost in (x.shape[0] * 1.0, disconnected_grad(x).sum()):
        with pytest.raises(DisconnectedInputError):
            grad(cost, x)
    assert_allclose(value_of(grad((x * x.shape[0]).sum(), x), {x: [1.0, 2]}), [2, 2])


def test_unused_outputs_have_a_disconnected_cotangent(value_of):
    x, y = T.dscalars("x", "y")
    op = Twin()
    a, b = op(x, y)
    assert_allclose(value_of(grad(a, x), {x: 1.0, y: 1.0}), 2)
    assert [isinstance(t, DisconnectedType) for t in op.seen] == [False, True]
    with pytest.raises(DisconnectedInputError):
        grad(a, y)
    assert_allclose(value_of(grad(a + b, [x, y]), {x: 1.0, y: 1.0}), [2, 3])


def test_ops_beside_the_path_need_no_gradient(value_of):
    x, y = T.dscalars("x", "y")
    assert grad(WithoutGradient()(y) + x * x, x) is not None
    with pytest.raises(MethodNotDefined, match=r"WithoutGradient.*test_reverse.py:\d+.*L_op"):
        grad(WithoutGradient()(y) + x * x, y)


def test_null_gradients_raise_only_where_they_are_needed():
    x, y = T.dscalars("x", "y")
    missing = Returns(lambda x, d: [grad_not_implemented(None, 0, x, "Too hard.")])
    with pytest.raises(NullTypeGradError, match=r"is not implemented\. Too hard\.") as caught:
        grad(missing(x) * y, x)
    assert isinstance(caught.value, TypeError)
    assert grad(missing(x) * y, y) is not None
    assert isinstance(grad(missing(x * x) + x, x, null_gradients="return").type, NullType)
    with pytest.raises(NullTypeGradError, match="is not defined"):
        grad(undefined_grad(x) * x, x)
    with pytest.raises(NullTypeGradError, match="is not defined"):
        grad(Returns(lambda x, d: [grad_undefined(None, 0, x)])(x), x)


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (lambda x, d: [None], TypeError, "returned None for input 0"),
        (lambda x, d: d, TypeError, "expected a list"),
        (lambda x, d: [d, d], ValueError, "wrong number of gradient terms, 2 for 1"),
        (lambda x, d: [1.0], TypeError, "expected a variable"),
        (lambda x, d: [T.cast(d, "int64")], TypeError, "discrete type"),
        (lambda x, d: [d.sum()], ValueError, "0 dimensions, 1 are needed"),
    ],
)
def test_what_an_op_returns_is_checked(answer, error, message):
    x = T.dvector("x")
    with pytest.raises(error, match=message):
        grad(Returns(answer)(x).sum(), x)


def test_an_op_is_given_cotangents_in_the_dtype_of_its_output():
    x = T.fvector("x")
    seen = []

    def answer(x, d):
        seen.append(d.dtype)
        return [d]

    inner = Returns(answer)(x)
    grad(Returns(lambda x, d: [T.cast(d, "float64") * 0.1])(inner).sum(), x)
    assert seen == ["float32"]


def test_the_gradient_keeps_the_dtype_that_the_op_gave():
    x = T.fvector("x")
    dx = grad(Returns(lambda x, d: [T.cast(d, "float64") * 0.1])(x).sum(), x)
    assert dx.dtype == "float64"  # as in Theano 1.0.5


def test_cost_must_be_a_real_scalar():
    x, z = T.dvector("x"), T.zscalar("z")
    with pytest.raises(TypeError, match="cost must be a scalar"):
        grad(x, x)
    with pytest.raises(TypeError, match="cost must be real"):
        grad(z * z, z)
    with pytest.raises(TypeError, match="cost must be a variable"):
        grad(3.0, x)
    with pytest.raises(ValueError, match="known_grads"):
        grad(None, x)


@pytest.mark.parametrize(
    ("keywords", "error", "message"),
    [
        ({"disconnected_inputs": "nonsense"}, ValueError, "valid values are 'ignore', 'warn' and 'raise'"),
        ({"return_disconnected": "nonsense"}, ValueError, "return_disconnected"),
        ({"null_gradients": "nonsense"}, ValueError, "null_gradients"),
        ({"consider_constant": 3}, TypeError, "must be an iterable collection, got <class 'int'>"),
        ({"consider_constant": [3]}, TypeError, "must be variables"),
        ({"known_grads": {T.dscalar(): 3}}, TypeError, "known_grads must be variables"),
    ],
)
def test_arguments_are_checked(keywords, error, message):
    x = T.dscalar("x")
    with pytest.raises(error, match=message):
        grad(x * x, x, **keywords)


def test_gradient_nodes_carry_the_line_of_the_node_they_come_from():
    x = T.dscalar("x")
    y = T.exp(x)
    dx = grad(y, x)
    assert dx.owner.origin == y.owner.origin


def test_a_chain_of_100000_nodes():
    x = T.dscalar("x")
    y = x
    same = Returns(lambda x, d: [d])
    for _ in range(100_000):
        y = same(y)
    start = grad(y, x).owner  # every step hands on the one with which the chain rule starts
    assert start.inputs[0] is y and start.inputs[1].data == 1


def test_a_chain_of_elementwise_functions(value_of):
    x = T.dscalar("x")
    y = x
    for _ in range(5_000):
        y = T.sqrt(y)
    assert value_of(grad(y, x), {x: 1.0}) == 0.5**5000


def test_a_ladder_is_differentiated_in_linear_time(value_of):
    """Each rung uses the one below twice: 2 ** 200 paths, 200 nodes."""
    x = T.dscalar("x")
    y = x
    for _ in range(200):
        y = (y + y) * 0.5
    assert_allclose(value_of(grad(y, x), {x: 1.0}), 1)


def test_positions_of_extremes_have_gradient_zero(value_of):
    x = T.dvector("x")
    assert_allclose(value_of(grad(T.argmax(x), x), {x: [1.0, 2]}), [0, 0])
    largest, position = T.max_and_argmax(x)
    assert_allclose(value_of(grad(largest * position, x), {x: [1.0, 2, 0]}), [0, 1, 0])
