"""Emission of the entry's first part: each argument of a call as a dense array, or a number in a register's room.

Arrays of the right type are taken as they are.  A Python float for a 0-d float argument, and a short list of them
for a vector, are converted here when no digit is lost; everything else goes through the Python function ``convert``.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.number_types import INDEX, MEMORY_TYPES, POINTER
from theano.backends.llvm.object_code import (
    DATA,
    FLOAT_VALUE,
    LIST_ITEMS,
    LIST_SIZE,
    NULL,
    TYPE,
    ObjectCode,
    room_for,
)
from theano.data_classes import dataclass

DOUBLE = ir.DoubleType()


@dataclass(frozen=True)
class ArgumentSpec:
    """What an argument must be: dtype, pattern, and whether numbers and lists are taken without ``convert``."""

    dtype: str
    broadcastable: tuple[bool, ...]
    takes_numbers: bool


def emit_argument(
    code: ObjectCode, given: ir.Value, spec: ArgumentSpec, position: int, convert: ir.Value, fail: ir.Block, owned: ir.Value
) -> tuple[ir.Value, ir.Value]:
    """The array object of an argument (NULL for a number) and the address of its elements.

    owned  a cell that takes the object which must be released after the call
    """
    b = code.b
    done = b.append_basic_block(f"argument{position}")
    arrays: list[tuple[ir.Value, ir.Value, ir.Block]] = []

    def finish(array: ir.Value, data: ir.Value) -> None:
        arrays.append((array, data, b.block))
        b.branch(done)

    good = code.is_dense_array(given, spec.dtype, spec.broadcastable)
    dense, other = b.append_basic_block("dense"), b.append_basic_block("other")
    b.cbranch(good, dense, other)
    b.position_at_end(dense)
    finish(given, code.field(given, DATA, POINTER))
    b.position_at_end(other)
    if spec.takes_numbers and spec.dtype in ("float32", "float64"):
        if not spec.broadcastable:
            _number(code, given, spec.dtype, finish)
        elif spec.broadcastable == (False,):
            converted = b.call(_list_function(code, spec.dtype), [given])
            taken, refused = b.append_basic_block("list"), b.append_basic_block("refused")
            b.cbranch(b.icmp_unsigned("!=", converted, NULL), taken, refused)
            b.position_at_end(taken)
            b.store(converted, owned)
            finish(converted, code.field(converted, DATA, POINTER))
            b.position_at_end(refused)
    number = code.new_integer(INDEX(position))
    converted = code.call_object(convert, [number, given])
    code.release(number)
    ok = b.append_basic_block("converted")
    b.cbranch(b.icmp_unsigned("!=", converted, NULL), ok, fail)
    b.position_at_end(ok)
    b.store(converted, owned)
    finish(converted, code.field(converted, DATA, POINTER))
    b.position_at_end(done)
    array, data = b.phi(POINTER, f"array{position}"), b.phi(POINTER, f"data{position}")
    for object_, elements, block in arrays:
        array.add_incoming(object_, block)
        data.add_incoming(elements, block)
    return array, data


def _number(code: ObjectCode, given: ir.Value, dtype: str, finish) -> None:
    """A Python float that survives in ``dtype`` is put on the stack."""
    b = code.b
    is_float = b.icmp_unsigned("==", code.field(given, TYPE, POINTER), code.external("PyFloat_Type"))
    exact, other = b.append_basic_block("float"), b.append_basic_block("not.float")
    b.cbranch(is_float, exact, other)
    b.position_at_end(exact)
    room = room_for(b, MEMORY_TYPES[dtype])
    value = code.field(given, FLOAT_VALUE, DOUBLE)
    if dtype == "float32":
        narrow = b.fptrunc(value, MEMORY_TYPES[dtype])
        survives = b.fcmp_ordered("==", b.fpext(narrow, DOUBLE), value)
        kept = b.append_basic_block("float.kept")
        b.cbranch(survives, kept, other)
        b.position_at_end(kept)
        value = narrow
    b.store(value, room)
    finish(NULL, room)
    b.position_at_end(other)


def _list_function(code: ObjectCode, dtype: str) -> ir.Function:
    """``array_of_list(object)``: a new vector from a list of floats that all survive, else NULL and no exception."""
    name = f"array_of_list.{dtype}"
    known = code.module.globals.get(name)
    if known is not None:
        return known
    function = small_function(code.module, name, POINTER, [POINTER])
    (given,) = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    inner = ObjectCode(b)
    is_list, no, head, body, kept, end, discard = (
        function.append_basic_block(n) for n in ("list", "no", "head", "body", "kept", "end", "discard")
    )
    b.cbranch(b.icmp_unsigned("==", inner.field(given, TYPE, POINTER), inner.external("PyList_Type")), is_list, no)
    b.position_at_end(no)
    b.ret(NULL)
    b.position_at_end(is_list)
    count = inner.field(given, LIST_SIZE, INDEX)
    items = inner.field(given, LIST_ITEMS, POINTER)
    array = inner.new_array(dtype, [count])
    made = function.append_basic_block("made")
    failed = function.append_basic_block("failed")
    b.cbranch(b.icmp_unsigned("!=", array, NULL), made, failed)
    b.position_at_end(failed)
    inner.call("PyErr_Clear", ir.VoidType(), [])
    b.ret(NULL)
    b.position_at_end(made)
    data = inner.field(array, DATA, POINTER)
    b.branch(head)
    b.position_at_end(head)
    i = b.phi(INDEX, "i")
    i.add_incoming(INDEX(0), made)
    b.cbranch(b.icmp_signed("<", i, count), body, end)
    b.position_at_end(body)
    element = b.load(b.gep(items, [i], source_etype=POINTER), typ=POINTER)
    is_float = b.icmp_unsigned("==", inner.field(element, TYPE, POINTER), inner.external("PyFloat_Type"))
    number = function.append_basic_block("number")
    b.cbranch(is_float, number, discard)
    b.position_at_end(number)
    value = inner.field(element, FLOAT_VALUE, DOUBLE)
    if dtype == "float32":
        narrow = b.fptrunc(value, MEMORY_TYPES[dtype])
        b.cbranch(b.fcmp_ordered("==", b.fpext(narrow, DOUBLE), value), kept, discard)
        value = narrow
    else:
        b.branch(kept)
    b.position_at_end(kept)
    b.store(value, b.gep(data, [i], source_etype=MEMORY_TYPES[dtype]))
    i.add_incoming(b.add(i, INDEX(1)), kept)
    b.branch(head)
    b.position_at_end(end)
    b.ret(array)
    b.position_at_end(discard)
    inner.release(array)
    b.ret(NULL)
    return function
