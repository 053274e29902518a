"""Rules for arrays that are made of other arrays by repeating and joining: fewer steps, and no array where a number will do."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from theano.graph import Apply, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.shapes import KnownLengths
from theano.rewrite.terms import (
    converted,
    dtype_of,
    is_length,
    is_number,
    known_length,
    number,
    number_in,
    pattern_of,
)
from theano.scalar import dtype as dtypes
from theano.scalar import mul
from theano.tensor.alloc import Alloc
from theano.tensor.assertion import Assert
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot
from theano.tensor.elemwise import elemwise_of
from theano.tensor.join import Join
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.reduction import Sum
from theano.tensor.shape import MakeVector, Reshape, product, reshaped_lengths
from theano.tensor.static_value import known_integer, vector_entries

structure = RuleBook("structure")  # a part of canonicalize


# -- joined ------------------------------------------------------------------------------------------------------------


@structure.on(Join)
def join_of_one(node: Apply) -> Variable | None:
    """join(axis, x) -> x"""
    if len(node.inputs) != 2:
        return None
    return patternbroadcast(node.inputs[1], pattern_of(node.outputs[0]))


@structure.on(Join)
def join_of_joins(node: Apply) -> Variable | None:
    """join(axis, join(axis, x, y), z) -> join(axis, x, y, z)"""
    axis, *pieces = node.inputs
    along = _axis(node)
    inner = [
        p.owner is not None and type(p.owner.op) is Join and along is not None and _axis(p.owner) == along
        for p in pieces
    ]
    if not any(inner):
        return None
    flat: list[Variable] = []
    for piece, is_join in zip(pieces, inner, strict=True):
        flat += piece.owner.inputs[1:] if is_join else [piece]  # type: ignore[union-attr]
    return node.op(axis, *flat)  # type: ignore[return-value]


def _axis(node: Apply) -> int | None:
    along = known_integer(node.inputs[0])
    return None if along is None else along % len(pattern_of(node.outputs[0]))


@structure.on(Join)
def join_of_nothing(node: Apply) -> Variable | None:
    """join(axis, x, y) -> y, where x is known to have no elements along the axis"""
    axis, *pieces = node.inputs
    along = _axis(node)
    if along is None:
        return None
    kept = [p for p in pieces if known_length(p, along) != 0]
    if not kept or len(kept) == len(pieces):
        return None
    kept = [converted(p, dtype_of(node.outputs[0])) for p in kept]
    return node.op(axis, *kept)  # type: ignore[return-value]


@structure.on(Join)
def join_of_vectors(node: Apply) -> Variable | None:
    """join(0, stack([a, b]), stack([c])) -> stack([a, b, c])"""
    _, *pieces = node.inputs
    owners = [p.owner for p in pieces]
    if any(owner is None or type(owner.op) is not MakeVector for owner in owners):
        return None
    entries = [v for owner in owners for v in owner.inputs]  # type: ignore[union-attr]
    vector = MakeVector(dtype_of(node.outputs[0]))(*entries)
    return patternbroadcast(vector, pattern_of(node.outputs[0]))


# -- repeated ----------------------------------------------------------------------------------------------------------


@structure.on(Alloc)
def useless_alloc(node: Apply) -> Variable | None:
    """alloc(x, lengths of x) -> x"""
    x, *lengths = node.inputs
    if x.type != node.outputs[0].type:
        return None
    return x if all(is_length(n, x, k) for k, n in enumerate(lengths)) else None


@structure.on(Alloc)
def alloc_of_alloc(node: Apply) -> Variable | None:
    """alloc(alloc(x, n), m, n) -> alloc(x, m, n), also where n was 1"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Alloc:
        return None
    lengths = node.inputs[1:]
    x, *inner = owner.inputs
    pattern = (True,) * (len(inner) - len(pattern_of(x))) + pattern_of(x)
    outer = lengths[len(lengths) - len(inner) :]
    for n, m, is_number_along in zip(inner, outer, pattern, strict=True):
        if not _is_same(n, m) and not (is_number_along and known_integer(n) == 1):
            return None
    return node.op(x, *lengths)  # type: ignore[return-value]


def _is_same(n: Variable, m: Variable) -> bool:
    known = known_integer(n)
    return n is m or (known is not None and known == known_integer(m))


