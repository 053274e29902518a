"""Machine code around the arrays of shared variables: taken as a call begins, made writable, exchanged as it ends.

A few states are handled in a straight line.  Of many each has a row in a table, and a loop goes over the rows, so
that LLVM's time does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from llvmlite import ir

from theano.backends.llvm.control_code import for_range, small_function
from theano.backends.llvm.entry_code import EntryCode
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import (
    DATA,
    DESCR,
    DIMENSIONS,
    FLAGS,
    INT,
    LIST_ITEMS,
    NDIM,
    NULL,
    REFERENCE_COUNT,
    WRITEABLE,
    ObjectCode,
)
from theano.backends.llvm.table_code import NUMBER, FrameWords, number_table
from theano.loops.expressions import Buffer, Extent


class States:
    """The states of a program, in order."""

    def __init__(self, entry: EntryCode, states: Sequence[Buffer]) -> None:
        self.entry = entry
        self.states = states
        self.place = {state: k for k, state in enumerate(states)}

    def take(self) -> None:
        """Learn the arrays that the states have now; the lock is told to keep them."""
        self.entry.lock.room_for_states(len(self.states))
        if self.entry.frame is not None and self.states:
            self._take_from_table()
            return
        entry, code = self.entry, self.entry.code
        for k, buffer in enumerate(self.states):
            array = code.field(code.field(entry.cell("state", k), LIST_ITEMS, POINTER), 0, POINTER)
            code.b.store(array, code.address(entry.lock.states, 8 * k))
            if buffer.dtype == "object":
                entry.object[buffer] = array
            else:
                entry.know_array(buffer, array, code.field(array, DATA, POINTER))

    def make_writable(self, buffers: Sequence[Buffer]) -> None:
        """Each one's array if nobody else holds it, else a copy, which takes its place when the call succeeds."""
        entry, frame, b = self.entry, self.entry.frame, self.entry.b
        if not buffers:
            return
        held = b.add(INDEX(1), b.load(entry.lock.holding, typ=INDEX))
        cells = entry.owned.new(len(buffers))
        if frame is not None and isinstance(entry.object, FrameWords):
            rows = [(entry.object.place[s], np.dtype(s.dtype).itemsize) for s in buffers]
            table = number_table(entry.module, "writable_states", rows)
            status = b.call(self._writable_from_table(), [frame.memory, table, INDEX(len(rows)), held, cells])
            entry.go_on_if(b.icmp_signed("==", status, INDEX(0)), "writable")
            return
        for k, state in enumerate(buffers):
            array = entry.object[state]
            before, copy, go_on = b.block, entry.block("copy"), entry.block("writable")
            b.cbranch(_is_free(entry.code, array, held), go_on, copy)
            b.position_at_end(copy)
            fresh = b.call(self._copying(), [array, INDEX(np.dtype(state.dtype).itemsize)])
            b.store(fresh, entry.code.address(cells, 8 * k))
            b.cbranch(b.icmp_unsigned("!=", fresh, NULL), go_on, entry.fail)
            b.position_at_end(go_on)
            chosen = b.phi(POINTER)
            chosen.add_incoming(array, before)
            chosen.add_incoming(fresh, copy)
            entry.object[state], entry.pointer[state] = chosen, entry.code.field(chosen, DATA, POINTER)

    def exchange(self, updates: Sequence[tuple[Buffer, ir.Value | Buffer]]) -> None:
        """Put new arrays in the places of states: values, or what is known as the object of a buffer."""
        entry, code = self.entry, self.entry.code
        if isinstance(entry.object, FrameWords):
            if updates:
                self._exchange_from_table(updates, entry.object)
            return
        for state, new in updates:
            place = code.field(entry.cell("state", self.place[state]), LIST_ITEMS, POINTER)
            _exchange(code, place, entry.object[new] if isinstance(new, Buffer) else new)

    # -- many ------------------------------------------------------------------------------------------------------

    def _take_from_table(self) -> None:
        """Each state gets words of the frame in a row: array, elements, lengths."""
        entry, frame, rows = self.entry, self.entry.frame, []
        assert frame is not None and isinstance(entry.object, FrameWords) and isinstance(entry.pointer, FrameWords)
        for k, state in enumerate(self.states):
            is_array = state.dtype != "object"
            base = entry.object.place[state] = frame.new(2 + state.ndim)
            if is_array:
                entry.pointer.place[state] = base + 1
                for axis, length in enumerate(state.shape):
                    if isinstance(length, Extent) and length.buffer is state:
                        entry.pointer.place[length] = base + 2 + axis
            rows.append((entry.cells.position("state", k), base, state.ndim if is_array else -1))
        table = number_table(entry.module, "taken_states", rows)
        with _function(entry.module, "take_states", ir.VoidType(), [POINTER] * 4 + [INDEX]) as (function, code):
            words, cells, kept, rows_, count = function.args
            with for_range(code.b, INDEX(0), count, "state") as k:
                cell, base, ndim = _row(code.b, rows_, k, 3)
                array = code.field(code.field(_item(code.b, cells, cell), LIST_ITEMS, POINTER), 0, POINTER)
                word = code.b.gep(words, [base], inbounds=True, source_etype=INDEX)
                code.b.store(array, word)
                code.b.store(array, code.b.gep(kept, [k], inbounds=True, source_etype=POINTER))
                with code.b.if_then(code.b.icmp_signed(">=", ndim, INDEX(0))):
                    code.b.store(code.field(array, DATA, POINTER), code.address(word, 8))
                    lengths = code.field(array, DIMENSIONS, POINTER)
                    with for_range(code.b, INDEX(0), ndim, "axis") as axis:
                        target = code.b.gep(word, [code.b.add(axis, INDEX(2))], inbounds=True, source_etype=INDEX)
                        code.b.store(_item(code.b, lengths, axis, INDEX), target)
            code.b.ret_void()
        entry.b.call(function, [frame.memory, entry.table, entry.lock.states, table, INDEX(len(rows))])

    def _writable_from_table(self) -> ir.Function:
        """INDEX writable_states(frame, rows, count, held, cells): nonzero when there was no memory for a copy."""
        kinds = [POINTER, POINTER, INDEX, INDEX, POINTER]
        copying = self._copying()
        with _function(self.entry.module, "make_writable", INDEX, kinds) as (function, code):
            b = code.b
            words, rows, count, held, cells = function.args
            with for_range(b, INDEX(0), count, "state") as k:
                base, itemsize = _row(b, rows, k, 2)
                word = b.gep(words, [base], inbounds=True, source_etype=INDEX)
                array = code.field(word, 0, POINTER)
                with b.if_then(b.not_(_is_free(code, array, held)), likely=False):
                    fresh = b.call(copying, [array, itemsize])
                    with b.if_then(b.icmp_unsigned("==", fresh, NULL), likely=False):
                        b.ret(INDEX(1))
                    b.store(fresh, b.gep(cells, [k], inbounds=True, source_etype=POINTER))
                    b.store(fresh, word)
                    b.store(code.field(fresh, DATA, POINTER), code.address(word, 8))
            b.ret(INDEX(0))
        return function

    def _exchange_from_table(self, updates: Sequence[tuple[Buffer, ir.Value | Buffer]], known: FrameWords) -> None:
        entry, frame, rows = self.entry, self.entry.frame, []
        assert frame is not None
        for state, new in updates:
            if isinstance(new, Buffer):
                word = known.place[new]
            else:
                word = frame.new()
                entry.b.store(new, frame.word(word))
            rows.append((entry.cells.position("state", self.place[state]), word))
        table = number_table(entry.module, "new_states", rows)
        with _function(entry.module, "exchange_states", ir.VoidType(), [POINTER] * 3 + [INDEX]) as (function, code):
            words, cells, rows_, count = function.args
            with for_range(code.b, INDEX(0), count, "state") as k:
                cell, base = _row(code.b, rows_, k, 2)
                place = code.field(_item(code.b, cells, cell), LIST_ITEMS, POINTER)
                _exchange(code, place, _item(code.b, words, base))
            code.b.ret_void()
        entry.b.call(function, [frame.memory, entry.table, table, INDEX(len(rows))])

    def _copying(self) -> ir.Function:
        """POINTER copy_of_array(array, itemsize): a new array like a dense one, or NULL with an exception set."""
        known = self.entry.module.globals.get("copy_of_array")
        if known is not None:
            return known
        with _function(self.entry.module, "copy_of_array", POINTER, [POINTER, INDEX]) as (function, code):
            function.attributes.add("cold")
            b = code.b
            array, size = function.args
            ndim, lengths = code.field(array, NDIM, INT), code.field(array, DIMENSIONS, POINTER)
            fresh = code.new_array_like(code.field(array, DESCR, POINTER), ndim, lengths)
            with b.if_then(b.icmp_unsigned("==", fresh, NULL), likely=False):
                b.ret(fresh)
            total = b.alloca(INDEX)
            total.type = POINTER
            b.store(size, total)
            with for_range(b, INDEX(0), b.sext(ndim, INDEX), "axis") as axis:
                b.store(b.mul(b.load(total, typ=INDEX), _item(b, lengths, axis, INDEX)), total)
            target, source = code.field(fresh, DATA, POINTER), code.field(array, DATA, POINTER)
            code.call("memcpy", POINTER, [POINTER, POINTER, INDEX], target, source, b.load(total, typ=INDEX))
            b.ret(fresh)
        return function


