"""Cross entropies of distributions in rows with labels, and of distributions with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.entropy import logistic_loss
from theano.tensor.alloc import arange, zeros, zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import elemwise_of, sum_back
from theano.tensor.extremum import max as largest
from theano.tensor.nnet.distribution import SoftmaxGrad, as_rows
from theano.tensor.reduction import sum as sum_of
from theano.tensor.type import TensorType, tensor_type

__all__ = [
    "CrossentropyCategorical1Hot",
    "CrossentropyCategorical1HotGrad",
    "CrossentropySoftmax1HotWithBiasDx",
    "CrossentropySoftmaxArgmax1HotWithBias",
    "binary_crossentropy",
    "categorical_crossentropy",
    "crossentropy_categorical_1hot",
    "crossentropy_categorical_1hot_grad",
    "crossentropy_softmax_1hot",
    "crossentropy_softmax_1hot_with_bias",
    "crossentropy_softmax_1hot_with_bias_dx",
    "crossentropy_softmax_argmax_1hot_with_bias",
    "crossentropy_softmax_max_and_argmax_1hot",
    "crossentropy_softmax_max_and_argmax_1hot_with_bias",
    "sigmoid_binary_crossentropy",
]


# -- distributions with labels -------------------------------------------------------------------------------------------


class CrossentropyCategorical1Hot(Op):
    """-log of the probability that each row gives to its label.

    coding_dist    matrix of floats, shape (m, n)
    true_one_of_n  labels: vector of integers in 0 ... n - 1, shape (m,)
    out            dtype of coding_dist, shape (m,)

    out[i] = -log(coding_dist[i, true_one_of_n[i]])
    vjp: CrossentropyCategorical1HotGrad(dout, coding_dist, true_one_of_n)

    TypeError where the inputs are of another kind; ValueError for another number of labels than rows, IndexError for a
    label that is no column, negative ones included.
    """

    __props__ = ()

    def make_node(self, coding_dist: Any, true_one_of_n: Any) -> Apply:
        p, y = as_tensor_variable(coding_dist), as_labels(true_one_of_n)
        _require_floats(p, 2, "coding_dist")
        return Apply(self, [p, y], [tensor_type(p.type.dtype, (p.type.broadcastable[0] or y.type.broadcastable[0],))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [(shapes[1][0],)]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        p, y = inputs
        rows, y = _places(p, y)
        outputs[0][0] = -np.log(p[rows, y])

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        return [crossentropy_categorical_1hot_grad(cotangents[0], *inputs), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        (p, y), tp = inputs, tangents[0]
        if tp is None:
            return [None]
        return [-sum_of(tp * one_hot(y, p), axis=1) * scalar.exp(self(p, y))]  # type: ignore[operator]


class CrossentropyCategorical1HotGrad(Op):
    """The cotangent of p where out[i] = -log(p[i, y[i]]).

    g_y            dout, vector of floats, shape (m,)
    coding_dist    p, matrix of floats, shape (m, n)
    true_one_of_n  y, labels, shape (m,)
    dp             dtype of p, shape (m, n):  dp[i, k] = -dout[i] / p[i, k] where k = y[i], else 0

    vjp, with c the cotangent of dp:  -sum_k c h / p  for dout;  dout c h / p^2  for p,  h = 1 where k = y[i], else 0
    """

    __props__ = ()

    def make_node(self, g_y: Any, coding_dist: Any, true_one_of_n: Any) -> Apply:
        g, p, y = as_tensor_variable(g_y), as_tensor_variable(coding_dist), as_labels(true_one_of_n)
        _require_floats(g, 1, "g_y")
        _require_floats(p, 2, "coding_dist")
        return Apply(self, [g, p, y], [p.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[1])]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        g, p, y = inputs
        rows, y = _places(p, y)
        out = np.zeros_like(p)
        out[rows, y] = -g / p[rows, y]
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (g, p, y), (c,) = inputs, cotangents
        chosen = scalar.switch(one_hot(y, p), c / p, 0)  # type: ignore[operator]
        return [sum_back(-sum_of(chosen, axis=1), g), dimshuffle(g, 0, "x") * chosen / p, None]  # type: ignore[operator]


class CrossentropySoftmaxArgmax1HotWithBias(Op):
    """Softmax of the rows of x + b, -log of the probability it gives to each row's label, and its largest place.

    x      matrix of floats, shape (m, n)
    b      vector of floats, shape (n,), or one number for all columns, where its length is known to be 1
    y_idx  labels: vector of integers in 0 ... n - 1, shape (m,)
    nll    shape (m,):    nll[i] = log(sum_j exp(z[i, j] - t[i])) - (z[i, y_idx[i]] - t[i]),  z = x + b,  t = max_j z
    sm     shape (m, n):  softmax(z)
    am     dtype of y_idx, shape (m,):  the first k with z[i, k] = t[i]

    vjp: CrossentropySoftmax1HotWithBiasDx(dnll, sm, y_idx) + SoftmaxGrad(dsm, sm);  its sum over the rows for b

    nll is finite for all finite x.  What of the results is not used is not computed.
    TypeError where the inputs are of another kind; ValueError for another number of labels than rows, IndexError for a
    label that is no column, negative ones included.
    """

    __props__ = ()
    nin, nout = 3, 3

    def __init__(self, **kwargs: Any) -> None:
        if kwargs:
            raise TypeError(f"{type(self).__name__} has no settings, found {', '.join(kwargs)}")

    def make_node(self, x: Any, b: Any, y_idx: Any) -> Apply:
        x, b, y = as_tensor_variable(x), as_tensor_variable(b), as_labels(y_idx)
        _require_floats(x, 2, "x")
        _require_floats(b, 1, "b")
        dtype = dtypes.upcast(x.type.dtype, b.type.dtype)
        rows = (x.type.broadcastable[0] or y.type.broadcastable[0],)
        outputs = [tensor_type(dtype, rows)(), tensor_type(dtype, x.type.broadcastable)(), tensor_type(y.type.dtype, rows)()]
        return Apply(self, [x, b, y], outputs)

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        x, _, y = shapes
        return [(y[0],), tuple(x), (y[0],)]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, b, y = inputs
        if b.shape[0] != x.shape[1] and not node.inputs[1].type.broadcastable[0]:  # type: ignore[attr-defined]
            raise ValueError(f"b must have one number for each column of x, found {b.shape[0]} for {x.shape[1]}")
        rows, labels = _places(x, y)
        z = (x + b).astype(np.result_type(node.outputs[0].type.dtype, "float32"))  # type: ignore[attr-defined]
        with np.errstate(all="ignore"):
            z -= z.max(axis=1, keepdims=True, initial=-np.inf)
            e = np.exp(z)
            total = e.sum(axis=1)
            results = np.log(total) - z[rows, labels], e / total[:, None], z.argmax(axis=1) if z.size else 0 * y
        for cell, value, v in zip(outputs, results, node.outputs, strict=True):
            cell[0] = value.astype(v.type.dtype)  # type: ignore[attr-defined]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True, True, False], [True, True, False], [False, False, False]]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (x, b, y), sm, (dnll, dsm, _) = inputs, outputs[1], cotangents
        parts = []
        if isinstance(dnll.type, TensorType):
            parts.append(crossentropy_softmax_1hot_with_bias_dx(dnll, sm, y))
        if isinstance(dsm.type, TensorType):
            parts.append(SoftmaxGrad()(dsm, sm))
        if not parts:
            return [zeros_like(x), zeros_like(b), None]
        dx = parts[0] if len(parts) == 1 else parts[0] + parts[1]
        return [sum_back(dx, x), sum_back(dx, b), None]


class CrossentropySoftmax1HotWithBiasDx(Op):
    """The cotangent of x where nll = -log(softmax(x)) at the labels.

    dy     cotangent of nll, vector of floats, shape (m,), or one number for all
    sm     softmax(x), matrix of floats, shape (m, n)
    y_idx  labels, shape (m,)
    dx     dtype of dy and sm, shape (m, n):  dx[i, k] = dy[i] (sm[i, k] - h[i, k]),  h = 1 where k = y_idx[i], else 0

    vjp, with c the cotangent of dx:  sum_k c (sm - h)  for dy;  dy c  for sm

    IndexError for a label that is no column.
    """

    __props__ = ()

    def make_node(self, dy: Any, sm: Any, y_idx: Any) -> Apply:
        dy, sm, y = as_tensor_variable(dy), as_rows(sm, "sm"), as_labels(y_idx)
        if dy.type.ndim == 0:
            dy = dimshuffle(dy, "x")
        _require_floats(dy, 1, "dy")
        dtype = dtypes.upcast(dy.type.dtype, sm.type.dtype)
        return Apply(self, [dy, sm, y], [tensor_type(dtype, sm.type.broadcastable)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[1])]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        dy, sm, y = inputs
        rows, y = _places(sm, y)
        dx = sm.copy()
        dx[rows, y] -= 1
        outputs[0][0] = (dy[:, None] * dx).astype(node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (dy, sm, y), (c,) = inputs, cotangents
        return [sum_back(sum_of(c * (sm - one_hot(y, sm)), axis=1), dy), dimshuffle(dy, 0, "x") * c, None]  # type: ignore[operator]


def one_hot(y: Variable, like: Variable) -> Variable:
    """h[i, k] = whether k is y[i], for k up to the number of columns of a matrix."""
    return scalar.eq(dimshuffle(y, 0, "x"), dimshuffle(arange(like.shape[1]), "x", 0))  # type: ignore[attr-defined]


def as_labels(y: Any) -> Variable:
    """``y`` as a vector of integers.  TypeError where it is none."""
    y = as_tensor_variable(y)
    if y.type.ndim != 1 or y.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"labels must be a vector of integers, found {y} of type {y.type}")
    return y


def _require_floats(x: Any, ndim: int, name: str) -> None:
    require(
        x.type.ndim == ndim and x.type.dtype in dtypes.FLOAT,
        "a cross entropy",
        needs=f"{name} of floats with {ndim} dimension{'s' if ndim > 1 else ''}",
        found=x.type,
        operands={name: x},
        error=TypeError,
    )


def _places(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places x[i, y[i]] as two index arrays."""
    m, n = x.shape
    if y.shape != (m,):
        raise ValueError(f"there must be one label for each row, found {y.shape[0]} labels for {m} rows")
    wrong = y[(y < 0) | (y >= n)]
    if wrong.size:
        raise IndexError(f"label {wrong[0]} is out of bounds for {n} columns")
    return np.arange(m), y.astype("int64")


