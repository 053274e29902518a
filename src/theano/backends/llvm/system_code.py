"""Factors, systems of equations and inverses by LAPACK; of the smallest matrices by loops."""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.matrix_task import WORK, Task, routine
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.object_code import INT, room_for
from theano.backends.llvm.small_matrix_code import ROWS_OF_CHOLESKY, ROWS_OF_SOLVE, factorising, solving


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
