"""Cumulative sums and products along one axis of an array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.scalar.chain import conjugated
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.shape import flatten, product, reshape, shape
from theano.tensor.type import tensor_type


class CumOp(Op):
    """Cumulative sum (mode "add") or product (mode "mul") along an axis.

    x     tensor
    axis  None: the elements in C order, and a vector results
    out   dtype of x, in which integers wrap; shape of x, or (number of elements,)

    out[..., k, ...] = out[..., k - 1, ...] + x[..., k, ...]  (or *),  out[..., 0, ...] = x[..., 0, ...]
    vjp, add: dx[k] = sum of dout[j] over j >= k
    vjp, mul: dx[k] = sum over j >= k of dout[j] * (product of x[i], i <= j, i != k)
    jvp, add: the cumulative sum of the tangent
    Of the second derivative of products the terms that belong to two different elements, one of them 0, are missing.

    As a loop over k the accumulator begins as 0 (add) or 1 (mul), in the dtype of x; every value is stored.
    Raises ValueError when x has no such axis.
    """

    __props__ = ("axis", "mode")

    def __init__(self, axis: int | None = None, mode: str = "add") -> None:
        if mode not in ("add", "mul"):
            raise ValueError(f'CumOp: Unknown mode "{mode}"')
        self.axis = axis
        self.mode = mode

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        ndim = x.type.ndim
        if self.axis is None:
            return Apply(self, [x], [tensor_type(x.type.dtype, (False,))()])
        if not -ndim <= self.axis < ndim:
            raise ValueError(f"axis(={self.axis}) out of bounds: x has {ndim} dimensions")
        op = self if self.axis >= 0 else CumOp(self.axis % ndim, self.mode)
        return Apply(op, [x], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        (shape,) = shapes
        return [(product(shape),) if self.axis is None else tuple(shape)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (x,) = inputs
        cumulate = np.cumsum if self.mode == "add" else np.cumprod
        with np.errstate(all="ignore"):
            outputs[0][0] = cumulate(x, axis=self.axis, dtype=x.dtype)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (out,), (dout,) = inputs, outputs, cotangents
        if out.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x)]
        flat, axis = (flatten(x, 1), 0) if self.axis is None else (x, self.axis)
        if self.mode == "add":
            dx = _sum_to_end(dout, axis)
        else:
            dx = conjugated(_product_gradient(flat, out, conjugated(dout), axis))
        return [reshape(dx, shape(x), ndim=x.type.ndim) if self.axis is None else dx]  # type: ignore[attr-defined]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        (x,), (tx,) = inputs, tangents
        if tx is None or self.mode == "add":
            return [None if tx is None else self(tx)]
        flat, axis = (flatten(x, 1), 0) if self.axis is None else (x, self.axis)
        tangent = flatten(tx, 1) if self.axis is None else tx
        return [_product_tangent(flat, tangent, axis)]


def _product_gradient(x: Variable, out: Variable, dout: Variable, axis: int) -> Variable:
    """The vjp of out = cumprod(x), exact where there are zeros too.

    With z the place of the first zero along the axis, and y = x but y[z] = 1:
    k < z:  dx[k] = (sum of dout[j] out[j], j >= k) / x[k]
    k = z:  dx[k] = sum of dout[j] cumprod(y)[j], j >= k
    k > z:  dx[k] = 0
    """
    is_first, none_yet = _first_zero(x, axis)
    without = CumOp(axis, "mul")(scalar.switch(is_first, 1, x))
    before = _sum_to_end(scalar.mul(dout, out), axis)
    at = _sum_to_end(scalar.mul(dout, without), axis)
    return scalar.switch(none_yet, scalar.true_div(before, x), scalar.switch(is_first, at, 0))


def _product_tangent(x: Variable, tx: Variable, axis: int) -> Variable:
    """The jvp of out = cumprod(x), exact where there are zeros too.

    With z and y as in the vjp:
    k < z:  out[k] * (sum of tx[j] / x[j], j <= k)
    k >= z: tx[z] * cumprod(y)[k]
    """
    is_first, none_yet = _first_zero(x, axis)
    cumulate = CumOp(axis, "mul")
    ratios = scalar.switch(none_yet, scalar.true_div(tx, scalar.switch(none_yet, x, 1)), 0)
    before = scalar.mul(cumulate(x), CumOp(axis, "add")(ratios))
    without = cumulate(scalar.switch(is_first, 1, x))
    at = CumOp(axis, "add")(scalar.switch(is_first, tx, 0))
    return scalar.switch(none_yet, before, scalar.mul(without, at))


def _first_zero(x: Variable, axis: int) -> tuple[Variable, Variable]:
    """(whether an element is the first zero along the axis, whether there is none up to and with it)."""
    is_zero = scalar.eq(x, 0)
    count = CumOp(axis, "add")(casts["int64"](is_zero))
    return scalar.and_(is_zero, scalar.eq(count, 1)), scalar.eq(count, 0)


def _sum_to_end(x: Variable, axis: int) -> Variable:
    """out[k] = x[k] + x[k + 1] + ... along the axis."""
    reverse = (slice(None),) * axis + (slice(None, None, -1),)
    return CumOp(axis, "add")(x[reverse])[reverse]  # type: ignore[index]


def cumsum(x: Any, axis: int | None = None) -> Variable:
    """Cumulative sum along ``axis``, or of the elements in C order; keeps the dtype, unlike NumPy."""
    return CumOp(axis, "add")(x)


def cumprod(x: Any, axis: int | None = None) -> Variable:
    """Cumulative product along ``axis``, or of the elements in C order; keeps the dtype, unlike NumPy."""
    return CumOp(axis, "mul")(x)
