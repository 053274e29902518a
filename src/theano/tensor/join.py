"""Join and Split: arrays side by side, and the way back."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import pad_axis
from theano.tensor.elemwise import sum_back, zeros_of_gradient
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import MakeVector
from theano.tensor.static_value import entries, known_integer, length, vector_entries
from theano.tensor.type import TensorType, tensor_type


class Join(Op):
    """Arrays one after the other along an axis.

    axis     0-d integer, may be negative
    tensors  one or more, of the same number of dimensions and, but for the axis, the same lengths
    out      their common dtype; not broadcastable along the axis

    Raises ValueError at run time where other lengths differ.
    """

    __props__ = ("view",)

    def __init__(self, view: int = -1) -> None:
        self.view = view

    def make_node(self, axis: Any, *tensors: Any) -> Apply:
        if not tensors:
            raise ValueError("Cannot join an empty list of tensors")
        variables = [as_tensor_variable(t) for t in tensors]
        axis = as_tensor_variable(axis)
        if axis.type.ndim or axis.type.dtype not in dtypes.INTEGER:
            raise TypeError(f"Join needs a 0-d integer axis, found {axis} of type {axis.type}")
        ndim = variables[0].type.ndim
        if any(v.type.ndim != ndim for v in variables):
            found = ", ".join(f"{v} of type {v.type}" for v in variables)
            raise TypeError(f"Join() can only join tensors with the same number of dimensions.\n    Found {found}")
        if ndim == 0:
            raise TypeError(
                "Join cannot handle arguments of dimension 0. For joining scalar values, see @stack"
            )
        out_dtype = dtypes.upcast(*[v.type.dtype for v in variables])
        pattern = [any(bits) for bits in zip(*[v.type.broadcastable for v in variables], strict=True)]
        known = known_integer(axis)
        if known is None:
            pattern = [False] * ndim
        else:
            if not -ndim <= known < ndim:
                raise ValueError(
                    f'Join argument "axis" is out of range (given input dimensions)\n    Found {known} for {ndim} dimensions'
                )
            pattern[known] = False
        return Apply(self, [axis, *variables], [tensor_type(out_dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        axis = known_integer(node.inputs[0])
        if axis is not None:
            return [joined_lengths(axis, shapes[1:], node.outputs[0].type.broadcastable)]  # type: ignore
        from theano.scalar import eq, mod, switch

        ndim = len(shapes[1])
        axis = mod(node.inputs[0], ndim)
        totals = [joined_lengths(k, shapes[1:])[k] for k in range(ndim)]
        return [tuple(switch(eq(axis, k), totals[k], shapes[1][k]) for k in range(ndim))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        axis, *tensors = inputs
        axis, ndim = int(axis), tensors[0].ndim
        if not -ndim <= axis < ndim:
            raise IndexError(f"Join axis {axis} out of bounds [0, {ndim})")
        outputs[0][0] = np.concatenate(tensors, axis).astype(node.outputs[0].type.dtype, copy=False)  # type: ignore

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False]] + [[True]] * (len(node.inputs) - 1)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        axis, *tensors = inputs
        if outputs[0].type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [None, *[zeros_of_gradient(t) for t in tensors]]
        sizes = [t.shape[axis] for t in tensors]  # type: ignore[attr-defined]
        pieces = Split(len(tensors))(cotangents[0], axis, sizes, return_list=True)
        results = []
        for t, piece in zip(tensors, pieces, strict=True):
            pattern = t.type.broadcastable  # type: ignore[attr-defined]
            results.append(sum_back(patternbroadcast(piece, pattern), t))
        return [None, *results]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        if all(t is None for t in tangents[1:]):
            return [None]
        from theano.tensor.alloc import zeros_like

        moved = [zeros_like(x) if t is None else t for x, t in zip(inputs[1:], tangents[1:], strict=True)]
        return [self(inputs[0], *moved)]

    def __str__(self) -> str:
        return "Join" if self.view == -1 else f"Join{{view={self.view}}}"


def joined_lengths(axis: int, shapes: Sequence[Sequence[Any]], pattern: Sequence[bool] = ()) -> tuple:
    """The shape of arrays joined along a known axis: lengths of any kind."""
    ndim = len(shapes[0])
    axis %= ndim
    total = shapes[0][axis]
    for other in shapes[1:]:
        total = total + other[axis]
    return tuple(
        total if k == axis else 1 if k < len(pattern) and pattern[k] else shapes[0][k] for k in range(ndim)
    )


class Split(Op):
    """The pieces of ``x`` along an axis: the inverse of Join.

    x       tensor, any dtype
    axis    0-d integer
    splits  the lengths of the pieces, a vector of ``len_splits`` integers
    out     ``len_splits`` tensors

    Raises ValueError at run time where the lengths do not sum to that of ``x``, or one is negative.
    """

    __props__ = ("len_splits",)

    def __init__(self, len_splits: int) -> None:
        self.len_splits = int(len_splits)

    def make_node(self, x: Any, axis: Any, splits: Any) -> Apply:
        x, axis, splits = as_tensor_variable(x), as_tensor_variable(axis), as_tensor_variable(splits)
        if splits.type.dtype not in dtypes.INTEGER or splits.type.ndim != 1:
            raise TypeError(
                f"split needs a vector of integers as lengths, found {splits} of type {splits.type}"
            )
        if axis.type.dtype not in dtypes.INTEGER or axis.type.ndim:
            raise TypeError(f"split needs a 0-d integer axis, found {axis} of type {axis.type}")
        known = known_integer(axis)
        pattern = list(x.type.broadcastable)
        if known is None:
            pattern = [False] * len(pattern)
        elif not -len(pattern) <= known < len(pattern):
            raise ValueError(f"split axis {known} is out of range for {len(pattern)} dimensions")
        else:
            pattern[known] = False
        out = tensor_type(x.type.dtype, pattern)
        return Apply(self, [x, axis, splits], [out() for _ in range(self.len_splits)])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        _, axis, splits = node.inputs
        sizes = vector_entries(splits) or [splits[i] for i in range(self.len_splits)]  # type: ignore[index]
        ndim, known = len(shapes[0]), known_integer(axis)
        if known is not None:
            known %= ndim
            return [tuple(size if k == known else shapes[0][k] for k in range(ndim)) for size in sizes]
        from theano.scalar import eq, mod, switch

        along = mod(axis, ndim)
        return [tuple(switch(eq(along, k), size, shapes[0][k]) for k in range(ndim)) for size in sizes]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, axis, splits = inputs
        axis = int(axis)
        if len(splits) != self.len_splits:
            raise ValueError(
                f"In Split.perform(), len(splits) != len_splits: {len(splits)} != {self.len_splits}"
            )
        if not -x.ndim <= axis < x.ndim:
            raise IndexError(f"Split axis {axis} is out of range for {x.ndim} dimensions")
        if splits.sum() != x.shape[axis]:
            raise ValueError(f"Split: the splits sums to {splits.sum()}, expected {x.shape[axis]}.")
        if (splits < 0).any():
            raise ValueError(
                f"Split: you tried to make an ndarray with a negative number of elements: {splits}"
            )
        for cell, piece in zip(outputs, np.split(x, np.cumsum(splits)[:-1], axis), strict=True):
            cell[0] = piece.copy()

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True] * self.len_splits, [False] * self.len_splits, [False] * self.len_splits]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x, axis, _ = inputs
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), None, None]
        pieces = [
            d if isinstance(d.type, TensorType) else zeros_of_gradient(o)  # a piece that nobody uses
            for d, o in zip(cotangents, outputs, strict=True)
        ]
        joined = Join()(axis, *pieces)
        return [patternbroadcast(joined, x.type.broadcastable), None, None]  # type: ignore[attr-defined]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        if tangents[0] is None:
            return [None] * self.len_splits
        return self(tangents[0], *inputs[1:], return_list=True)

    def __str__(self) -> str:
        return f"Split{{{self.len_splits}}}"


@entries.register
def _(op: Join, node: Apply) -> list[Any] | None:
    parts = [vector_entries(v) if v.type.ndim == 1 else None for v in node.inputs[1:]]  # type: ignore[attr-defined]
    if any(p is None for p in parts):
        return None
    return [entry for part in parts for entry in part]  # type: ignore[union-attr]


@length.register
def _(op: Join, node: Apply) -> int | None:
    from theano.tensor.static_value import get_vector_length

    try:
        return sum(get_vector_length(v) for v in node.inputs[1:])
    except (TypeError, ValueError):
        return None


# -- functions -----------------------------------------------------------------------------------------------------------

join_ = Join()


def join(axis: Any, *tensors_list: Any) -> Variable:
    """The tensors one after the other along ``axis``; a single one is returned as it is."""
    if len(tensors_list) == 1:
        return as_tensor_variable(tensors_list[0])
    return join_(axis, *tensors_list)


def concatenate(tensor_list: Sequence[Any], axis: Any = 0) -> Variable:
    """The tensors of a list one after the other along ``axis``."""
    if not isinstance(tensor_list, (tuple, list)):
        raise TypeError(
            "The 'tensors' argument must be either a tuple or a list, make sure you did not forget () or [] around "
            "arguments of concatenate.",
            tensor_list,
        )
    return join(axis, *tensor_list)


def split(x: Any, splits_size: Any, n_splits: int, axis: Any = 0) -> Any:
    """``n_splits`` pieces of ``x`` along ``axis``, of the lengths ``splits_size``."""
    return Split(n_splits)(x, axis, splits_size)


def stack(*tensors: Any, **kwargs: Any) -> Variable:
    """Tensors of one shape along a new axis: ``stack([a, b], axis=0)``.

    ``stack(a, b, ...)``, the old form, joins along axis 0.
    """
    axis = kwargs.pop("axis", 0)
    items: Any = kwargs.pop("tensors", None)
    if kwargs:
        raise TypeError(f"stack() got unexpected arguments: {', '.join(kwargs)}")
    if items is None:
        if not tensors:
            raise Exception("theano.tensor.stack(tensors, axis) must have at least one parameter")
        if isinstance(tensors[0], (list, tuple)):
            if len(tensors) > 2:
                raise TypeError(f"stack() takes a list and an axis, found {len(tensors)} arguments")
            items, axis = tensors[0], tensors[1] if len(tensors) == 2 else axis
        else:
            warnings.warn(
                "stack(*tensors) interface is deprecated, use stack(tensors, axis=0) instead.", stacklevel=2
            )
            items = tensors
    if not items:
        raise ValueError("No tensor arguments provided to stack")
    if not isinstance(axis, (int, np.integer)):
        raise TypeError(f"axis parameter of stack must be an int, found {axis!r}")
    variables = [as_tensor_variable(t) for t in items]
    if all(v.type.ndim == 0 for v in variables):  # along any axis, as in 1.0.5
        return MakeVector(dtypes.upcast(*[v.type.dtype for v in variables]))(*variables)
    return join(int(axis), *[pad_axis(v, int(axis)) for v in variables])


def stacklists(arg: Any) -> Variable:
    """Nested lists of tensors of one shape as one tensor: ``stacklists([[a, b], [c, d]])``."""
    if isinstance(arg, (tuple, list)):
        return stack([stacklists(a) for a in arg])
    return as_tensor_variable(arg)


def horizontal_stack(*args: Any) -> Variable:
    """Matrices side by side."""
    if len(args) < 2:
        raise ValueError("Too few arguments")
    return concatenate(list(args), axis=1)


def vertical_stack(*args: Any) -> Variable:
    """Matrices one above the other."""
    if len(args) < 2:
        raise ValueError("Too few arguments")
    return concatenate(list(args), axis=0)
