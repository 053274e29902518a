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

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.arena_code import ALIGNMENT_BYTES, allocation
from theano.backends.llvm.builder import INDEX, POINTER, Builder
from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.fortran_code import PREFIX, call_fortran, integer, letter, number
from theano.backends.llvm.object_code import BYTE, INT, NULL, ObjectCode, room_for
from theano.backends.llvm.pool_code import TASK
from theano.backends.llvm.small_matrix_code import ROWS_OF_CHOLESKY, ROWS_OF_SOLVE, factorising, solving
from theano.backends.llvm.split_code import PARTS_PER_THREAD
from theano.backends.llvm.step_code import StepCode, emit_step
from theano.backends.llvm.value import Value
from theano.loops.program import RoutineCall
from theano.scalar import dtype as dtypes

LONG_WORK = 1 << 18  # multiplications; more let other Python threads run, and of small matrices are shared by threads
SHARED_UP_TO = 1 << 18  # multiplications for one matrix: larger ones are left to the threads that OpenBLAS has
TILE = 16

Emitter = Callable[["Task", Sequence[ir.Value], Sequence[ir.Value], Sequence[ir.Value]], ir.Value]
ROUTINES: dict[str, Emitter] = {}


def routine(name: str) -> Callable[[Emitter], Emitter]:
    """Enter a function (task, operands, results, lengths) -> info that emits what is done for one matrix."""

    def enter(emit: Emitter) -> Emitter:
        ROUTINES[name] = emit
        return emit

    return enter


@emit_step.register
def emit_routine_call(step: RoutineCall, code: StepCode) -> None:
    """Emit the loop over the matrices, and for many small ones its parts."""
    b, own = code.b, step.routine
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
    function = ir.Function(code.module, TASK, name)
    function.linkage = "internal"
    for attribute in ("noinline", "optnone"):
        function.attributes.add(attribute)
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
    last = b.select(b.icmp_signed("<", last, count), last, count)
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
                    _vectors_of_nothing(task, made, lengths)
    task.give_back()
    b.ret(INDEX(0))
    return function


