"""Factorisations of matrices so small that a call of LAPACK costs more than the arithmetic, as plain loops.

Functions of a module, one for each dtype, that take one matrix; they give 0, or the number of the step that fails.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE, room_for
from theano.backends.llvm.value import Value

ROWS_OF_SOLVE = 16  # up to so many LAPACK takes longer
ROWS_OF_CHOLESKY = 8


class _Matrix:
    """An array in C order, whose rows have ``columns`` elements."""

    def __init__(self, builder: Builder, address: ir.Value, columns: ir.Value, dtype: str, turned: bool = False) -> None:
        self.builder, self.address, self.columns, self.dtype, self.turned = builder, address, columns, dtype, turned

    def at(self, i: ir.Value, j: ir.Value) -> ir.Value:
        b = self.builder.irbuilder
        if self.turned:
            i, j = j, i
        place = b.add(b.mul(i, self.columns, flags=["nsw"]), j, flags=["nsw"])
        size = INDEX(np.dtype(self.dtype).itemsize)
        return b.gep(self.address, [b.mul(place, size, flags=["nsw"])], inbounds=True, source_etype=BYTE)

    def __getitem__(self, index: tuple[ir.Value, ir.Value]) -> Value:
        return self.builder.load(self.at(*index), self.dtype)

    def __setitem__(self, index: tuple[ir.Value, ir.Value], value: Value) -> None:
        self.builder.store(value, self.at(*index))


def solving(module: ir.Module, dtype: str, turned: bool) -> ir.Function:
    """status solve(A, factors, x, n, m): eliminate in a copy of A, or of A', with pivots, and solve for x in its place.

    A and factors are n x n, x is n x m: the right-hand side at first.
    """

    def emit(builder: Builder, arguments: list[ir.Value]) -> None:
        b, one, zero = builder.irbuilder, INDEX(1), INDEX(0)
        given, factors, right, n, m = arguments
        source, A = _Matrix(builder, given, n, dtype, turned), _Matrix(builder, factors, n, dtype)
        x = _Matrix(builder, right, m, dtype)
        pivot, largest = room_for(b, INDEX), room_for(b, builder.constant(0.0, dtype).ir.type)
        with for_range(b, zero, n, "i") as i, for_range(b, zero, n, "j") as j:
            A[i, j] = source[i, j]
        with for_range(b, zero, n, "k") as k:
            b.store(k, pivot)
            b.store(builder.fabs(A[k, k]).ir, largest)
            after = b.add(k, one)
            with for_range(b, after, n, "row") as i:
                size = builder.fabs(A[i, k])
                best = builder.value(b.load(largest, typ=size.ir.type), dtype)
                with b.if_then(builder.compare(">", size, best).ir):
                    b.store(i, pivot)
                    b.store(size.ir, largest)
            best = builder.value(b.load(largest, typ=best.ir.type), dtype)
            with b.if_then(builder.compare("==", best, builder.constant(0.0, dtype)).ir, likely=False):
                b.ret(after)
            p = b.load(pivot, typ=INDEX)
            with b.if_then(b.icmp_signed("!=", p, k)):
                for matrix, first, last in ((A, k, n), (x, zero, m)):
                    with for_range(b, first, last, "column") as j:
                        upper, lower = matrix[k, j], matrix[p, j]
                        matrix[k, j], matrix[p, j] = lower, upper
            reciprocal = builder.constant(1.0, dtype) / A[k, k]
            with for_range(b, after, n, "i") as i:
                factor = A[i, k] * reciprocal
                with for_range(b, after, n, "j") as j:
                    A[i, j] = A[i, j] - factor * A[k, j]
                with for_range(b, zero, m, "j") as j:
                    x[i, j] = x[i, j] - factor * x[k, j]
        with for_range(b, zero, n, "step") as step:
            k = b.sub(b.sub(n, one), step)
            diagonal = A[k, k]
            with for_range(b, zero, m, "j") as j:
                x[k, j] = x[k, j] / diagonal
            with for_range(b, zero, k, "i") as i:
                factor = A[i, k]
                with for_range(b, zero, m, "j") as j:
                    x[i, j] = x[i, j] - factor * x[k, j]

    return _function(module, f"small.solve.{dtype}.{int(turned)}", 3, 2, emit)


def factorising(module: ir.Module, dtype: str, lower: bool) -> ir.Function:
    """status cholesky(A, L, n): L L' = A, of which the lower triangle is read; or U' U and the upper one."""

    def emit(builder: Builder, arguments: list[ir.Value]) -> None:
        b, one, zero = builder.irbuilder, INDEX(1), INDEX(0)
        given, factor, n = arguments
        A, L = (_Matrix(builder, v, n, dtype, turned=not lower) for v in (given, factor))
        nothing = builder.constant(0.0, dtype)
        total = room_for(b, nothing.ir.type)

        def rest(i: ir.Value, j: ir.Value) -> Value:
            """A[i, j] - sum(L[i, k] L[j, k], k < j)"""
            b.store(A[i, j].ir, total)
            with for_range(b, zero, j, "k") as k:
                left = builder.value(b.load(total, typ=nothing.ir.type), dtype)
                b.store((left - L[i, k] * L[j, k]).ir, total)
            return builder.value(b.load(total, typ=nothing.ir.type), dtype)

        with for_range(b, zero, n, "i") as i:
            with for_range(b, zero, i, "j") as j:
                L[i, j] = rest(i, j) / L[j, j]
            left = rest(i, i)
            with b.if_then(builder.compare("<=", left, nothing).ir, likely=False):
                b.ret(b.add(i, one))
            L[i, i] = builder.sqrt(left)
            with for_range(b, b.add(i, one), n, "beyond") as j:
                L[i, j] = nothing

    return _function(module, f"small.cholesky.{dtype}.{int(lower)}", 2, 1, emit)


def _function(
    module: ir.Module, name: str, addresses: int, lengths: int, emit: Callable[[Builder, list[ir.Value]], None]
) -> ir.Function:
    """The function of the module with this name: addresses first, then lengths."""
    known = module.globals.get(name)
    if known is not None:
        return known
    kinds = [POINTER] * addresses + [INDEX] * lengths
    function = ir.Function(module, ir.FunctionType(INDEX, kinds), name)
    function.linkage = "internal"
    function.attributes.add("noinline")
    for argument in function.args[:addresses]:
        argument.add_attribute("noalias")
    b = ir.IRBuilder(function.append_basic_block("entry"))
    emit(Builder(b), list(function.args))
    b.ret(INDEX(0))
    return function
