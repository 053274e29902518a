"""Softmax of the rows of a matrix, its logarithm, and their derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import pad_left
from theano.tensor.reduction import sum_over

__all__ = [
    "LogSoftmax",
    "Softmax",
    "SoftmaxGrad",
    "SoftmaxWithBias",
    "logsoftmax",
    "logsoftmax_op",
    "softmax",
    "softmax_grad",
    "softmax_graph",
    "softmax_op",
    "softmax_with_bias",
]


class _OfRows(Op):
    """What functions of the rows of a matrix share; a vector counts as a matrix of one row."""

    __props__ = ()

    def make_node(self, x: Any) -> Apply:
        x = as_rows(x)
        return Apply(self, [x], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[0])]


class Softmax(_OfRows):
    """exp(x) / sum(exp(x)) of each row, finite for all finite x.

    x    matrix of floats, or a vector, which counts as one row
    out  matrix of the dtype of x;  rows of positive numbers that add up to 1, or may round to 0

    out[i, k] = exp(x[i, k] - m[i]) / sum_j exp(x[i, j] - m[i]),  m[i] = max_j x[i, j]
    vjp: SoftmaxGrad(dout, out);  jvp: SoftmaxGrad(tx, out), as the matrix of derivatives of a row is symmetric

    Raises ValueError when x is of another dtype or rank.
    """

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        e = _exponentials(inputs[0])[1]
        outputs[0][0] = (e / e.sum(axis=1, keepdims=True)).astype(inputs[0].dtype)

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        return [SoftmaxGrad()(cotangents[0], outputs[0])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else SoftmaxGrad()(tangents[0], self(inputs[0]))]


class LogSoftmax(_OfRows):
    """The logarithm of softmax, accurate where softmax itself rounds to 0.

    x    matrix of floats, or a vector, which counts as one row
    out  matrix of the dtype of x

    out[i, k] = (x[i, k] - m[i]) - log(sum_j exp(x[i, j] - m[i])),  m[i] = max_j x[i, j]
    vjp: dx = dout - exp(out) sum_j dout[:, j];  jvp: tx - sum_j exp(out)[:, j] tx[:, j]

    Raises ValueError when x is of another dtype or rank.
    """

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        shifted, e = _exponentials(inputs[0])
        outputs[0][0] = (shifted - np.log(e.sum(axis=1, keepdims=True))).astype(inputs[0].dtype)

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (out,), (dout,) = outputs, cotangents
        return [dout - scalar.exp(out) * sum_over(dout, [1])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        (x,), (tx,) = inputs, tangents
        return [None if tx is None else tx - sum_over(scalar.exp(self(x)) * tx, [1])]  # type: ignore[operator]


class SoftmaxGrad(Op):
    """The cotangent of x where out = softmax(x).

    dout, out  matrices of floats of one shape
    dx         of their common dtype

    dx[i, k] = out[i, k] (dout[i, k] - sum_j out[i, j] dout[i, j])
    vjp: SoftmaxGrad(c, out) for dout;  c (dout - sum_j out dout) - dout sum_j out c  for out
    """

    __props__ = ()

    def make_node(self, dout: Any, out: Any) -> Apply:
        dout, out = as_rows(dout, "dout"), as_rows(out, "out")
        if dout.type.broadcastable != out.type.broadcastable:
            dout, out = _stretched(dout, out), _stretched(out, dout)
        return Apply(self, [dout, out], [out.type.clone(dtype=dtypes.upcast(dout.type.dtype, out.type.dtype))()])  # type: ignore[attr-defined]

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[1])]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        dout, out = inputs
        dx = out * (dout - (out * dout).sum(axis=1, keepdims=True))
        outputs[0][0] = dx.astype(node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (dout, out), (c,) = inputs, cotangents
        along = c * (dout - sum_over(out * dout, [1])) - dout * sum_over(out * c, [1])  # type: ignore[operator]
        return [self(c, out), along]


def as_rows(x: Any, name: str = "x") -> Variable:
    """``x`` as a matrix of floats; a vector becomes its only row."""
    x = as_tensor_variable(x)
    if x.type.ndim not in (1, 2) or x.type.dtype not in dtypes.FLOAT:
        raise ValueError(f"{name} must be 1-d or 2-d tensor of floats. Got {x.type}")
    return pad_left(x, 1) if x.type.ndim == 1 else x


def _stretched(x: Variable, y: Variable) -> Variable:
    """``x`` repeated along the axes along which only ``y`` has a length."""
    return scalar.second(y, x).astype(x.type.dtype)  # type: ignore[attr-defined]


def _exponentials(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """x - m and exp(x - m), m being the largest number of each row; float16 is computed in float32."""
    x = x.astype("float32") if x.dtype == "float16" else x
    with np.errstate(all="ignore"):
        shifted = x - x.max(axis=1, keepdims=True, initial=-np.inf)
        return shifted, np.exp(shifted)


class SoftmaxWithBias:
    """Called on a matrix x and a vector b: softmax(x + b), in one loop."""

    def __call__(self, x: Any, b: Any) -> Variable:
        x, b = as_tensor_variable(x), as_tensor_variable(b)
        if b.type.ndim != 1 or b.type.dtype not in dtypes.FLOAT:
            raise ValueError(f"b must be 1-d tensor of floats. Got {b.type}")
        return softmax_op(x + b)


softmax_op = Softmax()
softmax_with_bias = SoftmaxWithBias()
logsoftmax_op = LogSoftmax()
softmax_grad = SoftmaxGrad()


def softmax(c: Any) -> Variable:
    """exp(c) / sum(exp(c)) of each row of a matrix; of a vector a matrix of one row.  See ``Softmax``.

    Finite for all finite c.  In the default mode ``log(softmax(c))`` is computed as ``logsoftmax(c)``.

    Raises ValueError when c is no vector or matrix of floats, IndexError when it is a number.
    """
    c = as_tensor_variable(c)
    if c.type.ndim == 0:
        raise IndexError(f"softmax(c) needs a vector or a matrix, found {c} of type {c.type}")
    return softmax_op(c)


def softmax_graph(c: Any) -> Variable:
    """exp(c) / sum(exp(c)) along the last axis, as that very expression; the default mode makes it stable."""
    e = scalar.exp(as_tensor_variable(c))
    return e / sum_over(e, [e.type.ndim - 1])  # type: ignore[attr-defined]


def logsoftmax(c: Any) -> Variable:
    """log(softmax(c)), accurate where softmax(c) rounds to 0.  See ``LogSoftmax``."""
    return logsoftmax_op(c)
