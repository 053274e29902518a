"""Rebroadcast: declare, or forget, that axes have length 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.static_value import ValueOf, length, scalar_value
from theano.tensor.type import TensorType, tensor_type


class Rebroadcast(Op):
    """``x`` with other broadcastable flags; ``axis`` holds pairs (axis, flag).

    x    tensor, any dtype
    out  dtype and value of x

    Raises ValueError at run time where an axis declared broadcastable is not of length 1.
    """

    __props__ = ("axis",)
    view_map = {0: [0]}

    def __init__(self, *axis: tuple[int, bool]) -> None:
        self.axis = tuple(sorted((int(position), bool(flag)) for position, flag in axis))

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        if self.axis and self.axis[-1][0] >= x.type.ndim:
            raise ValueError("Trying to rebroadcast non-existent dimension")
        flags = dict(self.axis)
        pattern = [flags.get(k, flag) for k, flag in enumerate(x.type.broadcastable)]
        return Apply(self, [x], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        ones = {position for position, flag in self.axis if flag}
        return [tuple(1 if k in ones else n for k, n in enumerate(shapes[0]))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (x,) = inputs
        for position, flag in self.axis:
            if flag and x.shape[position] != 1:
                raise ValueError(
                    f"Dimension {position} in Rebroadcast's input was supposed to be 1 "
                    f"(got {x.shape[position]} instead)"
                )
        outputs[0][0] = x

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [patternbroadcast(cotangents[0], inputs[0].type.broadcastable)]  # type: ignore[attr-defined]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]

    def __str__(self) -> str:
        flags = {position: str(int(flag)) for position, flag in self.axis}
        return f"Rebroadcast{{{','.join(flags.get(k, '?') for k in range(max(flags, default=-1) + 1))}}}"


@scalar_value.register
def _(op: Rebroadcast, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    return value_of(node.inputs[0])


@length.register
def _(op: Rebroadcast, node: Apply) -> int | None:
    return length(node.inputs[0].owner.op, node.inputs[0].owner) if node.inputs[0].owner is not None else None


def _normalized(x: Variable, axes: Sequence[int]) -> list[int]:
    ndim: int = x.type.ndim  # type: ignore[attr-defined]
    for axis in axes:
        if not -ndim <= axis < ndim:
            raise ValueError("Trying to rebroadcast non-existent dimension")
    return [axis % ndim for axis in axes]


def addbroadcast(x: Any, *axes: int) -> Variable:
    """``x`` with ``axes`` declared to be of length 1, which is checked at run time."""
    x = as_tensor_variable(x)
    return _changed(x, {axis: True for axis in _normalized(x, axes)})


def unbroadcast(x: Any, *axes: int) -> Variable:
    """``x`` with ``axes`` no longer known to be of length 1."""
    x = as_tensor_variable(x)
    return _changed(x, {axis: False for axis in _normalized(x, axes)})


def patternbroadcast(x: Any, broadcastable: Sequence[bool]) -> Variable:
    """``x`` with exactly these broadcastable flags."""
    x = as_tensor_variable(x)
    if len(broadcastable) != x.type.ndim:
        raise ValueError(
            f"patternbroadcast needs one flag for each of {x.type.ndim} axes, found {broadcastable}"
        )
    return _changed(x, dict(enumerate(bool(b) for b in broadcastable)))


def _changed(x: Variable, flags: dict[int, bool]) -> Variable:
    pattern: tuple[bool, ...] = x.type.broadcastable  # type: ignore[attr-defined]
    changes = [(axis, flag) for axis, flag in flags.items() if pattern[axis] != flag]
    return Rebroadcast(*changes)(x) if changes else x


TensorType.rebroadcast = staticmethod(patternbroadcast)  # type: ignore[method-assign, assignment]
