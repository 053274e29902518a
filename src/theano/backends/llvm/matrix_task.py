"""Task: what routines of matrices emit with, and the table that says which routine emits what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.arena_code import ALIGNMENT_BYTES, allocation
from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.fortran_code import PREFIX, call_fortran, integer, letter, number
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE, INT, NULL, ObjectCode, room_for
from theano.backends.llvm.value import Value
from theano.data_classes import dataclass
from theano.scalar import dtype as dtypes

TILE = 16

Emitter = Callable[["Task", Sequence[ir.Value], Sequence[ir.Value], Sequence[ir.Value]], ir.Value]
ROUTINES: dict[str, Emitter] = {}


def routine(name: str) -> Callable[[Emitter], Emitter]:
    """Enter a function (task, operands, results, lengths) -> info that emits what is done for one matrix."""

    def enter(emit: Emitter) -> Emitter:
        ROUTINES[name] = emit
        return emit

    return enter


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
                before = smaller(b, i, columns)
                self.clear(self.at(matrix, begin), before)

    def transpose(self, target: ir.Value, source: ir.Value, rows: ir.Value, columns: ir.Value) -> None:
        """target[j, i] = source[i, j], for other memory than the source's."""
        b, tile = self.b, INDEX(TILE)

        def end(begin: ir.Value, limit: ir.Value) -> ir.Value:
            past = b.add(begin, tile)
            return smaller(b, past, limit)

        with for_range(b, INDEX(0), rows, "rows", TILE) as row, for_range(b, INDEX(0), columns, "columns", TILE) as column:
            with for_range(b, row, end(row, rows), "i") as i, for_range(b, column, end(column, columns), "j") as j:
                value = self.load(self.at(source, b.add(b.mul(i, columns), j)))
                self.builder.store(value, self.at(target, b.add(b.mul(j, rows), i)))

    def mirror(self, matrix: ir.Value, n: ir.Value) -> None:
        """The triangle above the diagonal, from that below: matrix[j, i] = conj(matrix[i, j]), j < i."""
        b, tile = self.b, INDEX(TILE)
        with for_range(b, INDEX(0), n, "rows", TILE) as row, for_range(b, INDEX(0), b.add(row, INDEX(1)), "columns", TILE) as column:
            past = b.add(row, tile)
            with for_range(b, row, smaller(b, past, n), "i") as i:
                after = b.add(column, tile)
                with for_range(b, column, smaller(b, after, i), "j") as j:
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
