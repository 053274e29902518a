"""Machine code of loops: a function in which the step's program runs again and again.

A state's array that is shorter than the loop is used as a ring: each offset has a place, which begins anew at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from llvmlite import ir

from theano.backends.llvm.control_code import for_range, small_function
from theano.backends.llvm.entry_code import CellArray
from theano.backends.llvm.inner_code import InnerCode
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE
from theano.backends.llvm.product_code import PackedFactor, emit_packing, may_be_direct
from theano.backends.llvm.step_code import TABLE_STEPS, StepCode, calls_python, emit_step
from theano.backends.llvm.words_code import Words
from theano.loops.definitions import Requirement
from theano.loops.expressions import Buffer, Expression
from theano.loops.lifetimes import is_known_early, source_of, starts_of
from theano.loops.program import Check, LibraryCall, LoopCall

VOID = ir.VoidType()
LONG_LOOP = 32  # steps; a loop of more lets other Python threads run


@emit_step.register
def emit_loop_call(step: LoopCall, code: StepCode) -> None:
    """Emit the call of a loop, and what becomes known by it."""
    b, runs_python = code.b, calls_python(step.loop.body)
    for buffer in step.results:
        code.room.want(buffer)
        code.number.pop(buffer, None)
    steps = code.length(step.steps)
    cells = {k: code.owned.new() for k, buffer in enumerate(step.results) if buffer.dtype == "object"}
    words = Words()
    words.put(steps)
    for group in (step.sequences, step.initial, step.carried, step.others):
        for buffer in group:
            words.put_operand(code, buffer)
    for first in step.firsts:
        words.put(code.length(first))
    for k, (buffer, shape) in enumerate(zip(step.results, step.shapes, strict=True)):
        if k in cells:
            words.put(cells[k])
            continue
        if buffer.kind == "host":
            code.pointer[buffer] = code.memory(code.bytes_of(buffer.dtype, shape))
        words.put_array(code, code.address(buffer), shape)
    if runs_python:
        code.lock.regain()
    elif not code.is_late:
        with b.if_then(b.icmp_signed(">", steps, INDEX(LONG_LOOP))):
            code.lock.give_up()
    words.put_lock(code)
    given = words.store(code)
    function = _LoopCode(step, code, words, runs_python).run()
    code.go_on_if(b.icmp_signed("==", b.call(function, [given]), INDEX(0)), "looped")
    code.lock.may_be_given_up |= not runs_python
    position = 0
    for k, buffer in enumerate(step.results):
        if k in cells:
            code.object[buffer] = code.code.field(cells[k], 0, POINTER)
        elif buffer.kind == "host":  # its length is put where the number of steps was, and after
            code.lengths[buffer.shape[0]] = code.code.field(given, 8 * position, INDEX)
            position += 1


class _Array:
    """An array of the loop: its address, lengths, and the size of an entry in bytes."""

    def __init__(self, code: StepCode, dtype: str, pointer: ir.Value, lengths: list[ir.Value]) -> None:
        self.pointer, self.lengths = pointer, lengths
        size: ir.Value = INDEX(1 if dtype == "object" else np.dtype(dtype).itemsize)
        for length in lengths[1:]:
            size = code.b.mul(size, length)
        self.entry_bytes = size
        self.code = code

    @property
    def rows(self) -> ir.Value:
        return self.lengths[0]

    def entry(self, place: ir.Value) -> ir.Value:
        offset = self.code.b.mul(place, self.entry_bytes)
        return self.code.b.gep(self.pointer, [offset], inbounds=True, source_etype=BYTE)

    @property
    def size(self) -> ir.Value:
        """Of all of it; of a 0-d array that of its number."""
        return self.code.b.mul(self.entry_bytes, self.lengths[0]) if self.lengths else self.entry_bytes


class _LoopCode(InnerCode):
    """The function of a loop under construction."""

    def __init__(self, step: LoopCall, caller: StepCode, words: Words, runs_python: bool) -> None:
        super().__init__("loop", step.loop.body, caller, words)
        self.step, self.form = step, step.loop.form
        self.inner = self.form.inner_inputs(self.program.inputs)
        self.made = self.form.inner_outputs(self.program.outputs)
        self.runs_python = runs_python
        self.is_late = True  # the lock has been given up before, if at all
        self.repeats = True
        self.late_checks: list[tuple[Expression, ir.Value, int]] = []

    def run(self) -> ir.Function:
        """Emit all of it."""
        b = self.b
        self._take_words()
        if len(self.program.steps) > TABLE_STEPS:
            self._make_table()
        self._hand_lock_on()
        self._copy_initial()
        finish, head = self.block("finish"), self.block("head")
        begin = self.block("begin")
        start = b.block
        b.cbranch(b.icmp_signed(">", self.steps, INDEX(0)), begin, finish)
        b.position_at_end(begin)
        self.know_constants(self.program)
        self._know_operands()
        early = [s for s in self.program.steps if isinstance(s, Check) and _is_early(s)]
        for check in early:
            self._check(check)
        self.room.make(self.program)
        self._make_destinations()
        self._pack_factors()
        places = self._first_places()
        lasting = self.heap, self.owned
        self.heap, self.owned = CellArray(self.code, "heap"), CellArray(self.code, "owned")
        begin = b.block
        b.branch(head)

        b.position_at_end(head)
        i = b.phi(INDEX, "i")
        i.add_incoming(INDEX(0), begin)
        phis = {}
        for key, place in places.items():
            phis[key] = b.phi(INDEX, "place")
            phis[key].add_incoming(place, begin)
        body = self.block("body")
        b.branch(body)
        b.position_at_end(body)
        self._know_entries(i, phis)
        self._run([s for s in self.program.steps if s not in early])
        self._write_entries(phis)
        stop = self._condition()
        self.give_back(self.heap, self.owned)
        self.heap.clear_all()
        self.owned.clear_all()
        following = b.add(i, INDEX(1), flags=["nsw"])
        for key, phi in phis.items():
            later = b.add(phi, INDEX(1), flags=["nsw"])
            is_end = b.icmp_signed("==", later, self._rows(key))
            phi.add_incoming(b.select(is_end, INDEX(0), later), b.block)
        i.add_incoming(following, b.block)
        goes_on = b.icmp_signed("<", following, self.steps)
        if stop is not None:
            goes_on = b.and_(goes_on, b.not_(stop))
        last = b.block
        b.cbranch(goes_on, head, finish)

        b.position_at_end(finish)
        done = b.phi(INDEX, "done")
        done.add_incoming(INDEX(0), start)
        done.add_incoming(following, last)
        self._put_in_order(done)
        self._tell_lengths(done)
        self._leave(lasting, INDEX(0))
        b.position_at_end(self.fail)
        self.give_back(self.heap, self.owned)
        self._leave(lasting, INDEX(-1))
        if self.table_of_steps is not None:
            self.table_of_steps.finish()
        return self.function

    # -- what the loop is given ------------------------------------------------------------------------------------

    def _take_words(self) -> None:
        step, word = self.step, self.word

        def array(dtype: str, ndim: int) -> _Array:
            return _Array(self, dtype, word(POINTER), [word() for _ in range(ndim)])

        self.steps = word()
        groups = [
            [array(buffer.dtype, buffer.ndim) for buffer in group]
            for group in (step.sequences, step.initial, step.carried, step.others)
        ]
        self.sequences, self.initial, self.initial_carried, self.others = groups
        self.firsts = [word() for _ in step.firsts]
        results = [
            array(buffer.dtype, 0 if buffer.dtype == "object" else len(shape))
            for buffer, shape in zip(step.results, step.shapes, strict=True)
        ]
        self.states, self.collected, self.carried = self.form.outer_outputs(results)
        self.take_lock()
        self.lock.may_be_given_up = not self.runs_python

    def _copy_initial(self) -> None:
        for initial, array in zip(self.initial, self.states, strict=True):
            with self.b.if_then(self.b.icmp_unsigned("!=", initial.pointer, array.pointer)):
                self._copy(array.pointer, initial.pointer, initial.size)
        for buffer, initial, array in zip(self.step.carried, self.initial_carried, self.carried, strict=True):
            if buffer.dtype == "object":
                self.code.take(initial.pointer)
                self.b.store(initial.pointer, array.pointer)
            else:
                self._copy(array.pointer, initial.pointer, initial.size)

    def _copy(self, target: ir.Value, source: ir.Value, size: ir.Value) -> None:
        self.code.call("memcpy", POINTER, [POINTER, POINTER, INDEX], target, source, size)

    def _know_operands(self) -> None:
        """What is the same in all steps: the lengths of entries, and the operands that do not change."""
        for own, array in zip(self.inner.sequences, self.sequences, strict=True):
            self.know_lengths(own, array.lengths[1:].__getitem__)
        for entries, array in zip(self.inner.states, self.states, strict=True):
            for own in entries:
                self.know_lengths(own, array.lengths[1:].__getitem__)
        for own, array in zip(self.inner.carried, self.carried, strict=True):
            self.know_lengths(own, array.lengths.__getitem__)
            if own.dtype != "object":
                self.pointer[own] = array.pointer
        for own, array in zip(self.inner.others, self.others, strict=True):
            if own.dtype == "object":
                self.object[own] = array.pointer
            else:
                self.know_lengths(own, array.lengths.__getitem__)
                self.pointer[own] = array.pointer

    def _pack_factors(self) -> None:
        """Copy what all steps multiply by into the order in which products of few rows read it."""
        lasting = {*self.inner.others, *(buffer for buffer, _ in self.program.constants)}
        known: dict[tuple[Buffer, tuple[Expression, ...]], PackedFactor] = {}
        for step in self.program.steps:
            if not isinstance(step, LibraryCall) or step.routine != "gemm" or not may_be_direct(self.code, step):
                continue
            x, w = step.operands
            if source_of(w) not in lasting or not all(map(is_known_early, (*x.shape, *w.shape, *starts_of(w)))):
                continue
            key = w, x.shape
            if key not in known:
                shapes = [self.lengths_of(o) for o in step.operands]
                known[key] = emit_packing(self.code, step, shapes, self.steps, self.memory, self.address(w))
            self.packed[step] = known[key]

    # -- what a step writes ----------------------------------------------------------------------------------------

    def _make_destinations(self) -> None:
        """Which results of the step are written where they belong, and room for those that are copied there later."""
        self.direct: dict[tuple[str, int, int], Buffer] = {}
        seen: set[Buffer] = set()
        for key, buffer in self._results():
            self._check_shape(key, buffer)
            if buffer in seen or buffer not in self.room.missing or buffer.kind != "output":
                continue
            seen.add(buffer)
            kind, k, _ = key
            if kind == "collected" or (kind == "state" and self.form.states[k].is_recurrence):
                self.direct[key] = buffer
                self.room.missing.discard(buffer)
            elif all(map(is_known_early, buffer.shape)):
                self.room.missing.discard(buffer)
                is_number = buffer.ndim == 0
                self.pointer[buffer] = (
                    self.room_for_number(buffer.dtype) if is_number else self.memory(self.padded_size(buffer))
                )

    def _results(self) -> Iterator[tuple[tuple[str, int, int], Buffer]]:
        """(kind, number of it, number of the entry written) and buffer of each value that a step leaves."""
        for k, entries in enumerate(self.made.states):
            for j, buffer in enumerate(entries):
                yield ("state", k, j), buffer
        for k, buffer in enumerate(self.made.collected):
            yield ("collected", k, 0), buffer
        for k, buffer in enumerate(self.made.carried):
            yield ("carried", k, 0), buffer

    def _array(self, key: tuple[str, int, int]) -> _Array:
        kind, k, _ = key
        return {"state": self.states, "collected": self.collected, "carried": self.carried}[kind][k]

    def _check_shape(self, key: tuple[str, int, int], buffer: Buffer) -> None:
        """That a value has the shape of the entries that it becomes one of."""
        if buffer.dtype == "object" or key[0] == "collected":
            return  # what is collected has the shape that the step gives it
        lengths = self._array(key).lengths[key[0] == "state" :]
        for axis, (own, wanted) in enumerate(zip(buffer.shape, lengths, strict=True)):
            if not is_known_early(own):
                self.late_checks.append((own, wanted, axis))
            else:
                self._check_length(own, wanted, axis)

    def _check_length(self, own: Expression, wanted: ir.Value, axis: int) -> None:
        found = self.length(own)
        if found is wanted:
            return
        message = f"a step made a value of length {{left}} along axis {axis} for entries of length {{right}}"
        failure = Requirement(own, own, message, self.step.loop.node)
        self.fail_unless(self.b.icmp_signed("==", found, wanted), failure, found, wanted)

    # -- places ----------------------------------------------------------------------------------------------------

    def _first_places(self) -> dict[tuple[str, int, int], ir.Value]:
        """(kind, number of it, offset) -> the place in its array of the entry that the first step touches."""
        places: dict[tuple[str, int, int], ir.Value] = {}
        for k, of in enumerate(self.form.states):
            for offset in sorted({*of.reads, *of.writes}):
                places["state", k, offset] = self.b.srem(INDEX(offset), self.states[k].rows)
        for k in range(self.form.collected):
            places["collected", k, 0] = INDEX(0)
        return places

    def _rows(self, key: tuple[str, int, int]) -> ir.Value:
        return self._array(key).rows

    def _know_entries(self, i: ir.Value, places: dict[tuple[str, int, int], ir.Value]) -> None:
        """What differs from step to step."""
        self.number.clear()
        walks = zip(self.inner.sequences, self.sequences, self.firsts, self.step.loop.walks, strict=True)
        for own, array, first, walk in walks:
            self.pointer[own] = array.entry(self.b.add(first, self.b.mul(i, INDEX(walk.stride))))
        for k, (of, entries) in enumerate(zip(self.form.states, self.inner.states, strict=True)):
            for r, own in zip(of.reads, entries, strict=True):
                self.pointer[own] = self.states[k].entry(places["state", k, r])
        for own, array in zip(self.inner.carried, self.carried, strict=True):
            if own.dtype == "object":
                self.object[own] = self.code.field(array.pointer, 0, POINTER)
        for key, buffer in self.direct.items():
            self.pointer[buffer] = self._destination(key, places)

    def _destination(self, key: tuple[str, int, int], places: dict[tuple[str, int, int], ir.Value]) -> ir.Value:
        kind, k, j = key
        array = self._array(key)
        if kind == "carried":
            return array.pointer
        return array.entry(places[kind, k, self.form.states[k].writes[j] if kind == "state" else 0])

    def _write_entries(self, places: dict[tuple[str, int, int], ir.Value]) -> None:
        """Copy results to where they belong; those that another copy might overwrite are put aside first."""
        for own, wanted, axis in self.late_checks:
            self._check_length(own, wanted, axis)
        overwritten = set(self.inner.carried)
        for of, entries in zip(self.form.states, self.inner.states, strict=True):
            if not of.is_recurrence:
                overwritten.update(entries)
        sources: list[tuple[tuple[str, int, int], ir.Value]] = []
        objects: list[tuple[ir.Value, ir.Value]] = []
        for key, buffer in self._results():
            if self.direct.get(key) is buffer:
                continue
            if buffer.dtype == "object":
                objects.append((self._array(key).pointer, self.object[buffer]))
                continue
            source = self.address(buffer)
            if self.root(buffer) in overwritten:
                is_number = buffer.ndim == 0
                aside = self.room_for_number(buffer.dtype) if is_number else self.memory(self.size_in_bytes(buffer))
                self._copy(aside, source, self._bytes(key))
                source = aside
            sources.append((key, source))
        for key, source in sources:
            self._copy(self._destination(key, places), source, self._bytes(key))
        for cell, new in objects:
            self.code.take(new)
            old = self.code.field(cell, 0, POINTER)
            self.b.store(new, cell)
            self.code.release(old)

    def _bytes(self, key: tuple[str, int, int]) -> ir.Value:
        """The size of a value that a step leaves."""
        array = self._array(key)
        return array.size if key[0] == "carried" else array.entry_bytes

    def _condition(self) -> ir.Value | None:
        return None if self.made.condition is None else self.holds(self.made.condition)

    # -- the end ---------------------------------------------------------------------------------------------------

    def _put_in_order(self, done: ir.Value) -> None:
        """Turn rings so that their oldest entry comes first."""
        function = self.module.globals.get("turn_ring") or _emit_turn_ring(self.module)
        extras = [of.extra for of in self.form.states] + [0] * self.form.collected
        for array, extra in zip([*self.states, *self.collected], extras, strict=True):
            reached = self.b.add(done, INDEX(extra))
            with self.b.if_then(self.b.icmp_signed("<", array.rows, reached), likely=False):
                self.b.call(function, [array.pointer, array.rows, array.entry_bytes, reached])

    def _tell_lengths(self, done: ir.Value) -> None:
        """Of results of a loop that may stop early, in the first words."""
        position = 0
        extras = [of.extra for of in self.form.states] + [0] * self.form.collected
        for buffer, array, extra in zip(self.step.results, [*self.states, *self.collected], extras):
            if buffer.kind == "host":
                reached = self.b.add(done, INDEX(extra))
                fits = self.b.icmp_signed("<", reached, array.rows)
                self.b.store(self.b.select(fits, reached, array.rows), self.code.address(self.given, 8 * position))
                position += 1

    def _leave(self, lasting: tuple[CellArray, CellArray], status: ir.Value) -> None:
        self.give_back(*lasting)
        self.b.ret(status)


def _is_early(check: Check) -> bool:
    return is_known_early(check.requirement.left) and is_known_early(check.requirement.right)


def _emit_turn_ring(module: ir.Module) -> ir.Function:
    """turn_ring(array, rows, entry_bytes, reached): entry ``reached % rows`` comes first, byte by byte of each entry.

    The entries are reversed before that place, after it, and all together: no further memory is needed.
    """
    reverse = _emit_reverse(module)
    function = small_function(module, "turn_ring", VOID, [POINTER, INDEX, INDEX, INDEX])
    array, rows, entry_bytes, reached = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    turn = b.srem(reached, rows)
    for first, stop in ((INDEX(0), turn), (turn, rows), (INDEX(0), rows)):
        b.call(reverse, [array, entry_bytes, first, stop])
    b.ret_void()
    return function


def _emit_reverse(module: ir.Module) -> ir.Function:
    """reverse(array, entry_bytes, first, stop): the entries from ``first`` to ``stop`` the other way round."""
    function = ir.Function(module, ir.FunctionType(VOID, [POINTER, INDEX, INDEX, INDEX]), "reverse")
    function.linkage = "internal"
    function.attributes.add("noinline")
    array, entry_bytes, first, stop = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))

    def address(row: ir.Value, byte: ir.Value) -> ir.Value:
        return b.gep(array, [b.add(b.mul(row, entry_bytes), byte)], inbounds=True, source_etype=BYTE)

    with for_range(b, INDEX(0), b.sdiv(b.sub(stop, first), INDEX(2)), "pair") as k:
        with for_range(b, INDEX(0), entry_bytes, "byte") as byte:
            left = address(b.add(first, k), byte)
            right = address(b.sub(b.sub(stop, INDEX(1)), k), byte)
            a, z = b.load(left, typ=BYTE), b.load(right, typ=BYTE)
            b.store(z, left)
            b.store(a, right)
    b.ret_void()
    return function
