"""Calls of BLAS and LAPACK through the function pointers that SciPy exports; Fortran takes all arguments by address."""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir

from theano.backends.llvm.number_types import MEMORY_TYPES, POINTER
from theano.backends.llvm.object_code import BYTE, INT, ObjectCode, room_for
from theano.backends.llvm.value import Value
from theano.scalar import dtype as dtypes

PREFIX = {"float32": "s", "float64": "d", "complex64": "c", "complex128": "z"}


def call_fortran(code: ObjectCode, name: str, arguments: Sequence[ir.Value]) -> None:
    """Call "blas:dgemm" or "lapack:dpotrf" with addresses."""
    code.call(name, ir.VoidType(), [POINTER] * len(arguments), *arguments)


def letter(code: ObjectCode, value: str) -> ir.Value:
    return on_stack(code, BYTE(ord(value)))


def integer(code: ObjectCode, value: ir.Value) -> ir.Value:
    """The address of a length as Fortran's 32-bit integer."""
    return on_stack(code, code.b.trunc(value, INT))


def number(code: ObjectCode, value: Value) -> ir.Value:
    room = room_for(code.b, ir.ArrayType(MEMORY_TYPES[dtypes.real_of(value.dtype)], 2))
    value.builder.store(value, room)
    return room


def on_stack(code: ObjectCode, value: ir.Value) -> ir.Value:
    room = room_for(code.b, value.type)
    code.b.store(value, room)
    return room
