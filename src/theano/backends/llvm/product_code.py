"""Emission of calls into ``product``, of which a process has one for each dtype.

In loops products of few rows need no copies, and what all steps multiply by is brought into the order of that code once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from llvmlite import ir

from theano.backends.llvm.named_words import NamedWords
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import NULL, ObjectCode, room_for
from theano.backends.llvm.pool_code import Callee
from theano.backends.llvm.product.direct import (
    can_be_multiplied,
    lines_and_panels,
    packed_bytes,
)
from theano.backends.llvm.product.shared import GIVEN, WORDS
from theano.backends.llvm.product.vectors import panel_columns
from theano.backends.llvm.split_code import word_of
from theano.backends.llvm.value import Value
from theano.data_classes import dataclass
from theano.loops.program import LibraryCall

VOID = ir.VoidType()
LONG_LIBRARY_WORK = 1 << 18  # multiplications; a routine that does more lets other Python threads run
THIN_ROWS = 64  # of a product that is faster without the copies that BLAS makes, where w has no more than
THIN_BYTES = 1 << 22
PACKED_FROM = 4  # products by one w for which it is copied


@dataclass(frozen=True)
class Operands:
    """Addresses of matrices in C order, and m, n, k: result (m, n) = op(x) (m, k) @ op(w) (k, n)."""

    result: ir.Value
    x: ir.Value
    w: ir.Value
    m: ir.Value
    n: ir.Value
    k: ir.Value

    @property
    def words(self) -> tuple[ir.Value, ...]:
        return self.result, self.x, self.w, self.m, self.n, self.k


@dataclass(frozen=True)
class PackedFactor:
    """A copy of w in the order of ``direct``: where it is, and whether it was made."""

    address: ir.Value
    is_there: ir.Value


def lengths_of(step: LibraryCall, shapes: Sequence[Sequence[ir.Value]]) -> tuple[ir.Value, ir.Value, ir.Value]:
    """m, n, k of a product."""
    if step.routine == "gemv":
        rows, columns = shapes[0]
        return INDEX(1), columns, rows
    x_transposed, w_transposed = step.flags
    (*_, x_rows, x_columns), (*_, w_rows, w_columns) = shapes
    m, k = (x_columns, x_rows) if x_transposed else (x_rows, x_columns)
    return m, w_rows if w_transposed else w_columns, k


def is_symmetric(step: LibraryCall) -> bool:
    """Whether a matrix is multiplied by its own transpose: half of the result tells the other half."""
    x, w = step.operands
    return x is w and step.flags[0] != step.flags[1] and not step.accumulates


# -- in steps of a program ---------------------------------------------------------------------------------------------


def may_be_shared(code: ObjectCode, step: LibraryCall) -> bool:
    """Whether a product, if it is long, is for code of our own."""
    if step.routine != "gemm" or is_symmetric(step):
        return False
    return can_be_multiplied(step.result.dtype, code.module.processor)


def multiply_word(module: ir.Module, step: LibraryCall) -> ir.GlobalVariable:
    """The word in which the loader puts where that code is, once it is wanted."""
    return module.globals.get(_word_name(step)) or word_of(module, _word_name(step), NULL)


def _word_name(step: LibraryCall) -> str:
    return f"multiply.{step.result.dtype}"


def is_shared(code: ObjectCode, step: LibraryCall, given: Operands) -> ir.Value | None:
    """Whether a product is for that code: it is loaded, which it is once there was a long product, and there is enough to do."""
    b, word = code.b, code.module.globals.get(_word_name(step))
    if word is None:
        return None
    columns = panel_columns(code.module.processor, step.result.dtype)
    is_loaded = b.icmp_unsigned("!=", b.load(word, typ=POINTER), NULL)
    is_long = b.icmp_signed(">", b.mul(b.mul(given.m, given.n), given.k), INDEX(LONG_LIBRARY_WORK))
    return b.and_(b.and_(is_loaded, is_long), b.icmp_signed(">=", given.n, INDEX(columns // 2)))


def call_multiply(code: ObjectCode, step: LibraryCall, given: Operands, factor: Value) -> None:
    """result = factor * op(x) @ op(w) (+ result), on the threads of the pool."""
    b, globals_ = code.b, code.module.globals
    frame = NamedWords(b, WORDS, room_for(b, ir.ArrayType(INDEX, len(WORDS))))
    one = INDEX(1)
    row, column = (one, given.m) if step.flags[0] else (given.k, one)
    w_row, w_column = (one, given.k) if step.flags[1] else (given.n, one)
    threads, run = b.load(globals_["threads"], typ=INDEX), b.load(globals_["pool"], typ=POINTER)
    words = [*given.words, row, column, w_row, w_column, INDEX(int(step.accumulates)), factor.ir, threads, run]
    for name, word in zip(GIVEN, words, strict=True):
        frame.set(name, word)
    multiply = b.load(multiply_word(code.module, step), typ=POINTER)
    b.call(Callee(multiply, ir.FunctionType(VOID, [POINTER])), [frame.address])


# -- in steps of a loop ------------------------------------------------------------------------------------------------


def may_be_direct(code: ObjectCode, step: LibraryCall) -> bool:
    """Whether a product of few rows need not be left to BLAS: w is not transposed, which would be read against the grain."""
    return not step.flags[1] and can_be_multiplied(step.result.dtype, code.module.processor)


def is_direct(code: ObjectCode, step: LibraryCall, given: Operands) -> ir.Value:
    """Whether there are few rows, and w is not so large that most of the time goes into fetching it."""
    b, itemsize = code.b, np.dtype(step.result.dtype).itemsize
    few = b.icmp_signed("<=", given.m, INDEX(THIN_ROWS))
    return b.and_(few, b.icmp_signed("<=", b.mul(given.k, given.n), INDEX(THIN_BYTES // itemsize)))


def call_direct(
    code: ObjectCode, step: LibraryCall, given: Operands, factor: Value, packed: PackedFactor | None
) -> None:
    b, dtype = code.b, step.result.dtype
    row, column = (INDEX(1), given.m) if step.flags[0] else (given.k, INDEX(1))
    (line, panel), of_copy = lines_and_panels(b, dtype, given.k, given.n)
    if packed is not None:
        w = b.select(packed.is_there, packed.address, given.w)
        given = replace(given, w=w)
        line, panel = (b.select(packed.is_there, *both) for both in zip(of_copy, (line, panel), strict=True))
    adds = ir.IntType(1)(step.accumulates)
    arguments = [*given.words, row, column, line, panel, given.n, factor.ir, adds]
    code.call(f"product:{dtype}:direct", VOID, [a.type for a in arguments], *arguments)


def emit_packing(
    code: ObjectCode,
    step: LibraryCall,
    shapes: Sequence[Sequence[ir.Value]],
    count: ir.Value,
    memory: Callable[[ir.Value], ir.Value],
    w: ir.Value,
) -> PackedFactor:
    """Copy the factor w, which ``count`` products by this step have in common, if they are worth it.

    memory  gives the address of so many bytes
    """
    b, dtype = code.b, step.result.dtype
    m, n, k = lengths_of(step, shapes)
    given = Operands(w, w, w, m, n, k)
    pays = b.and_(is_direct(code, step, given), b.icmp_signed(">=", count, INDEX(PACKED_FROM)))
    address = memory(b.select(pays, packed_bytes(b, dtype, k, n), INDEX(0)))
    with b.if_then(pays):
        code.call(f"product:{dtype}:pack", VOID, [POINTER, POINTER, INDEX, INDEX], address, w, k, n)
    return PackedFactor(address, pays)