@dataclass
class Task:
    """What the routines emit with: code for one matrix after the other, in one function.

    code   at the place where the next instruction goes
    dtype  of the matrices
    flags  of the routine
    """

    code: ObjectCode
    dtype: str
    flags: tuple[Any, ...]

    def __post_init__(self) -> None:
        self.b = self.code.b
        self.builder = Builder(self.b)
        self.itemsize = np.dtype(self.dtype).itemsize
        self.real = dtypes.real_of(self.dtype)
        self.is_complex = self.dtype.startswith("complex")
        self.held: list[ir.Value] = []

    # -- memory ----------------------------------------------------------------------------------------------------

    def memory(self, count: ir.Value, itemsize: int | None = None) -> ir.Value:
        """Memory for so many elements, made for the first matrix; where there is none the task fails."""
        b = self.b
        held = self._cell(NULL)
        self.held.append(held)
        with b.if_then(b.icmp_unsigned("==", b.load(held, typ=POINTER), NULL), likely=False):
            size = b.mul(count, INDEX(self.itemsize if itemsize is None else itemsize))
            memory = b.call(allocation(self.code.module), [b.add(size, INDEX(ALIGNMENT_BYTES))])  # never nothing
            b.store(memory, held)
            with b.if_then(b.icmp_unsigned("==", memory, NULL), likely=False):
                self.give_back()
                b.ret(INDEX(1))
        return b.load(held, typ=POINTER)

    def give_back(self) -> None:
        for held in self.held:
            self.code.call("free", ir.VoidType(), [POINTER], self.b.load(held, typ=POINTER))

    def _cell(self, value: ir.Constant) -> ir.Value:
        """A word that has a value before the first matrix."""
        cell = room_for(self.b, value.type)
        with self.b.goto_entry_block():
            self.b.store(value, cell)
        return cell

    def copy(self, target: ir.Value, source: ir.Value, count: ir.Value) -> None:
        size = self.b.mul(count, INDEX(self.itemsize))
        self.code.call("memcpy", POINTER, [POINTER, POINTER, INDEX], target, source, size)

    def clear(self, target: ir.Value, count: ir.Value) -> None:
        size = self.b.mul(count, INDEX(self.itemsize))
        self.code.call("memset", POINTER, [POINTER, INT, INDEX], target, INT(0), size)

    def at(self, matrix: ir.Value, place: ir.Value, itemsize: int | None = None) -> ir.Value:
        """The address of the element at a place."""
        size = INDEX(self.itemsize if itemsize is None else itemsize)
        return self.b.gep(matrix, [self.b.mul(place, size)], inbounds=True, source_etype=BYTE)

    def load(self, address: ir.Value) -> Value:
        return self.builder.load(address, self.dtype)

    # -- calls -----------------------------------------------------------------------------------------------------

    def blas(self, name: str, *arguments: Any) -> None:
        call_fortran(self.code, f"blas:{PREFIX[self.dtype]}{name}", [self._argument(a) for a in arguments])

    def lapack(self, name: str, *arguments: Any) -> ir.Value:
        """Call a routine; its last argument, which says where it failed, is added here and returned."""
        info = room_for(self.b, INT)
        self.b.store(INT(0), info)
        call_fortran(self.code, f"lapack:{PREFIX[self.dtype]}{name}", [*map(self._argument, arguments), info])
        return self.b.sext(self.b.load(info, typ=INT), INDEX)

    def with_workspace(self, name: str, *arguments: Any) -> ir.Value:
        """The same for a routine that first is asked how much memory it wants, where ``WORK`` stands."""
        size = self._cell(INDEX(0))
        with self.b.if_then(self.b.icmp_signed("==", self.b.load(size, typ=INDEX), INDEX(0)), likely=False):
            asked = room_for(self.b, ir.ArrayType(INDEX, 2))
            self.lapack(name, *(part for a in arguments for part in ([asked, INDEX(-1)] if a is WORK else [a])))
            wanted = self.builder.load(asked, self.real)
            self.b.store(self.b.add(self.b.fptosi(wanted.ir, INDEX), INDEX(1)), size)
        count = self.b.load(size, typ=INDEX)
        memory = self.memory(count)
        expanded = [part for a in arguments for part in ([memory, count] if a is WORK else [a])]
        return self.lapack(name, *expanded)

    def _argument(self, a: Any) -> ir.Value:
        if isinstance(a, str):
            return letter(self.code, a)
        if isinstance(a, float):
            return number(self.code, self.builder.constant(a, self.dtype))
        return integer(self.code, a) if a.type == INDEX else a

    def by_size(
        self, n: ir.Value, limit: int, by_loops: Callable[[], ir.Value], by_lapack: Callable[[], ir.Value]
    ) -> ir.Value:
        """What one of both gives: loops for real matrices of at most so many rows."""
        if self.is_complex:
            return by_lapack()
        info = room_for(self.b, INDEX)
        with self.b.if_else(self.b.icmp_signed("<=", n, INDEX(limit))) as (few, many):
            with few:
                self.b.store(by_loops(), info)
            with many:
                self.b.store(by_lapack(), info)
        return self.b.load(info, typ=INDEX)

    # -- loops -----------------------------------------------------------------------------------------------------

    def keep_triangle(self, matrix: ir.Value, rows: ir.Value, columns: ir.Value, lower: bool) -> None:
        """Zeros above the diagonal, or below it."""
        b = self.b
        with for_range(b, INDEX(0), rows, "row") as i:
            begin = b.mul(i, columns)
            if lower:
                after = b.add(i, INDEX(1))
                with b.if_then(b.icmp_signed("<", after, columns)):
                    self.clear(self.at(matrix, b.add(begin, after)), b.sub(columns, after))
            else:
                before = b.select(b.icmp_signed("<", i, columns), i, columns)
                self.clear(self.at(matrix, begin), before)

    def transpose(self, target: ir.Value, source: ir.Value, rows: ir.Value, columns: ir.Value) -> None:
        """target[j, i] = source[i, j], for other memory than the source's."""
        b, tile = self.b, INDEX(TILE)

        def end(begin: ir.Value, limit: ir.Value) -> ir.Value:
            past = b.add(begin, tile)
            return b.select(b.icmp_signed("<", past, limit), past, limit)

        with for_range(b, INDEX(0), rows, "rows", TILE) as row, for_range(b, INDEX(0), columns, "columns", TILE) as column:
            with for_range(b, row, end(row, rows), "i") as i, for_range(b, column, end(column, columns), "j") as j:
                value = self.load(self.at(source, b.add(b.mul(i, columns), j)))
                self.builder.store(value, self.at(target, b.add(b.mul(j, rows), i)))

    def mirror(self, matrix: ir.Value, n: ir.Value) -> None:
        """The triangle above the diagonal, from that below: matrix[j, i] = conj(matrix[i, j]), j < i."""
        b, tile = self.b, INDEX(TILE)
        with for_range(b, INDEX(0), n, "rows", TILE) as row, for_range(b, INDEX(0), b.add(row, INDEX(1)), "columns", TILE) as column:
            past = b.add(row, tile)
            with for_range(b, row, b.select(b.icmp_signed("<", past, n), past, n), "i") as i:
                after = b.add(column, tile)
                with for_range(b, column, b.select(b.icmp_signed("<", after, i), after, i), "j") as j:
                    value = self.load(self.at(matrix, b.add(b.mul(i, n), j)))
                    if self.is_complex:
                        value = self.builder.conj(value)
                    self.builder.store(value, self.at(matrix, b.add(b.mul(j, n), i)))

    def swap_rows(self, matrix: ir.Value, columns: ir.Value, pivots: ir.Value, n: ir.Value, ascending: bool) -> None:
        """Exchange the rows i and pivots[i], one after the other, by BLAS's swap: a row is contiguous."""
        b, one = self.b, INDEX(1)
        with for_range(b, INDEX(0), n, "pivot") as k:
            i = k if ascending else b.sub(b.sub(n, one), k)
            other = b.sub(b.sext(b.load(self.at(pivots, i, 4), typ=INT), INDEX), one)
            with b.if_then(b.icmp_signed("!=", i, other)):
                self.blas("swap", columns, self.at(matrix, b.mul(i, columns)), one, self.at(matrix, b.mul(other, columns)), one)