crossentropy_categorical_1hot = CrossentropyCategorical1Hot()
crossentropy_categorical_1hot_grad = CrossentropyCategorical1HotGrad()
crossentropy_softmax_argmax_1hot_with_bias = CrossentropySoftmaxArgmax1HotWithBias()
crossentropy_softmax_1hot_with_bias_dx = CrossentropySoftmax1HotWithBiasDx()


def crossentropy_softmax_1hot_with_bias(x: Any, b: Any, y_idx: Any, **kwargs: Any) -> list[Variable]:
    """[-log of the probability of each label, softmax] of the rows of x + b."""
    return crossentropy_softmax_argmax_1hot_with_bias(x, b, y_idx, **kwargs)[:2]


def crossentropy_softmax_1hot(x: Any, y_idx: Any, **kwargs: Any) -> list[Variable]:
    """[-log of the probability of each label, softmax] of the rows of x."""
    x = as_tensor_variable(x)
    return crossentropy_softmax_1hot_with_bias(x, zeros((x.shape[1],), x.type.dtype), y_idx, **kwargs)


def crossentropy_softmax_max_and_argmax_1hot_with_bias(x: Any, b: Any, y_idx: Any, **kwargs: Any) -> list[Variable]:
    """[-log of the probability of each label, softmax, largest probability, its place] of the rows of x + b."""
    nll, sm, am = crossentropy_softmax_argmax_1hot_with_bias(x, b, y_idx, **kwargs)
    return [nll, sm, largest(sm, axis=-1), am]


