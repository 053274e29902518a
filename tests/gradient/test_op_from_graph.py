"""OpFromGraph: a graph as one op, differentiated by its graph or by hand, written out when compiled."""

from __future__ import annotations

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.gradient import OpFromGraph, disconnected_type

BACK_ENDS = ("py", "cvm")


def value(expression: object, given: dict, linker: str = "py", optimizer: str | None = "fast_run") -> np.ndarray:
    mode = theano.Mode(linker=linker, optimizer=optimizer)
    return theano.function(list(given), expression, mode=mode, on_unused_input="ignore")(*given.values())


@pytest.mark.parametrize("linker", BACK_ENDS)
@pytest.mark.parametrize("optimizer", ["fast_run", None])
def test_it_computes_what_its_graph_computes(linker: str, optimizer: str | None) -> None:
    x, y = T.dvector("x"), T.dscalar("y")
    op = OpFromGraph([x, y], [x * y, x.sum() + y])
    a, b = T.dvector("a"), T.dscalar("b")
    twice = op(op(a, b)[0], op(a, b)[1])
    found = value(twice, {a: [1.0, 2.0], b: 3.0}, linker, optimizer)
    np.testing.assert_allclose(found[0], [18.0, 36.0])
    assert found[1] == 15.0


def test_nothing_of_it_is_left_in_a_compiled_graph() -> None:
    x = T.dvector("x")
    inner = OpFromGraph([x], [x * 2])
    outer = OpFromGraph([x], [inner(x) + 1])
    f = theano.function([x], outer(x))
    assert not any(isinstance(node.op, OpFromGraph) for node in f.maker.fgraph.toposort())


def test_a_shared_variable_in_it_is_an_input_that_nobody_gives() -> None:
    x, s = T.dscalar("x"), theano.shared(3.0)
    op = OpFromGraph([x], [x * s])
    f = theano.function([x], [op(x + 1), T.grad(op(x), s)])
    assert f(2.0) == [9.0, 2.0]
    s.set_value(5.0)
    assert f(2.0) == [15.0, 2.0]


def test_its_gradient_is_that_of_its_graph_to_second_order() -> None:
    x, y = T.dvector("x"), T.dvector("y")
    op = OpFromGraph([x, y], [T.tanh(x) * y, (x * y).sum()])

    def build(a: object, b: object) -> object:
        first, second = op(a, b)
        return first * second

    T.verify_grad(build, [np.array([0.3, -0.5]), np.array([1.5, 0.4])], rng=np.random.RandomState(1))
    T.verify_grad(
        lambda a, b: T.grad(build(a, b).sum(), a), [np.array([0.3, -0.5]), np.array([1.5, 0.4])], rng=np.random.RandomState(1)
    )


def test_an_output_that_nobody_uses_has_no_part_in_the_gradient() -> None:
    x = T.dvector("x")
    op = OpFromGraph([x], [x**2, T.log(x)])
    assert value(T.grad(op(x)[0].sum(), x), {x: [0.0, -1.0]}).tolist() == [0.0, -2.0]


def test_an_argument_made_of_another_counts_its_own_way_only_once() -> None:
    x = T.dscalar("x")
    a, b = T.dscalars("a", "b")
    op = OpFromGraph([a, b], [a * b])
    assert value(T.grad(op(x, x**2), x), {x: 2.0}) == 12.0


def test_forward_mode_is_that_of_its_graph_or_given_by_hand() -> None:
    x, v = T.dvector("x"), T.dvector("v")
    op = OpFromGraph([x], [T.exp(x) * x.sum()])
    plain = T.exp(x) * x.sum()
    given = {x: [0.1, 0.2], v: [1.0, -2.0]}
    np.testing.assert_allclose(value(T.Rop(op(x), x, v), given), value(T.Rop(plain, x, v), given))
    by_hand = OpFromGraph([x], [T.exp(x)], rop_overrides=lambda inputs, points: [points[0] * 7])
    np.testing.assert_allclose(value(T.Rop(by_hand(x), x, v), given), [7.0, -14.0])


def test_the_gradient_of_each_input_may_be_given_by_hand() -> None:
    x, y = T.dscalars("x", "y")
    by_grad = OpFromGraph([x, y], [x * y], grad_overrides=[lambda i, g: g[0] * 100, "default"])
    by_lop = OpFromGraph([x, y], [x * y], lop_overrides=lambda i, o, g: [o[0] * g[0], i[0] * g[0]])
    given = {x: 2.0, y: 3.0}
    assert value(T.grad(by_grad(x, y), [x, y]), given) == [100.0, 2.0]
    assert value(T.grad(by_lop(x, y), [x, y]), given) == [6.0, 2.0]


def test_an_input_may_be_declared_disconnected() -> None:
    x, y = T.dscalars("x", "y")
    op = OpFromGraph([x, y], [x * y], lop_overrides=[disconnected_type(), "default"])
    assert op.connection_pattern() == [[False], [True]]
    with pytest.raises(theano.gradient.DisconnectedInputError):
        T.grad(op(x, y), x)
    assert value(T.grad(op(x, y), y), {x: 2.0, y: 3.0}) == 2.0


def test_connections_are_those_of_the_graph_unless_given() -> None:
    x, y = T.dvectors("x", "y")
    graph = [x.shape[0] * y.sum(), x.sum()]
    assert OpFromGraph([x, y], graph).connection_pattern() == [[False, True], [True, False]]
    given = [[True, True], [False, False]]
    assert OpFromGraph([x, y], graph, connection_pattern=given).connection_pattern() == given


def test_its_derivatives_are_ops_too() -> None:
    x, y = T.dscalars("x", "y")
    op = OpFromGraph([x, y], [x * y])
    a, b, c, d = T.dscalars("a", "b", "c", "d")
    given = {a: 2.0, b: 3.0, c: 6.0, d: 10.0}
    assert value(op.get_lop_op()(a, b, c, d), given) == [30.0, 20.0]
    assert value(op.get_rop_op()(a, b, c, d), given) == 38.0


def test_lengths_are_known_without_computing_it() -> None:
    x = T.dmatrix("x")
    op = OpFromGraph([x], [T.log(x).T])
    f = theano.function([x], op(x).shape)
    assert f(np.ones((2, 3))).tolist() == [3, 2]
    assert not any(isinstance(node.op, T.Elemwise) for node in f.maker.fgraph.toposort())


def test_misuse_is_told() -> None:
    x, y = T.dscalars("x", "y")
    with pytest.raises(theano.graph.MissingInputError, match="OpFromGraph needs y"):
        OpFromGraph([x], [x * y])
    with pytest.raises(ValueError, match="Expected 1 inputs, got 2"):
        OpFromGraph([x], [x * 2])(x, y)
    with pytest.raises(TypeError, match="outputs must be list"):
        OpFromGraph([x], x * 2)
    with pytest.raises(TypeError, match="Variable instances, found 3"):
        OpFromGraph([3], [x])
    with pytest.raises(TypeError, match="updates not allowed"):
        OpFromGraph([x], [x], updates={})
    with pytest.raises(TypeError, match="Cannot convert Type"):
        OpFromGraph([x], [x * 2])(T.dvector())
    with pytest.raises(ValueError, match="mutually exclusive"):
        OpFromGraph([x], [x], lop_overrides=lambda i, o, g: g, grad_overrides=lambda i, g: g)
    with pytest.raises(ValueError, match="2 overrides were given for 1 variables"):
        OpFromGraph([x], [x], grad_overrides=["default", "default"])
    with pytest.raises(TypeError, match="found 3"):
        OpFromGraph([x], [x], grad_overrides=[3])
