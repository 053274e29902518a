"""Machine code of the steps of a program: checks, kernels, library routines, calls of Python; one by one, or from a table.

The code of steps that few programs have is imported when one is met, see ``emit_step``.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from llvmlite import ir

from theano.backends.llvm.entry_code import WANT_POOL, Cells, EntryCode
from theano.backends.llvm.kernel_code import emit_kernel
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import DATA, NULL, room_for
from theano.backends.llvm.room_code import Room
from theano.backends.llvm.row_code import emit_rows, rows_of_block, rows_split_from
from theano.backends.llvm.split_code import (
    can_be_split,
    emit_kernel_in_parts,
    emit_run_parts,
    emit_split_kernel,
    split_from,
)
from theano.backends.llvm.table_code import Operands, StepTable, operands_of
from theano.data_classes import dataclass
from theano.late import dispatched
from theano.loops.expressions import Buffer, Expression, Literal
from theano.loops.lifetimes import is_known_early, written_by
from theano.loops.program import (
    BranchCall,
    Check,
    HostCall,
    Kernel,
    Launch,
    LibraryCall,
    LoopCall,
    Program,
    RowLoop,
    Step,
)

if TYPE_CHECKING:
    from theano.backends.llvm.product_code import PackedFactor
    from theano.backends.llvm.profile_code import StepClock

INLINED_BODY, INLINED_STEPS = 24, 12  # larger kernels, or more of them, stay functions: LLVM's time grows with size
TABLE_STEPS = 24  # a longer program is run from a table
SHORTEST_RUN = 4  # steps in a row that are worth entering the loop over the table


@dataclass
class Common:
    """What the functions of a module have in common.

    split_elements  the length from which loops are shared by threads; None for what was found by measuring
    clock           what the code measures itself with; None where it does not
    """

    cells: Cells
    split_elements: int | None
    clock: StepClock | None = None
    kernels: dict[Kernel, ir.Function] = field(default_factory=dict)
    splits: dict[Kernel, ir.Function] = field(default_factory=dict)
    tables: int = 0
    functions: int = 0  # of loops and branches


@dispatched(
    {
        "theano.loops.program.BranchCall": "theano.backends.llvm.branch_code",
        "theano.loops.program.LoopCall": "theano.backends.llvm.loop_code",
        "theano.loops.program.RoutineCall": "theano.backends.llvm.lapack_code",
    }
)
def emit_step(step: Any, code: StepCode) -> None:
    """Emit a step of which few programs have one: the modules that are named register how."""
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
        self.repeats = False  # whether the steps run again and again
        self.packed: dict[LibraryCall, PackedFactor] = {}  # of products by what is the same whenever they run
        self.table_of_steps: StepTable | None = None
        self.known_numbers: dict[Literal, ir.Value] = {}  # of a step that is read from a table
        self.within = 0  # the row in a profile of the loop, or the branch, that these steps belong to
        self.slot: ir.Value | None = None  # the row of the step, where code is shared by several

    def _run(self, steps: Sequence[Step]) -> None:
        """Emit steps: many in a row of which a table can be made as one, others one by one."""
        table = self.table_of_steps
        if table is None:
            for step in steps:
                self._step(step)
            return
        described = ((step, None if step in self.packed else self._operands(step)) for step in steps)
        for can_be_row, group in groupby(described, lambda pair: pair[1] is not None):
            row = list(group)
            if can_be_row and len(row) >= SHORTEST_RUN:
                self._run_from_table(table, [(step, o) for step, o in row if o is not None])
            else:
                for step, _ in row:
                    self._step(step)

    def tell_room(self, size: ir.Value) -> None:
        if self.common.clock is not None:
            self.common.clock.know_room(self.b, self.within, size)

    def _operands(self, step: Step) -> Operands | None:
        """The operands of a step in a table."""
        clock = self.common.clock
        if clock is None or not clock.times(step):
            return operands_of(step)
        work = clock.work_of(step)
        return operands_of(step, [w if is_known_early(w) else Literal(0) for w in work])

    def _step(self, step: Step) -> None:
        """Emit a step, and what measures it where somebody wants to know."""
        clock = self.common.clock
        if clock is None or not clock.times(step):
            self._plain_step(step)
            return
        outer, work = self.within, clock.work_of(step)
        slot = self.slot
        if slot is None:
            self.within = clock.slot(step, outer)
            slot = INDEX(self.within)
        else:
            work = tuple(w if w in self.lengths else Literal(0) for w in work)  # type: ignore[assignment]
        begun = clock.now(self.b)
        self._plain_step(step)
        clock.count(self.b, slot, begun, [self.length(w) for w in work])
        clock.keep_lengths(self, self.within, step)
        self.within = outer

    def _plain_step(self, step: Step) -> None:
        match step:
            case Check():
                self._check(step)
            case Launch():
                self._launch(step)
            case RowLoop():
                self._row_loop(step)
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
        begin = len(table.numbers)
        for step, operands in rows:
            addresses = [self.place_of_address(b) for b in operands.buffers]
            lengths = [self.place_of_length(n) for n in operands.lengths]
            form = (operands.form, self.is_late)
            failure = self.cells.number_of(_failure_of(step)) if operands.can_fail else None
            clock = self.common.clock
            slot = clock.slot(step, self.within) if operands.is_timed and clock is not None else None
            table.add(step, replace(operands, form=form), addresses, lengths, failure, slot)
        self.go_on_if(table.run(begin), "steps.done")
        self.lock.take_over(self.lock_of_forms)
        self.number.clear()

    def _emit_form(
        self,
        step: Step,
        addresses: dict[Buffer, ir.Value],
        lengths: dict[Expression, ir.Value],
        numbers: dict[Literal, ir.Value],
        lock_words: Sequence[ir.Value],
        failure: ir.Value | None,
        slot: ir.Value | None,
        fail: ir.Block,
    ) -> None:
        """Emit a step at the builder's place, which is in another function than the entry."""
        kept = self.pointer, self.lengths, self.number, self.lock, self.failure, self.fail
        self.pointer, self.lengths, self.number, self.failure, self.fail = addresses, lengths, {}, failure, fail
        self.known_numbers, self.slot = numbers, slot
        self.lock = self.lock.within(lock_words)
        self._step(step)
        self.lock_of_forms.take_over(self.lock)
        self.pointer, self.lengths, self.number, self.lock, self.failure, self.fail = kept
        self.known_numbers, self.slot = {}, None

    # -- steps -----------------------------------------------------------------------------------------------------

    def _check(self, step: Check) -> None:
        left, right = self.length(step.requirement.left), self.length(step.requirement.right)
        match step.requirement.relation:
            case "index":
                negative = self.b.icmp_signed("<", left, INDEX(0))
                position = self.b.select(negative, self.b.add(left, right), left)
                holds = self.b.icmp_unsigned("<", position, right)
            case "zero":
                holds = self.b.icmp_signed("==", left, INDEX(0))
            case relation:
                holds = self.b.icmp_signed(relation, left, right)
        self.fail_unless(holds, _failure_of(step), left, right)

    def _launch(self, step: Launch) -> None:
        kernel = step.kernel
        function, arguments, extents = self._called_with(step)
        arguments += [INDEX(0), extents[0] if extents else INDEX(1)]
        status = self._call_kernel(step, function, arguments, extents)
        if kernel.can_fail:
            error = arguments[-3]
            index, length = (self.b.load(self.code.address(error, 8 * k), typ=INDEX) for k in range(2))
            self.fail_unless(self.b.icmp_signed("==", status, INDEX(0)), _failure_of(step), index, length)

    def _called_with(self, step: Launch) -> tuple[ir.Function, list[ir.Value], list[ir.Value]]:
        """The function of a launch's kernel, its arguments but the range, and the lengths of its axes."""
        kernel = step.kernel
        for buffer in written_by(step):
            self.room.want(buffer)
        function = self.common.kernels.get(kernel)
        if function is None:
            function = self.common.kernels[kernel] = self._kernel(kernel, f"kernel{len(self.common.kernels)}")
        arguments = [self.address(buffer) for buffer in step.buffers]
        for buffer in step.scalars:
            register = self.scalar(buffer).ir
            arguments += list(register) if isinstance(register, tuple) else [register]
        for buffer in written_by(step):  # also one that is read: what was loaded is what it held before
            self.number.pop(buffer, None)
        arguments += [self._known_number(number) for number in step.numbers]
        sizes = [self.length(n) for n in step.sizes]
        arguments += sizes[: kernel.size_count]
        if kernel.can_fail:
            arguments.append(room_for(self.b, ir.ArrayType(INDEX, 2)))
        return function, arguments, [sizes[e] for e in kernel.extents]

    def _known_number(self, number: Literal) -> ir.Value:
        """A number of a launch; where steps share code, what has been read for it from the table."""
        found = self.known_numbers.get(number)
        return self.builder.constant(number.value, number.dtype).ir if found is None else found

    def _row_loop(self, step: RowLoop) -> None:
        """Run the loops one after the other, or, if they are long, block by block."""
        if step.head is not None:
            from theano.backends.llvm.convolution_code import emit_convolution_call

            self.room.want(step.head.result)
            called = [self._called_with(launch) for launch in step.launches]
            emit_convolution_call(self, step.head, [(f, arguments, n[0]) for f, arguments, n in called])
            return
        calls = [self._called_with(launch) for launch in step.launches]
        row_lengths = [self._product(extents[1:]) for _, _, extents in calls]
        longest = max(range(len(calls)), key=lambda k: len(calls[k][2]))
        rows = calls[0][2][0]
        elements = self.b.mul(rows, row_lengths[longest])
        with self._if_long(elements, self.common.split_elements or rows_split_from(step)) as (short, long):
            with short:
                for function, arguments, _ in calls:
                    function.attributes.add("noinline")  # the blocks call it too
                    self.b.call(function, [*arguments, INDEX(0), rows])
            with long:
                self.begin_long_step()
                together = [function for function, _, _ in calls]
                whole = emit_rows(self.module, together, self.module.get_unique_name("rows"))
                split = emit_split_kernel(
                    self.module, step.launches[longest].kernel, whole, self.module.globals["run_parts"]
                )
                given = [a for _, arguments, _ in calls for a in arguments]
                self.b.call(split, [*given, rows_of_block(self.b, row_lengths), INDEX(0), rows])

    def _product(self, lengths: Sequence[ir.Value]) -> ir.Value:
        product, *others = lengths or [INDEX(1)]
        for length in others:
            product = self.b.mul(product, length)
        return product

    def _if_long(self, elements: ir.Value, least: int) -> Any:
        """Branches for loops of fewer than ``least`` elements, which are likely, and for others."""
        return self.b.if_else(self.b.icmp_signed("<", elements, INDEX(least)), likely=True)

    def _kernel(self, kernel: Kernel, name: str) -> ir.Function:
        """The function of a kernel: LLVM writes it out where it is called when there are few short ones."""
        is_split = can_be_split(kernel)
        function = (emit_kernel_in_parts if is_split else emit_kernel)(self.module, kernel, name)
        is_called_twice = is_split and not self.repeats  # by the threads too; in a loop the call would cost more
        if is_called_twice or len(kernel.body) > INLINED_BODY or len(self.program.steps) > INLINED_STEPS:
            function.attributes.add("noinline")
        return function

    def _call_kernel(
        self, step: Launch, function: ir.Function, arguments: list[ir.Value], extents: list[ir.Value]
    ) -> ir.Value:
        """Run a kernel whole, or split if that is worth while; the status."""
        b, kernel = self.b, step.kernel
        if not can_be_split(kernel):
            return b.call(function, arguments)
        elements = self._product(extents)
        least = self.common.split_elements or split_from(kernel)
        if isinstance(elements, ir.Constant) and elements.constant < least:
            return b.call(function, arguments)
        short, long, done = self.block("short"), self.block("long"), self.block("done")
        b.cbranch(b.icmp_signed("<", elements, INDEX(least)), short, long).set_weights([1000, 1])
        b.position_at_end(short)
        whole = b.call(function, arguments)
        b.branch(done)
        b.position_at_end(long)
        self.begin_long_step()
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

    def begin_long_step(self) -> None:
        """Have the thread pool, and let other Python threads run unless states are being written."""
        if "run_parts" not in self.module.globals:
            emit_run_parts(self.module)
        self.lock.want_pool(self.code.item(self.table, WANT_POOL))
        if not self.is_late:
            self.lock.give_up()

    def _library_call(self, step: LibraryCall) -> None:
        """Emit the call of a routine, by the code of its library."""
        match step.routine.partition(".")[0]:
            case "convolve":
                from theano.backends.llvm.convolution_code import emit_convolution_call

                emit_convolution_call(self, step)
            case "compressed":
                from theano.backends.llvm.compressed_code import emit_compressed_call

                emit_compressed_call(self, step)
            case _:
                from theano.backends.llvm.library_code import emit_product_call

                emit_product_call(self, step)

    def _host_call(self, step: HostCall) -> None:
        """Arrays around the operands go to a Python function, which returns a tuple of arrays."""
        code, b = self.code, self.b
        self.lock.regain()
        number = len(self.cells.nodes)
        self.cells.nodes.append(step)
        function = self.cell("host", number)
        held = getattr(step.node.op, "held", ())
        operands = [self._new_object(o) if k in held else self._as_object(o) for k, o in enumerate(step.operands)]
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
        return self._new_object(buffer)

    def _new_object(self, buffer: Buffer) -> ir.Value:
        """A new array with the elements of a buffer."""
        copy = self.new_array(buffer)
        self.fill(copy, buffer)
        return copy


def _failure_of(step: Step) -> Any:
    """What an exception is made of when a step fails."""
    return step.requirement if isinstance(step, Check) else step
