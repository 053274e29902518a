"""Machine code of a program: the entry that Python calls.

    PyObject *entry(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)

takes the arguments, checks shapes, makes room, runs the steps, exchanges the new states and returns the outputs.
What the code needs of Python objects stands in a table ``cells`` that the loader fills in.

Long steps give up Python's lock.  Steps that write into the memory of states run last, with the lock held and with
everything made that the end of the call needs: from the first of them on nothing can fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import singledispatch
from itertools import groupby
from typing import Any

from llvmlite import ir

from theano.backends.llvm.arena_code import leave_arena
from theano.backends.llvm.arguments_code import ArgumentSpec, emit_argument
from theano.backends.llvm.builder import INDEX, POINTER
from theano.backends.llvm.entry_code import CONVERT, IRREGULAR, WANT_POOL, Cells, EntryCode
from theano.backends.llvm.kernel_code import emit_kernel
from theano.backends.llvm.library_code import LONG_LIBRARY_WORK, emit_library_call, library_work
from theano.backends.llvm.object_code import DATA, LIST_ITEMS, NULL, room_for
from theano.backends.llvm.room_code import Room
from theano.backends.llvm.split_code import (
    can_be_split,
    emit_kernel_in_parts,
    emit_run_parts,
    emit_split_kernel,
    split_from,
)
from theano.backends.llvm.state_code import States
from theano.backends.llvm.table_code import Operands, StepTable, operands_of
from theano.loops.ir import (
    BranchCall,
    Buffer,
    Check,
    Expression,
    HostCall,
    Kernel,
    Launch,
    LibraryCall,
    Literal,
    LoopCall,
    Program,
    Step,
)
from theano.loops.lifetimes import written_by

INLINED_BODY, INLINED_STEPS = 24, 12  # larger kernels, or more of them, stay functions: LLVM's time grows with size
TABLE_STEPS = 24  # a longer program is run from a table
SHORTEST_RUN = 4  # steps in a row that are worth entering the loop over the table


@dataclass
class Common:
    """What the functions of a module have in common.

    split_elements  the length from which loops are shared by threads; None for what was found by measuring
    """

    cells: Cells
    split_elements: int | None
    kernels: dict[Kernel, ir.Function] = field(default_factory=dict)
    splits: dict[Kernel, ir.Function] = field(default_factory=dict)
    tables: int = 0
    functions: int = 0  # of loops and branches


@singledispatch
def emit_step(step: Any, code: StepCode) -> None:
    """Emit a step that holds a program of its own; further modules register how."""
    raise AssertionError(f"not a step: {step!r}")


def calls_python(program: Program) -> bool:
    """Whether steps run Python code, those of loops and branches in it too."""
    pending = [program]
    while pending:
        for step in pending.pop().steps:
            if isinstance(step, HostCall):
                return True
            if isinstance(step, LoopCall):
                pending.append(step.loop.body)
            if isinstance(step, BranchCall):
                pending += step.choice.there, step.choice.elsewhere
    return False


class StepCode(EntryCode):
    """A function that runs the steps of a program."""

    def __init__(self, module: ir.Module, function: ir.Function, program: Program, common: Common) -> None:
        super().__init__(module, function, common.cells)
        self.program, self.common = program, common
        self.room = Room(self)
        self.inputs = frozenset(program.inputs)
        self.is_late = False
        self.table_of_steps: StepTable | None = None

    def _run(self, steps: Sequence[Step]) -> None:
        """Emit steps: many in a row of which a table can be made as one, others one by one."""
        table = self.table_of_steps
        if table is None:
            for step in steps:
                self._step(step)
            return
        described = ((step, operands_of(step)) for step in steps)
        for can_be_row, group in groupby(described, lambda pair: pair[1] is not None):
            row = list(group)
            if can_be_row and len(row) >= SHORTEST_RUN:
                self._run_from_table(table, [(step, o) for step, o in row if o is not None])
            else:
                for step, _ in row:
                    self._step(step)

    def _step(self, step: Step) -> None:
        match step:
            case Check():
                self._check(step)
            case Launch():
                self._launch(step)
            case LibraryCall():
                self._library_call(step)
            case HostCall():
                self._host_call(step)
            case _:
                emit_step(step, self)

    # -- long programs ---------------------------------------------------------------------------------------------

    def _make_table(self) -> None:
        """From here on what the steps need is kept in memory, and equal steps share code."""
        frame = self.keep_in_memory()
        self.lock_words = frame.new(3)
        self.lock_of_forms = copy(self.lock)
        number, self.common.tables = self.common.tables, self.common.tables + 1
        self.table_of_steps = StepTable(self.module, frame, self.places, self.lock_words, self._emit_form, number)

    def _hand_lock_on(self) -> None:
        """Let the forms of steps find the words of the lock."""
        if self.table_of_steps is not None:
            for place, word in enumerate(self.lock.words, self.lock_words):
                self.b.store(word, self.table_of_steps.frame.word(place))

    def _run_from_table(self, table: StepTable, rows: Sequence[tuple[Step, Operands]]) -> None:
        for step, _ in rows:
            for buffer in written_by(step):
                self.room.want(buffer)
        places = table.places
        begin = len(table.numbers)
        for step, operands in rows:
            addresses, lengths = [places[self.root(b)] for b in operands.buffers], [self.place_of_length(n) for n in operands.lengths]
            form = (operands.form, self.is_late)
            failure = self.cells.number_of(_failure_of(step)) if operands.can_fail else None
            table.add(step, replace(operands, form=form), addresses, lengths, failure)
        self.go_on_if(table.run(begin), "steps.done")
        self.lock.take_over(self.lock_of_forms)
        self.number.clear()

    def _emit_form(
        self,
        step: Step,
        addresses: dict[Buffer, ir.Value],
        lengths: dict[Expression, ir.Value],
        lock_words: Sequence[ir.Value],
        failure: ir.Value | None,
        fail: ir.Block,
    ) -> None:
        """Emit a step at the builder's place, which is in another function than the entry."""
        kept = self.pointer, self.lengths, self.number, self.lock, self.failure, self.fail
        self.pointer, self.lengths, self.number, self.failure, self.fail = addresses, lengths, {}, failure, fail
        self.lock = self.lock.within(lock_words)
        self._step(step)
        self.lock_of_forms.take_over(self.lock)
        self.pointer, self.lengths, self.number, self.lock, self.failure, self.fail = kept

    # -- steps -----------------------------------------------------------------------------------------------------

    def _check(self, step: Check) -> None:
        left, right = self.length(step.requirement.left), self.length(step.requirement.right)
        match step.requirement.relation:
            case "index":
                negative = self.b.icmp_signed("<", left, INDEX(0))
                position = self.b.select(negative, self.b.add(left, right), left)
                holds = self.b.icmp_unsigned("<", position, right)
            case relation:
                holds = self.b.icmp_signed(relation, left, right)
        self.fail_unless(holds, _failure_of(step), left, right)

    def _launch(self, step: Launch) -> None:
        kernel = step.kernel
        for buffer, (_, written) in zip(step.buffers, kernel.buffers, strict=True):
            if written:
                self.room.want(buffer)
                self.number.pop(buffer, None)
        function = self.common.kernels.get(kernel)
        if function is None:
            function = self.common.kernels[kernel] = self._kernel(kernel, f"kernel{len(self.common.kernels)}")
        arguments = [self.address(buffer) for buffer in step.buffers]
        for buffer in step.scalars:
            register = self.scalar(buffer).ir
            arguments += list(register) if isinstance(register, tuple) else [register]
        sizes = [self.length(n) for n in step.sizes]
        arguments += sizes[: kernel.size_count]
        if kernel.can_fail:
            error = room_for(self.b, ir.ArrayType(INDEX, 2))
            arguments.append(error)
        arguments += [INDEX(0), sizes[kernel.extents[0]] if kernel.extents else INDEX(1)]
        status = self._call_kernel(step, function, arguments, [sizes[e] for e in kernel.extents])
        if kernel.can_fail:
            index, length = (self.b.load(self.code.address(error, 8 * k), typ=INDEX) for k in range(2))
            self.fail_unless(self.b.icmp_signed("==", status, INDEX(0)), _failure_of(step), index, length)

    def _kernel(self, kernel: Kernel, name: str) -> ir.Function:
        """The function of a kernel: LLVM writes it out where it is called when there are few short ones."""
        if len(kernel.body) <= INLINED_BODY and len(self.program.steps) <= INLINED_STEPS:
            return emit_kernel(self.module, kernel, name)
        function = (emit_kernel_in_parts if can_be_split(kernel) else emit_kernel)(self.module, kernel, name)
        function.attributes.add("noinline")
        return function

    def _call_kernel(
        self, step: Launch, function: ir.Function, arguments: list[ir.Value], extents: list[ir.Value]
    ) -> ir.Value:
        """Run a kernel whole, or split if that is worth while; the status."""
        b, kernel = self.b, step.kernel
        if not can_be_split(kernel):
            return b.call(function, arguments)
        elements = extents[0]
        for extent in extents[1:]:
            elements = b.mul(elements, extent)
        least = self.common.split_elements or split_from(kernel)
        if isinstance(elements, ir.Constant) and elements.constant < least:
            return b.call(function, arguments)
        short, long, done = self.block("short"), self.block("long"), self.block("done")
        b.cbranch(b.icmp_signed("<", elements, INDEX(least)), short, long).set_weights([1000, 1])
        b.position_at_end(short)
        whole = b.call(function, arguments)
        b.branch(done)
        b.position_at_end(long)
        self._begin_long_step()
        split = b.call(self._split(kernel, function), arguments)
        b.branch(done)
        b.position_at_end(done)
        status = b.phi(INDEX)
        status.add_incoming(whole, short)
        status.add_incoming(split, long)
        return status

    def _split(self, kernel: Kernel, whole: ir.Function) -> ir.Function:
        found = self.common.splits.get(kernel)
        if found is None:
            found = self.common.splits[kernel] = emit_split_kernel(self.module, kernel, whole, self.module.globals["run_parts"])
        return found

    def _begin_long_step(self) -> None:
        """Have the thread pool, and let other Python threads run unless states are being written."""
        if "run_parts" not in self.module.globals:
            emit_run_parts(self.module)
        self.lock.want_pool(self.code.item(self.table, WANT_POOL))
        if not self.is_late:
            self.lock.give_up()

    def _library_call(self, step: LibraryCall) -> None:
        self.room.want(step.result)
        shapes = [[self.length(n) for n in o.shape] for o in step.operands]
        operands = [self.address(o) for o in step.operands]
        with self.b.if_then(self.b.icmp_signed(">", library_work(self.b, step, shapes), INDEX(LONG_LIBRARY_WORK))):
            if step.routine == "batched":
                self._begin_long_step()
            elif not self.is_late:
                self.lock.give_up()
        factor = step.factor
        if isinstance(factor, Literal):
            scale = self.builder.constant(factor.value, factor.dtype)
        else:
            scale = self.scalar(factor)
        emit_library_call(self.code, step, self.address(step.result), scale, operands, shapes)

    def _host_call(self, step: HostCall) -> None:
        """Arrays around the operands go to a Python function, which returns a tuple of arrays."""
        code, b = self.code, self.b
        self.lock.regain()
        number = len(self.cells.nodes)
        self.cells.nodes.append(step)
        function = self.cell("host", number)
        operands = [self._as_object(o) for o in step.operands]
        results = code.call_object(function, operands)
        b.store(results, self.owned.new())
        self.go_on_if(b.icmp_unsigned("!=", results, NULL), "performed")
        for k, (_, buffer) in enumerate(step.results):
            result = code.field(results, 24 + 8 * k, POINTER)  # PyTupleObject.ob_item
            if buffer.dtype == "object":
                self.object[buffer] = result
            else:
                self.know_array(buffer, result, code.field(result, DATA, POINTER))

    def _as_object(self, buffer: Buffer) -> ir.Value:
        """The Python object of a value: its own, or a copy where there is none."""
        known = self.object.get(buffer)
        is_input_number = buffer in self.inputs and buffer.ndim == 0 and buffer.dtype != "object"
        if known is not None and not is_input_number:
            return known
        copy = self.new_array(buffer)
        self.fill(copy, buffer)
        return copy


