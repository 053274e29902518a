"""Which temporaries may share memory: those of equal size whose lives do not overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from theano.loops.expressions import Buffer, Call, Expression, Extent, Literal, Load
from theano.loops.program import (
    BranchCall,
    HostCall,
    Launch,
    LibraryCall,
    LoopCall,
    Program,
    RoutineCall,
    RowLoop,
    Step,
)

_KINDS = 8  # of a slot, of those that it serves, are remembered: what is done for a buffer is a constant


def assign_slots(program: Program, mixes: bool = False) -> list[list[Buffer]]:
    """The temporaries whose size is known before the first step, in slots: one after another may use the same memory.

    A slot serves buffers of one shape and element size, so that its size is known without computing a maximum; with
    ``mixes`` also such of which only some lengths are known to agree.
    """
    steps = program.steps
    first, last = _lives(steps)
    for leaving in [*program.outputs, *(new for _, new in program.updates)]:  # another shape of one is copied at the end
        source = source_of(leaving)
        if source in last:
            last[source] = len(steps)
    slots: list[list[Buffer]] = []
    kinds: list[dict[object, None]] = []  # of each slot
    free: dict[object, dict[int, None]] = {}  # the free slots of a kind, the one that was freed last at the end
    ending: dict[int, list[int]] = {}
    begins: dict[int, list[Buffer]] = {}
    for buffer, step in first.items():
        begins.setdefault(step, []).append(buffer)
    for step in range(len(steps)):
        for buffer in begins.get(step, ()):
            own = _kinds(buffer, mixes)
            slot = next((next(reversed(free[kind])) for kind in own if free.get(kind)), len(slots))
            if slot == len(slots):
                slots.append([])
                kinds.append({})
            else:
                for kind in kinds[slot]:
                    del free[kind][slot]
            slots[slot].append(buffer)
            kinds[slot].update(dict.fromkeys(own if len(kinds[slot]) < _KINDS else ()))
            ending.setdefault(last[buffer], []).append(slot)
        for slot in ending.get(step, ()):
            for kind in kinds[slot]:
                free.setdefault(kind, {})[slot] = None
    return slots


def _kinds(buffer: Buffer, mixes: bool) -> list[object]:
    """What slots may have in common with a buffer for it to be put there, the best first."""
    itemsize = np.dtype(buffer.dtype).itemsize
    kinds: list[object] = [(buffer.shape, itemsize)]
    if mixes:
        lengths = [(axis, n) for axis, n in enumerate(buffer.shape) if not isinstance(n, Literal)]
        kinds += [(buffer.ndim, axis, n, itemsize) for axis, n in lengths]
    return kinds


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
        case RoutineCall(operands=operands, results=results):
            return [*operands, *results]
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
        case LoopCall(results=results) | BranchCall(results=results) | RoutineCall(results=results):
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
