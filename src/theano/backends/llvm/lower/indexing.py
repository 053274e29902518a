"""Lowerings of indexing with arrays, of changes at indices, and of arrays put together.

Indices that a user computed are brought into range in a loop of their own, ``Checked``, before anything is read or
written at them: so gathers have no branches, and a scatter into a state's memory cannot fail half way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, known, lower, pointwise
from theano.backends.llvm.lower.selection import number_where, positions_where, values_where
from theano.backends.llvm.lower.structure import basic_places
from theano.backends.llvm.scalar_code import can_emit
from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Pointwise, Requirement, Scatter
from theano.loops.expressions import INDEX, Checked, Expression, Literal, Load, apply, axes_of
from theano.scalar import arithmetic
from theano.tensor.advanced import (
    AdvancedIncSubtensor,
    AdvancedIncSubtensor1,
    AdvancedSubtensor,
    AdvancedSubtensor1,
)
from theano.tensor.alloc import AllocEmpty
from theano.tensor.join import Join, Split
from theano.tensor.mixed_layout import MixedLayout
from theano.tensor.places import is_apart_from_those_below
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import IncSubtensor, slice_extent

UNIT = Literal(1)


# -- gathers -------------------------------------------------------------------------------------------------------------


@lower.register
def lower_rows(op: AdvancedSubtensor1, node: Any, x: Definition, ilist: Definition) -> Definition:
    """out[i, j, ...] = x[ilist[i], j, ...]"""
    place = _positions(node, ilist, x.shape[0])
    return pointwise(node, (ilist.shape[0], *x.shape[1:]), lambda i, *rest: x[(place[i], *rest)])


@lower.register
def lower_mixed(op: AdvancedSubtensor, node: Any, x: Definition, *inputs: Definition) -> Definition | None:
    """out[...] = x[...] at index arrays, slices and new axes in any mixture; where a mask of all axes is true"""
    mask = _whole_mask(op, x, node.inputs[1:], inputs)
    if mask is not None:
        fits = _fits(node, mask, x, range(x.ndim))
        return values_where(node, mask, number_where(node, mask), x[axes_of(x.ndim)], requirements=fits)
    found = _mixed_places(op, node, x, node.inputs[1:], inputs)
    if found is None:
        return None
    shape, place, requirements = found
    pattern = node.outputs[0].type.broadcastable
    lengths = [UNIT if b else n for b, n in zip(pattern, shape, strict=True)]
    return pointwise(node, lengths, lambda *index: x[place(index)], requirements=requirements)


# -- scatters ------------------------------------------------------------------------------------------------------------


@lower.register
def lower_inc_basic(op: IncSubtensor, node: Any, x: Definition, y: Definition, *numbers: Definition) -> Any:
    """out = x;  out[first + i * step, ...] = or += y[i, ...]"""
    found = basic_places(op, node, x, numbers)
    if found is None:
        return None
    shape, place, requirements = found
    at = place(axes_of(len(shape)))
    return _scatter(op, node, x, y, shape, at, requirements, True, is_apart_from_those_below(node))


@lower.register
def lower_inc_rows(op: AdvancedIncSubtensor1, node: Any, x: Definition, y: Definition, ilist: Definition) -> Any:
    """out = x;  out[ilist[i], j, ...] = or += y[i, j, ...] for i in order"""
    position = _positions(node, ilist, x.shape[0])
    shape = (ilist.shape[0], *x.shape[1:])
    i, *rest = axes_of(len(shape))
    return _scatter(op, node, x, y, shape, (position[i], *rest), ())


@lower.register
def lower_inc_mixed(op: AdvancedIncSubtensor, node: Any, x: Definition, y: Definition, *inputs: Definition) -> Any:
    """out = x;  out[...] = or += y[...] at index arrays, slices and new axes in any mixture, in order

    One number where a mask of all axes is true is chosen element by element.
    """
    mask = _whole_mask(op, x, node.inputs[2:], inputs)
    if mask is not None and all(node.inputs[1].type.broadcastable):
        return _where_true(op, node, x, y, mask)
    found = _mixed_places(op, node, x, node.inputs[2:], inputs)
    if found is None:
        return None
    shape, place, requirements = found
    return _scatter(op, node, x, y, shape, place(axes_of(len(shape))), requirements)


def _scatter(
    op: Any,
    node: Any,
    x: Definition,
    y: Definition,
    shape: Sequence[Expression],
    place: Sequence[Expression],
    requirements: Sequence[Requirement],
    distinct: bool = False,
    apart: bool = False,
) -> Definition | None:
    """A copy of x with y put at, or added to, the places; y stretches on the left and where its length is 1."""
    if not can_emit(arithmetic.add, [x.dtype, x.dtype]) or (y.dtype.startswith("complex") > x.dtype.startswith("complex")):
        return None
    missing = len(shape) - y.ndim
    if missing < 0:
        return None
    pattern = node.inputs[1].type.broadcastable
    at: list[Expression] = []
    fits = list(requirements)
    for axis, (stretches, found, i) in enumerate(zip(pattern, y.shape, axes_of(len(shape))[missing:], strict=True)):
        wanted = shape[missing + axis]
        at.append(_stretched(found, wanted, stretches, i))
        if not stretches and found not in (UNIT, wanted):
            message = (
                "could not broadcast input array from shape ({left}) into shape ({right})\n"
                f"    along axis {missing + axis} of what is changed"
            )
            fits.append(Requirement(_one_or(found, wanted), wanted, message, node))
    out_dtype = node.outputs[0].type.dtype
    axes = axes_of(x.ndim)
    copy = Pointwise(out_dtype, x.shape, element=converted(x[axes], out_dtype), origin=node)
    made = node.inputs[0].owner
    is_room = made is not None and isinstance(made.op, AllocEmpty) and op.set_instead_of_inc
    return Scatter(
        out_dtype,
        x.shape,
        base=None if is_room else copy,
        extents=tuple(shape),
        value=converted(y[tuple(at)], out_dtype),
        index=tuple(place),
        combine=None if op.set_instead_of_inc else arithmetic.add,
        distinct=distinct,
        apart=apart,
        requirements=tuple(fits),
        origin=node,
    )


def _where_true(op: Any, node: Any, x: Definition, y: Definition, mask: Definition) -> Definition | None:
    """out[i, ...] = y, or x[i, ...] + y, where mask[i, ...] is true, else x[i, ...]"""
    dtype = node.outputs[0].type.dtype
    if not can_emit(arithmetic.add, [dtype, dtype]) or (y.dtype.startswith("complex") > dtype.startswith("complex")):
        return None
    axes = axes_of(x.ndim)
    old, new = converted(x[axes], dtype), converted(y[(Literal(0),) * y.ndim], dtype)
    if not op.set_instead_of_inc:
        new = apply(arithmetic.add, old, new)
    return Pointwise(
        dtype,
        x.shape,
        element=apply(scalar.switch, mask[axes], new, old),
        requirements=_fits(node, mask, x, range(x.ndim)),
        origin=node,
    )


# -- masks ---------------------------------------------------------------------------------------------------------------


def _whole_mask(op: Any, x: Definition, variables: Sequence[Any], operands: Sequence[Definition]) -> Definition | None:
    """The mask that is the only index and has all axes of x."""
    indices = op.indices(variables)
    if len(indices) == 1 and len(operands) == 1 and operands[0].dtype == "bool" and operands[0].ndim == x.ndim:
        return operands[0]
    return None


def _fits(node: Any, mask: Definition, x: Definition, axes: Iterable[int]) -> tuple[Requirement, ...]:
    """That a mask is as long as the axes of x that it takes."""
    return tuple(
        Requirement(
            length,
            x.shape[axis],
            f"boolean index did not match indexed array along axis {axis}; size of axis is {{right}} "
            "but size of corresponding boolean axis is {left}",
            node,
            IndexError,
        )
        for axis, length in zip(axes, mask.shape, strict=True)
        if length != x.shape[axis]
    )


# -- places --------------------------------------------------------------------------------------------------------------


def _positions(node: Any, indices: Definition, length: Expression) -> Definition:
    """Indices of an axis, counted from the front; an index outside is an IndexError."""
    element = Checked(converted(indices[axes_of(indices.ndim)], INDEX), length)
    return Pointwise(INDEX, indices.shape, element=element, origin=node)


@dataclass(frozen=True)
class _IndexArray:
    """An index array, or a mask: of that the vectors of positions where it is true.

    axes       the axes of x that it takes
    positions  for each of them where
    shape      of the positions
    pattern    which axes of those stretch
    """

    axes: list[int]
    positions: list[Definition]
    shape: tuple[Expression, ...]
    pattern: tuple[bool, ...]


def _mixed_places(op: Any, node: Any, x: Definition, variables: Sequence[Any], operands: Sequence[Definition]) -> Any:
    """Lengths, a function from the axes of the result to an index of x, and what must hold."""
    layout = MixedLayout(op.indices(variables), x.ndim)
    given = dict(zip(variables, operands, strict=True))
    starts: dict[int, tuple[Any, Any, Any]] = {}
    for axis, cut in layout.slices:
        parts = [_number(part, given) for part in (cut.start, cut.stop, cut.step)]
        step = 1 if parts[2] is None else parts[2]
        if not isinstance(step, int) or step == 0:
            return None
        starts[axis] = (*slice_extent(parts[0], parts[1], step, known(x.shape[axis])), step)
    arrays, fitting = _index_arrays(node, layout, given, x, [axis for axis in range(x.ndim) if axis not in starts])
    block, requirements = _broadcast_block(node, arrays)
    shape = [
        n if isinstance(n, Expression) else Literal(n)
        for n in layout.arranged([starts[axis][1] for axis, _ in layout.slices], block, UNIT)
    ]
    kinds = layout.arranged([axis for axis, _ in layout.slices], ["block"] * len(block), None)
    begin = kinds.index("block") if block else 0

    def place(index: Sequence[Expression]) -> tuple[Expression, ...]:
        at: list[Expression] = [Literal(0)] * x.ndim
        for k, kind in enumerate(kinds):
            if isinstance(kind, int):
                first, _, step = starts[kind]
                at[kind] = apply(arithmetic.add, first, apply(arithmetic.mul, index[k], step))
        for array in arrays:
            missing = len(block) - len(array.shape)
            inner = [
                _stretched(n, block[missing + k], stretches, index[begin + missing + k])
                for k, (n, stretches) in enumerate(zip(array.shape, array.pattern, strict=True))
            ]
            for axis, position in zip(array.axes, array.positions, strict=True):
                at[axis] = position[tuple(inner)]
        return tuple(at)

    return shape, place, (*fitting, *requirements)


def _index_arrays(
    node: Any, layout: MixedLayout, given: dict[Any, Definition], x: Definition, axes: Sequence[int]
) -> tuple[list[_IndexArray], list[Requirement]]:
    """The index arrays with their positions, ``axes`` being what they take in turn; that masks are as long as those."""
    arrays: list[_IndexArray] = []
    requirements: list[Requirement] = []
    free = iter(axes)
    for variable in layout.arrays:
        array, pattern = given[variable], variable.type.broadcastable  # type: ignore[attr-defined]
        if array.dtype != "bool":
            axis = next(free)
            arrays.append(_IndexArray([axis], [_positions(node, array, x.shape[axis])], array.shape, pattern))
            continue
        taken = [next(free) for _ in range(array.ndim)]
        requirements += _fits(node, array, x, taken)
        count = number_where(node, array)
        found = positions_where(node, array, count)
        positions = [_positions(node, p, x.shape[axis]) for p, axis in zip(found, taken, strict=True)]
        arrays.append(_IndexArray(taken, positions, (Load(count, (), INDEX),), (False,)))
    return arrays, requirements


def _stretched(length: Expression, whole: Expression, stretches: bool, i: Expression) -> Expression:
    """The index of an array that stretches where its length is 1."""
    if stretches or length == UNIT:
        return Literal(0)
    if length == whole:
        return i
    return apply(scalar.switch, apply(scalar.eq, length, 1), Literal(0), i)


def _one_or(length: Expression, whole: Expression) -> Expression:
    """``whole`` where a length is 1, and so stretches, else the length: it must be ``whole`` too."""
    return apply(scalar.switch, apply(scalar.eq, length, 1), whole, length)


def _broadcast_block(node: Any, arrays: Sequence[_IndexArray]) -> tuple[list[Expression], list[Requirement]]:
    """The lengths of the index arrays, broadcast together."""
    ndim = max((len(a.shape) for a in arrays), default=0)
    block: list[Expression] = []
    requirements: list[Requirement] = []
    for k in range(ndim):
        lengths = []
        for a in arrays:
            axis = k - (ndim - len(a.shape))
            if axis >= 0 and not a.pattern[axis] and a.shape[axis] != UNIT and a.shape[axis] not in lengths:
                lengths.append(a.shape[axis])
        length: Expression = UNIT
        for n in lengths:
            length = n if length == UNIT else _one_or(length, n)
        for n in lengths:
            if n != length:
                found = _one_or(n, length)
                message = "index arrays could not be broadcast together: lengths {left} and {right}"
                requirements.append(Requirement(found, length, message, node, IndexError))
        block.append(length)
    return block, requirements


def _number(part: Any, given: dict[Any, Definition]) -> Any:
    """An end or step of a slice: a Python integer, an expression, or None."""
    if part is None:
        return None
    integer = known_integer(part)
    if integer is not None:
        return integer
    return converted(given[part][()], INDEX)


# -- arrays side by side ---------------------------------------------------------------------------------------------------


@lower.register
def lower_join(op: Join, node: Any, axis: Definition, *pieces: Definition) -> Definition | None:
    """out[..., offset of piece + i, ...] = piece[..., i, ...]"""
    along = known_integer(node.inputs[0])
    dtype = node.outputs[0].type.dtype
    if along is None or not can_emit(arithmetic.add, [dtype, dtype]):
        return None
    along %= pieces[0].ndim
    requirements = []
    for piece in pieces[1:]:
        for k, (first, other) in enumerate(zip(pieces[0].shape, piece.shape, strict=True)):
            if k != along and other != first:
                message = f"all the input array dimensions except for the concatenation axis must match exactly, but along dimension {k}, found {{left}} and {{right}}"
                requirements.append(Requirement(first, other, message, node, ValueError))
    total: Expression = Literal(0)
    offsets = []
    for piece in pieces:
        offsets.append(total)
        total = total + piece.shape[along]
    shape = tuple(total if k == along else n for k, n in enumerate(pieces[0].shape))
    out: Definition | None = None
    for piece, offset in zip(pieces, offsets, strict=True):
        axes = axes_of(piece.ndim)
        index = tuple(offset + i if k == along else i for k, i in enumerate(axes))
        out = Scatter(
            dtype,
            shape,
            base=out,
            extents=piece.shape,
            value=converted(piece[axes], dtype),
            index=index,
            distinct=True,
            apart=True,
            requirements=tuple(requirements),
            origin=node,
        )
        requirements = []
    return out


@lower.register
def lower_split(op: Split, node: Any, x: Definition, axis: Definition, splits: Definition) -> list[Definition] | None:
    """out_k[..., i, ...] = x[..., lengths before + i, ...]"""
    along = known_integer(node.inputs[1])
    if along is None or splits.entries is None or len(splits.entries) != op.len_splits:
        return None
    along %= x.ndim
    total: Expression = Literal(0)
    outs: list[Definition] = []
    for k, length in enumerate(splits.entries):
        message = "Split: you tried to make an ndarray with a negative number of elements: {left}"
        requirements = [] if isinstance(length, Literal) and length.value >= 0 else [  # type: ignore[operator]
            Requirement(length, Literal(-1), message, node, ValueError, ">")
        ]
        shape = [length if j == along else n for j, n in enumerate(x.shape)]
        pattern = node.outputs[k].type.broadcastable
        shape = [UNIT if b else n for b, n in zip(pattern, shape, strict=True)]
        offset = total
        total = total + length
        if k == op.len_splits - 1:
            message = f"Split: the splits sums to {{left}}, expected {{right}}.\n    the length of axis {along}"
            requirements.append(Requirement(total, x.shape[along], message, node, ValueError))

        def element(*index: Expression, offset: Expression = offset) -> Expression:
            return x[tuple(offset + i if j == along else i for j, i in enumerate(index))]

        outs.append(pointwise(node, shape, element, output=k, requirements=tuple(requirements)))
    return outs