def _is_free(code: ObjectCode, array: ir.Value, held: ir.Value) -> ir.Value:
    """Whether nobody but its shared variable, and this call, holds an array that may be written to."""
    alone = code.b.icmp_signed("==", code.field(array, REFERENCE_COUNT, INDEX), held)
    flags = code.field(array, FLAGS, INT)
    return code.b.and_(alone, code.b.icmp_signed("!=", code.b.and_(flags, INT(WRITEABLE)), INT(0)))


def _exchange(code: ObjectCode, place: ir.Value, new: ir.Value) -> None:
    """Let a place refer to another object; nothing happens if it is the same."""
    old = code.b.load(place, typ=POINTER)
    with code.b.if_then(code.b.icmp_unsigned("!=", new, old)):
        code.take(new)
        code.b.store(new, place)
        code.release(old)


@contextmanager
def _function(
    module: ir.Module, name: str, result: ir.Type, kinds: Sequence[ir.Type]
) -> Iterator[tuple[ir.Function, ObjectCode]]:
    """A new internal function, and code at its begin."""
    function = small_function(module, name, result, kinds)
    yield function, ObjectCode(ir.IRBuilder(function.append_basic_block("entry")))


def _item(b: ir.IRBuilder, table: ir.Value, place: ir.Value, kind: ir.Type = POINTER) -> ir.Value:
    return b.load(b.gep(table, [place], inbounds=True, source_etype=kind), typ=kind)


def _row(b: ir.IRBuilder, rows: ir.Value, k: ir.Value, width: int) -> list[ir.Value]:
    """The numbers of row ``k`` of a table."""
    first = b.mul(k, INDEX(width))
    return [b.sext(_item(b, rows, b.add(first, INDEX(j)), NUMBER), INDEX) for j in range(width)]
