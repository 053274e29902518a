"""What the rows of a profile's table mean: the work of each step, and its times as they are read out."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from theano.backends.timing import TimedStep, Total
from theano.graph import Apply
from theano.loops.expressions import Buffer, Expression, Literal, apply
from theano.loops.program import (
    BranchCall,
    HostCall,
    Kernel,
    Launch,
    LibraryCall,
    LoopCall,
    RoutineCall,
    RowLoop,
    Step,
)
from theano.scalar import arithmetic

WORDS = ("calls", "nanoseconds", "read", "written", "operations", "room")
CALLS, NANOSECONDS, READ, WRITTEN, OPERATIONS, ROOM = range(len(WORDS))
FLOATS = ("float16", "float32", "float64", "complex64", "complex128")
CONVOLUTION = "convolve."

Work = tuple[Expression, Expression, Expression]
"""Bytes read, bytes written, floating-point operations of one run."""

NOTHING: Work = (Literal(0), Literal(0), Literal(0))


class NativeTimes:
    """The times of a loaded function.

    words  its table
    notes  the lengths beside it
    slots  what the rows mean; after a warm start the graph must be lowered to know it, and so it is asked for late
    owner  what the memory of both belongs to
    """

    def __init__(self, words: Any, notes: Any, slots: Callable[[], Sequence[Any]], owner: object) -> None:
        self.words, self.notes, self.slots, self.owner = words, notes, slots, owner

    def total(self) -> Total:
        row = self._rows()[0]
        return Total(int(row[CALLS]), float(row[NANOSECONDS]) * 1e-9, int(row[WRITTEN]), int(row[ROOM]))

    def steps(self) -> list[TimedStep]:
        rows, found = self._rows(), []
        for row, slot in zip(rows[1:], self.slots()[1:], strict=True):
            kind, nodes = described(slot.step)
            calls, nanoseconds, read, written, operations, room = row.tolist()
            convolution = convolution_in(slot.step)
            note = self._note(convolution, slot.first_length) if convolution is not None and calls else ""
            within = slot.within - 1  # row 0 is that of whole calls
            seconds = nanoseconds * 1e-9
            found.append(TimedStep(kind, nodes, within, calls, seconds, read, written, operations, room, note))
        return found

    def reset(self) -> None:
        ctypes.memset(self.words, 0, ctypes.sizeof(self.words))

    def _rows(self) -> np.ndarray:
        return np.frombuffer(self.words, np.int64).reshape(-1, len(WORDS)).copy()

    def _note(self, step: LibraryCall, first: int) -> str:
        """``image (32, 64, 28, 28)  kernel (64, 64, 3, 3)  top (32, 64, 26, 26): winograd``"""
        from theano.backends.llvm.convolution_code import ROUTINES, method_of  # needs LLVM, as the slots did

        ndim = step.result.ndim
        flat = list(self.notes[first : first + 3 * ndim])
        roles = ROUTINES[step.routine]
        shapes = {role: tuple(flat[k * ndim : (k + 1) * ndim]) for k, role in enumerate(roles)}
        told = "  ".join(f"{role} {shapes[role]}" for role in ("image", "kernel", "top"))
        way = method_of(step.routine.removeprefix(CONVOLUTION), step.flags[0], step.result.dtype, shapes)
        return f"{told}: {way}"


def described(step: Step) -> tuple[str, tuple[Apply, ...]]:
    """The kind of a step, and the applications that it carries out."""
    match step:
        case Launch():
            return "loop", step.nodes
        case RowLoop():
            parts = [node for part in step.steps for node in described(part)[1]]
            return "rows" if step.head is None else "convolution", _applications(parts)
        case LibraryCall(routine=routine, origin=origin):
            kind = "convolution" if routine.startswith(CONVOLUTION) else "sparse" if "." in routine else "BLAS"
            return kind, _applications([origin])
        case RoutineCall(routine=routine):
            return "LAPACK", _applications([routine.node])
        case HostCall(node=node):
            return "python", _applications([node])
        case LoopCall(loop=loop):
            return "scan", _applications([loop.node])
        case BranchCall(choice=choice):
            return "branch", _applications([choice.node])
    raise AssertionError(f"not a timed step: {step!r}")


def _applications(origins: Iterable[Any]) -> tuple[Apply, ...]:
    return tuple(dict.fromkeys(o for o in origins if isinstance(o, Apply)))


def convolution_in(step: Step) -> LibraryCall | None:
    """The convolution that a step is, or begins with."""
    match step:
        case RowLoop(head=head):
            return head
        case LibraryCall(routine=routine) if routine.startswith(CONVOLUTION):
            return step
    return None


# -- work ------------------------------------------------------------------------------------------------------------------


def work_of(step: Step) -> Work:
    """The work of one run, in terms of lengths; of loops and branches nothing, as their steps tell it."""
    match step:
        case Launch():
            return _work_of_launch(step)
        case RowLoop():
            works = [work_of(part) for part in step.steps]
            return tuple(_sum(work[k] for work in works) for k in range(3))  # type: ignore[return-value]
        case LibraryCall():
            written = bytes_of(step.result)
            read = _sum([bytes_of(o) for o in step.operands])
            return read + written if step.accumulates else read, written, _operations_of(step)
        case RoutineCall(operands=operands, results=results):
            return _sum(map(bytes_of, operands)), _sum(map(bytes_of, results)), Literal(0)
        case HostCall(operands=operands, results=results):
            return _sum(map(bytes_of, operands)), _sum(bytes_of(buffer) for _, buffer in results), Literal(0)
    return NOTHING


def _work_of_launch(step: Launch) -> Work:
    """Each array counts once, or as often as the loop goes to it where that is less: a few rows of a large matrix."""
    kernel = step.kernel
    every = _product(step.sizes[e] for e in kernel.extents)
    outer = _product(step.sizes[e] for e in kernel.extents[: kernel.parallel])
    read = written = Literal(0)  # type: Expression
    for k, (buffer, (dtype, _)) in enumerate(zip(step.buffers, kernel.buffers, strict=True)):
        itemsize = np.dtype(dtype).itemsize
        loads = sum(i.code == "load" and i.value == k for i in kernel.body)
        stores = [store for store in kernel.stores if store.buffer == k]
        elements = _product(buffer.shape)
        if loads:
            read = read + itemsize * _least(elements, loads * every)
        if stores:
            gone_to = _sum(outer if store.after_fold else every for store in stores)
            written = written + itemsize * _least(elements, gone_to)
    return read, written, operations_in(kernel) * every


def operations_in(kernel: Kernel) -> int:
    """Floating-point operations of one iteration."""
    return sum(i.code == "call" and i.dtype in FLOATS for i in kernel.body)


def _operations_of(step: LibraryCall) -> Expression:
    """Multiplications and additions of a product or a convolution; 0 for what is sparse."""
    if step.routine.startswith(CONVOLUTION):
        from theano.backends.llvm.convolution_code import ROUTINES

        roles = ROUTINES[step.routine]
        buffers = dict(zip(roles, (*step.operands, step.result), strict=True))
        return 2 * _product(buffers["top"].shape) * _product(buffers["kernel"].shape[1:])
    shapes = [o.shape for o in step.operands]
    match step.routine:
        case "gemv":
            return 2 * _product(shapes[0])
        case "gemm" | "batched":
            folded = shapes[0][-2] if step.flags[0] else shapes[0][-1]
            return 2 * _product(step.result.shape) * folded
    return Literal(0)


def bytes_of(buffer: Buffer) -> Expression:
    if buffer.dtype == "object":
        return Literal(0)
    return np.dtype(buffer.dtype).itemsize * _product(buffer.shape)


def _least(left: Expression, right: Expression) -> Expression:
    return left if left == right else apply(arithmetic.minimum, left, right)


def _product(lengths: Iterable[Expression]) -> Expression:
    found: Expression = Literal(1)
    for length in lengths:
        found = found * length
    return found


def _sum(terms: Iterable[Expression]) -> Expression:
    found: Expression = Literal(0)
    for term in terms:
        found = found + term
    return found

