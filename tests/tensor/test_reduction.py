"""Reductions as users meet them: axes, dtypes, names, edges, gradients at kinks, and mistakes."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import scalar
from theano.tensor.reduction import FoldRule, sum_over
from theano.tensor.truth import All
from theano.tensor.truth import Any as AnyOf

m, v = T.dmatrix("m"), T.dvector("v")
nan, inf = np.nan, np.inf


def value(output: Any, *arguments: Any) -> np.ndarray:
    """The value of an expression of m, or of v, by the Python back end."""
    found = theano.function([m if np.ndim(arguments[0]) == 2 else v], output, mode=theano.Mode(linker="py"))
    return found(*arguments)


def gradient(output: Any, argument: list) -> list:
    return value(T.grad(output, m if np.ndim(argument) == 2 else v), argument).tolist()


# -- names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (m.sum(), "Sum{acc_dtype=float64}"),
        (m.sum(axis=-1), "Sum{axis=[1], acc_dtype=float64}"),
        (m.sum(axis=(1, 0)), "Sum{axis=[0, 1], acc_dtype=float64}"),
        (m.prod(), "Prod{axis=None, dtype='float64', acc_dtype='float64'}"),
        (m.max(), "MaxAndArgmax{axis=(0, 1)}"),
        (T.argmax(m, axis=-1), "MaxAndArgmax{axis=(1,)}"),
        (m.min(axis=0), "CAReduce{minimum}{0}"),
        (T.all(T.eq(m, 0), axis=1), "All{1}"),
        (T.any(T.eq(m, 0)), "Any"),
        (T.cumsum(m, axis=-1), "CumOp{axis=1, mode='add'}"),
    ],
)
def test_ops_print_as_they_always_did(output: Any, text: str) -> None:
    assert str(output.owner.op) == text


def test_the_outputs_of_max_and_argmax_are_named() -> None:
    assert [v.name for v in T.max_and_argmax(m)] == ["max", "argmax"]


# -- axes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "axis", [1, -1, [1], (1,), (-1,), (1, 1), (1, -1), np.int64(1), np.array(1), np.array([1])]
)
@pytest.mark.parametrize("function", [T.sum, T.max, T.argmin, T.any], ids=lambda f: f.__name__)
def test_an_axis_may_be_written_in_many_ways(function: Any, axis: Any) -> None:
    assert function(m, axis=axis).owner.op == function(m, axis=1).owner.op


def test_a_constant_of_the_graph_is_an_axis_for_extrema_only() -> None:
    assert T.argmax(m, axis=T.constant(1)).owner.op.axis == (1,)
    with pytest.raises(TypeError):
        T.sum(m, axis=T.constant(1))


def test_no_axes_reduce_nothing_in_sums_and_everything_in_extrema() -> None:
    assert m.sum(axis=()).ndim == 2
    assert m.max(axis=()).ndim == 0
    assert T.argmin(m, axis=()).ndim == 0


def test_reduced_axes_leave_the_pattern_or_stay_broadcastable() -> None:
    row = T.drow()
    assert row.sum(axis=1).broadcastable == (True,)
    assert row.max(axis=0).broadcastable == (False,)
    assert m.mean(axis=1, keepdims=True).broadcastable == (False, True)
    assert T.argmax(m, axis=None, keepdims=True).broadcastable == (True, True)
    assert sum_over(m, [0]).broadcastable == (True, False)


def test_positions_along_several_axes_count_in_c_order() -> None:
    t = T.dtensor3("t")
    values = np.cos(np.arange(24.0)).reshape(2, 3, 4)
    found = theano.function([t], T.argmax(t, axis=(2, 0)), mode=theano.Mode(linker="py"))(values)
    np.testing.assert_array_equal(found, values.transpose(1, 0, 2).reshape(3, 8).argmax(1))


# -- dtypes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "summed", "accumulated"),
    [
        ("bool", "int64", "int64"),
        ("int8", "int64", "int64"),
        ("uint16", "uint64", "uint64"),
        ("uint64", "uint64", "uint64"),
        ("float16", "float16", "float32"),
        ("float32", "float32", "float64"),
        ("float64", "float64", "float64"),
        ("complex64", "complex64", "complex128"),
    ],
)
@pytest.mark.parametrize("function", [T.sum, T.prod], ids=lambda f: f.__name__)
def test_sums_accumulate_in_a_wider_dtype(function: Any, given: str, summed: str, accumulated: str) -> None:
    out = function(T.vector(dtype=given))
    assert out.dtype == summed
    assert out.owner.op.acc_dtype == accumulated


def test_a_wide_result_is_accumulated_as_wide() -> None:
    assert T.sum(T.vector(dtype="float16"), dtype="float64").owner.op.acc_dtype == "float64"


@pytest.mark.parametrize("given", ["bool", "int8", "uint64", "float64"])
@pytest.mark.parametrize("function", [T.mean, T.var, T.std], ids=lambda f: f.__name__)
def test_statistics_of_integers_are_float64(function: Any, given: str) -> None:
    with theano.config.change_flags(floatX="float32"):
        assert function(T.vector(dtype=given)).dtype == "float64"
        assert function(T.vector(dtype="float32")).dtype == "float32"
    assert T.mean(T.scalar(dtype=given)).dtype == "float64"


def test_unbiased_variance_keeps_float32() -> None:
    assert T.var(T.fmatrix(), ddof=1).dtype == "float32"


# -- edges ---------------------------------------------------------------------------------------------------


def test_the_least_integers_have_a_minimum() -> None:
    x = T.bvector("x")
    least = theano.function([x], [T.min(x), T.argmin(x)], mode=theano.Mode(linker="py"))
    assert [int(n) for n in least([5, -128, 127])] == [-128, 1]


def test_nan_is_the_largest_and_the_smallest() -> None:
    values = [1.0, nan, inf, nan]
    assert np.isnan(value(T.max(v), values)) and np.isnan(value(T.min(v), values))
    assert value(T.argmax(v), values) == 1 and value(T.argmin(v), values) == 1


def test_nan_is_true() -> None:
    assert value(T.any(v), [0.0, nan]) and value(T.all(v), [nan, 1.0])


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (T.min, "Input of CAReduce{minimum} has zero-size on axis 0"),
        (T.argmax, "attempt to get argmax of an empty sequence"),
        (T.argmin, "attempt to get argmin of an empty sequence"),
        (lambda x: T.CAReduce(scalar.maximum)(x), "Input of CAReduce{maximum} has zero-size on axis 0"),
        (T.max, "(empty sequence|zero-size on axis 0)"),  # as the position is computed with it or not
    ],
)
def test_extrema_of_nothing_are_errors(function: Any, message: str, backend: str) -> None:
    f = theano.function([v], function(v), mode=theano.Mode(linker=backend))
    with pytest.raises(ValueError, match=message.replace("{", r"\{")):
        f([])


# -- gradients -----------------------------------------------------------------------------------------------


def test_every_tied_extremum_gets_the_full_gradient() -> None:
    assert gradient(v.max(), [3.0, 1.0, 3.0]) == [1, 0, 1]
    assert gradient(v.min(), [3.0, 1.0, 1.0]) == [0, 1, 1]
    assert gradient(T.max_and_argmax(m, axis=0)[0].sum(), [[1.0, 3.0], [1.0, 2.0]]) == [[1, 1], [1, 0]]


def test_positions_have_no_gradient() -> None:
    assert gradient((v * T.argmax(v)).sum(), [1.0, 3.0, 2.0]) == [1, 1, 1]
    assert gradient((v * T.argmin(v)).sum(), [4.0, 3.0, 2.0]) == [2, 2, 2]


@pytest.mark.parametrize(
    ("values", "wanted"), [([0.0, 2.0, 3.0], [6, 0, 0]), ([0.0, 2.0, 0.0], [0, 0, 0]), ([4.0, 2.0], [2, 4])]
)
def test_the_gradient_of_a_product_is_finite_at_zeros(values: list, wanted: list) -> None:
    assert gradient(T.prod(v), values) == wanted


def test_a_promise_of_no_zeros_leaves_a_plain_quotient() -> None:
    assert gradient(T.prod(v, no_zeros_in_input=True), [4.0, 2.0]) == [2, 4]


def test_the_gradient_of_a_cumulative_product_is_exact_at_zeros() -> None:
    # out = [a, ab, abc, abcd] at b = c = 0
    assert gradient(T.cumprod(v).sum(), [2.0, 0.0, 0.0, 5.0]) == [1, 2, 0, 0]


@pytest.mark.parametrize("values", [[2.0, 3.0, 5.0], [2.0, 0.0, 5.0], [0.0, 0.0, 5.0]])
def test_the_tangent_of_a_cumulative_product_agrees_with_its_gradient(values: list) -> None:
    def columns(x: np.ndarray) -> np.ndarray:
        h = 1e-6
        return np.array([(np.cumprod(x + h * e) - np.cumprod(x - h * e)) / (2 * h) for e in np.eye(len(x))])

    t = T.dvector("t")
    tangent = T.cumprod(v).owner.op.R_op([v], [t])[0]
    f = theano.function([v, t], tangent, mode=theano.Mode(linker="py"))
    found = [f(values, e) for e in np.eye(len(values))]
    np.testing.assert_allclose(found, columns(np.array(values)), atol=1e-6)


def test_integers_that_feed_a_float_sum_have_a_gradient() -> None:
    k = T.ivector("k")
    assert T.grad(T.sum(k, dtype="float64"), k).dtype == "float64"


# -- what back ends read -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "dtype", "wanted"),
    [
        (T.Sum(), "float32", FoldRule((0, 1), scalar.add, 0, "float64")),
        (T.Prod(axis=-1), "int8", FoldRule((1,), scalar.mul, 1, "int64")),
        (
            T.CAReduce(scalar.maximum, 0),
            "float32",
            FoldRule((0,), scalar.maximum, -inf, "float32", None, False),
        ),
        (T.CAReduce(scalar.minimum, 0), "uint8", FoldRule((0,), scalar.minimum, 255, "uint8", None, False)),
        (All(1), "bool", FoldRule((1,), scalar.and_, True, "bool")),
        (AnyOf(1), "bool", FoldRule((1,), scalar.or_, False, "bool")),
    ],
)
def test_a_reduction_says_how_it_folds(op: Any, dtype: str, wanted: FoldRule) -> None:
    node = op.make_node(T.matrix(dtype=dtype))
    assert node.op.fold(node) == wanted


def test_a_function_that_numpy_lacks_is_folded_element_by_element() -> None:
    class Hypotenuse(scalar.ScalarOp):
        __props__ = ()
        nin = 2

        def output_types(self, types: Any) -> list:
            return [types[0]]

        def impl(self, x: Any, y: Any) -> Any:
            return np.sqrt(x * x + y * y)

    found = value(T.CAReduce(Hypotenuse(), 1)(m), [[3.0, 4.0, 12.0], [8.0, 6.0, 0.0]])
    assert found.tolist() == [13.0, 10.0]


def test_ops_are_equal_by_their_settings_and_survive_pickling() -> None:
    for op in (
        T.Sum(1),
        T.Prod((0,), "float64"),
        T.MaxAndArgmax((0,)),
        T.CAReduce(scalar.minimum),
        T.CumOp(1, "mul"),
    ):
        copy = pickle.loads(pickle.dumps(op))
        assert copy == op and hash(copy) == hash(op)
    assert T.Sum(1) != T.Sum(0) and T.Sum(1) != T.Prod(1) and T.CumOp(1, "mul") != T.CumOp(1)


# -- mistakes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: v.sum(axis=1), ValueError, "Not enough dimensions on x to reduce on axis 1"),
        (lambda: v.sum(axis=(0, -2)), ValueError, "Not enough dimensions on x to reduce on axis -2"),
        (lambda: v.max(axis=3), ValueError, "Not enough dimensions on x to reduce on axis 3"),
        (lambda: v.std(axis=3), ValueError, "Not enough dimensions on x to reduce on axis 3"),
        (lambda: v.argmax(axis=2), ValueError, "Computation needs a valid axis number for 1-D tensor. Got 2"),
        (lambda: v.sum(axis=1.0), TypeError, "axis must be an integer or several integers, found 1.0"),
        (lambda: m.sum(axis=(0, 1.5)), TypeError, "axis must be an integer or several integers"),
        (lambda: m.argmax(axis=1.0), TypeError, "Computation needs an integer axis. Got 1.0"),
        (lambda: m.argmax(axis=T.lscalar("k")), TypeError, "Computation needs a constant axis. Got k"),
        (lambda: T.cumsum(v, axis=1), ValueError, "out of bounds"),
        (
            lambda: T.prod(T.fvector(), acc_dtype="int64"),
            TypeError,
            "Cannot build Prod node with input dtype float32",
        ),
        (lambda: T.sum(T.zvector(), dtype="float64"), TypeError, "take real, imag or abs first"),
        (lambda: T.CumOp(0, "max"), ValueError, 'Unknown mode "max"'),
    ],
)
def test_mistakes_are_refused_when_the_graph_is_built(make: Any, error: type, message: str) -> None:
    with pytest.raises(error) as caught:
        make()
    assert message in str(caught.value)
