"""Rules that take a part of an array before it is computed, or find the part where it was put.

A part of a part is one part; a part of rearranged, repeated or joined arrays is made of parts of these.  An integer that
is out of bounds stays an error, but lengths that only the parts not asked for would have compared are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.terms import converted, dtype_of, is_number, known_length, pattern_of
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import Alloc
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise
from theano.tensor.join import Join
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import IncSubtensor, Index, Subtensor, basic

indexing = RuleBook("indexing")  # a part of canonicalize
narrowing = RuleBook("narrowing")  # a part of specialize: what stabilize looks for stands in whole arrays

FULL = slice(None)


def indices_of(node: Apply, ndim: int) -> list[Index]:
    """The index of each axis of what a Subtensor takes from: ints where they are known."""
    given = node.op.indices([_known(v) for v in node.inputs[1:]])  # type: ignore[attr-defined]
    return [*given, *[FULL] * (ndim - len(given))]


def _known(v: Variable) -> Any:
    n = known_integer(v)
    return v if n is None else n


def _is_full(index: Index) -> bool:
    return isinstance(index, slice) and index == FULL


@indexing.on(Subtensor)
def shorter_index(node: Apply) -> Variable | None:
    """x[0:, ::1, i, :] -> x[:, :, i]"""
    given: list[Index] = [i for i in node.op.indices([_known(v) for v in node.inputs[1:]])]  # type: ignore[attr-defined]
    plain = [_plain(index) for index in given]
    while plain and _is_full(plain[-1]):
        plain.pop()
    if plain == given:
        return None
    return basic(node.inputs[0], plain) if plain else node.inputs[0]


def _plain(index: Index) -> Index:
    """The index without what it says needlessly."""
    if not isinstance(index, slice) or not (
        index.step is None or (_is_natural(index.step) and index.step > 0)
    ):
        return index
    start = None if isinstance(index.start, int) and index.start == 0 else index.start
    return slice(start, index.stop, None if index.step == 1 else index.step)


# -- parts of parts ----------------------------------------------------------------------------------------------------


@indexing.on(Subtensor)
def subtensor_of_subtensor(node: Apply) -> Variable | None:
    """x[i][j] -> x[k], where k follows from i and j without knowing a length: x[2:][1] -> x[3], x[1:][:-1] -> x[1:-1]"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Subtensor:
        return None
    x = owner.inputs[0]
    outer = iter(indices_of(node, len(pattern_of(node.inputs[0]))))
    merged: list[Index] = []
    for inner in indices_of(owner, len(pattern_of(x))):
        index = _part_of_part(inner, next(outer)) if isinstance(inner, slice) else inner
        if index is None:
            return None
        merged.append(index)
    return basic(x, merged)


def _part_of_part(inner: slice, outer: Index) -> Index | None:
    """k where x[inner][outer] is x[k], or None where that takes a length to tell."""
    if _is_full(inner):
        return outer
    if _is_full(outer):
        return inner
    if inner == slice(None, None, -1):
        if isinstance(outer, int):
            return -1 - outer
        return FULL if outer == inner else None
    first, step = _or(inner.start, 0), _or(inner.step, 1)
    if not (_is_natural(first) and _is_natural(step) and step > 0):
        return None
    if isinstance(outer, slice):
        return _slice_of_slice(first, inner.stop, step, outer)
    if not _is_natural(outer):
        return None
    index = first + outer * step
    is_inside = inner.stop is None or (_is_natural(inner.stop) and index < inner.stop)
    return index if is_inside else None


def _slice_of_slice(first: int, stop: Any, step: int, outer: slice) -> slice | None:
    """x[first:stop:step][outer], for an outer slice that goes upwards from a known place."""
    start, stride = _or(outer.start, 0), _or(outer.step, 1)
    if not (_is_natural(start) and _is_natural(stride) and stride > 0):
        return None
    end = stop
    if _is_natural(outer.stop) and (stop is None or _is_natural(stop)):
        end = first + outer.stop * step
        end = end if stop is None else min(end, stop)
    elif isinstance(outer.stop, int) and stop is None and step == 1:
        end = outer.stop  # counted from the end, which is that of x
    elif outer.stop is not None:
        return None
    whole = step * stride
    return slice(first + start * step, end, None if whole == 1 else whole)


def _or(part: Any, default: int) -> Any:
    return default if part is None else part


def _is_natural(n: Any) -> bool:
    return isinstance(n, int) and n >= 0


# -- parts of what is rearranged, repeated, joined ---------------------------------------------------------------------


@indexing.on(Subtensor)
def subtensor_of_dimshuffle(node: Apply) -> Variable | None:
    """dimshuffle(x)[i] -> dimshuffle(x[j]): x.T[i] -> x[:, i]"""
    owner = node.inputs[0].owner
    if owner is None or not isinstance(owner.op, DimShuffle):
        return None
    x, order = owner.inputs[0], owner.op.new_order
    inner: list[Index] = [FULL] * len(pattern_of(x))
    kept: list[int | str] = []
    for axis, index in zip(order, indices_of(node, len(order)), strict=True):
        if axis == "x":
            if index not in (0, -1) and not _is_full(index):
                return None
        else:
            inner[axis] = index  # type: ignore[index]
        if isinstance(index, slice):
            kept.append(axis)
    part = basic(x, inner)
    left = [axis for axis, index in enumerate(inner) if isinstance(index, slice)]
    wanted = ["x" if axis == "x" else left.index(axis) for axis in kept]  # type: ignore[arg-type]
    if any(not pattern_of(part)[k] for k in range(len(left)) if k not in wanted):
        return None
    return DimShuffle(pattern_of(part), wanted)(part)