def crossentropy_softmax_max_and_argmax_1hot(x: Any, y_idx: Any, **kwargs: Any) -> list[Variable]:
    """[-log of the probability of each label, softmax, largest probability, its place] of the rows of x."""
    x = as_tensor_variable(x)
    return crossentropy_softmax_max_and_argmax_1hot_with_bias(x, zeros((x.shape[1],), x.type.dtype), y_idx, **kwargs)


def categorical_crossentropy(coding_dist: Any, true_dist: Any) -> Variable:
    """How many nats it takes on average to name an outcome of one distribution in a code made for another.

    coding_dist  distributions along the last axis, floats of any rank
    true_dist    the same, and the result is -sum(true_dist log(coding_dist)) along that axis;
                 or labels, int32 or int64, with one axis less, for a matrix:  -log(coding_dist[i, true_dist[i]])

    There is one value for each distribution, not their mean.  In the default mode the result and its gradient are
    finite where coding_dist is a softmax of whatever finite numbers.

    Raises TypeError when the ranks do not fit or labels are of another dtype, IndexError for a label out of range.
    """
    coding, true = as_tensor_variable(coding_dist), as_tensor_variable(true_dist)
    if true.type.ndim == coding.type.ndim:
        return -sum_of(true * scalar.log(coding), axis=coding.type.ndim - 1)  # type: ignore[operator]
    if true.type.ndim == coding.type.ndim - 1 and true.type.dtype in ("int32", "int64") and coding.type.ndim == 2:
        return crossentropy_categorical_1hot(coding, true)
    raise TypeError(
        f"categorical_crossentropy takes distributions of one rank, or a matrix and a vector of labels of int32 or int64, "
        f"found {coding.type} and {true.type}"
    )


# -- binary ----------------------------------------------------------------------------------------------------------------


def binary_crossentropy(output: Any, target: Any) -> Variable:
    """-(target log(output) + (1 - target) log(1 - output)), element by element.

    In the default mode finite, as its gradient is, where output is a sigmoid of whatever finite numbers.
    """
    output, target = as_tensor_variable(output), as_tensor_variable(target)
    return -(target * scalar.log(output) + (1.0 - target) * scalar.log(1.0 - output))


_logistic_loss = elemwise_of(logistic_loss)


def sigmoid_binary_crossentropy(output: Any, target: Any) -> Variable:
    """binary_crossentropy(sigmoid(output), target), accurate and finite for all finite output, in every mode."""
    return _logistic_loss(output, target)
