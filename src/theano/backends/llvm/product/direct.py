"""Products of a few rows: x @ w where x has some dozens of rows, as in the steps of a recurrence.

    direct(result, x, w, m, n, k, row, column, line, panel, stride, factor, accumulates)
    pack(packed, w, k, n)

To copy w would be as much work as the product.  Here w is read where it is, some of its rows at a time, or from a copy that
is made once for many products.  In the copy, each panel is a block of memory, the last one filled up with zeros: it stays in
the first-level cache while all rows of x meet it::

    for block in k, BLOCK at a time:
        for j in columns, a panel at a time:
            for i in rows, a tile at a time:
                tile of w[p, j + c] = w[j / columns of a panel * panel + p * line + c]
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

import numpy as np
from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.machine import Module, Processor, vector_bytes
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import room_for
from theano.backends.llvm.product.tiles import BLOCK, Place, Tiles
from theano.backends.llvm.product.vectors import FLOATS, PANEL_VECTORS, Vectors, panel_columns


def can_be_multiplied(dtype: str, processor: Processor) -> bool:
    """Whether there is such code: for floats, on processors that fuse, in vectors of 32 bytes or more."""
    return dtype in FLOATS and processor.fused and vector_bytes(processor) >= 32


def emit_direct_product(module: Module, dtype: str) -> None:
    """Put both functions for numbers of ``dtype`` into an empty module.

    line, panel  how far apart in w are neighbouring rows of a panel, and neighbouring panels: see ``lines_and_panels``
    """
    for function in (_Direct(module, dtype, "direct").emit(), _Pack(module, dtype, "pack").emit()):
        function.linkage = ""


def lines_and_panels(b: ir.IRBuilder, dtype: str, k: ir.Value, n: ir.Value) -> tuple[tuple[ir.Value, ir.Value], ...]:
    """(line, panel) of w where it is, and of its copy."""
    columns = INDEX(panel_columns(b.module.processor, dtype))
    return (n, columns), (columns, b.mul(columns, k))


def packed_bytes(b: ir.IRBuilder, dtype: str, k: ir.Value, n: ir.Value) -> ir.Value:
    """The size of the copy of w."""
    columns = panel_columns(b.module.processor, dtype)
    wide = b.and_(b.add(n, INDEX(columns - 1)), INDEX(-columns))
    return b.mul(b.mul(wide, k), INDEX(np.dtype(dtype).itemsize))


class _Direct(Tiles):
    """The product."""

    def emit(self) -> ir.Function:
        b = self.b
        self.line, self.panel = self.order
        with ExitStack() as nest:
            first = nest.enter_context(for_range(b, INDEX(0), self.k, "block", BLOCK))
            last = smaller(b, b.add(first, INDEX(BLOCK)), self.k)
            j = nest.enter_context(for_range(b, INDEX(0), self.n, "columns", self.columns))
            masks = self.masks(b.sub(self.n, j))
            source, line = self._panel(first, last, j, masks)
            i = nest.enter_context(for_range(b, INDEX(0), self.m, "rows", self.rows[0]))
            place = Place(
                first, last, i, j, masks, source, line, self.corner(i, first), self.row, self.column
            )
            self.choose_rows(i, lambda rows: self.tile(rows, place))
        b.ret_void()
        return self.function

    def _panel(
        self, first: ir.Value, last: ir.Value, j: ir.Value, masks: Sequence[ir.Value]
    ) -> tuple[ir.Value, ir.Value]:
        """Where rows first to last of the panel at column j begin, and how far apart they are.  Masks cost as much as
        multiplications: where w itself ends within the panel, these rows of it are copied and filled up."""
        b, columns = self.b, INDEX(self.columns)
        place = b.mul(b.udiv(j, columns), self.panel, flags=["nsw"])
        panel = self.at(self.w, b.add(place, b.mul(first, self.line, flags=["nsw"]), flags=["nsw"]))
        room = room_for(b, ir.ArrayType(self.vector, BLOCK * PANEL_VECTORS))
        ends_within = b.icmp_signed("<", b.sub(self.n, j), columns)
        is_copied = b.and_(ends_within, b.icmp_signed("==", self.panel, columns))
        with b.if_then(is_copied):
            self.copy_rows(room, panel, self.line, b.sub(last, first), masks)
        return b.select(is_copied, room, panel), b.select(is_copied, columns, self.line)


class _Pack(Vectors):
    """The copy of w."""

    def __init__(self, module: Module, dtype: str, name: str) -> None:
        super().__init__(module, dtype, name, [POINTER] * 2 + [INDEX] * 2)
        self.packed, self.w, self.k, self.n = self.function.args

    def emit(self) -> ir.Function:
        b = self.b
        with for_range(b, INDEX(0), self.n, "columns", self.columns) as j:
            masks = self.masks(b.sub(self.n, j))
            self.copy_rows(self.at(self.packed, b.mul(j, self.k)), self.at(self.w, j), self.n, self.k, masks)
        b.ret_void()
        return self.function
