"""Diagonals: taken out of arrays, and put into arrays of zeros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import arange, zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.type import tensor_type


class ExtractDiag(Op):
    """The diagonal ``offset`` places above the main one, of the axes ``axis1`` and ``axis2``.

    x    tensor of at least 2 dimensions, any dtype; lengths m and n along the two axes
    out  dtype of x; the other axes, then one of length  d = max(0, min(m - row, n - col))

    out[..., i] = x[..., i + row, i + col],  row = max(-offset, 0),  col = max(offset, 0)
    vjp: dout placed on the same diagonal of zeros
    """

    __props__ = ("offset", "axis1", "axis2", "view")

    def __init__(self, offset: int = 0, axis1: int = 0, axis2: int = 1, view: bool = False) -> None:
        self.offset, self.axis1, self.axis2, self.view = int(offset), int(axis1), int(axis2), view
        self.view_map = {0: [0]} if view else {}

    def axes(self, ndim: int) -> tuple[int, int]:
        """The two axes, counted from 0."""
        return self.axis1 % ndim, self.axis2 % ndim

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        require(
            x.type.ndim >= 2,
            "diagonal(x)",
            needs="x.ndim >= 2",
            found=x.type.ndim,
            operands={"x": x},
            error=ValueError,
        )
        first, second = self.axes(x.type.ndim)
        require(
            first != second and max(self.axis1, self.axis2) < x.type.ndim,
            "diagonal(x)",
            needs=f"two different axes below {x.type.ndim}",
            found=f"{self.axis1} and {self.axis2}",
            operands={"x": x},
            error=ValueError,
        )
        pattern = [b for k, b in enumerate(x.type.broadcastable) if k not in (first, second)]
        return Apply(self, [x], [tensor_type(x.type.dtype, [*pattern, False])()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        from theano.scalar import maximum, minimum

        (shape,) = shapes
        first, second = self.axes(len(shape))
        row, col = max(-self.offset, 0), max(self.offset, 0)
        length = maximum(minimum(shape[first] - row, shape[second] - col), 0)
        return [(*[n for k, n in enumerate(shape) if k not in (first, second)], length)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        out = np.diagonal(inputs[0], self.offset, self.axis1, self.axis2)
        outputs[0][0] = out if self.view else out.copy()

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (dout,) = inputs, cotangents
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x)]
        from theano.tensor.indexing import inc_subtensor

        first, second = self.axes(x.type.ndim)  # type: ignore[attr-defined]
        others = [k for k in range(x.type.ndim) if k not in (first, second)]  # type: ignore[attr-defined]
        order = [*others, first, second]
        moved = dimshuffle(zeros_like(x), *order)
        i = arange(dout.shape[-1])  # type: ignore[attr-defined]
        row, col = max(-self.offset, 0), max(self.offset, 0)
        filled = inc_subtensor(moved[(..., i + row, i + col)], dout)  # type: ignore[index, operator]
        return [dimshuffle(filled, *[order.index(k) for k in range(len(order))])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]


class AllocDiag(Op):
    """The last axis of ``x`` on the diagonal ``offset`` of the axes ``axis1`` and ``axis2`` of zeros.

    x    tensor of at least 1 dimension, shape (..., d)
    out  dtype of x, one dimension more; d + abs(offset) along the two axes
    """

    __props__ = ("offset", "axis1", "axis2")

    def __init__(self, offset: int = 0, axis1: int = 0, axis2: int = 1) -> None:
        self.offset, self.axis1, self.axis2 = int(offset), int(axis1), int(axis2)

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        if x.type.ndim < 1:
            raise ValueError("AllocDiag needs an input with 1 or more dimensions", x.type)
        ndim = x.type.ndim + 1
        first, second = self.axis1 % ndim, self.axis2 % ndim
        rest = iter(x.type.broadcastable[:-1])
        pattern = [False if k in (first, second) else next(rest) for k in range(ndim)]
        return Apply(self, [x], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        (shape,) = shapes
        ndim = len(shape) + 1
        first, second = self.axis1 % ndim, self.axis2 % ndim
        rest = iter(shape[:-1])
        return [
            tuple(shape[-1] + abs(self.offset) if k in (first, second) else next(rest) for k in range(ndim))
        ]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (x,) = inputs
        side = x.shape[-1] + abs(self.offset)
        out = np.zeros((*x.shape[:-1], side, side), x.dtype)
        i = np.arange(x.shape[-1])
        out[..., i + max(-self.offset, 0), i + max(self.offset, 0)] = x
        outputs[0][0] = np.ascontiguousarray(np.moveaxis(out, (-2, -1), (self.axis1, self.axis2)))

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        if inputs[0].type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(inputs[0])]
        from theano.tensor.rebroadcast import patternbroadcast

        back = ExtractDiag(self.offset, self.axis1, self.axis2)(cotangents[0])
        return [patternbroadcast(back, inputs[0].type.broadcastable)]  # type: ignore[attr-defined]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]


def diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Variable:
    """The diagonal ``offset`` places above the main one, as the last axis."""
    return ExtractDiag(offset, axis1, axis2)(a)


def diag(v: Any, k: int = 0) -> Variable:
    """The matrix with the vector ``v`` on its k-th diagonal; of a matrix, its k-th diagonal."""
    v = as_tensor_variable(v)
    if v.type.ndim == 1:
        return AllocDiag(k)(v)
    if v.type.ndim >= 2:
        return diagonal(v, offset=k)
    raise ValueError(f"diag needs a vector or a matrix, found {v.type}")


def trace(X: Any) -> Variable:
    """The sum of the main diagonal."""
    return diagonal(X).sum()  # type: ignore[attr-defined]


def fill_diagonal(a: Any, val: Any) -> Variable:
    """``a`` with the 0-d ``val`` on its main diagonal; more than two dimensions must be of one length."""
    a = as_tensor_variable(a)
    if a.type.ndim < 2:
        raise TypeError(f"fill_diagonal: first parameter must have at least two dimensions, found {a.type}")
    if a.type.ndim == 2:
        return fill_diagonal_offset(a, val, 0)
    from theano.tensor.indexing import set_subtensor

    return set_subtensor(a[(arange(a.shape[0]),) * a.type.ndim], _fitting(a, val))


def fill_diagonal_offset(a: Any, val: Any, offset: Any) -> Variable:
    """The matrix ``a`` with the 0-d ``val`` on the diagonal ``offset`` places above the main one."""
    from theano.scalar import maximum, minimum
    from theano.tensor.indexing import set_subtensor

    a, offset = as_tensor_variable(a), as_tensor_variable(offset)
    if a.type.ndim != 2:
        raise TypeError(
            f"fill_diagonal_offset: first parameter must have exactly two dimensions, found {a.type}"
        )
    row, col = maximum(-offset, 0), maximum(offset, 0)
    i = arange(maximum(minimum(a.shape[0] - row, a.shape[1] - col), 0))
    return set_subtensor(a[i + row, i + col], _fitting(a, val))


def _fitting(a: Variable, val: Any) -> Variable:
    """``val``, 0-d and of a dtype that ``a`` can hold.  TypeError otherwise."""
    val = as_tensor_variable(val)
    if val.type.ndim != 0:
        raise TypeError(f"fill_diagonal: second parameter must be a scalar, found {val.type}")
    dtype = a.type.dtype  # type: ignore[attr-defined]
    if dtypes.upcast(dtype, val.type.dtype) != dtype:
        raise TypeError(f"fill_diagonal: a value of {val.type.dtype} does not fit into {dtype}")
    return val
