"""What the code of a program's function uses: blocks, the loader's table, lengths, memory and new arrays.

The code runs in a straight line, so what has been computed once stays known.  Where steps run from a table, what is
known is kept in a frame of words in memory instead of registers.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import field
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.arena_code import ALIGNMENT_BYTES, allocation, take_arena
from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import for_range, small_function
from theano.backends.llvm.lock_code import PythonLock
from theano.backends.llvm.module_text import make_glue
from theano.backends.llvm.number_types import INDEX, MEMORY_TYPES, POINTER
from theano.backends.llvm.object_code import DATA, INT, NULL, ObjectCode, room_for
from theano.backends.llvm.table_code import Frame, FrameWords
from theano.backends.llvm.value import Value
from theano.data_classes import dataclass
from theano.loops.expressions import Buffer, Call, Expression, Extent, Literal, Load
from theano.loops.lifetimes import begins_at_source
from theano.loops.program import Program
from theano.scalar import dtype as dtypes
from theano.scalar.comparison import neq

CONVERT, IRREGULAR, EXPLAIN, WANT_POOL, FIRST_FREE = range(5)  # positions in ``cells``
UNROLLED_CELLS = 8


@dataclass
class Cells:
    """What the loader must put into the table: for each position a kind and a number.

    ("state", k)     the list that holds shared variable k
    ("constant", k)  the elements of constant k
    ("host", k)      the Python function that performs host-called node k

    slots  the rows of the table of a profile
    """

    wanted: list[tuple[str, int]] = field(default_factory=list)
    nodes: list[Any] = field(default_factory=list)
    failures: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    positions: dict[tuple[str, int], int] = field(default_factory=dict)
    slots: list[Any] = field(default_factory=list)

    def position(self, kind: str, number: int) -> int:
        entry = (kind, number)
        if entry not in self.positions:
            self.positions[entry] = FIRST_FREE + len(self.wanted)
            self.wanted.append(entry)
        return self.positions[entry]

    def constant(self, array: Any) -> int:
        """The position of the elements of a constant."""
        self.constants.append(array)
        return self.position("constant", len(self.constants) - 1)

    def number_of(self, failure: Any) -> int:
        """The number under which a failure will be explained."""
        self.failures.append(failure)
        return len(self.failures) - 1


class EntryCode:
    """A function under construction: the entry of a program, or a loop in one.

    cells    what the loader's table must hold, for all functions of the module

    pointer  the address of the elements of each buffer that has some
    object   the array, or other Python object, of each buffer that is one
    number   what has been loaded of 0-d buffers
    lengths  the lengths computed so far
    owned    objects to be released when the call ends
    heap     memory to be given back then
    kept     for buffers whose memory the caller of the function is to give back, the cell where it looks for it
    arena    where the address of the memory of all temporaries is, which is left to the next call
    makes_arrays  whether outputs are made as arrays of Python's
    fail     the block to leave through with an exception set
    failure  the number of what may fail, where code is shared by several steps
    frame    where values are kept in memory; None while they are registers
    places   where in the frame the addresses of buffers' elements and lengths are
    """

    def __init__(self, module: ir.Module, function: ir.Function, cells: Cells) -> None:
        self.module, self.function, self.cells = module, function, cells
        self.b = ir.IRBuilder(function.append_basic_block("entry"))
        self.code = ObjectCode(self.b)
        self.builder = Builder(self.b)
        self.table = module.globals.get("cells") or self._new_table()
        self.fail = function.append_basic_block("fail")
        self.failure: ir.Value | None = None
        self.makes_arrays = True
        self.pointer: MutableMapping[Buffer, ir.Value] = {}
        self.object: MutableMapping[Buffer, ir.Value] = {}
        self.number: dict[Buffer, Value] = {}
        self.lengths: MutableMapping[Expression, ir.Value] = {}
        self.lock = PythonLock(self.code)
        self.owned = CellArray(self.code, "owned")
        self.heap = CellArray(self.code, "heap")
        self.kept: dict[Buffer, ir.Value] = {}
        self.arena: ir.Value | None = None
        self.frame: Frame | None = None
        self.places: dict[Any, int] = {}

    def keep_in_memory(self) -> Frame:
        """From here on keep what is known in a frame, and let LLVM translate the entry as it is."""
        make_glue(self.function)
        frame = self.frame = Frame(self.b)
        frame.memory = self.memory(frame.size_in_bytes)
        self.pointer, self.object = FrameWords(frame, POINTER, self.places), FrameWords(frame, POINTER, {})
        self.lengths = FrameWords(frame, INDEX, self.places)
        return frame

    def _new_table(self) -> ir.GlobalVariable:
        table = ir.GlobalVariable(self.module, ir.ArrayType(POINTER, 0), "cells")
        table.type = POINTER
        return table

    def finish_table(self) -> None:
        """Give the loader's table its size, when all that is wanted of it is known."""
        size = FIRST_FREE + len(self.cells.wanted)
        kind = ir.ArrayType(POINTER, size)
        self.table.value_type = kind
        self.table.initializer = ir.Constant(kind, [None] * size)

    # -- control ---------------------------------------------------------------------------------------------------

    def block(self, name: str) -> ir.Block:
        return self.b.append_basic_block(name)

    def go_on_if(self, condition: ir.Value, name: str) -> None:
        good = self.block(name)
        self.b.cbranch(condition, good, self.fail).set_weights([1000, 1])
        self.b.position_at_end(good)

    def fail_unless(self, condition: ir.Value, failure: Any, left: ir.Value, right: ir.Value) -> None:
        """Leave with the exception that ``explain(number of the failure, left, right)`` raises."""
        good, bad = self.block("good"), self.block("bad")
        self.b.cbranch(condition, good, bad).set_weights([1000, 1])
        self.b.position_at_end(bad)
        self.lock.regain(aside=True)
        function = self.module.globals.get("raise_failure") or self._emit_raise_failure()
        number = INDEX(self.cells.number_of(failure)) if self.failure is None else self.failure
        self.b.call(function, [self.code.item(self.table, EXPLAIN), number, left, right])
        self.b.branch(self.fail)
        self.b.position_at_end(good)

    def _emit_raise_failure(self) -> ir.Function:
        """raise_failure(explain, number, left, right): leaves an exception set."""
        kinds = [POINTER, INDEX, INDEX, INDEX]
        function = small_function(self.module, "raise_failure", ir.VoidType(), kinds)
        function.attributes.add("cold")
        code = ObjectCode(ir.IRBuilder(function.append_basic_block("entry")))
        explain, *values = function.args
        numbers = [code.new_integer(value) for value in values]
        code.release(code.call_object(explain, numbers))
        for number in numbers:
            code.release(number)
        code.b.ret_void()
        return function

    def cell(self, kind: str, number: int) -> ir.Value:
        return self.code.item(self.table, self.cells.position(kind, number))

    def know_constants(self, program: Program) -> None:
        for buffer, array in program.constants:
            places = self.object if buffer.dtype == "object" else self.pointer
            places[buffer] = self.code.item(self.table, self.cells.constant(array))

    # -- lengths and numbers ---------------------------------------------------------------------------------------

    def length(self, e: Expression) -> ir.Value:
        """The value of a length; computed once, since all of this runs in a straight line."""
        found = self.lengths.get(e)
        if found is None:
            found = self.lengths[e] = self.builder.astype(self._evaluate(e), "int64").ir
        return found

    def _part(self, e: Expression) -> Value:
        """A part of a length; those that are lengths themselves are computed once too."""
        if isinstance(e, Call) and e.dtype == "int64":
            return self.builder.value(self.length(e), "int64")
        return self._evaluate(e)

    def _evaluate(self, e: Expression) -> Value:
        match e:
            case Literal(value, dtype):
                return self.builder.constant(value, dtype)
            case Extent():
                known = e in self.lengths
                return self.builder.value(self.length(e if known else e.buffer.shape[e.axis]), "int64")
            case Call(function, arguments, dtype):
                operands = [self._part(a) for a in arguments]
                return self.builder.astype(self.builder.apply(function, *operands), dtype)
            case Load(source, index, _):
                if not index:
                    return self.scalar(source)
                offset = INDEX(0)
                for i, length in zip(index, source.shape, strict=True):
                    offset = self.b.add(self.b.mul(offset, self.length(length)), self.length(i))
                pointer = self.builder.element(self.pointer[source], offset, source.dtype)
                return self.builder.load(pointer, source.dtype)
        raise AssertionError(f"not a length: {e!r}")

    def place_of_length(self, e: Expression) -> int:
        """Where in the frame a length is."""
        if e not in self.places:
            self.lengths[e] = self.length(e)
        return self.places[e]

    def place_of_address(self, buffer: Buffer) -> int:
        """Where in the frame the address of a buffer is; of one that begins inside another array it is put there now."""
        if begins_at_source(buffer):
            return self.places[self.root(buffer)]
        assert self.frame is not None
        key = buffer, "address"
        if key not in self.places:
            self.places[key] = self.frame.new()
        place = self.places[key]
        self.b.store(self.address(buffer), self.frame.word(place))
        return place

    def lengths_of(self, buffer: Buffer) -> list[ir.Value]:
        return [self.length(n) for n in buffer.shape]

    def scalar(self, buffer: Buffer) -> Value:
        """The number in a 0-d buffer."""
        found = self.number.get(buffer)
        if found is None:
            found = self.number[buffer] = self.builder.load(self.address(buffer), buffer.dtype)
        return found

    def holds(self, buffer: Buffer) -> ir.Value:
        """Whether the number in a 0-d buffer is not 0."""
        found = self.scalar(buffer)
        return self.builder.apply(neq, found, self.builder.constant(0, found.dtype)).ir

    # -- memory and arrays -----------------------------------------------------------------------------------------

    def address(self, buffer: Buffer) -> ir.Value:
        """Where the elements of a buffer are."""
        offset: ir.Value = INDEX(0)
        root = self.root(buffer)
        while buffer is not root and buffer.alias is not None:
            offset, buffer = self.b.add(offset, self.length(buffer.start)), buffer.alias
        pointer = self.pointer[root]
        at_root = isinstance(offset, ir.Constant) and offset.constant == 0
        return pointer if at_root else self.builder.element(pointer, offset, root.dtype)

    def root(self, buffer: Buffer) -> Buffer:
        """The buffer whose memory this one uses."""
        while buffer not in self.pointer and buffer.alias is not None:
            buffer = buffer.alias
        return buffer

    def memory(self, size: ir.Value, cell: ir.Value | None = None) -> ir.Value:
        """New memory of so many bytes, aligned, given back when the call ends; or by whoever looks into ``cell``."""
        memory = self.b.call(allocation(self.module), [self.b.add(size, INDEX(ALIGNMENT_BYTES))])  # never nothing
        self.b.store(memory, self.heap.new() if cell is None else cell)
        self._go_on_if_memory(memory)
        return memory

    def arena_memory(self, size: ir.Value) -> ir.Value:
        """Memory for all temporaries of a call, which the call before may have left; asked for once at most."""
        if not self.makes_arrays:
            return self.memory(size)
        memory = take_arena(self.code, size)
        self.arena = room_for(self.b, POINTER)
        with self.b.goto_entry_block():
            self.b.store(NULL, self.arena)
        self.b.store(memory, self.arena)
        self._go_on_if_memory(memory)
        return memory

    def tell_room(self, size: ir.Value) -> None:
        """Note the size of all temporaries; who measures does something about it."""

    def _go_on_if_memory(self, memory: ir.Value) -> None:
        self.go_on_if_room(self.b.icmp_unsigned("!=", memory, NULL))

    def go_on_if_room(self, condition: ir.Value) -> None:
        """Fail with MemoryError unless there was memory."""
        good, bad = self.block("room"), self.block("no.room")
        self.b.cbranch(condition, good, bad)
        self.b.position_at_end(bad)
        self.lock.regain(aside=True)
        self.code.call("PyErr_NoMemory", POINTER, [])
        self.b.branch(self.fail)
        self.b.position_at_end(good)

    def room_for_number(self, dtype: str) -> ir.Value:
        """Room on the stack for one number."""
        part = MEMORY_TYPES[dtypes.real_of(dtype)]
        return room_for(self.b, ir.ArrayType(part, 2) if dtype in dtypes.COMPLEX else part)

    def size_in_bytes(self, buffer: Buffer) -> ir.Value:
        return self.bytes_of(buffer.dtype, buffer.shape)

    def bytes_of(self, dtype: str, shape: Sequence[Expression]) -> ir.Value:
        """The size of an array of this dtype and shape."""
        size: ir.Value = INDEX(np.dtype(dtype).itemsize)
        for length in shape:
            size = self.b.mul(size, self.length(length))
        return size

    def give_back(self, heap: CellArray, owned: CellArray) -> None:
        """Emit that memory and objects are given up."""
        heap.for_each(lambda memory: self.code.call("free", ir.VoidType(), [POINTER], memory))
        owned.for_each(self.code.release)

    def padded_size(self, buffer: Buffer) -> ir.Value:
        """The size of a buffer in bytes, a multiple of the alignment."""
        return self.b.and_(self.b.add(self.size_in_bytes(buffer), INDEX(ALIGNMENT_BYTES - 1)), INDEX(-ALIGNMENT_BYTES))

    def new_array(self, buffer: Buffer) -> ir.Value:
        """A new array for the value of a buffer, released when the call ends."""
        self.lock.regain()
        array = self.code.new_array(buffer.dtype, self.lengths_of(buffer), buffer.turned)
        self.b.store(array, self.owned.new())
        self.go_on_if(self.b.icmp_unsigned("!=", array, NULL), "made")
        return array

    def know_array(self, buffer: Buffer, array: ir.Value, data: ir.Value) -> None:
        """Enter the array of a buffer, and the lengths that only it tells."""
        self.object[buffer], self.pointer[buffer] = array, data
        self.know_lengths(buffer, lambda axis: self.code.dimension(array, axis))

    def know_lengths(self, buffer: Buffer, length_of: Callable[[int], ir.Value]) -> None:
        """Enter the lengths that a buffer alone tells; ``length_of`` gives that of an axis."""
        for axis, length in enumerate(buffer.shape):
            if isinstance(length, Extent) and length.buffer is buffer:
                self.lengths[length] = length_of(axis)

    def fill(self, array: ir.Value, buffer: Buffer) -> None:
        """Copy the elements of a buffer into a new array."""
        target = self.code.field(array, DATA, POINTER)
        if buffer.ndim == 0:
            self.builder.store(self.scalar(buffer), target)
            return
        kinds = [POINTER, POINTER, INDEX]
        self.code.call("memcpy", POINTER, kinds, target, self.address(buffer), self.size_in_bytes(buffer))


