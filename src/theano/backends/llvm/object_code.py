"""Emission of calls into CPython and NumPy: reading array objects by their fields, references, new arrays.

Field offsets are those of CPython's and NumPy's C headers, which both keep stable.
"""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir

from theano.backends.llvm.number_types import INDEX, POINTER

INT = ir.IntType(32)
BYTE = ir.IntType(8)
NULL = ir.Constant(POINTER, None)

# PyObject, PyListObject, PyFloatObject (Include/object.h, listobject.h, floatobject.h)
REFERENCE_COUNT, TYPE, LIST_SIZE, LIST_ITEMS, FLOAT_VALUE = 0, 8, 16, 24, 16
# PyArrayObject_fields (numpy/ndarraytypes.h)
DATA, NDIM, DIMENSIONS, DESCR, FLAGS = 16, 24, 32, 56, 64
C_CONTIGUOUS, F_CONTIGUOUS, ALIGNED, WRITEABLE = 0x0001, 0x0002, 0x0100, 0x0400

NEW_ARRAY = "numpy:PyArray_NewFromDescr"
ARRAY_TYPE = "numpy:ndarray"


def room_for(b: ir.IRBuilder, kind: ir.Type) -> ir.Value:
    """Room on the stack for one value of a type, taken in the entry block, so that LLVM can make it a register."""
    with b.goto_entry_block():
        room = b.alloca(kind)
    room.type = POINTER
    return room


