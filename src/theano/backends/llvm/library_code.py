"""Emission of calls into BLAS, through the function pointers that SciPy exports, for products that `product_code` does not do.

BLAS counts in Fortran's order: a C-ordered m x n array is, to it, an n x m one.  So x @ w is asked for as
w' x', whose Fortran result is the C-ordered product.

    gemm     result = factor * op(x) @ op(w), op transposing where its flag says so
    gemv     result = factor * x' @ v, for a matrix x and a vector v
    batched  result[i] = factor * op(x[i]) @ op(w[i])

Each is added to ``result`` if the step accumulates.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.entry_code import WANT_POOL
from theano.backends.llvm.fortran_code import PREFIX, call_fortran, integer, letter, number
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE, INT, ObjectCode, room_for
from theano.backends.llvm.pool_code import TASK
from theano.backends.llvm.product_code import (
    LONG_LIBRARY_WORK,
    Operands,
    PackedFactor,
    call_direct,
    call_multiply,
    is_direct,
    is_shared,
    is_symmetric,
    lengths_of,
    may_be_direct,
    may_be_shared,
    multiply_word,
)
from theano.backends.llvm.split_code import PARTS_PER_THREAD
from theano.backends.llvm.value import Value
from theano.loops.expressions import Literal
from theano.loops.program import LibraryCall

if TYPE_CHECKING:
    from theano.backends.llvm.step_code import StepCode

SYMMETRIC_FROM = 128  # rows; a smaller product of a matrix and its own transpose is faster as any other
MIRROR_TILE = 16
SPLIT_BY_BLAS = 1 << 18  # multiplications of one product from which on OpenBLAS has threads of its own for it


def emit_product_call(code: StepCode, step: LibraryCall) -> None:
    """Emit a product, for which the lock is given up, or threads are asked, if it is long."""
    b = code.b
    code.room.want(step.result)
    shapes = [[code.length(n) for n in o.shape] for o in step.operands]
    operands = [code.address(o) for o in step.operands]
    with b.if_then(b.icmp_signed(">", library_work(b, step, shapes), INDEX(LONG_LIBRARY_WORK))):
        if step.routine == "batched":
            code.begin_long_step()
        elif may_be_shared(code.code, step):
            code.begin_long_step()
            code.lock.want_word(multiply_word(code.module, step).name, code.code.item(code.table, WANT_POOL))
        elif not code.is_late:
            code.lock.give_up()
    factor = step.factor
    if isinstance(factor, Literal):
        scale = code.builder.constant(factor.value, factor.dtype)
    else:
        scale = code.scalar(factor)
    packed = code.packed.get(step)
    emit_library_call(code.code, step, code.address(step.result), scale, operands, shapes, code.repeats, packed)


def library_work(b: ir.IRBuilder, step: LibraryCall, shapes: Sequence[Sequence[ir.Value]]) -> ir.Value:
    """How many multiplications a routine does."""
    m, n, k = lengths_of(step, shapes)
    work = b.mul(b.mul(m, n), k)
    return b.mul(work, shapes[0][0]) if step.routine == "batched" else work


def emit_library_call(
    code: ObjectCode,
    step: LibraryCall,
    result: ir.Value,
    factor: Value,
    operands: Sequence[ir.Value],
    shapes: Sequence[Sequence[ir.Value]],
    again_and_again: bool = False,
    packed: PackedFactor | None = None,
) -> None:
    """The call of a routine on arrays in C order; where nothing is summed, ``result`` is set to zeros or stays.

    again_and_again  whether the call is in a loop, so that code for few rows is worth making
    packed           w in the order of that code
    """
    b = code.b
    m, n, k = lengths_of(step, shapes)
    x, w = operands
    given = Operands(result, x, w, m, n, k)
    beta = 1.0 if step.accumulates else 0.0

    def product() -> None:
        match step.routine:
            case "gemm" if is_symmetric(step):
                with b.if_else(b.icmp_signed("<", n, INDEX(SYMMETRIC_FROM))) as (small, large):
                    with small:
                        call_gemm(code, step, given, factor, beta)
                    with large:
                        _call_syrk(code, step, given, factor)
            case "gemm" if again_and_again and may_be_direct(code, step):
                with b.if_else(is_direct(code, step, given)) as (few, many):
                    with few:
                        call_direct(code, step, given, factor, packed)
                    with many:
                        _call_shared_or_gemm(code, step, given, factor, beta)
            case "gemm":
                _call_shared_or_gemm(code, step, given, factor, beta)
            case "gemv":
                call_gemv(code, step, given, factor, beta)
            case "batched":
                _call_batched(code, step, given, shapes[0][0])

    some = b.icmp_signed(">", library_work(b, step, shapes), INDEX(0))
    if step.accumulates:
        with b.if_then(some):
            product()
        return
    with b.if_else(some) as (wanted, zeros):
        with zeros:
            count = b.mul(m, n)
            if step.routine == "batched":
                count = b.mul(count, shapes[0][0])
            size = b.mul(count, INDEX(np.dtype(step.result.dtype).itemsize))
            code.call("memset", POINTER, [POINTER, INT, INDEX], result, INT(0), size)
        with wanted:
            product()


def call_gemm(code: ObjectCode, step: LibraryCall, given: Operands, alpha: Value, beta: float) -> None:
    """result = alpha * op(x) @ op(w) + beta * result"""
    x_transposed, w_transposed = step.flags
    m, n, k = given.m, given.n, given.k
    arguments = [
        _letter(code, w_transposed), _letter(code, x_transposed), integer(code, n), integer(code, m),
        integer(code, k), number(code, alpha), given.w, integer(code, k if w_transposed else n), given.x,
        integer(code, m if x_transposed else k), number(code, alpha.builder.constant(beta, alpha.dtype)),
        given.result, integer(code, n),
    ]  # fmt: skip
    _call(code, step, "gemm", arguments)


def _call_shared_or_gemm(code: ObjectCode, step: LibraryCall, given: Operands, factor: Value, beta: float) -> None:
    """By our own code if it is long."""
    is_ours = is_shared(code, step, given)
    if is_ours is None:
        call_gemm(code, step, given, factor, beta)
        return
    with code.b.if_else(is_ours) as (ours, other):
        with ours:
            call_multiply(code, step, given, factor)
        with other:
            call_gemm(code, step, given, factor, beta)


def _call_syrk(code: ObjectCode, step: LibraryCall, given: Operands, alpha: Value) -> None:
    """result = alpha * op(x) @ op(x)'"""
    n, k, x_transposed = given.n, given.k, step.flags[0]
    arguments = [
        letter(code, "L"), _letter(code, not x_transposed), integer(code, n), integer(code, k),
        number(code, alpha), given.x, integer(code, n if x_transposed else k),
        number(code, alpha.builder.constant(0.0, alpha.dtype)), given.result, integer(code, n),
    ]  # fmt: skip
    _call(code, step, "syrk", arguments)
    code.b.call(_mirror(code, np.dtype(step.result.dtype).itemsize), [given.result, n])


