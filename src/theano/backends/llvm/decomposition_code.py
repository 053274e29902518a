"""Eigenvalues, singular values and orthogonal factors by LAPACK."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import larger, smaller
from theano.backends.llvm.matrix_task import WORK, Task, routine
from theano.backends.llvm.number_types import INDEX


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
    k = smaller(b, m, n)
    copy, integers = task.memory(b.mul(m, n)), task.memory(b.mul(k, INDEX(8)), 4)
    task.transpose(copy, x, m, n)
    further = [integers]
    if task.is_complex:
        longest = larger(b, m, n)
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


def vectors_of_nothing(task: Task, results: Sequence[ir.Value], lengths: Sequence[ir.Value]) -> None:
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
    k = smaller(b, m, n)
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
