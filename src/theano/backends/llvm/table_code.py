"""Machine code of long programs: each form of step is emitted once, and the steps stand in a table.

A step of a long program is a row of numbers, its form and its operands, which are places in the *frame*: words of
memory that hold the addresses of buffers and the lengths of axes::

    while place < end:
        taken = forms[table[place]](frame, &table[place + 1])
        if taken < 0: return failure
        place += taken

So code, and with it LLVM's time, grows with the number of different loops and not with that of steps; and nothing
but the frame's address is kept in a register from one step to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, MutableMapping, Sequence
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.number_types import INDEX, POINTER, REGISTER_TYPES
from theano.data_classes import dataclass
from theano.loops.expressions import Buffer, Expression, Literal
from theano.loops.lifetimes import is_known_early, starts_of
from theano.loops.program import Check, Launch, LibraryCall, Step

NUMBER = ir.IntType(32)


def number_table(module: ir.Module, name: str, numbers: Any) -> ir.GlobalVariable:
    """A constant table of 32-bit numbers, given as an array or nested sequences."""
    content = np.asarray(numbers, np.int32).tobytes()
    table = ir.GlobalVariable(module, ir.ArrayType(ir.IntType(8), len(content)), name)
    table.linkage, table.global_constant, table.align = "internal", True, 4
    table.initializer = ir.Constant(table.value_type, bytearray(content))
    table.type = POINTER
    return table


class Frame:
    """The words; their number is known when all has been emitted."""

    def __init__(self, b: ir.IRBuilder) -> None:
        self.b = b
        self.count = 0
        self.size_in_bytes = ir.Constant(INDEX, 0)
        self.memory: ir.Value | None = None

    def new(self, count: int = 1) -> int:
        """The first of so many new words in a row."""
        first = self.count
        self.count += count
        self.size_in_bytes.constant = 8 * self.count
        return first

    def word(self, place: int | ir.Value) -> ir.Value:
        """The address of a word."""
        position = INDEX(place) if isinstance(place, int) else place
        return self.b.gep(self.memory, [position], inbounds=True, source_etype=INDEX)


class FrameWords(MutableMapping[Any, ir.Value]):
    """Values that are kept in the frame: stored when they become known, loaded wherever they are used.

    places  where each is; several of these mappings may have it in common
    """

    def __init__(self, frame: Frame, kind: ir.Type, places: dict[Any, int]) -> None:
        self.frame = frame
        self.kind = kind
        self.place = places

    def __setitem__(self, key: Any, value: ir.Value) -> None:
        place = self.place.get(key)
        if place is None:
            place = self.place[key] = self.frame.new()
        self.frame.b.store(value, self.frame.word(place))

    def __getitem__(self, key: Any) -> ir.Value:
        return self.frame.b.load(self.frame.word(self.place[key]), typ=self.kind)

    def __contains__(self, key: object) -> bool:
        return key in self.place

    def __delitem__(self, key: Any) -> None:
        del self.place[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.place)

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Operands:
    """A step taken apart.

    form      what steps have in common that run the same code
    buffers   what it reads and writes
    lengths   the lengths that it needs
    numbers   the numbers that its kernel is handed
    can_fail  whether its row has the number of a failure too
    is_timed  whether its row has the number of its row in a profile too
    """

    form: Hashable
    buffers: list[Buffer]
    lengths: list[Expression]
    numbers: tuple[Literal, ...]
    can_fail: bool
    is_timed: bool = False


def operands_of(step: Step, work: Sequence[Expression] = ()) -> Operands | None:
    """The form and the operands of a step; None for steps that no table takes.

    work  further lengths that a profile needs
    """
    what: Hashable
    numbers: tuple[Literal, ...] = ()
    match step:
        case Check(requirement=requirement):
            what, can_fail = requirement.relation, True
            buffers, lengths = [], [requirement.left, requirement.right]
        case Launch(kernel=kernel):
            what, can_fail, numbers = (kernel, len(step.numbers)), kernel.can_fail, step.numbers
            buffers, lengths = [*step.buffers, *step.scalars], list(step.sizes)
        case LibraryCall():
            can_fail = step.requirement is not None
            factor = repr(step.factor.value) if isinstance(step.factor, Literal) else None
            what = step.routine, step.flags, factor, step.accumulates, tuple(b.dtype for b in step.buffers)
            buffers = list(step.buffers)
            lengths = [n for o in (*step.operands, step.result) for n in o.shape]
        case _:
            return None
    lengths += work
    starts = [start for buffer in buffers for start in starts_of(buffer)]
    if not all(map(is_known_early, [*lengths, *starts])):
        return None
    form = what, _repetitions(buffers), _repetitions(lengths)
    return Operands(form, buffers, lengths, numbers, can_fail, bool(work))


def _repetitions(things: Sequence[Hashable]) -> tuple[int, ...]:
    """For each thing the place where it occurs first."""
    first: dict[Hashable, int] = {}
    return tuple(first.setdefault(thing, place) for place, thing in enumerate(things))


FormEmitter = Callable[
    [
        Step,
        dict[Buffer, ir.Value],
        dict[Expression, ir.Value],
        dict[Literal, ir.Value],
        list[ir.Value],
        ir.Value | None,
        ir.Value | None,
        ir.Block,
    ],
    None,
]


class StepTable:
    """The table of a program, and the functions of its forms.

    places      where in the frame buffers' addresses and lengths are
    lock_words  where, one after the other, the addresses are that the code needs to handle Python's lock
    emit        emit(step, addresses, lengths, numbers, lock, failure, slot, fail): the code of a step at the place of
                ``b``, given as LLVM values its operands, the words of the lock, the number of its failure and its row in
                a profile, and the block to leave through with an exception set
    number      of this table among those of the module
    """

    def __init__(
        self,
        module: ir.Module,
        frame: Frame,
        places: dict[Any, int],
        lock_words: int,
        emit: FormEmitter,
        number: int,
    ) -> None:
        self.module, self.frame, self.places, self.emit, self.number = module, frame, places, emit, number
        self.lock_words = range(lock_words, lock_words + 3)
        self.numbers: list[int] = []
        self.forms: dict[Hashable, tuple[int, ir.Function]] = {}
        self.function = small_function(module, f"run_steps{number}", INDEX, [POINTER, INDEX, INDEX])

    def add(
        self,
        step: Step,
        operands: Operands,
        addresses: Sequence[int],
        lengths: Sequence[int],
        failure: int | None,
        slot: int | None,
    ) -> None:
        """Append a step to the table.

        addresses, lengths  where in the frame its buffers' addresses and its lengths are
        failure             the number of its failure, if it can fail
        slot                its row in a profile, if it is timed
        """
        known = self.forms.get(operands.form)
        if known is None:
            known = self.forms[operands.form] = len(self.forms), self._form(step, operands)
        self.numbers.append(known[0])
        self.numbers += addresses
        self.numbers += lengths
        for number in operands.numbers:
            self.numbers += np.array(number.value, number.dtype).reshape(1).view(np.int32).tolist()
        if failure is not None:
            self.numbers.append(failure)
        if slot is not None:
            self.numbers.append(slot)

    def run(self, begin: int) -> ir.Value:
        """Emit the call that runs the steps added since the table had ``begin`` numbers; whether they succeed."""
        status = self.frame.b.call(self.function, [self.frame.memory, INDEX(begin), INDEX(len(self.numbers))])
        return self.frame.b.icmp_signed("==", status, INDEX(0))

    def _form(self, step: Step, operands: Operands) -> ir.Function:
        """INDEX form(frame, operands): run a step; how many numbers it takes in the table, or -1 with an exception."""
        name = f"step{self.number}.{len(self.forms)}"
        function = small_function(self.module, name, INDEX, [POINTER, POINTER])
        frame, row = function.args
        b = self.frame.b
        here = b.block
        b.position_at_end(function.append_basic_block("entry"))

        def word(place: ir.Value, kind: ir.Type) -> ir.Value:
            return b.load(b.gep(frame, [place], inbounds=True, source_etype=INDEX), typ=kind)

        def number(position: int) -> ir.Value:
            found = b.load(b.gep(row, [INDEX(position)], inbounds=True, source_etype=NUMBER), typ=NUMBER)
            return b.zext(found, INDEX)

        count = len(operands.buffers)
        addresses = {buffer: word(number(k), POINTER) for k, buffer in enumerate(operands.buffers)}
        lengths = {length: word(number(count + k), INDEX) for k, length in enumerate(operands.lengths)}
        count += len(operands.lengths)
        numbers: dict[Literal, ir.Value] = {}
        for known in operands.numbers:  # its bits stand in the table
            place = b.gep(row, [INDEX(count)], inbounds=True, source_etype=NUMBER)
            numbers[known] = b.load(place, typ=REGISTER_TYPES[known.dtype], align=4)
            count += np.dtype(known.dtype).itemsize // 4
        failure = number(count) if operands.can_fail else None
        slot = number(count + operands.can_fail) if operands.is_timed else None
        fail = function.append_basic_block("fail")
        lock_words = [word(INDEX(place), POINTER) for place in self.lock_words]
        self.emit(step, addresses, lengths, numbers, lock_words, failure, slot, fail)
        b.ret(INDEX(1 + count + operands.can_fail + operands.is_timed))
        b.position_at_end(fail)
        b.ret(INDEX(-1))
        b.position_at_end(here)
        return function

    def finish(self) -> None:
        """Emit the table, and the loop over it."""
        table = number_table(self.module, f"steps{self.number}", self.numbers)
        frame, start, stop = self.function.args
        entry, head, body, unknown, failed, end = map(
            self.function.append_basic_block, ("entry", "head", "body", "unknown", "failed", "end")
        )
        b = ir.IRBuilder(entry)
        b.branch(head)
        b.position_at_end(head)
        place = b.phi(INDEX, "place")
        place.add_incoming(start, entry)
        b.cbranch(b.icmp_signed("<", place, stop), body, end)
        b.position_at_end(body)
        number = b.load(b.gep(table, [place], inbounds=True, source_etype=NUMBER), typ=NUMBER)
        operands = b.gep(table, [b.add(place, INDEX(1))], inbounds=True, source_etype=NUMBER)
        choice = b.switch(number, unknown)
        for k, form in self.forms.values():
            with b.goto_block(self.function.append_basic_block(f"form{k}")):
                taken = b.call(form, [frame, operands])
                place.add_incoming(b.add(place, taken), b.block)
                choice.add_case(NUMBER(k), b.block)
                b.cbranch(b.icmp_signed("<", taken, INDEX(0)), failed, head).set_weights([1, 1000])
        b.position_at_end(unknown)
        b.unreachable()
        b.position_at_end(failed)
        b.ret(INDEX(1))
        b.position_at_end(end)
        b.ret(INDEX(0))