class ObjectCode:
    """Instructions on Python objects at the position of an llvmlite builder."""

    def __init__(self, b: ir.IRBuilder) -> None:
        self.b = b

    @property
    def module(self) -> ir.Module:
        return self.b.module

    def external(self, name: str) -> ir.GlobalVariable:
        """The address of an object that the loader knows under ``name``."""
        known = self.module.globals.get(name)
        if known is None:
            known = ir.GlobalVariable(self.module, BYTE, name)
            known.type = POINTER
        return known

    def dtype_object(self, dtype: str) -> ir.GlobalVariable:
        return self.external(f"numpy:dtype:{dtype}")

    def call(self, name: str, result: ir.Type, kinds: Sequence[ir.Type], *arguments: ir.Value) -> ir.Value:
        """A call of an external C function."""
        function = self.module.globals.get(name)
        if function is None:
            function = ir.Function(self.module, ir.FunctionType(result, kinds), name)
        return self.b.call(function, arguments)

    def field(self, thing: ir.Value, offset: int, kind: ir.Type) -> ir.Value:
        """The field of a structure that stands ``offset`` bytes after its begin."""
        return self.b.load(self.address(thing, offset), typ=kind)

    def address(self, thing: ir.Value, offset: int) -> ir.Value:
        return self.b.gep(thing, [INDEX(offset)], inbounds=True, source_etype=BYTE) if offset else thing

    def item(self, table: ir.Value, position: int) -> ir.Value:
        """Entry ``position`` of an array of pointers."""
        return self.field(table, 8 * position, POINTER)

    def dimension(self, array: ir.Value, axis: int) -> ir.Value:
        return self.field(self.field(array, DIMENSIONS, POINTER), 8 * axis, INDEX)

    def take(self, thing: ir.Value) -> None:
        self.call("Py_IncRef", ir.VoidType(), [POINTER], thing)

    def release(self, thing: ir.Value) -> None:
        """Give up a reference; nothing happens for NULL."""
        self.call("Py_DecRef", ir.VoidType(), [POINTER], thing)

    def is_dense_array(self, thing: ir.Value, dtype: str, broadcastable: Sequence[bool]) -> ir.Value:
        """Whether an object is an ndarray of this dtype and pattern, aligned, in C order."""
        function = self.module.globals.get("is_dense_array")
        if function is None:
            function = self._emit_is_dense_array()
        good = self.b.call(function, [thing, self.dtype_object(dtype), INT(len(broadcastable))])
        stretched = [axis for axis, stretches in enumerate(broadcastable) if stretches]
        if not stretched:
            return good
        start, check, end = self.b.block, self.b.append_basic_block("pattern"), self.b.append_basic_block("pattern.end")
        self.b.cbranch(good, check, end)
        self.b.position_at_end(check)
        units = ir.Constant(ir.IntType(1), 1)
        for axis in stretched:
            units = self.b.and_(units, self.b.icmp_signed("==", self.dimension(thing, axis), INDEX(1)))
        self.b.branch(end)
        self.b.position_at_end(end)
        result = self.b.phi(ir.IntType(1))
        result.add_incoming(ir.Constant(ir.IntType(1), 0), start)
        result.add_incoming(units, check)
        return result

    def _emit_is_dense_array(self) -> ir.Function:
        kind = ir.FunctionType(ir.IntType(1), [POINTER, POINTER, INT])
        function = ir.Function(self.module, kind, "is_dense_array")
        function.linkage = "internal"
        function.attributes.add("alwaysinline")
        thing, dtype, ndim = function.args
        b = ir.IRBuilder(function.append_basic_block("entry"))
        inner = ObjectCode(b)
        array, no = function.append_basic_block("array"), function.append_basic_block("no")
        b.cbranch(b.icmp_unsigned("==", inner.field(thing, TYPE, POINTER), inner.external(ARRAY_TYPE)), array, no)
        b.position_at_end(array)
        wanted = INT(C_CONTIGUOUS | ALIGNED)
        flags = b.icmp_signed("==", b.and_(inner.field(thing, FLAGS, INT), wanted), wanted)
        same_dtype = b.icmp_unsigned("==", inner.field(thing, DESCR, POINTER), dtype)
        same_ndim = b.icmp_signed("==", inner.field(thing, NDIM, INT), ndim)
        b.ret(b.and_(b.and_(flags, same_dtype), same_ndim))
        b.position_at_end(no)
        b.ret(ir.Constant(ir.IntType(1), 0))
        return function

    def new_array(self, dtype: str, dimensions: Sequence[ir.Value], is_turned: bool = False) -> ir.Value:
        """A new array of undefined content, or NULL with an exception set; in Fortran's order the transpose of one."""
        room = room_for(self.b, ir.ArrayType(INDEX, max(len(dimensions), 1)))
        for axis, length in enumerate(dimensions[::-1] if is_turned else dimensions):
            self.b.store(length, self.address(room, 8 * axis))
        return self.new_array_like(self.dtype_object(dtype), INT(len(dimensions)), room, is_turned)

    def new_array_like(self, descr: ir.Value, ndim: ir.Value, dimensions: ir.Value, is_turned: bool = False) -> ir.Value:
        """The same for a dtype object and an array of lengths."""
        self.take(descr)  # the call below takes over a reference
        kinds = [POINTER, POINTER, INT, POINTER, POINTER, POINTER, INT, POINTER]
        order = INT(F_CONTIGUOUS if is_turned else 0)
        arguments = [self.external(ARRAY_TYPE), descr, ndim, dimensions, NULL, NULL, order, NULL]
        return self.call(NEW_ARRAY, POINTER, kinds, *arguments)

    def call_object(self, function: ir.Value, arguments: Sequence[ir.Value]) -> ir.Value:
        """Call a Python callable with positional arguments: a new reference, or NULL with an exception set."""
        room = room_for(self.b, ir.ArrayType(POINTER, max(len(arguments), 1)))
        for position, argument in enumerate(arguments):
            self.b.store(argument, self.address(room, 8 * position))
        kinds = [POINTER, POINTER, INDEX, POINTER]
        return self.call("PyObject_Vectorcall", POINTER, kinds, function, room, INDEX(len(arguments)), NULL)

    def new_integer(self, value: ir.Value) -> ir.Value:
        return self.call("PyLong_FromLongLong", POINTER, [INDEX], value)