class CellArray:
    """Cells for pointers that must be given back at the end of a call; NULL where there is nothing to give back.

    A few become registers.  Many stay in memory and are walked by a loop, since with every way to fail each of them
    would be one more thing to keep track of, and LLVM's time would grow with the square of their number.
    """

    def __init__(self, code: ObjectCode, name: str) -> None:
        self.code = code
        self.name = name
        self.count = 0
        self.room = room_for(code.b, ir.ArrayType(POINTER, 1))
        with code.b.goto_entry_block():
            self.clear = code.call("memset", POINTER, [POINTER, INT, INDEX], self.room, INT(0), INDEX(8))

    def new(self, count: int = 1) -> ir.Value:
        """The address of a new cell, or of the first of several in a row."""
        first = self.count
        self.count += count
        self.room.allocated_type = ir.ArrayType(POINTER, self.count)
        arguments = list(self.clear.operands)
        arguments[-1] = INDEX(8 * self.count)
        self.clear.operands = tuple(arguments)
        return self.code.address(self.room, 8 * first)

    def clear_all(self) -> None:
        """Emit that there is nothing to give back any more."""
        if self.count:
            kinds = [POINTER, INT, INDEX]
            self.code.call("memset", POINTER, kinds, self.room, INT(0), INDEX(8 * self.count))

    def for_each(self, give_back: Any) -> None:
        """Emit ``give_back(pointer)`` for every cell that there is by now."""
        b = self.code.b
        if self.count <= UNROLLED_CELLS:
            for position in range(self.count):
                give_back(b.load(self.code.address(self.room, 8 * position), typ=POINTER))
            return
        with for_range(b, INDEX(0), INDEX(self.count), self.name) as i:
            cell = b.gep(self.room, [i], inbounds=True, source_etype=POINTER)
            give_back(b.load(cell, typ=POINTER))
