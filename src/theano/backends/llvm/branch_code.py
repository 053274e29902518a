"""Machine code of choices: a function for each of the two programs, of which one is called.

Results whose lengths the caller knows go to memory that it has made; for the others the branch makes memory, and tells
their lengths.
"""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir

from theano.backends.llvm.inner_code import InnerCode
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.step_code import TABLE_STEPS, StepCode, calls_python, emit_step
from theano.backends.llvm.words_code import Words
from theano.data_classes import dataclass
from theano.loops.definitions import Requirement
from theano.loops.expressions import Buffer
from theano.loops.lifetimes import is_known_early
from theano.loops.program import BranchCall, Program

LENGTH = "a branch made a value of length {left} where {right} was expected"


@emit_step.register
def emit_branch_call(step: BranchCall, code: StepCode) -> None:
    """Emit the choice and the call, and what becomes known by it."""
    b, choice = code.b, step.choice
    programs = (choice.there, choice.elsewhere)
    runs_python = any(map(calls_python, programs))
    for buffer in step.results:
        code.room.want(buffer)
        code.number.pop(buffer, None)
    words = Words()
    for buffer in step.operands:
        words.put_operand(code, buffer)
    cells: dict[Buffer, ir.Value] = {}
    places: dict[Buffer, int] = {}
    for buffer, shape in zip(step.results, step.shapes, strict=True):
        if buffer.kind == "host":
            cells[buffer] = (code.owned if buffer.dtype == "object" else code.heap).new()
            words.put(cells[buffer])
            places[buffer] = len(words.values)
            for _ in shape:
                words.put(INDEX(0))
        else:
            words.put_operand(code, buffer)
    if runs_python:
        code.lock.regain()
    words.put_lock(code)
    holds = code.holds(step.condition)
    given = words.store(code)
    branches = [_BranchCode(step, program, code, words.again()) for program in programs]
    functions = [branch.run() for branch in branches]
    there, elsewhere, chosen = (code.block(name) for name in ("there", "elsewhere", "chosen"))
    b.cbranch(holds, there, elsewhere)
    ends = []
    for block, function in zip((there, elsewhere), functions, strict=True):
        b.position_at_end(block)
        ends.append(b.call(function, [given]))
        b.branch(chosen)
    b.position_at_end(chosen)
    status = b.phi(INDEX, "status")
    for block, end in zip((there, elsewhere), ends, strict=True):
        status.add_incoming(end, block)
    code.go_on_if(b.icmp_signed("==", status, INDEX(0)), "chosen")
    for branch in branches:
        code.lock.take_over(branch.lock)
    for buffer, cell in cells.items():
        if buffer.dtype == "object":
            code.object[buffer] = code.code.field(cell, 0, POINTER)
            continue
        code.pointer[buffer] = code.code.field(cell, 0, POINTER)
        first = places[buffer]
        code.know_lengths(buffer, lambda axis, first=first: code.code.field(given, 8 * (first + axis), INDEX))  # type: ignore


@dataclass
class _Destination:
    """Where a result goes.

    pointer  memory for it; or the cell for its object, or for the memory that the branch makes
    lengths  of that memory
    place    where among the words the lengths are to be told; None where they are known
    """

    pointer: ir.Value
    lengths: Sequence[ir.Value]
    place: int | None


class _BranchCode(InnerCode):
    """The function of a branch under construction."""

    def __init__(self, step: BranchCall, program: Program, caller: StepCode, words: Words) -> None:
        super().__init__("branch", program, caller, words)
        self.step = step
        self.is_late = caller.is_late

    def run(self) -> ir.Function:
        """Emit all of it."""
        b = self.b
        self._take_words()
        if len(self.program.steps) > TABLE_STEPS:
            self._make_table()
        self._hand_lock_on()
        self.know_constants(self.program)
        self._know_operands()
        self.room.make(self.program)
        self._make_destinations()
        self._run(self.program.steps)
        self._deliver()
        self.give_back(self.heap, self.owned)
        b.ret(INDEX(0))
        b.position_at_end(self.fail)
        self.give_back(self.heap, self.owned)
        b.ret(INDEX(-1))
        if self.table_of_steps is not None:
            self.table_of_steps.finish()
        return self.function

    def _take_words(self) -> None:
        word = self.word
        self.operands = [(word(POINTER), [word() for _ in buffer.shape]) for buffer in self.step.operands]
        self.destinations = []
        for buffer, shape in zip(self.step.results, self.step.shapes, strict=True):
            pointer, place = word(POINTER), self.words.taken
            lengths = [word() for _ in shape]
            self.destinations.append(_Destination(pointer, lengths, place if buffer.kind == "host" else None))
        self.take_lock()
        self.lock.may_be_given_up = self.caller_lock.may_be_given_up

    def _know_operands(self) -> None:
        for own, (pointer, lengths) in zip(self.program.inputs, self.operands, strict=True):
            if own.dtype == "object":
                self.object[own] = pointer
                continue
            self.pointer[own] = pointer
            self.know_lengths(own, lengths.__getitem__)

    def _make_destinations(self) -> None:
        """Let results be written where they belong, as far as they are made for that alone."""
        self.delivered: set[Buffer] = set()
        for own, to in zip(self.program.outputs, self.destinations, strict=True):
            is_own = own.kind == "output" and own in self.room.missing and own not in self.delivered
            if not is_own or own.dtype == "object":
                continue
            if to.place is not None:
                self.kept[own] = to.pointer
                self.delivered.add(own)
            elif all(map(is_known_early, own.shape)):
                self._check_lengths(own, to)
                self.pointer[own] = to.pointer
                self.room.missing.discard(own)
                self.delivered.add(own)

    def _check_lengths(self, own: Buffer, to: _Destination) -> None:
        for length, wanted in zip(own.shape, to.lengths, strict=True):
            found = self.length(length)
            if found is not wanted:
                failure = Requirement(length, length, LENGTH, self.step.choice.node)
                self.fail_unless(self.b.icmp_signed("==", found, wanted), failure, found, wanted)

    def _deliver(self) -> None:
        """Hand over the results that are not where they belong, and tell the lengths that the caller does not know."""
        for own, to in zip(self.program.outputs, self.destinations, strict=True):
            if own.dtype == "object":
                self.code.take(self.object[own])
                self.b.store(self.object[own], to.pointer)
                continue
            if to.place is not None:
                for axis, length in enumerate(own.shape):
                    self.b.store(self.length(length), self.code.address(self.given, 8 * (to.place + axis)))
            if own in self.delivered:
                self.delivered.discard(own)  # once: a further result of the same value is a copy
                continue
            size = self.size_in_bytes(own)
            if to.place is None:
                self._check_lengths(own, to)
            target = to.pointer if to.place is None else self.memory(size, to.pointer)
            self.code.call("memcpy", POINTER, [POINTER, POINTER, INDEX], target, self.address(own), size)
