"""Each rule, on expressions that it applies to: both sides agree in value, dtype and shape at all kinds of numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.rewrite.evaluation import rewritten, values
from theano import scalar
from theano.control_flow import ifelse
from theano.graph import FunctionGraph
from theano.rewrite.axes import axes
from theano.rewrite.branches import branches
from theano.rewrite.canonical import canonical
from theano.rewrite.engine import RuleBook, to_fixpoint
from theano.rewrite.indexing import indexing, narrowing
from theano.rewrite.matrices import matrices, unhinted
from theano.rewrite.matrix_products import matrix_products
from theano.rewrite.natural import natural
from theano.rewrite.passes import PASSES, rewriter
from theano.rewrite.probabilities import most_probable, probabilities
from theano.rewrite.scatter import putting, scatter
from theano.rewrite.special import special
from theano.rewrite.stable import stable
from theano.rewrite.structure import structure
from theano.rewrite.trusting import trusting
from theano.tensor import nlinalg, slinalg
from theano.tensor.linalg.hint import Hint, psd
from theano.tensor.linalg.lu import LUFactor
from theano.tensor.nnet.ctc import ctc

ORDINARY = np.array([-3.5, -1.0, -0.25, 0.1, 0.5, 1.0, 2.0, 3.75])
EDGES = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 1e-300, -1e-300, 1e300, -1e300, 5e-324])


@dataclass(frozen=True)
class Case:
    """A rule, and an expression of x (a vector) and m (a matrix) that it applies to.

    edges  "exact": the sides agree to the bit at the edges too; "zero": but for the sign of zero;
           "accurate": they agree wherever the plain side is finite and not 0; any other text: why nothing is compared
    """

    rule: str
    build: Callable
    edges: str = "exact"

    def __str__(self) -> str:
        return self.rule


e, p, n = T.exp, scalar.sigmoid, T.Shape_i(0)
CANONICAL = [
    Case("constant_folding", lambda x, m: x * T.exp(T.constant(0.5))),
    Case("useless_fill", lambda x, m: T.second(x, x + 1.0)),
    Case("fill_with_number", lambda x, m: T.second(x, T.second(x, 2.0)[None, ...][0] * 0 + T.zeros_like(x))),
    Case("fill_by_fill", lambda x, m: T.second(T.zeros_like(x), 3.0)),
    Case("fill_sink", lambda x, m: T.second(x, 3.0) * x),
    Case("shuffled_fill", lambda x, m: T.ones_like(m).T),
    Case("add_zero", lambda x, m: x + 0.0, "zero"),
    Case("sub_zero", lambda x, m: x - 0.0),
    Case("mul_one", lambda x, m: x * 1.0),
    Case("mul_zero", lambda x, m: x * 0.0, "0 where x is infinite or NaN"),
    Case("div_one", lambda x, m: x / 1.0),
    Case("double_neg", lambda x, m: T.neg(-x)),
    Case("mul_minus_one", lambda x, m: x * -1.0),
    Case("neg_outwards", lambda x, m: (-x) * (x + 2.0)),
    Case("neg_into_number", lambda x, m: -(x * 3.0)),
    Case("add_neg", lambda x, m: x + (-(x * x))),
    Case("sub_neg", lambda x, m: x - (-(x * x))),
    Case("even_function", lambda x, m: T.sqr(-x) + T.abs_(-x)),
    Case("only_operand", lambda x, m: T.add(x)),
    Case("same_operands", lambda x, m: T.maximum(x, x)),
    Case("integer_sum", lambda x, m: (x.shape[0] + 3) - 2),
    Case("known_switch", lambda x, m: T.switch(T.constant(1), x, 2.0)),
    Case("useless_cast", lambda x, m: T.elemwise.Elemwise(scalar.casts["float64"])(x)),
    Case("cast_of_cast", lambda x, m: T.cast(T.cast(T.cast(x, "float32"), "float64"), "float32")),
    Case("useless_copy", lambda x, m: T.elemwise.elemwise_of(scalar.identity)(x)),
    Case("useless_barrier", lambda x, m: theano.gradient.disconnected_grad(x)),
    Case("there_and_back", lambda x, m: T.TensorFromScalar()(T.ScalarFromTensor()(x[0])) * x),
]
AXES = [
    Case("useless_dimshuffle", lambda x, m: T.DimShuffle((False,), (0,))(x)),
    Case("dimshuffle_of_dimshuffle", lambda x, m: m.T.T),
    Case("reduce_of_ones", lambda x, m: x.dimshuffle("x", 0).sum(axis=0), "zero"),
    Case("reduce_of_reduce", lambda x, m: m.min(axis=0).min(axis=0)),
    Case("sum_of_zeros", lambda x, m: T.zeros_like(x).sum()),
    Case("sum_of_neg", lambda x, m: (-m).sum(axis=0), "zero"),
    Case("reshape_of_reshape", lambda x, m: m.reshape((-1, 1, 2)).reshape((2, -1))),
    Case("useless_reshape", lambda x, m: x.reshape((-1,))),
    Case("useless_rebroadcast", lambda x, m: T.Rebroadcast((0, False))(x)),
    Case("useless_subtensor", lambda x, m: m[:, :]),
    Case("entry_of_vector", lambda x, m: T.stack([x[0], x[1]])[1] * x),
]
STABLE = [
    Case("log_exp", lambda x, m: T.log(e(x)), "accurate"),
    Case("log1p", lambda x, m: T.log(1.0 + x), "accurate"),
    Case("expm1", lambda x, m: e(x) - 1.0, "accurate"),
    Case("log1p_expm1", lambda x, m: T.log1p(T.expm1(x)), "accurate"),
    Case("softplus", lambda x, m: T.log1p(e(x)), "accurate"),
    Case("log_sigmoid", lambda x, m: T.log(p(x)), "accurate"),
    Case("log1m_sigmoid", lambda x, m: T.log1p(-p(x)), "accurate"),
    Case("one_minus_sigmoid", lambda x, m: 1.0 - p(x), "accurate"),
    Case("sigmoid", lambda x, m: 1.0 / (1.0 + e(-x)), "accurate"),
    Case("logistic_slope", lambda x, m: e(x) * p(-x), "accurate"),
    Case("one_minus_erf", lambda x, m: 1.0 - T.erf(x), "accurate"),
    Case("one_minus_erfc", lambda x, m: 1.0 - T.erfc(x), "accurate"),
    Case("mills_ratio", lambda x, m: e(-T.sqr(x)) / T.erfc(x), "accurate"),
    Case("log_erfc", lambda x, m: T.log(T.erfc(x)), "accurate"),
    Case("log_sum_exp", lambda x, m: T.log(e(m).sum(axis=0)), "accurate"),
    Case("softmax", lambda x, m: e(m) / e(m).sum(axis=0, keepdims=True), "accurate"),
    Case("sum_over_exponentials", lambda x, m: (m / e(m).sum(axis=0, keepdims=True)).sum(axis=0), "accurate"),
    Case("cancel_positive", lambda x, m: (x / p(x)) * p(x), "accurate"),
    Case("cancel_positive_in_sum", lambda x, m: (x / p(x) + 2.0) * p(x), "accurate"),
]
i = np.array([1, 0])


def into(x, y, where=i):
    return T.inc_subtensor(T.zeros_like(x)[where], y)


STRUCTURE = [
    Case("join_of_one", lambda x, m: T.Join()(0, m)),
    Case("join_of_joins", lambda x, m: T.join(0, T.join(0, m, m * m), m)),
    Case("join_of_nothing", lambda x, m: T.join(0, T.alloc(0.0, 0), x, T.alloc(T.constant(1.0), 0))),
    Case("join_of_vectors", lambda x, m: T.join(0, T.stack([x[0], x[1]]), T.stack([x[2]]))),
    Case("useless_alloc", lambda x, m: T.Alloc()(m, T.Shape_i(0)(m), T.Shape_i(1)(m))),
    Case("alloc_of_alloc", lambda x, m: T.alloc(T.alloc(x[1], 1, 3), 4, 2, 3)),
    Case("dimshuffle_of_alloc", lambda x, m: T.alloc(x, 3, x.shape[0]).dimshuffle(1, "x", 0)),
    Case("reshape_of_alloc", lambda x, m: T.alloc(x[1], 2, 3).reshape((3, -1))),
    Case("sum_of_alloc", lambda x, m: T.cast(T.alloc(3.0, x.shape[0], 2).sum(axis=0), x.dtype)),
    Case("dot_of_transposes", lambda x, m: T.dot(m.T, m[:, :2].T), "a product is summed in another order"),
    Case("dot_of_zeros", lambda x, m: T.dot(m, T.zeros_like(m.T)), "0 where x is infinite or NaN"),
    Case("dot_of_column_and_row", lambda x, m: T.outer(m[0], m[1]), "BLAS leaves factors of 0 out, also of NaN"),
    Case("local_remove_useless_assert", lambda x, m: T.opt.Assert()(x, T.constant(1), x.shape[0] > 2)),
]
NATURAL = [
    Case("natural_below_zero", lambda x, m: T.switch(T.lt(n(x), 0), x, x + T.ge(n(m), -1))),
    Case("natural_is_negative", lambda x, m: T.switch(T.eq(n(x) * n(m), -1), x, x + T.neq(n(x), -2))),
    Case("natural_at_least_zero", lambda x, m: x * T.maximum(n(x) + T.minimum(n(m), 1), 0)),
    Case("slice_of_everything", lambda x, m: m[: n(m), 1 : n(m)] + m[: n(m), : n(m) - 1]),
]
INDEXING = [
    Case("shorter_index", lambda x, m: m[0::1, 1:, ...][:, :]),
    Case("subtensor_of_subtensor", lambda x, m: x[1:][:-1][::2][1] * m[0][1:]),
    Case("subtensor_of_dimshuffle", lambda x, m: m.dimshuffle(1, "x", 0)[1:, 0, 1]),
    Case("subtensor_of_alloc", lambda x, m: T.alloc(x[1], x.shape[0], 3)[2:, 0]),
    Case("subtensor_of_join", lambda x, m: T.join(0, T.stack([x[0], x[1]]), x)[3] * x),
    Case("subtensor_of_inc", lambda x, m: T.set_subtensor(m[0], x[: m.shape[1]])[0]),
    Case("inc_of_everything", lambda x, m: T.set_subtensor(m[:, :], m * m)),
]
SCATTER = [
    Case("add_to_increments", lambda x, m: m + into(m, m[i] * m[i]), "zero"),
    Case("subtract_increments", lambda x, m: x - into(x, x[1:3], slice(0, 2)), "zero"),
    Case("negate_increments", lambda x, m: -into(m, m[i]), "zero"),
    Case("scale_increments", lambda x, m: 0.5 * into(m, m[i]), "zero"),
    Case("divide_increments", lambda x, m: into(m, x[0], (i, i)) / 3.0, "zero"),
]
PUTTING = [
    Case("put_apart_into_zeros", lambda x, m: into(into(x, x[:2], slice(0, 2)), x[2:5], slice(2, 5)), "zero"),
]
NARROWING = [Case("subtensor_of_elemwise", lambda x, m: (T.exp(m) + x[: m.shape[1]])[0, 1:])]
TRUSTING = [
    Case("remove_assert", lambda x, m: T.opt.Assert()(x, x.shape[0] > 0)),
    Case("remove_specify_shape", lambda x, m: T.specify_shape(m, (2, m.shape[1]))),
]
SPECIAL = [
    Case("power_0_1", lambda x, m: x**0 + x**1),
    Case("power_by_squaring", lambda x, m: x**3 + x**-2, "accurate"),
    Case("power_of_half", lambda x, m: x**0.5, "accurate"),
    Case("square", lambda x, m: x * x),
    Case("divide_by_power_of_two", lambda x, m: x / 4.0),
    Case("sum_of_scaled", lambda x, m: (m * 2.0).sum(axis=0)),
    Case("local_max_and_argmax", lambda x, m: T.max(m, axis=0) + T.argmax(m + 1.0, axis=0)),
]
BRANCHES = [
    Case("ifelse_of_constant", lambda x, m: ifelse(1, x, x[::-1]) + ifelse(0.0, x[::-1], x)),
    Case("ifelse_of_equal", lambda x, m: ifelse(x.sum() > 0, x, x)),
]
S = np.array([[2.0, 0.5], [0.5, 1.0]])


def square(x):
    """A positive definite matrix of the dtype of x, 2 x 2, that no rule sees through."""
    return T.cast(S, x.dtype) * T.cast(x.shape[0], x.dtype)


def column(m):
    return m[:, 0].dimshuffle(0, "x")


def row(m):
    return m[0].dimshuffle("x", 0)


inv, chol, finite = nlinalg.matrix_inverse, slinalg.cholesky, "the numbers of a matrix must be finite"
MATRIX_PRODUCTS = [
    Case(
        "dot_of_diagonal",
        lambda x, m: T.dot(T.eye(m.shape[0], dtype=m.dtype) * column(m), m)
        + T.dot(m, T.eye(m.shape[1], dtype=m.dtype) * row(m)),
        "zeros of the identity no longer meet infinity",
    ),
    Case("dot_of_outer", lambda x, m: T.dot(column(m) * row(m), m.T) + T.dot(m[:, :2], column(m) * row(m))[:, :2], "regrouped"),
    Case("diag_of_dot", lambda x, m: nlinalg.diag(T.dot(m, m.T)), "a product is summed in another order"),
    Case("transpose_of_symmetric", lambda x, m: T.dot(Hint(symmetric=True)(square(x)).T, m), finite),
]
MATRICES = [
    Case("inverse_of_inverse", lambda x, m: T.dot(inv(inv(square(x))), m), finite),
    Case("inverse_of_orthogonal", lambda x, m: T.dot(inv(nlinalg.eigh(square(x))[1]), m), finite),
    Case("inverse_of_triangular", lambda x, m: inv(T.tril(square(x))), finite),
    Case("inverse_of_positive_definite", lambda x, m: inv(psd(square(x))), finite),
    Case("dot_of_inverse", lambda x, m: T.dot(inv(square(x)), m) * T.dot(m.T, inv(square(x))).T, finite),
    Case("solve_of_orthogonal", lambda x, m: slinalg.solve(nlinalg.eigh(square(x))[1], m), finite),
    Case("solve_of_triangular", lambda x, m: slinalg.solve(T.tril(square(x)), m), finite),
    Case("solve_of_positive_definite", lambda x, m: slinalg.solve(psd(square(x)), m), finite),
    Case("solve_with_shared_factors", lambda x, m: slinalg.solve(square(x), m) * slinalg.solve(square(x), m * m), finite),
    Case("log_det", lambda x, m: T.log(nlinalg.det(square(x))) * x, finite),
    Case("log_abs_det", lambda x, m: T.log(abs(nlinalg.det(-square(x)))) * x, finite),
    Case("slogdet_of_known", lambda x, m: nlinalg.slogdet(psd(square(x)))[1] * x, finite),
    Case("det_of_triangular", lambda x, m: nlinalg.det(chol(square(x))) * x, finite),
    Case(
        "det_with_shared_factors",
        lambda x, m: nlinalg.det(S[::-1] * x[0]) * LUFactor()(S[::-1] * x[0])[0] * nlinalg.slogdet(S[::-1] * x[0])[1],
        finite,
    ),
    Case("cancel_det", lambda x, m: (2.0 / nlinalg.det(square(x)) * nlinalg.det(square(x))).astype(x.dtype) * x, finite),
]
softmax = T.nnet.softmax


def crossentropy(m):
    return T.nnet.crossentropy_categorical_1hot(softmax(m.T), T.arange(m.shape[1]) % 2)


PROBABILITIES = [
    Case("log_softmax", lambda x, m: T.log(softmax(m.T)).T, "accurate"),
    Case("crossentropy_softmax", lambda x, m: crossentropy(m), "accurate"),
    Case("crossentropy_softmax_gradient", lambda x, m: theano.grad(crossentropy(m).sum(), m), "accurate"),
    Case("log_softmax_gradient", lambda x, m: theano.grad((T.log(softmax(m.T)) * m.T).sum(), m), "accurate"),
]
MOST_PROBABLE = [
    Case("argmax_of_softmax", lambda x, m: T.Argmax((1,))(softmax(m)) * x[0], "equal where rounded"),
    Case("ctc_without_gradient", lambda x, m: ctc(m[:, None, :], np.array([[1]]), np.array([2])), "infinities have no softmax"),
]
UNHINTED = [Case("remove_hint", lambda x, m: psd(m))]
BOOKS = [
    (branches, BRANCHES),
    (canonical, CANONICAL),
    (axes, AXES),
    (structure, STRUCTURE),
    (natural, NATURAL),
    (indexing, INDEXING),
    (scatter, SCATTER),
    (putting, PUTTING),
    (stable, STABLE),
    (probabilities, PROBABILITIES),
    (most_probable, MOST_PROBABLE),
    (matrix_products, MATRIX_PRODUCTS),
    (matrices, MATRICES),
    (special, SPECIAL),
    (narrowing, NARROWING),
    (trusting, TRUSTING),
    (unhinted, UNHINTED),
]
ROUNDED = (stable, probabilities, special, matrix_products, matrices)  # the others keep every digit
CASES = [(book, case) for book, cases in BOOKS for case in cases]


def sides(book: RuleBook, case: Case, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """The value before, the value after the one rule, and how often it applied."""
    v, w = T.dvector("x"), T.dmatrix("m")
    fgraph = FunctionGraph([v, w], [case.build(v, w)])
    arguments = [x, x.reshape(2, -1)]
    (before,) = values(fgraph, arguments)
    applied = to_fixpoint(fgraph, book.selected(lambda rule: rule.name == case.rule))
    (after,) = values(fgraph, arguments)
    return before, after, applied[case.rule]


def test_every_rule_has_a_case() -> None:
    for book, cases in BOOKS:
        assert [case.rule for case in cases] == [rule.name for rule in book]
    in_passes = {rule.name for one in PASSES if isinstance(one.does, RuleBook) for rule in one.does}
    assert in_passes == {case.rule for _, case in CASES}


@pytest.mark.parametrize(("book", "case"), CASES, ids=[case.rule for _, case in CASES])
def test_sides_agree_on_ordinary_numbers(book: RuleBook, case: Case) -> None:
    before, after, times = sides(book, case, ORDINARY)
    assert times
    assert (before.dtype, before.shape) == (after.dtype, after.shape)
    exact = book not in ROUNDED
    lost = 0 if exact else 4e-16  # what the plain side of 1 - erf(x) loses
    np.testing.assert_allclose(after, before, rtol=0 if exact else 2e-14, atol=lost, equal_nan=True)


@pytest.mark.parametrize(("book", "case"), CASES, ids=[case.rule for _, case in CASES])
def test_sides_agree_at_the_edges(book: RuleBook, case: Case) -> None:
    before, after, _ = sides(book, case, EDGES)
    assert (before.dtype, before.shape) == (after.dtype, after.shape)
    match case.edges:
        case "exact":
            np.testing.assert_array_equal(after, before)
            both = ~np.isnan(before)
            np.testing.assert_array_equal(np.signbit(after)[both], np.signbit(before)[both])
        case "zero":
            np.testing.assert_array_equal(after, before)
        case "accurate":
            plain = np.isfinite(before) & (before != 0)
            np.testing.assert_allclose(after[plain], before[plain], rtol=1e-14)
            is_nan = (
                np.isnan(EDGES) if before.shape == EDGES.shape else np.isnan(EDGES.reshape(2, -1)).any(axis=0)
            )
            assert np.isnan(after[..., is_nan]).all()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize(("book", "case"), CASES, ids=[case.rule for _, case in CASES])
def test_all_passes_keep_dtype_and_shape(book: RuleBook, case: Case, dtype: str) -> None:
    v, w = T.TensorType(dtype, (False,))("x"), T.TensorType(dtype, (False, False))("m")
    out = case.build(v, w)
    arguments = [ORDINARY.astype(dtype), ORDINARY.astype(dtype).reshape(2, -1)]
    (before,) = values(FunctionGraph([v, w], [out]), arguments)
    (after,) = values(rewritten([v, w], [out]), arguments)
    assert (before.dtype, before.shape) == (after.dtype, after.shape)
    tolerance = {"float16": 1e-1, "float32": 2e-5, "float64": 2e-14}[dtype]  # the plain sides lose digits
    np.testing.assert_allclose(after, before, rtol=tolerance, atol=tolerance, equal_nan=True)


@pytest.mark.parametrize(("book", "case"), CASES, ids=[case.rule for _, case in CASES])
def test_rewriting_twice_gives_what_rewriting_once_gave(book: RuleBook, case: Case) -> None:
    v, w = T.dvector("x"), T.dmatrix("m")
    fgraph = rewritten([v, w], [case.build(v, w)])
    once = [(str(node.op), [fgraph.clients(o) for o in node.outputs]) for node in fgraph.toposort()]
    rewriter("fast_run")(fgraph)
    assert [(str(node.op), [fgraph.clients(o) for o in node.outputs]) for node in fgraph.toposort()] == once
