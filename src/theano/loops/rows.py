"""Loops one after the other over the same rows, run block by block.

    for i in range(m): u[i] = f(x[i])             for rows in blocks of range(m):
    for i in range(m): v[i] = g(x[i], u[i])   ->      for i in rows: u[i] = f(x[i])
                                                      for i in rows: v[i] = g(x[i], u[i])

What a block reads and writes stays in the cache from one loop to the next.  Legal when whatever one of the loops
writes, all of them touch in row i alone at iteration i of their outermost axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from theano.loops.expressions import Buffer, Call, Expression, Literal, computed_in
from theano.loops.lifetimes import (
    begins_at_source,
    is_known_early,
    source_of,
    starts_of,
    touched_by,
    written_by,
)
from theano.loops.program import Kernel, Launch, LibraryCall, Program, RowLoop, Step
from theano.scalar import arithmetic

MOST_LOOPS = 12  # of one block

RowLength = tuple[Expression, ...]
"""The lengths whose product is that of a row."""


def in_rows(program: Program, only_after_convolutions: bool = False) -> Program:
    """The program with loops over the same rows taken together, also after a convolution of as many images.

    only_after_convolutions  leave other loops as they are
    """
    steps: list[Step] = []
    run: list[Launch] = []
    head: LibraryCall | None = None

    def close() -> None:
        nonlocal head
        if head is not None:
            steps.append(RowLoop(tuple(run), head) if run else head)
        else:
            steps.extend(run if len(run) < 2 or only_after_convolutions else [RowLoop(tuple(run))])
        run.clear()
        head = None

    def together() -> list[Launch | LibraryCall]:
        return [*run] if head is None else [head, *run]

    for step in program.steps:
        before = together()
        if before and _may_run_before(step, before) and _is_late(step, program) == _is_late(before[0], program):
            steps.append(step)
        elif isinstance(step, Launch) and _has_rows(step):
            if before and not (_is_late(step, program) == _is_late(before[0], program) and _joins(step, before)):
                close()
            run.append(step)
        else:
            close()
            if isinstance(step, LibraryCall) and step.routine == "convolve.forward" and step.flags[0].groups == 1:
                head = step
            else:
                steps.append(step)
    close()
    return replace(program, steps=tuple(steps))


def _is_late(step: Step, program: Program) -> bool:
    """Whether a step writes into a state's own memory, which comes after all that may fail."""
    return not program.in_place.isdisjoint(written_by(step))


def _may_run_before(step: Step, run: Sequence[Launch | LibraryCall]) -> bool:
    """Whether a step is the computation of single numbers that have nothing to do with what a run of loops writes."""
    if not isinstance(step, Launch) or step.kernel.extents or step.kernel.can_fail:
        return False
    if not all(map(begins_at_source, step.buffers)):
        return False
    written, touched = _sources(b for loop in run for b in written_by(loop)), _sources(b for loop in run for b in touched_by(loop))
    return written.isdisjoint(_sources(touched_by(step))) and touched.isdisjoint(_sources(written_by(step)))


def _sources(buffers: object) -> set[Buffer]:
    return {source_of(b) for b in buffers}  # type: ignore[attr-defined]


def _has_rows(step: Launch) -> bool:
    """Whether a loop may be run row by row at no loss."""
    kernel = step.kernel
    walks_along_rows = kernel.across != 0 and not (kernel.by_columns and kernel.parallel == 1)
    whole = kernel.ordered or kernel.can_fail or not kernel.parallel
    return walks_along_rows and not whole


