"""Machine code that makes room for what a program computes.

Temporaries whose sizes the arguments tell lie in one block of memory, the arena, those of one size side by side;
everything else gets its room when it is about to be written.  In long programs one place serves several sizes, one after
the other, and is as large as the largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.arena_code import ALIGNMENT_BYTES
from theano.backends.llvm.control_code import for_range, small_function
from theano.backends.llvm.entry_code import EntryCode
from theano.backends.llvm.lengths_code import larger
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE, DATA, NULL
from theano.backends.llvm.table_code import NUMBER, Frame, number_table
from theano.loops.expressions import Buffer, Expression
from theano.loops.lifetimes import assign_slots, source_of, written_by
from theano.loops.program import Program

Slots = Sequence[Sequence[Buffer]]


class Room:
    """Who has room already, and where."""

    def __init__(self, entry: EntryCode) -> None:
        self.entry = entry
        self.missing: set[Buffer] = set()

    def make(self, program: Program) -> None:
        """Make the arena; the rest of what the program writes will ask for room."""
        entry = self.entry
        known = {*program.inputs, *program.states, *(b for b, _ in program.constants)}
        written = {source_of(b) for step in program.steps for b in written_by(step)}
        self.missing = {b for b in written if b.kind != "host"} - known
        slots = assign_slots(program, mixes=entry.frame is not None)
        if not slots:
            return
        of_size: dict[Any, list[list[Buffer]]] = {}
        for slot in slots:
            of_size.setdefault(frozenset(map(_size_of, slot)), []).append(slot)
        if entry.frame is None:
            self._place(list(of_size.values()))
        else:
            self._place_in_frame(entry.frame, list(of_size.values()))
        self.missing.difference_update(buffer for slot in slots for buffer in slot)

    def want(self, buffer: Buffer) -> None:
        """Room for a buffer that is about to be written."""
        buffer = source_of(buffer)
        if buffer not in self.missing:
            return
        entry = self.entry
        self.missing.discard(buffer)
        if buffer.ndim == 0 and buffer.kind == "temporary":
            entry.pointer[buffer] = entry.room_for_number(buffer.dtype)
        elif buffer.kind in ("output", "update") and entry.makes_arrays:
            array = entry.new_array(buffer)
            entry.object[buffer], entry.pointer[buffer] = array, entry.code.field(array, DATA, POINTER)
        else:
            entry.pointer[buffer] = entry.memory(entry.padded_size(buffer), entry.kept.get(buffer))

    def _place(self, groups: Sequence[Slots]) -> None:
        entry, b = self.entry, self.entry.b
        sizes = [entry.padded_size(alike[0][0]) for alike in groups]
        total: ir.Value = INDEX(0)
        offsets = []
        for size, alike in zip(sizes, groups, strict=True):
            offsets.append(total)
            total = b.add(total, b.mul(size, INDEX(len(alike))))
        arena = entry.arena_memory(total)
        entry.tell_room(total)
        for size, offset, alike in zip(sizes, offsets, groups, strict=True):
            address = b.gep(arena, [offset], inbounds=True, source_etype=BYTE)
            for slot in alike:
                entry.pointer.update(dict.fromkeys(slot, address))
                address = b.gep(address, [size], inbounds=True, source_etype=BYTE)

    def _place_in_frame(self, frame: Frame, groups: Sequence[Slots]) -> None:
        """The same by a loop over a table: the address of each slot gets a word of the frame."""
        entry, places = self.entry, self.entry.places
        numbers: list[int] = []
        for alike in groups:
            first = frame.new(len(alike))
            for position, slot in enumerate(alike):
                places.update(dict.fromkeys(slot, first + position))
            sizes = dict.fromkeys(map(_size_of, alike[0]))
            numbers += [len(alike), first, len(sizes)]
            for shape, itemsize in sizes:
                numbers += [itemsize, len(shape), *(entry.place_of_length(length) for length in shape)]
        function = entry.module.globals.get("place_slots") or _emit_place_slots(entry.module)
        table = number_table(entry.module, entry.module.get_unique_name("slots"), numbers)
        arguments = [frame.memory, table, INDEX(len(numbers))]
        total = entry.b.ptrtoint(entry.b.call(function, [*arguments, NULL]), INDEX)
        arena = entry.arena_memory(total)
        entry.tell_room(total)
        entry.b.call(function, [*arguments, arena])


def _size_of(buffer: Buffer) -> tuple[tuple[Expression, ...], int]:
    return buffer.shape, np.dtype(buffer.dtype).itemsize


def _emit_place_slots(module: ir.Module) -> ir.Function:
    """POINTER place_slots(frame, numbers, count, arena): the end of an arena that begins there.

    Rows of numbers are: how many slots, their first word, number of sizes, of which the largest counts; and for each
    size: of an element, number of axes, where each one's length is.
    """
    function = small_function(module, "place_slots", POINTER, [POINTER, POINTER, INDEX, POINTER])
    words, numbers, count, arena = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    position, address, size, largest = (b.alloca(kind) for kind in (INDEX, POINTER, INDEX, INDEX))
    for variable in (position, address, size, largest):
        variable.type = POINTER
    b.store(INDEX(0), position)
    b.store(arena, address)

    def number() -> ir.Value:
        """The next one."""
        place = b.load(position, typ=INDEX)
        b.store(b.add(place, INDEX(1)), position)
        return b.zext(b.load(b.gep(numbers, [place], inbounds=True, source_etype=NUMBER), typ=NUMBER), INDEX)

    def word(place: ir.Value) -> ir.Value:
        return b.gep(words, [place], inbounds=True, source_etype=INDEX)

    head, body, end = (function.append_basic_block(name) for name in ("head", "body", "end"))
    b.branch(head)
    b.position_at_end(head)
    b.cbranch(b.icmp_signed("<", b.load(position, typ=INDEX), count), body, end)
    b.position_at_end(body)
    slots, first, sizes = number(), number(), number()
    b.store(INDEX(0), largest)
    with for_range(b, INDEX(0), sizes, "size"):
        b.store(number(), size)
        with for_range(b, INDEX(0), number(), "axis"):
            b.store(b.mul(b.load(size, typ=INDEX), b.load(word(number()), typ=INDEX)), size)
        found, before = b.load(size, typ=INDEX), b.load(largest, typ=INDEX)
        b.store(larger(b, found, before), largest)
    padded = b.and_(b.add(b.load(largest, typ=INDEX), INDEX(ALIGNMENT_BYTES - 1)), INDEX(-ALIGNMENT_BYTES))
    with for_range(b, INDEX(0), slots, "slot") as k:
        here = b.load(address, typ=POINTER)
        b.store(here, word(b.add(first, k)))
        b.store(b.gep(here, [padded], source_etype=BYTE), address)
    b.branch(head)
    b.position_at_end(end)
    b.ret(b.load(address, typ=POINTER))
    return function
