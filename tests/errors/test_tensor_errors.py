"""Mistakes in the use of tensors: a test for each, on every back end.

The exception is of the type that NumPy raises, its first line tells the condition and the numbers found, and what
follows names the op, its operands with their types, and the user's line.  A shared variable keeps its value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T

HERE = "test_tensor_errors.py"

x, y = T.dvectors("x", "y")
m, n = T.dmatrices("m", "n")
t = T.dtensor3("t")
k, i = T.lscalar("k"), T.lvector("i")
s = T.dscalar("s")

ones = np.ones

# -- at run time: the expression, values of the inputs, the type, a part of the first line, and the op -------------------

MISTAKES: dict[str, tuple[Callable[[], Any], dict[Any, Any], type[Exception], str, str]] = {
    "an index past the end": (
        lambda: x[k], {x: ones(2), k: 5},
        IndexError, "index 5 is out of bounds for axis 0 with size 2", "Subtensor{int64}(x, ",
    ),
    "an index before the beginning": (
        lambda: x[k], {x: ones(2), k: -3},
        IndexError, "index -3 is out of bounds for axis 0 with size 2", "Subtensor{int64}(x, ",
    ),
    "an index of columns": (
        lambda: m[:, k], {m: ones((2, 3)), k: 7},
        IndexError, "index 7 is out of bounds for axis 1 with size 3", "Subtensor{::, int64}(m, ",
    ),
    "an array of indices": (
        lambda: m[i], {m: ones((2, 3)), i: [0, 9]},
        IndexError, "index 9 is out of bounds for axis 0 with size 2", "AdvancedSubtensor1(m, i)",
    ),
    "a pair of arrays of indices": (
        lambda: m[i, i], {m: ones((2, 3)), i: [0, 2]},
        IndexError, "index 2 is out of bounds for a", "AdvancedSubtensor(m, i, i)",
    ),
    "arrays of indices of two lengths": (
        lambda: m[i, [0, 1, 0]], {m: ones((2, 3)), i: [0, 1]},
        IndexError, "could not be broadcast together", "AdvancedSubtensor(m, i, ",
    ),
    "take past the end": (
        lambda: x.take(i), {x: ones(3), i: [9]},
        IndexError, "index 9 is out of bounds for axis 0 with size 3", "AdvancedSubtensor1(x, i)",
    ),
    "a row to set past the end": (
        lambda: T.set_subtensor(m[k], 0.0), {m: ones((2, 3)), k: 4},
        IndexError, "index 4 is out of bounds for axis 0 with size 2", "IncSubtensor{Set;int64}(m, ",
    ),
    "rows to add to past the end": (
        lambda: T.inc_subtensor(m[i], 1.0), {m: ones((2, 3)), i: [4]},
        IndexError, "index 4 is out of bounds for axis 0 with size 2", "AdvancedIncSubtensor1{no_inplace,inc}(m, ",
    ),
    "a row of another length": (
        lambda: T.inc_subtensor(m[0], x), {m: ones((2, 3)), x: ones(2)},
        ValueError, "could not broadcast input array from shape (2) into shape (3)", "IncSubtensor{Inc;int64}(m, x, ",
    ),
    "as many rows as there are not": (
        lambda: T.inc_subtensor(m[i], n), {m: ones((2, 3)), n: ones((3, 3)), i: [0, 1]},
        ValueError, "broadcast", "AdvancedIncSubtensor1{no_inplace,inc}(m, n, i)",
    ),
    "a step of 0": (
        lambda: x[::k], {x: ones(3), k: 0},
        ValueError, "slice step cannot be zero", "Subtensor{::int64}(x, ",
    ),
    "sums of two lengths": (
        lambda: x + y, {x: ones(2), y: ones(3)},
        ValueError, "(input[0].shape[0] = 2, input[1].shape[0] = 3)", "Elemwise{add,no_inplace}(x, y)",
    ),
    "a length of 1 that was not declared to stretch": (
        lambda: m * n, {m: ones((2, 3)), n: ones((1, 3))},
        ValueError, "(input[0].shape[0] = 2, input[1].shape[0] = 1)", "Elemwise{mul,no_inplace}(m, n)",
    ),
    "branches of two lengths": (
        lambda: T.switch(T.gt(s, 0), x, y), {s: 1.0, x: ones(2), y: ones(3)},
        ValueError, "(input[1].shape[0] = 2, input[2].shape[0] = 3)", "Elemwise{switch,no_inplace}(",
    ),
    "a product that does not fit": (
        lambda: T.dot(m, n), {m: ones((2, 3)), n: ones((2, 3))},
        ValueError, "dot(m, n) needs as many columns of the first as rows of the second, found ", "dot(m, n)",
    ),
    "a product with a vector": (
        lambda: T.dot(m, x), {m: ones((2, 3)), x: ones(2)},
        ValueError, "dot(m, x) needs as many columns of the first as rows of the second, found ", "dot(m, x)",
    ),
    "a product of vectors": (
        lambda: T.dot(x, y), {x: ones(2), y: ones(3)},
        ValueError, "dot(x, y) needs as many columns of the first as rows of the second, found ", "dot(x, y)",
    ),
    "a batch of products": (
        lambda: T.batched_dot(t, t), {t: ones((2, 3, 4))},
        ValueError, "batched_dot(t, t) needs ", "BatchedDot(t, t)",
    ),
    "a product over axes of two lengths": (
        lambda: T.tensordot(t, m, [[1], [0]]), {t: ones((2, 3, 4)), m: ones((2, 2))},
        ValueError, "dot(Reshape{2}.0, m) needs as many columns of the first as rows of the second", "dot(",
    ),
    "joined matrices of two widths": (
        lambda: T.join(0, m, n), {m: ones((2, 3)), n: ones((2, 4))},
        ValueError, "all the input array dimensions except for the concatenation axis must match exactly", "Join(",
    ),
    "stacked vectors of two lengths": (
        lambda: T.stack([x, y]), {x: ones(2), y: ones(3)},
        ValueError, "along dimension 1", "Join(",
    ),
    "a shape of too many elements": (
        lambda: x.reshape((2, 3)), {x: ones(5)},
        ValueError, "reshape(x, shape) needs ", "Reshape{2}(x, ",
    ),
    "a shape that leaves a remainder": (
        lambda: x.reshape((-1, 2)), {x: ones(5)},
        ValueError, "reshape(x, shape) needs ", "Reshape{2}(x, ",
    ),
    "a vector stretched over rows of another length": (
        lambda: T.alloc(x, 2, k), {x: ones(3), k: 4},
        ValueError, "alloc needs a value that fits the shape, found ", "Alloc(x, ",
    ),
    "lengths of pieces that do not sum up": (
        lambda: T.split(x, [1, 2], 2), {x: ones(2)},
        ValueError, "Split: the splits sums to 3, expected 2.", "Split{2}(x, ",
    ),
    "an identity of negative size": (
        lambda: T.eye(k), {k: -1},
        ValueError, "negative dimensions are not allowed", "Eye{dtype='float64'}(k, ",
    ),
    "a range without a step": (
        lambda: T.arange(0, 5, k), {k: 0},
        ZeroDivisionError, "arange needs a step other than 0", "ARange{dtype='int64'}(",
    ),
    "the largest of nothing": (
        lambda: x.max(), {x: ones(0)},
        ValueError, "Input of CAReduce{maximum} has zero-size on axis 0", "CAReduce{maximum}{0}(x)",
    ),
    "the smallest along an empty axis": (
        lambda: m.min(axis=1), {m: ones((2, 0))},
        ValueError, "Input of CAReduce{minimum} has zero-size on axis 1", "CAReduce{minimum}{1}(m)",
    ),
    "the place of the largest of nothing": (
        lambda: x.argmax(), {x: ones(0)},
        ValueError, "attempt to get argmax of an empty sequence", "rgmax{axis=(0,)}(x)",
    ),
    "the place of the smallest of nothing": (
        lambda: T.argmin(x), {x: ones(0)},
        ValueError, "attempt to get argmin of an empty sequence", "Argmin{axis=(0,)}(x)",
    ),
    "a choice that there is not": (
        lambda: T.choose(i, [x, y]), {i: [0, 2], x: ones(2), y: ones(2)},
        ValueError, "integers must be from 0 to 1", "Choose{mode='raise'}(i, x, y)",
    ),
    "numbers of repetitions for other elements": (
        lambda: T.repeat(x, i), {x: ones(3), i: [1, 2]},
        ValueError, "(3,) (2,)", "RepeatOp(",
    ),
    "a negative number of repetitions": (
        lambda: T.repeat(x, i), {x: ones(2), i: [1, -2]},
        ValueError, "repeats may not contain negative values", "RepeatOp(",
    ),
    "more of the largest than there are": (
        lambda: T.topk(x, 5), {x: ones(3)},
        ValueError, "kth must be between 1 and 3 in magnitude, found 5", "TopKOp{",
    ),
    "a declared length of 1": (
        lambda: T.addbroadcast(m, 0), {m: ones((2, 3))},
        ValueError, "Dimension 0 in Rebroadcast's input was supposed to be 1 (got 2 instead)", "Rebroadcast{1}(m)",
    ),
    "a specified shape": (
        lambda: T.specify_shape(m, (2, 2)), {m: ones((2, 3))},
        AssertionError, "SpecifyShape: dim 1 of input has shape 3, expected 2.", "SpecifyShape(m, ",
    ),
    "an assertion": (
        lambda: T.opt.Assert("must be {positive}")(x, T.gt(s, 0)), {x: ones(1), s: -1.0},
        AssertionError, "must be {positive}", "Assert{",
    ),
    "an assertion of lengths, before a sum that needs them": (
        lambda: T.opt.Assert("as long as y")(x, T.and_(T.eq(x.shape[0], y.shape[0]), x.size > 0)) + y,
        {x: ones(2), y: ones(3)},
        AssertionError, "as long as y", "Assert{",
    ),
    "an assertion of a length, before an index": (
        lambda: T.opt.Assert("of five")(x, T.eq(x.shape[0] * 2, 10))[4], {x: ones(2)},
        AssertionError, "of five", "Assert{",
    ),
    "an assertion of a quotient of lengths": (
        lambda: T.opt.Assert("long enough")(x, x.shape[0] / 4 > 0.6) + 1, {x: ones(2)},
        AssertionError, "long enough", "Assert{",
    ),
    "negative numbers to count": (
        lambda: T.bincount(i, assert_nonneg=True), {i: [-1, 2]},
        AssertionError, "Input to bincount has negative values!", "Assert{",
    ),
    "nothing but negative numbers to count": (
        lambda: T.bincount(i, assert_nonneg=True), {i: [-3, -1]},
        AssertionError, "Input to bincount has negative values!", "Assert{",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_run_time(mistake: str, backend: str) -> None:
    build, values, error, condition, op = MISTAKES[mistake]
    state = theano.shared(np.zeros(3), "state")
    output = build()
    f = theano.function(list(values), output, updates=[(state, state + 1)], mode=theano.Mode(backend))
    with pytest.raises(error) as caught:
        f(*values.values())
    first, *rest = str(caught.value).splitlines()
    assert condition in first
    text = "\n".join(rest)
    assert op in text.splitlines()[[line.startswith("Apply node") for line in rest].index(True)]
    assert "TensorType(" in text
    assert f"made at {HERE}:" in text
    np.testing.assert_array_equal(state.get_value(), np.zeros(3))


def test_a_shared_variable_keeps_its_value_where_its_own_update_fails(backend: str) -> None:
    w = theano.shared(np.arange(6.0).reshape(2, 3), "w")
    updates = [
        T.set_subtensor(w[k], 7.0),
        T.inc_subtensor(w[i], 1.0),
        T.inc_subtensor(w[0], x),
        w + T.dot(m, n),
        w * m,
    ]
    values = {k: 2, i: [0, 2], x: ones(2), m: ones((2, 2)), n: ones((2, 2))}
    for new in updates:
        given = [v for v in theano.gof.graph.inputs([new]) if v in values]
        f = theano.function(given, [], updates=[(w, new)], mode=theano.Mode(backend))
        with pytest.raises((IndexError, ValueError)):
            f(*[values[v] for v in given])
        np.testing.assert_array_equal(w.get_value(), np.arange(6.0).reshape(2, 3))


def test_the_mean_of_nothing_is_not_a_number(backend: str) -> None:
    assert np.isnan(theano.function([x], x.mean(), mode=theano.Mode(backend))([]))


# -- when the graph is built: the expression, the type, and the whole first line -----------------------------------------

REFUSED: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "a float as an index": (
        lambda: x[1.5], TypeError,
        "an index must be an integer, a slice, an array, None or ..., found 1.5",
    ),
    "a float variable as an index": (
        lambda: x[s], TypeError,
        "index must be integers or a boolean mask, found s of type TensorType(float64, scalar)",
    ),
    "floats as indices": (
        lambda: x[y], TypeError,
        "index must be integers or a boolean mask, found y of type TensorType(float64, vector)",
    ),
    "a name as an index": (
        lambda: x["a"], TypeError,
        "an index must be an integer, a slice, an array, None or ..., found 'a'",
    ),
    "too many indices": (lambda: x[0, 0], IndexError, "too many indices for array"),
    "an axis that there is not": (
        lambda: m.sum(axis=2), ValueError, "Not enough dimensions on x to reduce on axis 2",
    ),
    "an axis that is no integer": (
        lambda: m.sum(axis=1.0), TypeError, "axis must be an integer or several integers, found 1.0",
    ),
    "an axis to search along": (
        lambda: m.max(axis=5), ValueError, "Not enough dimensions on x to reduce on axis 5",
    ),
    "an axis to cumulate along": (
        lambda: T.cumsum(m, axis=3), ValueError, "axis(=3) out of bounds: x has 2 dimensions",
    ),
    "an axis to join along": (
        lambda: T.concatenate([x, x], axis=1), ValueError,
        'Join argument "axis" is out of range (given input dimensions)',
    ),
    "axes to exchange": (
        lambda: m.swapaxes(0, 2), IndexError,
        "swapaxes needs axes of a tensor of 2 dimensions, found 0 and 2",
    ),
    "an axis to shuffle": (
        lambda: m.dimshuffle(0, 1, 2), ValueError, "new_order[2] is 2, but the input only has 2 axes.",
    ),
    "matrices joined with vectors": (
        lambda: T.join(0, x, m), TypeError,
        "Join() can only join tensors with the same number of dimensions.",
    ),
    "bits of floats": (
        lambda: x & 1, TypeError,
        "bitwise operations need bool or integer arguments, found float64, int8",
    ),
    "a difference of bools": (
        lambda: T.gt(x, 0) - T.gt(y, 0), TypeError, "bool output not supported",
    ),
    "minus a bool": (lambda: -T.gt(x, 0), TypeError, "bool input not supported"),
    "a dtype that there is not": (
        lambda: T.cast(x, "nonsense"), TypeError, "data type 'nonsense' not understood",
    ),
    "a complex number made real": (
        lambda: T.cast(T.zvector("z"), "float64"), TypeError,
        "Casting from complex to real is ambiguous: consider real(), imag(), angle() or abs()",
    ),
    "an argument too few": (
        lambda: T.clip(x, 1), TypeError,
        "Wrong number of inputs for Elemwise{clip,no_inplace}.make_node (got 2, expected 3)",
    ),
    "a method that there is not": (
        lambda: x.nonsense, AttributeError, "'TensorVariable' object has no attribute 'nonsense'",
    ),
    "a function that there is not": (
        lambda: T.nonsense(x), AttributeError, "module 'theano.tensor' has no attribute 'nonsense'",
    ),
    "the truth of a comparison": (
        lambda: bool(x < y), TypeError, "Variables do not support boolean operations.",
    ),
    "a matrix put into a vector": (
        lambda: T.set_subtensor(x[1:], m), TypeError,
        "Trying to increment a 1-dimensional subtensor with a 2-dimensional value.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_mistake_is_told_when_the_graph_is_built(mistake: str) -> None:
    build, error, first = REFUSED[mistake]
    with pytest.raises(error) as caught:
        build()
    assert str(caught.value).splitlines()[0].startswith(first)


# -- dtypes of states and inputs -----------------------------------------------------------------------------------------


def test_an_update_is_not_cast_down(backend: str) -> None:
    w = theano.shared(np.zeros(2, "float32"), "w")
    with pytest.raises(TypeError, match=r"w has TensorType\(float32, vector\), its update .*float64"):
        theano.function([x], [], updates=[(w, w + x)], mode=theano.Mode(backend))
    assert w.get_value().dtype == "float32"


def test_an_integer_update_of_floats_is_refused(backend: str) -> None:
    w = theano.shared(np.zeros(2, "int64"), "w")
    with pytest.raises(TypeError, match="float64"):
        theano.function([], [], updates=[(w, w * 0.5)], mode=theano.Mode(backend))


def test_inexact_numbers_are_no_integers(backend: str) -> None:
    f = theano.function([i], i, mode=theano.Mode(backend))
    with pytest.raises(TypeError, match=r"1\.5"):
        f([1.5])
    assert f([2.0]).tolist() == [2]


def test_a_value_put_among_integers_is_truncated(backend: str) -> None:
    assert theano.function([i], T.set_subtensor(i[0], 2.5), mode=theano.Mode(backend))([0, 1]).tolist() == [2, 1]


@pytest.mark.parametrize(
    "write",
    [
        lambda: T.as_tensor_variable([s, x]),
        lambda: T.as_tensor_variable([s, "a"]),
        lambda: T.as_tensor_variable([[1, 2], [3]]),
        lambda: T.as_tensor_variable({}),
        lambda: m["a"],
        lambda: T.get_vector_length("a"),
        lambda: T.dot(m, "a"),
    ],
)
def test_what_is_no_tensor_is_told_so(write: Callable[[], Any]) -> None:
    with pytest.raises(T.AsTensorError):
        write()
