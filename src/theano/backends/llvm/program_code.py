"""Machine code of a program: the entry that Python calls.

    PyObject *entry(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)

takes the arguments, checks shapes, makes room, runs the steps, exchanges the new states and returns the outputs.
What the code needs of Python objects stands in a table ``cells`` that the loader fills in.

Long steps give up Python's lock.  Steps that write into the memory of states run last, with the lock held and with
everything made that the end of the call needs: from the first of them on nothing can fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from llvmlite import ir

from theano.backends.llvm.arena_code import leave_arena
from theano.backends.llvm.arguments_code import ArgumentSpec, emit_argument
from theano.backends.llvm.entry_code import CONVERT, IRREGULAR, Cells
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import LIST_ITEMS, NULL
from theano.backends.llvm.state_code import States
from theano.backends.llvm.step_code import TABLE_STEPS, Common, StepCode, calls_python
from theano.loops.expressions import Buffer
from theano.loops.lifetimes import written_by
from theano.loops.program import (
    Program,
    Step,
)
from theano.loops.rows import in_rows

if TYPE_CHECKING:
    from theano.backends.llvm.profile_code import StepClock


def emit_program(
    module: ir.Module,
    program: Program,
    specs: list[ArgumentSpec],
    single: bool,
    borrowed: frozenset[int],
    split_elements: int | None = None,
    clock: StepClock | None = None,
) -> Cells:
    """Put ``entry`` and the kernels into ``module``; what the loader must provide.

    split_elements  the length from which loops are shared by threads; None for what was found by measuring
    clock           what the code is to measure itself with
    """
    return _ProgramEmitter(module, program, specs, single, borrowed, split_elements, clock).run()


class _ProgramEmitter(StepCode):
    def __init__(
        self,
        module: ir.Module,
        program: Program,
        specs: list[ArgumentSpec],
        single: bool,
        borrowed: frozenset[int],
        split_elements: int | None,
        clock: StepClock | None,
    ) -> None:
        function = ir.Function(module, ir.FunctionType(POINTER, [POINTER, POINTER, INDEX, POINTER]), "entry")
        program = in_rows(program, only_after_convolutions=len(program.steps) > TABLE_STEPS)
        super().__init__(module, function, program, Common(Cells(), split_elements, clock))
        _, self.arguments, self.count, self.keywords = function.args
        self.specs, self.single, self.borrowed = specs, single, borrowed
        self.leave = self.block("leave")
        self.states = States(self, program.states)
        self.first_output = _first_places(program.outputs)
        self.first_update = _first_places(new for _, new in program.updates)

    def run(self) -> Cells:
        clock = self.common.clock
        self._irregular_calls()
        begun = None if clock is None else clock.now(self.b)
        if len(self.program.steps) > TABLE_STEPS:
            self._make_table()
        self._take_arguments()
        self.states.take()
        self._hand_lock_on()
        if calls_python(self.program):
            self.lock.hold_states()
        self.know_constants(self.program)
        self.room.make(self.program)
        late = self._first_late_step()
        self._run(self.program.steps[:late])
        self._prepare_end(self.program.steps[late:])
        self._run(self.program.steps[late:])
        for array, buffer in self.copies:
            self.fill(array, buffer)
        self.states.exchange(self.new_states)
        self._return(begun)
        self.finish_table()
        if clock is not None:
            clock.finish()
            self.cells.slots = clock.slots
        if self.table_of_steps is not None:
            self.table_of_steps.finish()
        return self.cells

    def _first_late_step(self) -> int:
        """The position of the first step that writes into a state's memory."""
        for position, step in enumerate(self.program.steps):
            if not self.program.in_place.isdisjoint(written_by(step)):
                return position
        return len(self.program.steps)

    # -- what comes in ---------------------------------------------------------------------------------------------

    def _irregular_calls(self) -> None:
        b = self.b
        regular, irregular = self.block("regular"), self.block("irregular")
        plain = b.and_(
            b.icmp_unsigned("==", self.keywords, NULL), b.icmp_signed("==", self.count, INDEX(len(self.specs)))
        )
        b.cbranch(plain, regular, irregular)
        b.position_at_end(irregular)
        kinds = [POINTER, POINTER, INDEX, POINTER]
        target = self.code.item(self.table, IRREGULAR)
        b.ret(self.code.call("PyObject_Vectorcall", POINTER, kinds, target, self.arguments, self.count, self.keywords))
        b.position_at_end(regular)

    def _take_arguments(self) -> None:
        for k, (spec, buffer) in enumerate(zip(self.specs, self.program.inputs, strict=True)):
            given = self.code.item(self.arguments, k)
            convert = self.code.item(self.table, CONVERT)
            if spec.dtype == "object":
                self._convert_object(k, given, convert, buffer)
                continue
            array, data = emit_argument(self.code, given, spec, k, convert, self.fail, self.owned.new())
            self.know_array(buffer, array, data)

    def _convert_object(self, k: int, given: ir.Value, convert: ir.Value, buffer: Buffer) -> None:
        number = self.code.new_integer(INDEX(k))
        converted = self.code.call_object(convert, [number, given])
        self.code.release(number)
        self.b.store(converted, self.owned.new())
        self.go_on_if(self.b.icmp_unsigned("!=", converted, NULL), "converted")
        self.object[buffer] = converted

    # -- what goes out ---------------------------------------------------------------------------------------------

    def _prepare_end(self, late_steps: Sequence[Step]) -> None:
        """Make all that the rest of the call needs.  From here on nothing can fail."""
        self.lock.regain()
        self.is_late = True
        for step in late_steps:
            for buffer in written_by(step):
                self.room.want(buffer)
        self.states.make_writable([state for state in self.program.states if state in self.program.in_place])
        self.copies: list[tuple[ir.Value, Buffer]] = []  # new arrays that are filled after the last step
        self.results = [self._output(k, buffer) for k, buffer in enumerate(self.program.outputs)]
        self.new_states = [
            (state, self._new_state(k, state, new)) for k, (state, new) in enumerate(self.program.updates)
        ]
        if not self.single:
            self.result_list = self.code.call("PyList_New", POINTER, [INDEX], INDEX(len(self.results)))
            self.go_on_if(self.b.icmp_unsigned("!=", self.result_list, NULL), "listed")

    def _output(self, k: int, buffer: Buffer) -> ir.Value:
        """The array of an output; one that is also something else is copied."""
        fresh = buffer.kind in ("output", "host") and self.first_output[buffer] == k
        if buffer.dtype == "object" or (buffer in self.object and (fresh or k in self.borrowed)):
            return self.object[buffer]
        return self._later_copy(buffer)

    def _new_state(self, k: int, state: Buffer, new: Buffer) -> Buffer | ir.Value:
        """The array that a state becomes: the one of a buffer, or a copy."""
        if new is state or new.dtype == "object":
            return new
        fresh = new.kind in ("update", "host", "output") and new not in self.first_output
        if fresh and new in self.object and self.first_update[new] == k:
            return new
        return self._later_copy(new)

    def _later_copy(self, buffer: Buffer) -> ir.Value:
        array = self.new_array(buffer)
        self.copies.append((array, buffer))
        return array

    def _count_outputs(self, clock: StepClock) -> None:
        """Tell a profile how large what the call leaves is."""
        left = [*self.program.outputs, *(new for _, new in self.program.updates)]
        for buffer in dict.fromkeys(left):
            if buffer.dtype != "object" and buffer.kind in ("output", "update", "host"):
                clock.add_output(self.b, self.size_in_bytes(buffer))

    def _return(self, begun: ir.Value | None) -> None:
        b, code, clock = self.b, self.code, self.common.clock
        if clock is not None:
            self._count_outputs(clock)
        for array in self.results:
            code.take(array)
        if self.single:
            (result,) = self.results
        else:
            result = self.result_list
            items = code.field(result, LIST_ITEMS, POINTER) if self.results else NULL
            for k, array in enumerate(self.results):
                b.store(array, code.address(items, 8 * k))
        good = b.block
        b.branch(self.leave)
        b.position_at_end(self.fail)
        self.lock.regain()
        b.branch(self.leave)
        b.position_at_end(self.leave)
        value = b.phi(POINTER, "result")
        value.add_incoming(result, good)
        value.add_incoming(NULL, self.fail)
        self.give_back(self.heap, self.owned)
        if self.arena is not None:
            leave_arena(code, b.load(self.arena, typ=POINTER))
        self.lock.release_states()
        if clock is not None and begun is not None:
            with b.if_then(b.icmp_unsigned("!=", value, NULL), likely=True):
                clock.count_call(b, begun)
        b.ret(value)


def _first_places(buffers: Iterable[Buffer]) -> dict[Buffer, int]:
    """Where each buffer stands first."""
    places: dict[Buffer, int] = {}
    for place, buffer in enumerate(buffers):
        places.setdefault(buffer, place)
    return places