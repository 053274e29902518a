"""Which temporaries may share memory: those of equal size whose lives do not overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from theano.loops.expressions import Buffer, Call, Expression, Extent, Literal, Load
from theano.loops.program import BranchCall, HostCall, Launch, LibraryCall, LoopCall, Program, RowLoop, Step


def assign_slots(program: Program) -> list[list[Buffer]]:
    """The temporaries whose size is known before the first step, in slots: one after another may use the same memory.

    A slot serves buffers of one shape and element size only, so that its size is known without computing a maximum.
    """
    steps = program.steps
    first, last = _lives(steps)
    for leaving in [*program.outputs, *(new for _, new in program.updates)]:  # another shape of one is copied at the end
        source = source_of(leaving)
        if source in last:
            last[source] = len(steps)
    slots: list[list[Buffer]] = []
    free: dict[object, list[int]] = {}
    ending: dict[int, list[tuple[object, int]]] = {}
    begins: dict[int, list[Buffer]] = {}
    for buffer, step in first.items():
        begins.setdefault(step, []).append(buffer)
    for step in range(len(steps)):
        for buffer in begins.get(step, ()):
            key = (buffer.shape, np.dtype(buffer.dtype).itemsize)
            known = free.setdefault(key, [])
            slot = known.pop() if known else len(slots)
            if slot == len(slots):
                slots.append([])
            slots[slot].append(buffer)
            ending.setdefault(last[buffer], []).append((key, slot))
        for kind, slot in ending.get(step, ()):
            free[kind].append(slot)
    return slots


def _lives(steps: Sequence[Step]) -> tuple[dict[Buffer, int], dict[Buffer, int]]:
    """The step that first writes, and the last that touches, each temporary; a reshaped view counts as its source."""
    first: dict[Buffer, int] = {}
    last: dict[Buffer, int] = {}
    for position, step in enumerate(steps):
        for buffer in touched_by(step):
            buffer = source_of(buffer)
            if buffer.kind == "temporary" and buffer.ndim and all(is_known_early(n) for n in buffer.shape):
                first.setdefault(buffer, position)
                last[buffer] = position
    return first, last


def source_of(buffer: Buffer) -> Buffer:
    """The buffer whose memory it is."""
    while buffer.alias is not None:
        buffer = buffer.alias
    return buffer


def begins_at_source(buffer: Buffer) -> bool:
    """Whether the first element of a buffer is that of the buffer whose memory it is."""
    return all(start == Literal(0) for start in starts_of(buffer))


def starts_of(buffer: Buffer) -> list[Expression]:
    """Where a buffer begins in the one that it is an alias of, where that does in the next, and so on."""
    starts = []
    while buffer.alias is not None:
        starts.append(buffer.start)
        buffer = buffer.alias
    return starts


def touched_by(step: Step) -> list[Buffer]:
    """The buffers that a step reads or writes."""
    match step:
        case Launch(buffers=buffers, scalars=scalars):
            return [*buffers, *scalars]
        case RowLoop():
            return [buffer for part in step.steps for buffer in touched_by(part)]
        case LibraryCall():
            return list(step.buffers)
        case HostCall(operands=operands):
            return list(operands)
        case LoopCall(sequences=sequences, initial=initial, carried=carried, others=others, results=results):
            return [*sequences, *initial, *carried, *others, *results]
        case BranchCall(condition=condition, operands=operands, results=results):
            return [condition, *operands, *results]
    return []


def written_by(step: Step) -> list[Buffer]:
    """The buffers that a step writes; results of Python functions are not among them."""
    match step:
        case Launch(kernel=kernel, buffers=buffers):
            return [b for b, (_, written) in zip(buffers, kernel.buffers, strict=True) if written]
        case RowLoop():
            return [buffer for part in step.steps for buffer in written_by(part)]
        case LibraryCall(result=result):
            return [result]
        case LoopCall(results=results) | BranchCall(results=results):
            return list(results)
    return []


def is_known_early(length: Expression) -> bool:
    """Whether a length follows from the lengths of arguments and states."""
    stack = [length]
    seen: set[int] = set()  # lengths have parts in common
    while stack:
        match stack.pop():
            case Literal():
                continue
            case Extent(buffer):
                if buffer.source is not None:
                    return False
            case Call(_, arguments) as call if id(call) not in seen:
                seen.add(id(call))
                stack.extend(arguments)
            case Load():
                return False
    return True
