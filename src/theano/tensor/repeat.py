"""Repeating and rotating elements: repeat, tile, roll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import alloc, arange
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle, pad_left
from theano.tensor.indexing import take
from theano.tensor.join import concatenate
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import as_lengths, flatten, reshape
from theano.tensor.static_value import known_integer
from theano.tensor.type import tensor_type


class RepeatOp(Op):
    """The entries of a vector of integers, each as often as ``repeats`` says.

    positions  vector of integers
    repeats    vector of as many integers, or one for all

    Other arrays are repeated by taking from them the repeated positions.
    """

    __props__ = ()

    def make_node(self, positions: Any, repeats: Any) -> Apply:
        positions, repeats = as_tensor_variable(positions), as_tensor_variable(repeats)
        for v in (positions, repeats):
            if v.type.ndim != 1 or v.type.dtype not in dtypes.INTEGER:
                raise TypeError(f"RepeatOp takes vectors of integers, found {v} of type {v.type}")
        return Apply(self, [positions, repeats], [tensor_type(positions.type.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        (n,), (count,) = shapes
        total = node.inputs[1].sum(dtype="int64")  # type: ignore[attr-defined]
        return [(scalar.switch(scalar.eq(count, 1), n * total, total),)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        positions, repeats = inputs
        outputs[0][0] = np.repeat(positions, repeats.astype("int64"))

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None, None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]


def repeat(x: Any, repeats: Any, axis: int | None = None) -> Variable:
    """The elements of ``x`` along ``axis``, or of the flattened ``x``, each repeated.

    repeats  0-d: as often for all; a vector: one number for each element
    """
    x, repeats = as_tensor_variable(x), as_tensor_variable(repeats)
    if repeats.type.dtype not in dtypes.INTEGER or repeats.type.dtype == "uint64":
        raise TypeError(f"dtype repeats must be an integer below uint64, found {repeats.type}")
    if repeats.type.ndim > 1:
        raise ValueError("The dimension of repeats should not exceed 1.")
    if axis is None:
        x, axis = flatten(x), 0
    if not -x.type.ndim <= axis < x.type.ndim:
        raise ValueError(f"repeat needs an axis of a tensor of {x.type.ndim} dimensions, found {axis}")
    axis %= x.type.ndim
    lengths = [x.shape[k] for k in range(x.type.ndim)]
    if repeats.type.ndim == 1 and not repeats.type.broadcastable[0]:
        return take(x, RepeatOp()(arange(lengths[axis]), repeats), axis)
    count = repeats if repeats.type.ndim == 0 else repeats[0]
    if known_integer(count) == 1:
        return patternbroadcast(x, [b and k != axis for k, b in enumerate(x.type.broadcastable)])
    stretched = dimshuffle(x, *range(axis + 1), "x", *range(axis + 1, x.type.ndim))
    full = alloc(stretched, *lengths[: axis + 1], count, *lengths[axis + 1 :])
    joined = reshape(full, [*lengths[:axis], lengths[axis] * count, *lengths[axis + 1 :]])
    return patternbroadcast(joined, [b and k != axis for k, b in enumerate(x.type.broadcastable)])


def tile(x: Any, reps: Any, ndim: int | None = None) -> Variable:
    """``x`` repeated as a whole, ``reps[k]`` times along axis k.

    reps  a number, a sequence of them, or a vector; missing ones, on the left, are 1
    ndim  the number of dimensions of the result, needed when ``reps`` is a vector of unknown length
    """
    x = as_tensor_variable(x)
    if isinstance(reps, Variable) and reps.type.ndim == 1:  # type: ignore[attr-defined]
        if ndim is None:
            try:
                reps = as_lengths(reps)
            except ValueError:
                raise ValueError("if reps is tensor.vector, you should specify the ndim") from None
        else:
            reps = [reps[k] for k in range(ndim)]  # type: ignore[index]
    counts = [int(n) if isinstance(n, np.integer) else n for n in as_lengths(reps)]
    for n in counts:
        v = as_tensor_variable(n)
        if v.type.ndim or v.type.dtype not in dtypes.INTEGER:
            raise ValueError(f"elements of reps must be scalars of integer dtype, found {n}")
    if ndim is not None and len(counts) > ndim:
        raise ValueError(f"len(reps) should be equal or less than ndim, found {len(counts)} for {ndim}")
    rank = max(len(counts), x.type.ndim, ndim or 0)
    counts = [1] * (rank - len(counts)) + counts
    x = pad_left(x, rank - x.type.ndim)
    lengths = [1 if b else x.shape[k] for k, b in enumerate(x.type.broadcastable)]
    stretched = dimshuffle(x, *[axis for k in range(rank) for axis in ("x", k)])
    full = alloc(stretched, *[n for pair in zip(counts, lengths, strict=True) for n in pair])
    return reshape(full, [_times(count, n) for count, n in zip(counts, lengths, strict=True)])


def _times(count: Any, n: Any) -> Any:
    return (
        count if isinstance(n, int) and n == 1 else n if isinstance(count, int) and count == 1 else count * n
    )


def roll(x: Any, shift: Any, axis: int | None = None) -> Variable:
    """The elements moved on by ``shift`` along ``axis``, those at the end to the beginning.

    Without ``axis`` the flattened ``x`` is rotated, and the shape restored.
    """
    x = as_tensor_variable(x)
    if axis is None:
        if x.type.ndim > 1:
            return reshape(roll(flatten(x), shift, 0), x.shape, ndim=x.type.ndim)
        axis = 0
    if x.type.ndim == 0:
        return x
    if not -x.type.ndim <= axis < x.type.ndim:
        raise ValueError(f"roll needs an axis of a tensor of {x.type.ndim} dimensions, found {axis}")
    axis %= x.type.ndim
    n = x.shape[axis]
    cut = n - as_tensor_variable(shift) % n
    before = (slice(None),) * axis
    return concatenate([x[(*before, slice(cut, None))], x[(*before, slice(None, cut))]], axis)