def _joins(step: Launch, run: Sequence[Launch | LibraryCall]) -> bool:
    """Whether a loop may be run in the blocks of what is before it, and has something in common with that."""
    if len(run) == MOST_LOOPS or _rows_in_row(step, run[0]) is None:
        return False
    if not all(map(is_known_early, _told(step))) and not _lengths_come_before(step, run):
        return False
    together = [*run, step]
    forms: dict[Buffer, set[RowLength | None]] = {}
    for loop in together:
        more = _rows_in_row(loop, run[0]) or ()
        for buffer, form in _accesses(loop):
            forms.setdefault(source_of(buffer), set()).add(None if form is None else (*more, *form))
    written = _sources(b for loop in together for b in written_by(loop))
    if any(None in forms.get(buffer, ()) or len(forms.get(buffer, ())) > 1 for buffer in written):
        return False
    return not _sources(step.buffers).isdisjoint(_sources(b for loop in run for b in loop.buffers))


def _lengths_come_before(step: Launch, run: Sequence[Launch | LibraryCall]) -> bool:
    """Whether nothing that is run tells one of a loop's lengths, or where a buffer begins in another one."""
    telling = _sources(source for source in computed_in(_told(step)) if isinstance(source, Buffer))
    return telling.isdisjoint(_sources(b for loop in run for b in written_by(loop)))


def _told(step: Launch) -> list[Expression]:
    """What must be known before a loop is run."""
    return [*step.sizes, *(start for buffer in step.buffers for start in starts_of(buffer))]


def _rows(step: Launch | LibraryCall) -> Expression:
    return step.result.shape[0] if isinstance(step, LibraryCall) else step.sizes[step.kernel.extents[0]]


def _rows_in_row(step: Launch | LibraryCall, first: Launch | LibraryCall) -> RowLength | None:
    """The factors of the number of iterations of a loop for one row of the first one; None if that is no whole number.

    After a convolution there may be several: axes of the loop may have been merged.
    """
    if isinstance(first, Launch):
        return () if _rows(step) == _rows(first) else None
    rows, images = _factors(_rows(step)), _factors(_rows(first))
    return tuple(rows[len(images) :]) if rows[: len(images)] == images else None


def _accesses(step: Launch | LibraryCall) -> list[tuple[Buffer, RowLength | None]]:
    """Each buffer that a loop touches, with the length of the row in which it does, if it is row i.

    A convolution writes its result row by row, whose lengths are those with which the first loop after it reads them.
    """
    if isinstance(step, LibraryCall):
        return [(operand, None) for operand in step.operands]
    kernel = step.kernel
    offsets = [(i.value, i.operands[0]) for i in kernel.body if i.code == "load"]
    offsets += [(store.buffer, store.offset) for store in kernel.stores]
    found = [(step.buffers[buffer], _row_length(kernel, step.sizes, offset)) for buffer, offset in offsets]
    # row i of what begins inside another array is not row i of that
    found = [(buffer, form if begins_at_source(buffer) else None) for buffer, form in found]
    return found + [(buffer, None) for buffer in step.scalars]


def _row_length(kernel: Kernel, sizes: Sequence[Expression], position: int) -> RowLength | None:
    """The factors of n1, n2 ... of an offset ((i0 n1 + i1) n2 + i2) ... whose i0 is the index of the outermost axis."""
    lengths: list[Expression] = []
    while kernel.body[position].code != "axis":
        i = kernel.body[position]
        if i.code != "call" or i.value is not arithmetic.add or len(i.operands) != 2:
            return None
        product = kernel.body[i.operands[0]]
        if product.code != "call" or product.value is not arithmetic.mul or len(product.operands) != 2:
            return None
        length = kernel.body[product.operands[1]]
        if length.code not in ("size", "literal"):
            return None
        lengths[:0] = _factors(sizes[length.value] if length.code == "size" else Literal(length.value))
        position = product.operands[0]
    return tuple(lengths) if kernel.body[position].value == 0 else None


def _factors(length: Expression) -> list[Expression]:
    """A length that is a product of lengths as these: axes may have been merged."""
    if isinstance(length, Call) and length.function is arithmetic.mul:
        return [factor for argument in length.arguments for factor in _factors(argument)]
    return [length]
