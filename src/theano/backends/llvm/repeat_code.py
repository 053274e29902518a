"""Machine code of repetition: one native function, for the whole process, that calls another one many times.

    PyObject *repeat(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)

    args  function, its arguments (a tuple), first, stop, index, cuts, results

Call i of first ... stop - 1 is given the arguments, but the number i in the memory of ``index``, an int64 array, unless
that is None; and in the place of argument k entry i of ``cuts[k]``, counted from the beginning again where the list
ends, unless that is None.  Results are appended to the list ``results``; of None, only those of the last call are kept.
Returns the results of the last call, None if there was none.  Between calls signals are answered, so that Ctrl-C raises
KeyboardInterrupt there.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import DATA, INT, LIST_ITEMS, LIST_SIZE, NULL, ObjectCode, room_for

TUPLE_SIZE, TUPLE_ITEMS = 16, 24  # PyTupleObject, Include/cpython/tupleobject.h


def emit_repeat(module: ir.Module) -> None:
    """Put ``repeat`` into an empty module."""
    function = ir.Function(module, ir.FunctionType(POINTER, [POINTER, POINTER, INDEX, POINTER]), "repeat")
    _, given, _, _ = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    code = ObjectCode(b)
    none = code.external("_Py_NoneStruct")
    target, arguments, first_object, stop_object, index, cuts, results = (code.item(given, k) for k in range(7))
    first, stop = (code.call("PyLong_AsLongLong", INDEX, [POINTER], n) for n in (first_object, stop_object))
    count = code.field(arguments, TUPLE_SIZE, INDEX)
    room = code.call("malloc", POINTER, [INDEX], b.add(b.mul(count, INDEX(8)), INDEX(8)))
    with b.if_then(b.icmp_unsigned("==", room, NULL), likely=False):
        b.ret(code.call("PyErr_NoMemory", POINTER, []))
    last = room_for(b, POINTER)
    code.take(none)
    b.store(none, last)
    with for_range(b, INDEX(0), count, "argument") as k:
        b.store(_item(b, arguments, k), b.gep(room, [k], inbounds=True, source_etype=POINTER))
    fail = function.append_basic_block("fail")
    with for_range(b, first, stop, "call") as i:
        with b.if_then(b.icmp_unsigned("!=", index, none)):
            b.store(i, code.field(index, DATA, POINTER))
        with for_range(b, INDEX(0), count, "cut") as k:
            entries = _item(b, cuts, k)
            with b.if_then(b.icmp_unsigned("!=", entries, none)):
                place = b.srem(i, code.field(entries, LIST_SIZE, INDEX))
                items = code.field(entries, LIST_ITEMS, POINTER)
                entry = b.load(b.gep(items, [place], inbounds=True, source_etype=POINTER), typ=POINTER)
                b.store(entry, b.gep(room, [k], inbounds=True, source_etype=POINTER))
        kinds = [POINTER, POINTER, INDEX, POINTER]
        result = code.call("PyObject_Vectorcall", POINTER, kinds, target, room, count, NULL)
        old = b.load(last, typ=POINTER)
        b.store(result, last)
        code.release(old)
        _go_on_if(b, b.icmp_unsigned("!=", result, NULL), fail)
        with b.if_then(b.icmp_unsigned("!=", results, none)):
            status = code.call("PyList_Append", INT, [POINTER, POINTER], results, result)
            _go_on_if(b, b.icmp_signed("==", status, INT(0)), fail)
        _go_on_if(b, b.icmp_signed("==", code.call("PyErr_CheckSignals", INT, []), INT(0)), fail)
    code.call("free", ir.VoidType(), [POINTER], room)
    b.ret(b.load(last, typ=POINTER))
    b.position_at_end(fail)
    code.call("free", ir.VoidType(), [POINTER], room)
    code.release(b.load(last, typ=POINTER))
    b.ret(NULL)


def _item(b: ir.IRBuilder, things: ir.Value, k: ir.Value) -> ir.Value:
    """Item ``k`` of a tuple."""
    items = ObjectCode(b).address(things, TUPLE_ITEMS)
    return b.load(b.gep(items, [k], inbounds=True, source_etype=POINTER), typ=POINTER)


def _go_on_if(b: ir.IRBuilder, condition: ir.Value, fail: ir.Block) -> None:
    good = b.append_basic_block("good")
    b.cbranch(condition, good, fail).set_weights([1000, 1])
    b.position_at_end(good)
