"""Emission of calls into BLAS, through the function pointers that SciPy exports.

BLAS counts in Fortran's order: a C-ordered m x n array is, to it, an n x m one.  So x @ w is asked for as
w' x', whose Fortran result is the C-ordered product.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import INDEX, MEMORY_TYPES, POINTER
from theano.backends.llvm.object_code import BYTE, INT, ObjectCode, room_for
from theano.backends.llvm.value import Value
from theano.loops.ir import LibraryCall
from theano.scalar import dtype as dtypes

PREFIX = {"float32": "s", "float64": "d", "complex64": "c", "complex128": "z"}


def emit_library_call(
    code: ObjectCode,
    step: LibraryCall,
    result: ir.Value,
    factor: Value,
    operands: Sequence[ir.Value],
    shapes: Sequence[Sequence[ir.Value]],
) -> None:
    """The call of a routine on arrays in C order; ``flags`` of "gemm" say which operands are transposed."""
    assert step.routine == "gemm", step.routine
    _gemm(code, step, result, factor, operands, shapes)


def library_work(b: ir.IRBuilder, step: LibraryCall, shapes: Sequence[Sequence[ir.Value]]) -> ir.Value:
    """How many multiplications a routine does."""
    (rows, columns), (w_rows, w_columns) = shapes
    return b.mul(b.mul(rows, columns), w_rows if step.flags[1] else w_columns)


def _gemm(
    code: ObjectCode,
    step: LibraryCall,
    result: ir.Value,
    factor: Value,
    operands: Sequence[ir.Value],
    shapes: Sequence[Sequence[ir.Value]],
) -> None:
    """result = factor * op(x) @ op(w), where op transposes when its flag says so; zeros when nothing is summed.

    The product is added to ``result`` if the step accumulates.
    """
    b = code.b
    dtype = step.result.dtype
    x_transposed, w_transposed = step.flags
    (x_rows, x_columns), (w_rows, w_columns) = shapes
    m, k = (x_columns, x_rows) if x_transposed else (x_rows, x_columns)
    n = w_rows if w_transposed else w_columns
    leading, transposed = (w_columns, x_columns), (w_transposed, x_transposed)
    work = b.mul(b.mul(m, n), k)
    some = b.icmp_signed(">", work, INDEX(0))
    if step.accumulates:
        with b.if_then(some):
            call_gemm(code, dtype, result, operands, (m, n, k), leading, transposed, (factor, 1.0))
        return
    with b.if_else(some) as (product, zeros):
        with zeros:
            size = b.mul(b.mul(m, n), INDEX(np.dtype(dtype).itemsize))
            code.call("memset", POINTER, [POINTER, INT, INDEX], result, INT(0), size)
        with product:
            call_gemm(code, dtype, result, operands, (m, n, k), leading, transposed, (factor, 0.0))


def call_gemm(
    code: ObjectCode,
    dtype: str,
    result: ir.Value,
    operands: Sequence[ir.Value],
    lengths: tuple[ir.Value, ir.Value, ir.Value],
    leading: tuple[ir.Value, ir.Value],
    transposed: tuple[bool, bool],
    factors: tuple[Value, float],
) -> None:
    """result = factors[0] * op(x) @ op(w) + factors[1] * result"""
    b = code.b
    x, w = operands
    m, n, k = lengths
    alpha, beta = factors

    def integer(value: ir.Value) -> ir.Value:
        return on_stack(b.trunc(value, INT))

    def on_stack(value: ir.Value) -> ir.Value:
        room = room_for(b, value.type)
        b.store(value, room)
        return room

    def at_least_one(value: ir.Value) -> ir.Value:
        return b.select(b.icmp_signed(">", value, INDEX(1)), value, INDEX(1))

    def factor(value: Value) -> ir.Value:
        room = room_for(b, ir.ArrayType(MEMORY_TYPES[dtypes.real_of(dtype)], 2))
        value.builder.store(value, room)
        return room

    letters = [on_stack(BYTE(ord("T" if t else "N"))) for t in transposed]
    arguments = [
        *letters, integer(n), integer(m), integer(k), factor(alpha),
        w, integer(at_least_one(leading[0])), x, integer(at_least_one(leading[1])),
        factor(alpha.builder.constant(beta, dtype)), result, integer(at_least_one(n)),
    ]  # fmt: skip
    code.call(f"blas:{PREFIX[dtype]}gemm", ir.VoidType(), [POINTER] * len(arguments), *arguments)