def emit_program(
    module: ir.Module,
    program: Program,
    specs: list[ArgumentSpec],
    single: bool,
    borrowed: frozenset[int],
    split_elements: int | None = None,
) -> Cells:
    """Put ``entry`` and the kernels into ``module``; what the loader must provide.

    split_elements  the length from which loops are shared by threads; None for what was found by measuring
    """
    return _ProgramEmitter(module, program, specs, single, borrowed, split_elements).run()


class _ProgramEmitter(StepCode):
    def __init__(
        self,
        module: ir.Module,
        program: Program,
        specs: list[ArgumentSpec],
        single: bool,
        borrowed: frozenset[int],
        split_elements: int | None,
    ) -> None:
        function = ir.Function(module, ir.FunctionType(POINTER, [POINTER, POINTER, INDEX, POINTER]), "entry")
        super().__init__(module, function, program, Common(Cells(), split_elements))
        _, self.arguments, self.count, self.keywords = function.args
        self.specs, self.single, self.borrowed = specs, single, borrowed
        self.leave = self.block("leave")
        self.states = States(self, program.states)
        self.first_output = _first_places(program.outputs)
        self.first_update = _first_places(new for _, new in program.updates)

    def run(self) -> Cells:
        self._irregular_calls()
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
        self._return()
        self.finish_table()
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

    def _return(self) -> None:
        b, code = self.b, self.code
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
        self.heap.for_each(lambda memory: code.call("free", ir.VoidType(), [POINTER], memory))
        if self.arena is not None:
            leave_arena(code, b.load(self.arena, typ=POINTER))
        self.owned.for_each(code.release)
        self.lock.release_states()
        b.ret(value)


def _first_places(buffers: Iterable[Buffer]) -> dict[Buffer, int]:
    """Where each buffer stands first."""
    places: dict[Buffer, int] = {}
    for place, buffer in enumerate(buffers):
        places.setdefault(buffer, place)
    return places


def _failure_of(step: Step) -> Any:
    """What an exception is made of when a step fails."""
    return step.requirement if isinstance(step, Check) else step