@structure.on(DimShuffle)
def dimshuffle_of_alloc(node: Apply) -> Variable | None:
    """dimshuffle(alloc(x, m, n)) -> alloc(dimshuffle(x), lengths in the new order)"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Alloc:
        return None
    op: Any = node.op
    x, *lengths = owner.inputs
    missing = len(lengths) - len(pattern_of(x))
    if any(axis >= missing and not pattern_of(x)[axis - missing] for axis in op.drop) or not op.new_order:
        return None
    order = ["x" if axis == "x" or axis < missing else axis - missing for axis in op.new_order]
    new = [1 if axis == "x" else lengths[axis] for axis in op.new_order]
    return Alloc()(DimShuffle(pattern_of(x), order)(x), *new)


@structure.on(Reshape)
def reshape_of_alloc(node: Apply) -> Variable | None:
    """reshape(alloc(c, 2, 3), (6,)) -> alloc(c, 6), for a number c and known lengths"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Alloc:
        return None
    c, *lengths = owner.inputs
    requested = vector_entries(node.inputs[1])
    known = [known_integer(n) for n in lengths]
    if None in known or requested is None or not all(isinstance(n, int) for n in requested):
        return None
    if not all(pattern_of(c)) or (0 in known and -1 in requested):
        return None
    new = reshaped_lengths(known, requested)
    if math.prod(new) != math.prod(known):  # type: ignore[arg-type]
        return None
    c = DimShuffle(pattern_of(c), ())(c) if pattern_of(c) else c
    return Alloc()(c, *new) if new else c


# -- folded ------------------------------------------------------------------------------------------------------------

_LARGEST_EXACT = 1 << 10  # so many times 2^43 numbers are summed without rounding in float64


@structure.on(Sum)
def sum_of_alloc(node: Apply) -> Variable | None:
    """sum(alloc(c, n)) -> c * n, for integers, and for a constant c that is a whole number not above 1024"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Alloc:
        return None
    (c, *lengths), op = owner.inputs, node.op
    if not all(pattern_of(c)):
        return None
    axes, accumulator = op.axes(len(lengths)), op.fold(node).dtype  # type: ignore[attr-defined]
    count = converted(as_tensor_variable(product([lengths[axis] for axis in axes])), "int64")
    value, dtype = number_in(c), dtype_of(node.outputs[0])
    if dtype in dtypes.INTEGER and accumulator == dtype:
        c = DimShuffle(pattern_of(c), ())(c) if pattern_of(c) else c
        total = converted(c, dtype) * converted(count, dtype)  # type: ignore[operator]
    elif accumulator == "float64" and value is not None and _is_exact(value) and dtype in dtypes.FLOAT:
        total = converted(number(int(value), "int64") * count, dtype)  # type: ignore[operator]
    else:
        return None
    rest = [n for axis, n in enumerate(lengths) if axis not in axes]
    return Alloc()(total, *rest) if rest else total


def _is_exact(value: Any) -> bool:
    return abs(value) <= _LARGEST_EXACT and value == np.rint(value)


# -- multiplied --------------------------------------------------------------------------------------------------------


@structure.on(Dot)
def dot_of_transposes(node: Apply) -> Variable | None:
    """dot(x.T, y.T) -> dot(y, x).T"""
    inner = [_transposed(v) for v in node.inputs]
    if None in inner:
        return None
    x, y = inner
    product = node.op(y, x)
    return DimShuffle(pattern_of(product), (1, 0))(product)  # type: ignore[arg-type]


def _transposed(v: Variable) -> Variable | None:
    owner = v.owner
    if owner is None or not isinstance(owner.op, DimShuffle) or owner.op.new_order != (1, 0):
        return None
    return owner.inputs[0]


@structure.on(Dot)
def dot_of_zeros(node: Apply) -> Variable | None:
    """dot(x, zeros) -> zeros, also where x is infinite or NaN"""
    out = node.outputs[0]
    if not any(is_number(v, 0) for v in node.inputs):
        return None
    lengths = KnownLengths().of(out)
    zero = number(0, dtype_of(out))
    return Alloc()(zero, *lengths) if lengths else zero


@structure.on(Dot)
def dot_of_column_and_row(node: Apply) -> Variable | None:
    """dot(x, y) -> x * y, where x has one column and y one row: a loop, which others can join"""
    x, y = node.inputs
    if len(pattern_of(x)) != 2 or len(pattern_of(y)) != 2 or not (pattern_of(x)[1] and pattern_of(y)[0]):
        return None
    dtype = dtype_of(node.outputs[0])
    return elemwise_of(mul)(converted(x, dtype), converted(y, dtype))


# -- conditions --------------------------------------------------------------------------------------------------------


@structure.on(Assert)
def local_remove_useless_assert(node: Apply) -> Variable | None:
    """assert(x, True) -> x;  assert(x, True, c) -> assert(x, c)"""
    x, *conditions = node.inputs
    left = [c for c in dict.fromkeys(conditions) if (value := number_in(c)) is None or not value]
    if len(left) == len(conditions):
        return None
    return node.op(x, *left) if left else x  # type: ignore[return-value]