WORK = object()  # stands for memory and how much of it


@routine("cholesky")
def _cholesky(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    lower, gives_nan = task.flags
    (x,), (factor,), (n,), b = operands, results, lengths, task.b

    def by_lapack() -> ir.Value:
        task.copy(factor, x, b.mul(n, n))
        info = task.lapack("potrf", "U" if lower else "L", n, factor, n)
        task.keep_triangle(factor, n, n, lower)
        return info

    def by_loops() -> ir.Value:
        return b.call(factorising(b.module, task.dtype, lower), [x, factor, n])

    info = task.by_size(n, ROWS_OF_CHOLESKY, by_loops, by_lapack)
    if not gives_nan:
        return info
    nan = task.builder.constant(float("nan"), task.dtype)
    with b.if_then(b.icmp_signed("!=", info, INDEX(0)), likely=False), for_range(b, INDEX(0), b.mul(n, n), "element") as i:
        task.builder.store(nan, task.at(factor, i))
    return INDEX(0)


@routine("solve")
def _solve(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    (turned,) = task.flags  # whether A is the transpose of the operand
    (A, rhs), (x,), (n, m), b = operands, results, lengths, task.b
    factors, pivots = task.memory(b.mul(n, n)), task.memory(n, 4)
    task.copy(x, rhs, b.mul(n, m))

    def by_lapack() -> ir.Value:
        task.copy(factors, A, b.mul(n, n))
        info = task.lapack("getrf", n, n, factors, n, pivots)
        with b.if_then(b.icmp_signed("==", info, INDEX(0)), likely=True):
            _substitute(task, factors, pivots, x, n, m, turned)
        return info

    def by_loops() -> ir.Value:
        return b.call(solving(b.module, task.dtype, turned), [A, factors, x, n, m])

    return task.by_size(n, ROWS_OF_SOLVE, by_loops, by_lapack)


def _substitute(
    task: Task, factors: ir.Value, pivots: ir.Value, x: ir.Value, n: ir.Value, m: ir.Value, turned: bool
) -> None:
    """Solve with the factors of F: X' F = B' in the place of B, or where ``turned`` X' F' = B'."""
    b = task.b
    with b.if_else(b.icmp_signed("==", m, INDEX(1))) as (one, many):
        with one:
            task.lapack("getrs", "N" if turned else "T", n, m, factors, n, pivots, x, n)
        with many:
            if turned:
                task.swap_rows(x, m, pivots, n, ascending=True)
                task.blas("trsm", "R", "L", "T", "U", m, n, 1.0, factors, n, x, m)
                task.blas("trsm", "R", "U", "T", "N", m, n, 1.0, factors, n, x, m)
            else:
                task.blas("trsm", "R", "U", "N", "N", m, n, 1.0, factors, n, x, m)
                task.blas("trsm", "R", "L", "N", "U", m, n, 1.0, factors, n, x, m)
                task.swap_rows(x, m, pivots, n, ascending=False)


@routine("lu")
def _lu(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    (x,), (factors, pivots), (n,), b = operands, results, lengths, task.b
    task.copy(factors, x, b.mul(n, n))
    task.lapack("getrf", n, n, factors, n, pivots)
    with for_range(b, INDEX(0), n, "pivot") as i:
        place = task.at(pivots, i, 4)
        b.store(b.sub(b.load(place, typ=INT), INT(1)), place)  # Fortran counts from 1
    return INDEX(0)


@routine("lu_solve")
def _lu_solve(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    (turned,) = task.flags
    (factors, given, rhs), (x,), (n, m), b = operands, results, lengths, task.b
    pivots = task.memory(n, 4)
    with for_range(b, INDEX(0), n, "pivot") as i:
        b.store(b.add(b.load(task.at(given, i, 4), typ=INT), INT(1)), task.at(pivots, i, 4))
    task.copy(x, rhs, b.mul(n, m))
    found = _first_zero(task, factors, n)
    with b.if_then(b.icmp_signed("==", found, INDEX(0)), likely=True):
        _substitute(task, factors, pivots, x, n, m, turned)
    return found


def _first_zero(task: Task, matrix: ir.Value, n: ir.Value) -> ir.Value:
    """The number, from 1 on, of the first element of the diagonal that is 0; 0 where none is."""
    b = task.b
    info = room_for(b, INDEX)
    b.store(INDEX(0), info)
    zero = task.builder.constant(0.0, task.dtype)
    with for_range(b, INDEX(0), n, "diagonal") as k:
        i = b.sub(b.sub(n, INDEX(1)), k)
        pivot = task.load(task.at(matrix, b.mul(i, b.add(n, INDEX(1)))))
        with b.if_then(task.builder.compare("==", pivot, zero).ir, likely=False):
            b.store(b.add(i, INDEX(1)), info)
    return b.load(info, typ=INDEX)


@routine("row_swaps")
def _row_swaps(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    (descending,) = task.flags
    (x, given), (out,), (n, m), b = operands, results, lengths, task.b
    pivots = task.memory(n, 4)
    with for_range(b, INDEX(0), n, "pivot") as i:
        b.store(b.add(b.load(task.at(given, i, 4), typ=INT), INT(1)), task.at(pivots, i, 4))
    task.copy(out, x, b.mul(n, m))
    task.swap_rows(out, m, pivots, n, ascending=not descending)
    return INDEX(0)


@routine("solve_positive_definite")
def _solve_positive_definite(
    task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]
) -> ir.Value:
    (lower,) = task.flags
    (A, rhs), (x,), (n, m), b = operands, results, lengths, task.b
    factor = task.memory(b.mul(n, n))
    task.copy(factor, A, b.mul(n, n))
    task.copy(x, rhs, b.mul(n, m))
    side, conjugate = "U" if lower else "L", "C" if task.is_complex else "T"
    info = task.lapack("potrf", side, n, factor, n)  # F = U' U, or L L'
    with b.if_then(b.icmp_signed("==", info, INDEX(0)), likely=True):
        first, second = ("N", conjugate) if lower else (conjugate, "N")
        task.blas("trsm", "R", side, first, "N", m, n, 1.0, factor, n, x, m)
        task.blas("trsm", "R", side, second, "N", m, n, 1.0, factor, n, x, m)
    return info


@routine("inverse_from_factor")
def _inverse_from_factor(
    task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]
) -> ir.Value:
    """inv(L L'): what potri makes of one triangle, and its mirror image."""
    (factor,), (inverse,), (n,), b = operands, results, lengths, task.b
    task.copy(inverse, factor, b.mul(n, n))
    info = task.lapack("potri", "U", n, inverse, n)
    task.mirror(inverse, n)
    return info


@routine("solve_triangular")
def _solve_triangular(
    task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]
) -> ir.Value:
    lower, turned = task.flags  # of A; whether A is the transpose of the operand
    (A, rhs), (x,), (n, m), b = operands, results, lengths, task.b
    task.copy(x, rhs, b.mul(n, m))
    found = _first_zero(task, A, n)
    with b.if_then(b.icmp_signed("==", found, INDEX(0)), likely=True):
        side = "L" if lower == turned else "U"
        with b.if_else(b.icmp_signed("==", m, INDEX(1))) as (one, many):
            with one:
                task.blas("trsv", side, "N" if turned else "T", "N", n, A, n, x, INDEX(1))
            with many:
                task.blas("trsm", "R", side, "T" if turned else "N", "N", m, n, 1.0, A, n, x, m)
    return found


@routine("solve_symmetric")
def _solve_symmetric(
    task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]
) -> ir.Value:
    (lower,) = task.flags
    (A, rhs), (x,), (n, m), b = operands, results, lengths, task.b
    factors, pivots, columns = task.memory(b.mul(n, n)), task.memory(n, 4), task.memory(b.mul(n, m))
    task.copy(factors, A, b.mul(n, n))
    task.transpose(columns, rhs, n, m)
    info = task.with_workspace("sysv", "U" if lower else "L", n, m, factors, n, pivots, columns, n, WORK)
    task.transpose(x, columns, m, n)
    return info


@routine("inverse")
def _inverse(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    (x,), (inverse,), (n,), b = operands, results, lengths, task.b
    pivots = task.memory(n, 4)
    task.copy(inverse, x, b.mul(n, n))
    info = task.lapack("getrf", n, n, inverse, n, pivots)
    with b.if_then(b.icmp_signed("==", info, INDEX(0)), likely=True):
        task.with_workspace("getri", n, inverse, n, pivots, WORK)
    return info


@routine("pivots")
def _pivots(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    """The diagonal of U in P L U, the first number with the sign of P: the determinant is their product."""
    (x,), (diagonal,), (n,), b = operands, results, lengths, task.b
    factors, pivots = task.memory(b.mul(n, n)), task.memory(n, 4)
    task.copy(factors, x, b.mul(n, n))
    task.lapack("getrf", n, n, factors, n, pivots)
    with for_range(b, INDEX(0), n, "diagonal") as i:
        task.builder.store(task.load(task.at(factors, b.mul(i, b.add(n, INDEX(1))))), task.at(diagonal, i))
    with for_range(b, INDEX(0), n, "pivot") as i:
        other = b.sub(b.sext(b.load(task.at(pivots, i, 4), typ=INT), INDEX), INDEX(1))
        with b.if_then(b.icmp_signed("!=", i, other)):
            task.builder.store(task.builder.negative(task.load(diagonal)), diagonal)
    return INDEX(0)


@routine("eigh")
def _eigh(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    """Eigenvalues in ascending order, and the eigenvectors as columns."""
    (lower,) = task.flags
    (x,), (values, vectors), (n,), b = operands, results, lengths, task.b
    columns = task.memory(b.mul(n, n))
    task.transpose(columns, x, n, n)
    integers = b.add(b.mul(n, INDEX(5)), INDEX(3))
    workspace: list[Any] = [WORK]
    if task.is_complex:
        reals = b.add(b.mul(b.add(b.mul(n, INDEX(2)), INDEX(5)), n), INDEX(1))
        workspace += [task.memory(reals, task.itemsize // 2), reals]
    name = "heevd" if task.is_complex else "syevd"
    side = "L" if lower else "U"
    info = task.with_workspace(name, "V", side, n, columns, n, values, *workspace, task.memory(integers, 4), integers)
    task.transpose(vectors, columns, n, n)
    return info


@routine("svd")
def _svd(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    computes_vectors, full = task.flags
    (x,), (m, n), b = operands, lengths, task.b
    k = b.select(b.icmp_signed("<", m, n), m, n)
    copy, integers = task.memory(b.mul(m, n)), task.memory(b.mul(k, INDEX(8)), 4)
    task.transpose(copy, x, m, n)
    further = [integers]
    if task.is_complex:
        longest = b.select(b.icmp_signed("<", m, n), n, m)
        reals = b.mul(k, b.add(b.add(b.mul(k, INDEX(7)), b.mul(longest, INDEX(2))), INDEX(7)))
        further.insert(0, task.memory(reals, task.itemsize // 2))
    if not computes_vectors:
        one = INDEX(1)
        return task.with_workspace("gesdd", "N", m, n, copy, m, results[0], copy, one, copy, one, WORK, *further)
    u, values, vh = results
    left, right = (m, n) if full else (k, k)  # how many columns of U, and rows of Vh
    columns_of_u, columns_of_vh = task.memory(b.mul(m, left)), task.memory(b.mul(right, n))
    job = "A" if full else "S"
    info = task.with_workspace(
        "gesdd", job, m, n, copy, m, values, columns_of_u, m, columns_of_vh, right, WORK, *further
    )
    task.transpose(u, columns_of_u, left, m)
    task.transpose(vh, columns_of_vh, n, right)
    return info


def _vectors_of_nothing(task: Task, results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> None:
    """All vectors that there are where a matrix has no elements: those of the axes."""
    if not all(task.flags):
        return
    b, one = task.b, task.builder.constant(1.0, task.dtype)
    for matrix, n in zip((results[0], results[2]), lengths, strict=True):
        task.clear(matrix, b.mul(n, n))
        with for_range(b, INDEX(0), n, "diagonal") as i:
            task.builder.store(one, task.at(matrix, b.mul(i, b.add(n, INDEX(1)))))


@routine("qr")
def _qr(task: Task, operands: Sequence[ir.Value], results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> ir.Value:
    (gives_q,) = task.flags
    (x,), (m, n), b = operands, lengths, task.b
    k = b.select(b.icmp_signed("<", m, n), m, n)
    factors, scales = task.memory(b.mul(m, n)), task.memory(k)
    task.copy(factors, x, b.mul(m, n))
    info = task.with_workspace("gelqf", n, m, factors, n, scales, WORK)
    r = results[-1]
    task.copy(r, factors, b.mul(k, n))
    task.keep_triangle(r, k, n, lower=False)
    if gives_q:
        q = results[0]
        task.with_workspace("unglq" if task.is_complex else "orglq", k, m, k, factors, n, scales, WORK)
        with for_range(b, INDEX(0), m, "row") as i:
            task.copy(task.at(q, b.mul(i, k)), task.at(factors, b.mul(i, n)), k)
    return info
