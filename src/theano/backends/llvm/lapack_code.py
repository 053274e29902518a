"""Emission of calls into LAPACK, for each matrix of a batch.

LAPACK counts in Fortran's order: to it a C-ordered matrix A is F = A'.  So

    cholesky     F = U' U  gives  A = L L'  with  L = U'  in C order: the same memory, the other triangle
    solve        X' F = B', from the right, since B' is what B is to it; F = P L U, whose P turns rows of X in C order
    triangular   X' F = B'
    qr           F = L Q',  A = Q L'

need no transposes.  Eigenvectors and singular vectors are determined up to their signs alone: there the matrix is turned
first, so that the signs are those that NumPy gives.

Each routine is a function of one address, as the thread pool calls it; it has memory of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from llvmlite import ir

from theano.backends.llvm import system_code  # noqa: F401  (enters its routines)
from theano.backends.llvm.control_code import for_range, small_function
from theano.backends.llvm.decomposition_code import vectors_of_nothing
from theano.backends.llvm.foreign_code import emit_foreign_call
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.matrix_task import ROUTINES, Task
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE, ObjectCode, room_for
from theano.backends.llvm.pool_code import TASK
from theano.backends.llvm.split_code import PARTS_PER_THREAD
from theano.backends.llvm.step_code import StepCode, emit_step
from theano.loops.program import RoutineCall

LONG_WORK = 1 << 18  # multiplications; more let other Python threads run, and of small matrices are shared by threads
SHARED_UP_TO = 1 << 18  # multiplications for one matrix: larger ones are left to the threads that OpenBLAS has


@emit_step.register
def emit_routine_call(step: RoutineCall, code: StepCode) -> None:
    """Emit the loop over the matrices, and for many small ones its parts."""
    b, own = code.b, step.routine
    if own.name == "foreign":
        emit_foreign_call(step, code)
        return
    for buffer in step.results:
        code.room.want(buffer)
        code.number.pop(buffer, None)
    lengths = [code.length(n) for n in step.lengths]
    buffers = (*step.operands, *step.results[:-1])
    shapes = [[code.length(n) for n in buffer.shape] for buffer in buffers]
    counts = [_product(b, shape[: len(shape) - core]) for shape, core in zip(shapes, own.cores, strict=True)]
    sizes = [_product(b, shape[len(shape) - core :]) for shape, core in zip(shapes, own.cores, strict=True)]
    count = counts[0]
    task = _task(code, step)
    context = room_for(b, ir.ArrayType(INDEX, 2 * len(buffers) + len(lengths) + 3))
    failed = code.address(step.results[-1])
    b.store(INDEX(0), failed)
    share = INDEX(0)
    words = [*map(code.address, buffers), *sizes, *lengths, failed, count, share]
    for place, word in enumerate(words):
        b.store(word, code.code.address(context, 8 * place))
    each = _product(b, [sizes[0], lengths[0]])
    is_long = b.icmp_signed(">", b.mul(each, count), INDEX(LONG_WORK))
    with b.if_then(is_long, likely=False):
        code.begin_long_step()
    small = b.and_(is_long, b.icmp_signed("<=", each, INDEX(SHARED_UP_TO)))
    status = room_for(b, INDEX)
    place_of_share = code.code.address(context, 8 * (len(words) - 1))
    if "run_parts" in b.module.globals:
        with b.if_else(small) as (shared, alone):
            with shared:
                parts = b.mul(b.load(b.module.globals["threads"], typ=INDEX), INDEX(PARTS_PER_THREAD))
                size = b.sdiv(b.add(count, b.sub(parts, INDEX(1))), parts)
                b.store(size, place_of_share)
                number_of_parts = b.sdiv(b.add(count, b.sub(size, INDEX(1))), size)
                b.store(b.call(b.module.globals["run_parts"], [task, context, number_of_parts]), status)
            with alone:
                b.store(count, place_of_share)
                b.store(b.call(task, [context, INDEX(0)]), status)
    code.go_on_if_room(b.icmp_signed("==", b.load(status, typ=INDEX), INDEX(0)))


def _product(b: ir.IRBuilder, lengths: Sequence[ir.Value]) -> ir.Value:
    found: ir.Value = INDEX(1)
    for length in lengths:
        found = b.mul(found, length)
    return found


def _task(code: StepCode, step: RoutineCall) -> ir.Function:
    """status task(context, k): the k-th share of the matrices; other than 0 where there is no memory."""
    own = step.routine
    dtype = step.operands[0].dtype
    name = "lapack.{}.{}".format(".".join(map(str, (own.name, *own.flags))), dtype)
    known = code.module.globals.get(name)
    if known is not None:
        return known
    function = small_function(code.module, name, INDEX, TASK.args)
    context, k = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    task = Task(ObjectCode(b), dtype, own.flags)
    operands, results = len(step.operands), len(step.results) - 1
    arrays = operands + results
    place = iter(range(0, 8 * (2 * arrays + len(step.lengths) + 3), 8))
    addresses = [task.code.field(context, next(place), POINTER) for _ in range(arrays)]
    sizes = [task.code.field(context, next(place), INDEX) for _ in range(arrays)]
    lengths = [task.code.field(context, next(place), INDEX) for _ in step.lengths]
    failed = task.code.field(context, next(place), POINTER)
    count, share = (task.code.field(context, next(place), INDEX) for _ in range(2))
    first = b.mul(k, share)
    last = b.add(first, share)
    last = smaller(b, last, count)
    itemsizes = [np.dtype(buffer.dtype).itemsize for buffer in (*step.operands, *step.results[:-1])]
    with for_range(b, first, last, "matrix") as i:
        here = [
            b.gep(address, [b.mul(b.mul(size, INDEX(itemsize)), i)], inbounds=True, source_etype=BYTE)
            for address, size, itemsize in zip(addresses, sizes, itemsizes, strict=True)
        ]
        given, made = here[:operands], here[operands:]
        some = b.icmp_signed(">", _product(b, sizes[:operands]), INDEX(0))
        with b.if_else(some, likely=True) as (wanted, nothing):
            with wanted:
                info = ROUTINES[own.name](task, given, made, lengths)
                with b.if_then(b.icmp_signed("!=", info, INDEX(0)), likely=False):
                    b.store(b.select(b.icmp_signed("<", info, INDEX(0)), b.neg(info), info), failed)
            with nothing:
                if own.name == "svd":
                    vectors_of_nothing(task, made, lengths)
    task.give_back()
    b.ret(INDEX(0))
    return function