@indexing.on(Subtensor)
def subtensor_of_alloc(node: Apply) -> Variable | None:
    """alloc(v, n)[i:] -> alloc(v, length of the part), where v is one number along i; alloc(v, 5)[2] -> v"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Alloc:
        return None
    value, *lengths = owner.inputs
    missing = len(lengths) - len(pattern_of(value))
    inner: list[Index] = []
    for axis, (index, length) in enumerate(zip(indices_of(node, len(lengths)), lengths, strict=True)):
        if not isinstance(index, slice):
            n = known_integer(length)
            if n is None or not isinstance(index, int) or not -n <= index < n:
                return None
        if axis >= missing:
            if not _is_full(index) and not pattern_of(value)[axis - missing]:
                return None
            inner.append(FULL if isinstance(index, slice) else 0)
    part = value if all(map(_is_full, inner)) else basic(value, inner)
    (shape,) = node.op.infer_shape(node, [[_known(n) for n in lengths]])  # type: ignore[attr-defined]
    return Alloc()(part, *shape) if shape else part


@indexing.on(Subtensor)
def subtensor_of_join(node: Apply) -> Variable | None:
    """join(axis, x, y, ...)[i] -> a part of the one piece that i lies in, where the lengths that tell are known"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not Join:
        return None
    axis, *pieces = owner.inputs
    ndim, along = len(pattern_of(node.inputs[0])), known_integer(axis)
    if along is None:
        return None
    along %= ndim
    indices = indices_of(node, ndim)
    found = _piece(pieces, along, indices[along])
    if found is None:
        return None
    piece, indices[along] = found
    return basic(converted(piece, dtype_of(node.outputs[0])), indices)


def _piece(pieces: Sequence[Variable], axis: int, index: Index) -> tuple[Variable, Index] | None:
    """The piece that holds all of ``index``, and the index within it."""
    if isinstance(index, int) and index < 0:
        for k, piece in reversed(list(enumerate(pieces))):
            n = known_length(piece, axis)
            if n is None and k > 0:
                return None
            if k == 0 or index >= -n:  # type: ignore[operator]
                return piece, index
            index += n  # type: ignore[operator]
    if isinstance(index, slice):
        start, stop = _or(index.start, 0), index.stop
        if index.step is not None or not _is_natural(start) or not (stop is None or _is_natural(stop)):
            return None
    elif _is_natural(index):
        start, stop = index, index + 1
    else:
        return None
    offset = 0
    for k, piece in enumerate(pieces):
        n = known_length(piece, axis)
        is_last = k == len(pieces) - 1
        if n is None and not is_last:
            return None
        if is_last or start < offset + n:  # type: ignore[operator]
            if not is_last and (stop is None or stop > offset + n):  # type: ignore[operator]
                return None
            if not isinstance(index, slice):
                return piece, start - offset
            return piece, slice(start - offset, None if stop is None else max(stop - offset, 0))
        offset += n  # type: ignore[operator]
    return None


# -- what was put in ---------------------------------------------------------------------------------------------------


@indexing.on(Subtensor)
def subtensor_of_inc(node: Apply) -> Variable | None:
    """set_subtensor(x[i], y)[i] -> y;  inc_subtensor(zeros[i], y)[i] -> y: for a y whose dimensions are those of x[i]"""
    owner = node.inputs[0].owner
    if owner is None or type(owner.op) is not IncSubtensor or not _same_place(owner, node):
        return None
    x, y, *_ = owner.inputs
    return _in_place_of(x, y, node.outputs[0]) if owner.op.set_instead_of_inc or is_number(x, 0) else None


def _in_place_of(x: Variable, y: Variable, out: Variable) -> Variable | None:
    """``y`` as ``x`` keeps it, where it fills ``out`` without being repeated."""
    if pattern_of(y) != pattern_of(out) or (
        dtype_of(y) in dtypes.COMPLEX and dtype_of(x) not in dtypes.COMPLEX
    ):
        return None
    return converted(y, dtype_of(x))


def _same_place(put: Apply, taken: Apply) -> bool:
    """Whether both have the very same indices."""
    op: Any = put.op
    return op.idx_list == taken.op.idx_list and put.inputs[2:] == taken.inputs[1:]  # type: ignore[attr-defined]


@indexing.on(IncSubtensor)
def inc_of_everything(node: Apply) -> Variable | None:
    """set_subtensor(x[:], y) -> y;  inc_subtensor(zeros[:], y) -> y: for a y whose dimensions are those of x"""
    op: Any = node.op
    x, y, *_ = node.inputs
    if not all(map(_is_full, op.idx_list)) or not (op.set_instead_of_inc or is_number(x, 0)):
        return None
    return _in_place_of(x, y, node.outputs[0])


# -- parts of what is computed -----------------------------------------------------------------------------------------


@narrowing.on(Subtensor, sees_graph=True)
def subtensor_of_elemwise(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """f(x, y)[i] -> f(x[i], y[i]), where nothing else uses f(x, y)"""
    v = node.inputs[0]
    owner = v.owner
    if owner is None or type(owner.op) is not Elemwise or len(owner.outputs) != 1 or fgraph.uses(v) != 1:
        return None
    indices = indices_of(node, len(pattern_of(v)))
    parts = []
    for x in owner.inputs:
        own = [
            index if stretched == repeated else FULL if isinstance(index, slice) else 0
            for index, stretched, repeated in zip(indices, pattern_of(v), pattern_of(x), strict=True)
        ]
        parts.append(x if all(map(_is_full, own)) else basic(x, own))
    return owner.op(*parts)
