"""Slices that are blocks of memory: what is read whole shares the memory of the array that it is a slice of.

    x = data[a:b];  out = gemm(x, w)    ->      out = gemm(data from element a * columns on, w)

Library routines read their operands as arrays, and other shapes of an array are shapes of its memory, so a slice of
neighbouring rows would be copied for them.  Loops read its elements where they are in any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from theano.loops.definitions import Definition, Pointwise, Reshaped
from theano.loops.expand import substitute
from theano.loops.expressions import INDEX, Axis, Call, Checked, Expression, Literal, Load
from theano.loops.results import LibraryResult
from theano.loops.sizes import Sizes
from theano.scalar import arithmetic

ZERO, ONE = Literal(0), Literal(1)


def share_blocks(
    definitions: Sequence[Definition], wanted: Set[Definition], sizes: Sizes
) -> list[Definition]:
    """``definitions``, in topological order, with those blocks in place of slices that nothing but this needs whole.

    wanted  what must be in memory of its own
    """
    blocks: dict[Definition, Reshaped] = {}
    used: set[Definition] = set()
    for definition in definitions:
        match definition:
            case Pointwise(element=Load(source=source)) if definition not in wanted and _is_in_memory(
                source, wanted, blocks
            ):
                start = _start(definition, sizes)
                if start is not None:
                    source, shape = blocks.get(source, source), definition.shape
                    blocks[definition] = Reshaped(
                        definition.dtype, shape, source=source, start=start, origin=definition.origin
                    )
            case LibraryResult(operands=operands):
                definition.operands = tuple(blocks.get(o, o) for o in operands)
                used.update(definition.operands)
            case Reshaped(source=source):
                definition.source = blocks.get(source, source)
                used.add(definition.source)
    for block in reversed(blocks.values()):
        if block in used:
            used.add(block.source)
    if used.isdisjoint(blocks.values()):
        return list(definitions)
    read = {source for definition in definitions for source in definition.sources}.union(wanted)
    found: list[Definition] = []
    for definition in definitions:
        copied = blocks.get(definition)
        if copied is None or definition in read:
            found.append(definition)
        if copied is not None and copied in used:
            found.append(copied)
    return found


def _is_in_memory(source: Any, wanted: Set[Definition], blocks: Mapping[Definition, Reshaped]) -> bool:
    """Whether a value is an array in any case: what is computed element by element may be computed for a slice alone."""
    return not isinstance(source, Pointwise) or source in wanted or source in blocks


def _start(copy: Pointwise, sizes: Sizes) -> Expression | None:
    """Where the elements of a definition begin in what it reads, if they are neighbours there in the same order:

        out[j, k, ...] = x[..., i, first + j, k, ...]

    with whole axes after the one that ``first`` is of.  Axes of length 1 may come and go.
    """
    own = sizes.domain(copy.shape)
    read = substitute(copy.element, [ZERO if n == ONE else Axis(k) for k, n in enumerate(own)])
    assert isinstance(read, Load)
    if not copy.ndim or read.dtype != copy.dtype:
        return None
    axes = [k for k, n in enumerate(own) if n != ONE]
    index, lengths = list(read.index), list(sizes.domain(read.source.shape))
    row: Expression = ONE  # the length of the whole axes together
    while index:
        if axes and index[-1] == Axis(axes[-1]) and lengths[-1] == own[axes[-1]]:
            axes.pop()
        elif not (index[-1] == ZERO and lengths[-1] == ONE):
            break
        index.pop()
        row = row * lengths.pop()
    if axes and index:
        first = _first(index[-1], axes.pop())
        if first is None:
            return None
        index[-1] = first
    if axes or not all(map(_is_fixed, index)):
        return None
    start: Expression = ZERO
    for place, length in zip(index, lengths, strict=True):
        start = start * length + place
    return start * row


def _first(index: Expression, axis: int) -> Expression | None:
    """``first`` where an index is first + axis."""
    first: Expression = ZERO
    while index != Axis(axis):
        match index:
            case Call(function, (left, right)) if function is arithmetic.add and index.dtype == INDEX:
                index, term = (right, left) if _is_fixed(left) else (left, right)
                first = first + term
            case _:
                return None
    return first


def _is_fixed(index: Expression) -> bool:
    """Whether an index is the same in all iterations of a loop, and needs no check."""
    stack = [index]
    while stack:
        match stack.pop():
            case Axis() | Checked():
                return False
            case Load(_, places):
                stack.extend(places)
            case Call(_, arguments):
                stack.extend(arguments)
    return True
