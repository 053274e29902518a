"""DimShuffle: permute the axes of an array, insert axes of length 1, drop such axes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.type import tensor_type


class DimShuffle(Op):
    """Axes in a new order; ``"x"`` inserts a broadcastable axis, axes not named are dropped.

    x    tensor, any dtype, with pattern ``input_broadcastable``
    out  dtype of x, one axis for each entry of ``new_order``

    out[..., i_k, ...] = x[..., i_{new_order[k]}, ...]
    vjp: dout with the axes put back

    Raises ValueError when a dropped axis is not broadcastable, or an axis is named twice or does not exist.
    """

    __props__ = ("input_broadcastable", "new_order", "inplace")
    view_map = {0: [0]}

    def __init__(
        self, input_broadcastable: Sequence[bool], new_order: Sequence[int | str], inplace: bool = True
    ) -> None:
        self.input_broadcastable = tuple(bool(b) for b in input_broadcastable)
        ndim = len(self.input_broadcastable)
        order: list[int | str] = []
        for position, axis in enumerate(new_order):
            if axis == "x":
                order.append("x")
                continue
            if isinstance(axis, str) or not isinstance(axis, (int, np.integer)):
                raise TypeError(f"DimShuffle indices must be Python ints or 'x', got {axis!r}")
            if axis >= ndim or axis < 0:
                raise ValueError(f"new_order[{position}] is {axis}, but the input only has {ndim} axes.")
            order.append(int(axis))
        named = [axis for axis in order if axis != "x"]
        if len(set(named)) != len(named):
            raise ValueError("The same input dimension may not appear twice in the list of output dimensions", order)
        self.new_order = tuple(order)
        self.inplace = inplace
        self.drop = tuple(axis for axis in range(ndim) if axis not in named)
        for axis in self.drop:
            if not self.input_broadcastable[axis]:
                raise ValueError(
                    "You cannot drop a non-broadcastable dimension.", (self.input_broadcastable, self.new_order)
                )

    @property
    def shuffle(self) -> list[int]:
        """The named axes in their new order."""
        return [axis for axis in self.new_order if axis != "x"]  # type: ignore[misc]

    @property
    def augment(self) -> list[int]:
        """Positions of the inserted axes."""
        return [position for position, axis in enumerate(self.new_order) if axis == "x"]

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        found = x.type.broadcastable
        # more axes may be known to be of length 1 than were when the op was made
        if len(found) != len(self.input_broadcastable) or any(
            expected and not is_one for expected, is_one in zip(self.input_broadcastable, found)
        ):
            raise TypeError(
                f"The number of dimensions and/or broadcastable pattern of the input is incorrect for this op. "
                f"Expected {self.input_broadcastable}, got {found}."
            )
        pattern = [axis == "x" or found[axis] for axis in self.new_order]  # type: ignore[index]
        return Apply(self, [x], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        (shape,) = shapes
        return [tuple(shape[axis] if isinstance(axis, int) else 1 for axis in self.new_order)]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        (x,) = inputs
        kept = np.transpose(x, self.shuffle + list(self.drop))
        kept = kept.reshape(kept.shape[: len(self.shuffle)])
        out = np.expand_dims(kept, self.augment) if self.augment else kept
        outputs[0][0] = out if self.inplace else out.copy()

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (dout,) = cotangents
        dout = as_tensor_variable(dout)
        position = {axis: k for k, axis in enumerate(self.new_order)}
        order = [position.get(axis, "x") for axis in range(len(self.input_broadcastable))]
        return [DimShuffle(dout.type.broadcastable, order)(dout)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]

    def __str__(self) -> str:
        order = ",".join(str(axis) for axis in self.new_order)
        return f"{'Inplace' if self.inplace else ''}DimShuffle{{{order}}}"


def dimshuffle(x: Any, *pattern: Any) -> Variable:
    """``x`` with its axes in the order ``pattern``; see DimShuffle.  A single list or tuple may be given."""
    x = as_tensor_variable(x)
    if len(pattern) == 1 and isinstance(pattern[0], (list, tuple)):
        pattern = tuple(pattern[0])
    if pattern == tuple(range(x.type.ndim)):
        return x
    return _dimshuffle_of(x.type.broadcastable, pattern)(x)


@lru_cache(maxsize=1024)
def _dimshuffle_of(input_broadcastable: tuple[bool, ...], new_order: tuple[int | str, ...]) -> DimShuffle:
    """One object for each, so that large graphs stay small."""
    return DimShuffle(input_broadcastable, new_order)


def pad_left(t: Any, n_ones: int = 1) -> Variable:
    """``t`` with ``n_ones`` broadcastable axes in front."""
    t = as_tensor_variable(t)
    return dimshuffle(t, *["x"] * n_ones, *range(t.type.ndim))


def pad_right(t: Any, n_ones: int = 1) -> Variable:
    """``t`` with ``n_ones`` broadcastable axes behind."""
    t = as_tensor_variable(t)
    return dimshuffle(t, *range(t.type.ndim), *["x"] * n_ones)


def transpose(x: Any, axes: Sequence[int] | None = None) -> Variable:
    """The axes of ``x`` in reverse order, or in the order ``axes``; its name gets ".T"."""
    x = as_tensor_variable(x)
    ndim = x.type.ndim
    order = range(ndim - 1, -1, -1) if axes is None else [axis % ndim if -ndim <= axis < 0 else axis for axis in axes]
    result = _dimshuffle_of(x.type.broadcastable, tuple(order))(x)
    if x.name and axes is None:
        result.name = x.name + ".T"
    return result


def swapaxes(y: Any, axis1: int, axis2: int) -> Variable:
    """``y`` with two axes exchanged."""
    y = as_tensor_variable(y)
    ndim = y.type.ndim
    if not (-ndim <= axis1 < ndim and -ndim <= axis2 < ndim):
        raise IndexError(f"swapaxes needs axes of a tensor of {ndim} dimensions, found {axis1} and {axis2}")
    order = list(range(ndim))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return dimshuffle(y, *order)


def pad_axis(t: Any, axis: int) -> Variable:
    """``t`` with one new broadcastable axis at position ``axis`` of the result."""
    t = as_tensor_variable(t)
    ndim = t.type.ndim + 1
    if not -ndim <= axis < ndim:
        raise IndexError(f"axis {axis} is out of bounds [-{ndim}, {ndim})")
    order: list[int | str] = list(range(t.type.ndim))
    order.insert(axis % ndim, "x")
    return dimshuffle(t, *order)


def squeeze(x: Any) -> Variable:
    """``x`` without the axes that are known to be of length 1."""
    x = as_tensor_variable(x)
    return dimshuffle(x, *[axis for axis, b in enumerate(x.type.broadcastable) if not b])
