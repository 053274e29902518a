"""Rules for what moves, folds, joins or cuts axes: operations without effect are left out, and one after the other made one."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Constant, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.terms import (
    argument_of,
    converted,
    dtype_of,
    filled,
    is_length,
    is_number,
    pattern_of,
)
from theano.scalar import dtype as dtypes
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import elemwise_of
from theano.tensor.rebroadcast import Rebroadcast
from theano.tensor.reduction import CAReduce, Prod, Sum
from theano.tensor.shape import MakeVector, Reshape, Shape
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import Subtensor

axes = RuleBook("axes")  # a part of canonicalize


@axes.on(DimShuffle)
def useless_dimshuffle(node: Apply) -> Variable | None:
    """dimshuffle(x, 0, 1, ...) -> x, also where an axis of length 1 is dropped and put back in its place"""
    x, op = node.inputs[0], node.op
    order = tuple(k if k in op.drop and axis == "x" else axis for k, axis in enumerate(op.new_order))  # type: ignore
    return x if order == tuple(range(len(pattern_of(x)))) else None


@axes.on(DimShuffle)
def dimshuffle_of_dimshuffle(node: Apply) -> Variable | None:
    """dimshuffle(dimshuffle(x)) -> dimshuffle(x)"""
    owner = node.inputs[0].owner
    if owner is None or not isinstance(owner.op, DimShuffle):
        return None
    x, inner = owner.inputs[0], owner.op.new_order
    order = ["x" if k == "x" else inner[k] for k in node.op.new_order]  # type: ignore[attr-defined]
    return DimShuffle(pattern_of(x), order)(x)


@axes.on(CAReduce)
def reduce_of_ones(node: Apply) -> Variable | None:
    """sum(x, axes of length 1) -> x without the axes;  the same for prod, max, min, any, all"""
    op: Any = node.op
    if type(op) not in (Sum, Prod) and op.scalar_op not in _FOLDS_OF_ONE:
        return None
    x = node.inputs[0]
    folded = op.axes(len(pattern_of(x)))
    single = [axis for axis in folded if pattern_of(x)[axis]]
    if (not single and folded) or type(op).__name__ == "ProdWithoutZeros":
        return None
    kept = [axis for axis in range(len(pattern_of(x))) if axis not in single]
    rest = [kept.index(axis) for axis in folded if axis not in single]
    shorter = DimShuffle(pattern_of(x), kept)(x) if single else x
    if not rest:
        return converted(shorter, dtype_of(node.outputs[0])) if _is_castable(node) else None
    return op._replace(axis=tuple(rest))(shorter)


_FOLDS_OF_ONE = (scalar.maximum, scalar.minimum, scalar.and_, scalar.or_)


def _is_castable(node: Apply) -> bool:
    given, wanted = dtype_of(node.inputs[0]), dtype_of(node.outputs[0])
    return given == wanted or (given not in dtypes.COMPLEX and np.can_cast(given, wanted, "same_kind"))


@axes.on(CAReduce)
def reduce_of_reduce(node: Apply) -> Variable | None:
    """max(max(x, a), b) -> max(x, a and b): for folds in which grouping has no influence, so not for sums of floats"""
    op: Any = node.op
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not type(node.op):
        return None
    x, dtype = owner.inputs[0], dtype_of(node.outputs[0])
    first: Any = owner.op
    if first.scalar_op is not op.scalar_op or dtype_of(node.inputs[0]) != dtype:
        return None
    is_whole = dtype in dtypes.DISCRETE and dtype_of(x) in dtypes.DISCRETE
    if op.scalar_op not in _FOLDS_OF_ONE and not (type(op) in (Sum, Prod) and is_whole):
        return None
    inner = first.axes(len(pattern_of(x)))
    kept = [axis for axis in range(len(pattern_of(x))) if axis not in inner]
    outer = [kept[axis] for axis in op.axes(len(kept))]
    return first._replace(axis=tuple(sorted((*inner, *outer))))(x)


@axes.on(Sum)
def sum_of_zeros(node: Apply) -> Variable | None:
    """sum(0 spread over an array, all axes) -> 0"""
    out = node.outputs[0]
    return filled(out, 0, []) if not pattern_of(out) and is_number(node.inputs[0], 0) else None


@axes.on(Sum)
def sum_of_neg(node: Apply) -> Variable | None:
    """sum(-x) -> -sum(x)"""
    x = argument_of(node.inputs[0], scalar.neg)
    return None if x is None or dtype_of(x) not in dtypes.FLOAT else elemwise_of(scalar.neg)(node.op(x))


@axes.on(Reshape)
def reshape_of_reshape(node: Apply) -> Variable | None:
    """reshape(reshape(x, n), m) -> reshape(x, m)"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Reshape:
        return None
    return node.op(owner.inputs[0], node.inputs[1])


@axes.on(Reshape)
def useless_reshape(node: Apply) -> Variable | None:
    """reshape(x, (-1,)) of a vector, and reshape(x, x.shape) -> x"""
    x, shape = node.inputs
    if x.type != node.outputs[0].type:
        return None
    ndim = len(pattern_of(x))
    if ndim == 1 and isinstance(shape, Constant) and shape.data[0] == -1:
        return x
    owner = _without_flags(shape).owner
    if owner is None or ndim == 0:
        return None
    if type(owner.op) is Shape and owner.inputs[0] is x:
        return x
    if type(owner.op) is not MakeVector:
        return None
    unknown = [k for k, n in enumerate(owner.inputs) if not is_length(n, x, k)]
    return x if not unknown or (len(unknown) == 1 and is_number(owner.inputs[unknown[0]], -1)) else None


def _without_flags(v: Variable) -> Variable:
    """x where ``v`` is x with other broadcastable flags."""
    return v.owner.inputs[0] if v.owner is not None and isinstance(v.owner.op, Rebroadcast) else v


@axes.on(Rebroadcast)
def useless_rebroadcast(node: Apply) -> Variable | None:
    """rebroadcast(x) -> x, where the flags are so already"""
    return node.inputs[0] if node.inputs[0].type == node.outputs[0].type else None


@axes.on(Subtensor)
def useless_subtensor(node: Apply) -> Variable | None:
    """x[:, :] -> x"""
    if all(isinstance(e, slice) and e == slice(None) for e in node.op.idx_list):  # type: ignore[attr-defined]
        return node.inputs[0]
    return None


@axes.on(Subtensor)
def entry_of_vector(node: Apply) -> Variable | None:
    """stack([a, b, ...])[1] -> b;  stack([a, b, c])[1:] -> stack([b, c])"""
    owner = _without_flags(node.inputs[0]).owner
    if owner is None or type(owner.op) is not MakeVector:
        return None
    values = [known_integer(v) for v in node.inputs[1:]]
    idx_list = node.op.idx_list  # type: ignore[attr-defined]
    if None in values or len(idx_list) != 1:
        return None
    (index,) = node.op.indices(values)  # type: ignore[attr-defined]
    if isinstance(index, slice):
        return owner.op(*owner.inputs[index])
    if not -len(owner.inputs) <= index < len(owner.inputs):
        return None
    return converted(owner.inputs[index], owner.op.dtype)