def _mirror(code: ObjectCode, itemsize: int) -> ir.Function:
    """mirror(x, n): x[i, j] = x[j, i] for j < i, tile by tile, since one side of it steps over memory."""
    name = f"mirror.{itemsize}"
    known = code.module.globals.get(name)
    if known is not None:
        return known
    function = ir.Function(code.module, ir.FunctionType(ir.VoidType(), [POINTER, INDEX]), name)
    function.linkage = "internal"
    function.attributes.add("noinline")
    x, n = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    element, tile = ir.IntType(8 * itemsize), INDEX(MIRROR_TILE)

    def end(first: ir.Value, limit: ir.Value) -> ir.Value:
        past = b.add(first, tile)
        return smaller(b, past, limit)

    def at(row: ir.Value, column: ir.Value) -> ir.Value:
        return b.gep(x, [b.add(b.mul(row, n), column)], inbounds=True, source_etype=element)

    with ExitStack() as nest:
        row = nest.enter_context(for_range(b, INDEX(0), n, "rows", MIRROR_TILE))
        column = nest.enter_context(for_range(b, INDEX(0), end(row, n), "columns", MIRROR_TILE))
        with for_range(b, row, end(row, n), "i") as i, for_range(b, column, end(column, i), "j") as j:
            b.store(b.load(at(j, i), typ=element, align=min(itemsize, 8)), at(i, j), align=min(itemsize, 8))
    b.ret_void()
    return function


