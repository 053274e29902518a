"""What rules make of expressions together, and that rewriting ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano.tensor as T
from tests.rewrite.evaluation import check, rewritten, values
from tests.sweep import examples
from theano import grad, scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import Rule, RuleBook, to_fixpoint
from theano.rewrite.passes import PASSES, rewriter
from theano.rewrite.pattern import rule, variable
from theano.tensor.shape import MakeVector, Shape_i

x, y = T.dvectors("x", "y")
m = T.dmatrix("m")
i = T.iscalar("i")
a = variable("a")

BIG = np.array([-800.0, -30.0, -1.0, 0.0, 1.0, 30.0, 800.0])


def softplus(v: Variable) -> Variable:
    return scalar.softplus(v)


SIMPLIFIED = {
    "order of a sum": (T.log(x + 1.0), T.log1p(x)),
    "grouping of a sum": (T.log((1.0 + x) + y), T.log1p(x + y)),
    "difference": (T.log(1.0 - x), T.log1p(-x)),
    "a negative number": (T.exp(x) + (-1.0), T.expm1(x)),
    "the other terms stay": (x + T.exp(y) - 1.0, x + T.expm1(y)),
    "the negative of a pattern": (1.0 - T.exp(x), -T.expm1(x)),
    "two rules in turn": (T.log(1.0 + T.exp(x)), softplus(x)),
    "three rules in turn": (T.log(1.0 - scalar.sigmoid(x)), -softplus(x)),
    "a sign inside": (1.0 / (1.0 + T.exp(x)), scalar.sigmoid(-x)),
    "a numerator": (y / (1.0 + T.exp(-x)), y * scalar.sigmoid(x)),
    "a number over an array": (T.log(T.ones_like(x) + x), T.log1p(x)),
    "integers are left alone": (i + 1, i + 1),
    "nothing is regrouped": ((x + y) + x, (x + y) + x),
    "a neutral chain": (((x * 1.0 + 0.0) / 1.0 - 0.0) ** 1, x),
    "gradient of a sum": (grad((x * y).sum(), x), y),
    "a mean of one number": (T.constant(2.0) * 3.0 * x, T.constant(6.0, dtype="float32") * x),
}


@pytest.mark.parametrize("case", SIMPLIFIED)
def test_expression_is_simplified(case: str) -> None:
    before, after = SIMPLIFIED[case]
    check([x, y, m, i], before, after)


def test_types_are_never_changed() -> None:
    row = T.drow("r")
    single = T.fvector("s")
    for before in (
        T.log(1.0 + row),
        T.log(single + np.ones((2, 1))),
        T.log(np.float64(1) + single),
        single * 0.0 + m,
    ):
        assert rewritten([row, single, m], [before]).outputs[0].type == before.type


def test_a_number_that_gives_the_shape_is_kept() -> None:
    out = T.zeros((2, 3)) + x[0] * 1.0
    (value,) = values(rewritten([x], [out]), [np.ones(4)])
    np.testing.assert_array_equal(value, np.ones((2, 3)))


# -- numbers -----------------------------------------------------------------------------------------------------------

t = T.dvector("t")
p = scalar.sigmoid(x)
FINITE = {
    "log(1 + exp(x))": T.log(1 + T.exp(x)),
    "log(sigmoid(x))": T.log(p),
    "log(1 - sigmoid(x))": T.log(1 - p),
    "1 / (1 + exp(-x))": 1 / (1 + T.exp(-x)),
    "log(sum(exp(x)))": T.log(T.sum(T.exp(x))),
    "log(mean(exp(x)))": T.log(T.mean(T.exp(x))),
    "log(sum(exp(x), keepdims))": T.log(T.exp(x).sum(axis=0, keepdims=True)),
    "softmax": T.exp(x) / T.exp(x).sum(axis=0, keepdims=True),
    "cross entropy": -(t * T.log(p) + (1 - t) * T.log(1 - p)),
    "log(erfc(x))": T.log(T.erfc(x)),
}


@pytest.mark.parametrize("case", FINITE)
def test_value_and_gradient_are_finite_at_800(case: str) -> None:
    out = FINITE[case]
    graph = rewritten([x, t], [out, grad(out.sum(), x)])
    targets = np.linspace(0, 1, len(BIG))
    for value in values(graph, [BIG, targets]):
        assert np.isfinite(value).all()


@pytest.mark.parametrize("case", FINITE)
def test_gradient_agrees_with_the_plain_one_at_ordinary_numbers(case: str) -> None:
    out = FINITE[case]
    gradient = grad((out * T.cos(T.arange(out.size))).sum() if out.ndim else out, x)
    arguments = [np.linspace(-3, 4, 7), np.linspace(0, 1, 7)]
    (plain,) = values(FunctionGraph([x, t], [gradient]), arguments)
    (stable,) = values(rewritten([x, t], [gradient]), arguments)
    np.testing.assert_allclose(stable, plain, rtol=1e-11, atol=1e-14)


def test_sum_of_exponentials_at_infinities() -> None:
    graph = rewritten([m], [T.log(T.exp(m).sum(axis=1))])
    rows = np.array([[-np.inf, -np.inf], [np.inf, 0.0], [np.nan, 0.0], [-np.inf, 3.0]])
    np.testing.assert_array_equal(values(graph, [rows])[0], [-np.inf, np.inf, np.nan, 3.0])


UNARY = [
    T.exp,
    T.log,
    T.neg,
    T.sqr,
    T.abs_,
    scalar.sigmoid,
    T.log1p,
    T.expm1,
    lambda v: v.sum() * v,
    lambda v: v**2,
]
BINARY = [T.add, T.sub, T.mul, T.true_div, T.maximum, T.second]
LEAVES = [lambda: x, lambda: y, lambda: T.constant(1.0), lambda: T.constant(-1.0), lambda: T.constant(0.5)]

EXPRESSIONS = st.recursive(
    st.sampled_from(LEAVES).map(lambda leaf: leaf()),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(UNARY), inner).map(lambda c: c[0](c[1])),
        st.tuples(st.sampled_from(BINARY), inner, inner).map(lambda c: c[0](c[1], c[2])),
    ),
    max_leaves=12,
)


@examples(150)
@given(EXPRESSIONS)
def test_random_expressions_keep_their_value_and_come_to_rest(out: Variable) -> None:
    arguments = [np.array([0.3, 1.7, 0.9]), np.array([1.1, 0.2, 2.5])]
    (before,) = values(FunctionGraph([x, y], [out]), arguments)
    graph = rewritten([x, y], [out])
    (after,) = values(graph, arguments)
    size = len(graph.apply_nodes)
    assert (before.dtype, before.shape) == (after.dtype, after.shape)
    plain = np.isfinite(before) & (np.abs(before) < 1e6) & np.isfinite(after)
    np.testing.assert_allclose(after[plain], before[plain], rtol=1e-6, atol=1e-6)
    rewriter("fast_run")(graph)
    assert len(graph.apply_nodes) == size


# -- shapes ------------------------------------------------------------------------------------------------------------


def test_nothing_is_computed_for_a_shape() -> None:
    hidden = T.tanh(T.dot(m, m.T) + x)
    graph = rewritten([m, x], [hidden.shape, hidden.sum(axis=1).shape[0], T.zeros_like(hidden).size])
    assert {type(node.op) for node in graph.toposort() if not isinstance(node.op, T.elemwise.Elemwise)} <= {
        Shape_i,
        MakeVector,
        T.Rebroadcast,
        T.Prod,
    }
    shape, length, size = values(graph, [np.ones((3, 2)), np.ones(3)])
    assert shape.tolist() == [3, 3]
    assert (length, size) == (3, 9)


def test_length_arithmetic_is_merged() -> None:
    graphs = [rewritten([x], [n]) for n in (x[2:].shape[0] + 1 - 1, x[2:].shape[0])]
    assert str(graphs[0].toposort()) == str(graphs[1].toposort())


# -- the engine --------------------------------------------------------------------------------------------------------


def test_rewrites_hand_on_the_line_of_the_user() -> None:
    out = T.log(1.0 + x)
    graph = rewritten([x], [out])
    (node,) = graph.toposort()
    assert node.origin == out.owner.origin


def test_the_graph_of_the_user_is_left_alone() -> None:
    out = T.log(1.0 + x)
    rewritten([x], [out])
    assert out.owner.op.scalar_op is scalar.log


def test_a_replacement_may_merge_a_user_with_what_it_frees() -> None:
    check([x], T.exp(T.second(T.exp(x), x)), T.exp(x))


def test_a_rule_that_grows_is_refused() -> None:
    with pytest.raises(ValueError, match="must weigh less"):
        rule("grows", scalar.log1p(a), scalar.log(1 + a))
    with pytest.raises(ValueError, match="has a variable more often"):
        rule("doubles", scalar.exp(scalar.exp(a)), a + a)


def test_a_rule_without_end_is_stopped() -> None:
    book = RuleBook("endless")

    @book.on(scalar.exp)
    def again(node: Apply) -> Variable:
        return T.exp(node.inputs[0] * 1.0)

    graph = FunctionGraph([x], [T.exp(x)])
    assert book.to_fixpoint(graph)["again"] > 100


def test_an_exception_in_a_rule_goes_on_or_is_reported() -> None:
    def fails(node: Apply) -> None:
        raise RuntimeError("broken")

    broken = Rule("broken", (scalar.exp,), fails, "")
    graph = FunctionGraph([x], [T.exp(x)])
    with pytest.raises(RuntimeError, match="broken"):
        to_fixpoint(graph, [broken])
    told: list[str] = []
    to_fixpoint(graph, [broken], on_error=lambda problem, rule, node: told.append(f"{rule.name}: {problem}"))
    assert told == ["broken: broken"]


def test_names_exclude_and_require() -> None:
    out = T.log(1.0 + x) * 1.0
    check([x], out, T.log(1.0 + x), rewriter("fast_run", excluding=["log1p"]))
    check([x], out, T.log(1.0 + x), rewriter("fast_run", excluding=["stabilize"]))
    check([x], out, T.log1p(x) * 1.0, rewriter("fast_run", requiring=["stabilize", "log1p"]))
    check([x], out, T.log1p(x), rewriter("fast_compile", including=["stabilize"]))
    check([x], out, out, rewriter(None))
    with pytest.raises(ValueError, match="No level"):
        rewriter("fastest")


def test_a_deep_chain_is_rewritten() -> None:
    v: Variable = x
    for _ in range(5000):
        v = T.tanh(v * 1.0 + 0.0)
    graph = rewritten([x], [v, grad(v.sum(), x)])
    assert len(graph.apply_nodes) < 5000 * 5


def test_a_large_constant_is_not_spread_out() -> None:
    graph = rewritten([x], [T.alloc(0.1, 5000, 5000).sum() + x])
    assert any(isinstance(node.op, T.Alloc) for node in graph.toposort())


def test_what_fails_when_folded_fails_at_run_time() -> None:
    out = T.constant(np.ones(3)).reshape((2, 2)) + m
    assert rewritten([m], [out]).outputs[0].type == out.type


def test_the_list_of_rules_in_the_documentation_is_that_of_the_books() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rewriting.md").read_text()
    for one in PASSES:
        assert f"### {one.name}" in text
        for entry in one.does if isinstance(one.does, RuleBook) else ():
            assert f"| `{entry.name}` | {entry.text.replace('|', chr(92) + '|')} |" in text
