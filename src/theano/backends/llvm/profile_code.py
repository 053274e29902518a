"""Machine code that measures itself: a clock is read around each step, and a table adds up what was found.

Each step has a row of words in the table; row 0 is that of whole calls.  Without profiling none of this is emitted.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llvmlite import ir

from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import INT, ObjectCode, room_for
from theano.backends.llvm.profile_steps import ROOM, WORDS, WRITTEN, Work, convolution_in, work_of
from theano.data_classes import dataclass
from theano.loops.program import Check, Step

if TYPE_CHECKING:
    from theano.backends.llvm.step_code import StepCode

HEAD, TABLE, NOTES = "profile_head", "profile", "profile_notes"  # names that the loader looks for
SECOND = 1_000_000_000  # in nanoseconds


@dataclass(eq=False)
class Slot:
    """A row of the table: the step that it counts, the row of the loop around, and words kept beside the table.

    first_length  the first of the words that hold lengths, if some are kept
    """

    step: Any
    within: int
    first_length: int = -1


class StepClock:
    """The table under construction, and code that adds to it.

    times_steps  whether steps have rows, or whole calls alone
    """

    def __init__(self, module: ir.Module, times_steps: bool) -> None:
        self.module, self.times_steps = module, times_steps
        self.slots: list[Slot] = [Slot(None, -1)]
        self.noted = 0  # words beside the table
        self.table = _global(module, TABLE, 0)
        self.notes = _global(module, NOTES, 0)
        self.head = _global(module, HEAD, 3)  # whether the first call is to be left out; words of table and notes
        self.now_function = _emit_now(module)
        self.count_function = _emit_count(module, self.table, self.now_function)

    def times(self, step: Step) -> bool:
        return self.times_steps and not isinstance(step, Check)

    def slot(self, step: Step, within: int) -> int:
        """A new row for a step."""
        self.slots.append(Slot(step, within))
        return len(self.slots) - 1

    def now(self, b: ir.IRBuilder) -> ir.Value:
        """The time in nanoseconds."""
        return b.call(self.now_function, [])

    def count(self, b: ir.IRBuilder, slot: ir.Value, begun: ir.Value, amounts: Sequence[ir.Value]) -> None:
        """Add a run that began at ``begun``, with bytes read, bytes written and operations."""
        b.call(self.count_function, [slot, begun, *amounts])

    def count_call(self, b: ir.IRBuilder, begun: ir.Value) -> None:
        """The end of a whole call; of the first one that is to be left out, everything is forgotten."""
        self.count(b, INDEX(0), begun, [INDEX(0)] * 3)
        with b.if_then(b.icmp_signed("!=", b.load(self.head, typ=INDEX), INDEX(0)), likely=False):
            size = ir.Constant(INDEX, 0)
            self.size_in_bytes = size
            kinds = [POINTER, INT, INDEX]
            ObjectCode(b).call("memset", POINTER, kinds, self.table, INT(0), size)
            b.store(INDEX(0), self.head)

    def add_output(self, b: ir.IRBuilder, size: ir.Value) -> None:
        """Count bytes that a call returns or keeps as a state."""
        b.atomic_rmw("add", self._word(b, 0, WRITTEN), size, "monotonic")

    def know_room(self, b: ir.IRBuilder, slot: int, size: ir.Value) -> None:
        """The bytes of all temporaries of a call, or of the loop of a row: the largest counts."""
        b.atomic_rmw("max", self._word(b, slot, ROOM), size, "monotonic")

    def work_of(self, step: Step) -> Work:
        """What a run of a step does, in terms of lengths."""
        return work_of(step)

    def keep_lengths(self, code: StepCode, slot: int, step: Step) -> None:
        """Keep the lengths that a convolution finds, for what is told of it."""
        convolution = convolution_in(step)
        if convolution is None:
            return
        lengths = [n for buffer in (*convolution.operands, convolution.result) for n in buffer.shape]
        first, self.noted = self.noted, self.noted + len(lengths)
        self.slots[slot].first_length = first
        for k, length in enumerate(lengths):
            place = code.b.gep(self.notes, [INDEX(first + k)], inbounds=True, source_etype=INDEX)
            code.b.store(code.length(length), place)

    def finish(self) -> None:
        """Give the table its size, when all steps are there."""
        count = len(self.slots) * len(WORDS)
        _resize(self.table, count)
        _resize(self.notes, self.noted)
        self.head.initializer = ir.Constant(self.head.value_type, [0, count, self.noted])
        self.size_in_bytes.constant = 8 * count

    def _word(self, b: ir.IRBuilder, slot: int, word: int) -> ir.Value:
        return b.gep(self.table, [INDEX(slot * len(WORDS) + word)], inbounds=True, source_etype=INDEX)


def _global(module: ir.Module, name: str, count: int) -> ir.GlobalVariable:
    words = ir.GlobalVariable(module, ir.ArrayType(INDEX, count), name)
    words.align = 8
    words.type = POINTER
    _resize(words, count)
    return words


def _resize(words: ir.GlobalVariable, count: int) -> None:
    words.value_type = ir.ArrayType(INDEX, count)
    words.initializer = ir.Constant(words.value_type, [0] * count)


def _emit_now(module: ir.Module) -> ir.Function:
    """INDEX now(): a clock that never goes back, in nanoseconds."""
    function = small_function(module, "profile_now", INDEX, [])
    b = ir.IRBuilder(function.append_basic_block("entry"))
    code = ObjectCode(b)
    room = room_for(b, ir.ArrayType(INDEX, 2))
    code.call("clock_gettime", INT, [INT, POINTER], INT(time.CLOCK_MONOTONIC), room)
    b.ret(b.add(b.mul(code.field(room, 0, INDEX), INDEX(SECOND)), code.field(room, 8, INDEX)))
    return function


def _emit_count(module: ir.Module, table: ir.Value, now: ir.Function) -> ir.Function:
    """count_step(row, begun, read, written, operations): add a run; several threads may do it at once."""
    function = small_function(module, "profile_count", ir.VoidType(), [INDEX] * 5)
    slot, begun, *amounts = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    first = b.mul(slot, INDEX(len(WORDS)))
    for k, amount in enumerate([INDEX(1), b.sub(b.call(now, []), begun), *amounts]):
        word = b.gep(table, [b.add(first, INDEX(k))], inbounds=True, source_etype=INDEX)
        b.atomic_rmw("add", word, amount, "monotonic")
    b.ret_void()
    return function