def call_gemv(code: ObjectCode, step: LibraryCall, given: Operands, alpha: Value, beta: float) -> None:
    """result = alpha * x' @ v + beta * result"""
    one = integer(code, INDEX(1))
    arguments = [
        _letter(code, False), integer(code, given.n), integer(code, given.k), number(code, alpha), given.x,
        integer(code, given.n), given.w, one, number(code, alpha.builder.constant(beta, alpha.dtype)),
        given.result, one,
    ]  # fmt: skip
    _call(code, step, "gemv", arguments)


def _call_batched(code: ObjectCode, step: LibraryCall, given: Operands, count: ir.Value) -> None:
    """One product after the other; many small ones are shared by threads."""
    b = code.b
    task = _batch_task(code, step)
    context = room_for(b, ir.ArrayType(INDEX, len(given.words) + 2))
    for place, word in enumerate((*given.words, count)):
        b.store(word, code.address(context, 8 * place))
    share = code.address(context, 8 * (len(given.words) + 1))
    each = b.mul(b.mul(given.m, given.n), given.k)
    is_long = b.icmp_signed(">", b.mul(each, count), INDEX(LONG_LIBRARY_WORK))
    with b.if_else(b.and_(is_long, b.icmp_signed("<=", each, INDEX(SPLIT_BY_BLAS)))) as (shared, alone):
        with shared:
            parts = b.mul(b.load(code.module.globals["threads"], typ=INDEX), INDEX(PARTS_PER_THREAD))
            size = b.sdiv(b.add(count, b.sub(parts, INDEX(1))), parts)
            b.store(size, share)
            number = b.sdiv(b.add(count, b.sub(size, INDEX(1))), size)
            b.call(code.module.globals["run_parts"], [task, context, number])
        with alone:
            b.store(count, share)
            b.call(task, [context, INDEX(0)])


def _batch_task(code: ObjectCode, step: LibraryCall) -> ir.Function:
    """status task(context, k): the k-th share of the products."""
    dtype = step.result.dtype
    name = f"batched.{dtype}.{'T' if step.flags[0] else 'N'}{'T' if step.flags[1] else 'N'}"
    known = code.module.globals.get(name)
    if known is not None:
        return known
    task = ir.Function(code.module, TASK, name)
    task.linkage = "internal"
    context, number = task.args
    b = ir.IRBuilder(task.append_basic_block("entry"))
    inner = ObjectCode(b)
    result, x, w = (inner.field(context, 8 * place, POINTER) for place in range(3))
    m, n, k, count, share = (inner.field(context, 8 * place, INDEX) for place in range(3, 8))
    first = b.mul(number, share)
    last = b.add(first, share)
    last = smaller(b, last, count)
    size = INDEX(np.dtype(dtype).itemsize)
    one = Builder(b).constant(1.0, dtype)
    with for_range(b, first, last, "product") as i:

        def entry(address: ir.Value, rows: ir.Value, columns: ir.Value) -> ir.Value:
            return b.gep(address, [b.mul(b.mul(b.mul(rows, columns), size), i)], inbounds=True, source_etype=BYTE)

        given = Operands(entry(result, m, n), entry(x, m, k), entry(w, k, n), m, n, k)
        call_gemm(inner, step, given, one, 0.0)
    b.ret(INDEX(0))
    return task


def _call(code: ObjectCode, step: LibraryCall, routine: str, arguments: Sequence[ir.Value]) -> None:
    call_fortran(code, f"blas:{PREFIX[step.result.dtype]}{routine}", arguments)


def _letter(code: ObjectCode, is_transposed: bool) -> ir.Value:
    return letter(code, "T" if is_transposed else "N")
