"""Products of any number of rows: a block of w is copied, panel by panel, and stays in the second-level cache while all rows
of x meet it; a tile's rows of x stay in the first.  Few rows are not worth the copy, and read w where it is::

    blocked(result, x, w, m, n, k, row, column, w_row, w_column, stride, factor, accumulates)

    for j in columns, WIDTH bytes at a time:
        for block in k, BLOCK at a time:
            copy w[block, j ...], or the last panel of it
            for i in rows, a tile at a time:
                for panel in the block:
                    tile

w_row, w_column  how far apart in w are neighbouring rows and columns, one of which is 1
"""

from __future__ import annotations

from contextlib import ExitStack

from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import NULL, ObjectCode, room_for
from theano.backends.llvm.product.tiles import BLOCK, Place, Tiles
from theano.backends.llvm.product.vectors import PANEL_VECTORS
from theano.backends.llvm.tile_code import turned_square

WIDTH = 2048  # bytes of a row of the copied block, which has WIDTH * BLOCK bytes
DIRECT_ROWS = 16  # more rows pay for a copy of w


def blocked_product(module: Module, dtype: str) -> ir.Function:
    return _Blocked(module, dtype, f"blocked.{dtype}").emit()


class _Blocked(Tiles):
    def emit(self) -> ir.Function:
        b = self.b
        self.w_row, self.w_column = self.order
        few = b.icmp_signed("<=", self.m, INDEX(DIRECT_ROWS))
        self.is_direct = b.and_(few, b.icmp_signed("==", self.w_column, INDEX(1)))
        found = ObjectCode(b).call("malloc", POINTER, [INDEX], INDEX(WIDTH * BLOCK))
        is_there = b.icmp_unsigned("!=", found, NULL)  # one panel has room on the stack
        self.room = b.select(is_there, found, room_for(b, ir.ArrayType(self.vector, BLOCK * PANEL_VECTORS)))
        self.turned = room_for(b, ir.ArrayType(self.number, BLOCK * self.rows[0]))
        width = b.select(is_there, INDEX(WIDTH // self.itemsize), INDEX(self.columns))
        with ExitStack() as nest:
            start = nest.enter_context(for_range(b, INDEX(0), self.n, "width", width))
            stop = smaller(b, b.add(start, width), self.n)
            first = nest.enter_context(for_range(b, INDEX(0), self.k, "block", BLOCK))
            last = smaller(b, b.add(first, INDEX(BLOCK)), self.k)
            self._copy(start, stop, first, last)
            with for_range(b, INDEX(0), self.m, "rows", self.rows[0]) as i:
                self.choose_rows(i, lambda count: self._row_of_tiles(count, i, start, stop, first, last))
        ObjectCode(b).call("free", ir.VoidType(), [POINTER], found)
        b.ret_void()
        return self.function

    def _copied(self, j: ir.Value, start: ir.Value) -> ir.Value:
        """Where the copy of the panel at column j is."""
        return self.at(self.room, self.b.mul(self.b.sub(j, start), INDEX(BLOCK), flags=["nsw"]))

    def _panel(self, j: ir.Value, start: ir.Value, first: ir.Value) -> tuple[ir.Value, ir.Value]:
        """Where row ``first`` of the panel at column j is, and how far apart its rows are."""
        b, columns = self.b, INDEX(self.columns)
        is_direct = b.and_(self.is_direct, b.icmp_signed(">=", b.sub(self.n, j), columns))
        there = self.at(self.w, b.add(b.mul(first, self.w_row, flags=["nsw"]), j, flags=["nsw"]))
        return b.select(is_direct, there, self._copied(j, start)), b.select(is_direct, self.w_row, columns)

    def _row_of_tiles(
        self, count: int, i: ir.Value, start: ir.Value, stop: ir.Value, first: ir.Value, last: ir.Value
    ) -> None:
        left = self._rows_of_x(count, i, first, last)
        with for_range(self.b, start, stop, "columns", self.columns) as j:
            masks = self.masks(self.b.sub(self.n, j))
            self.tile(count, Place(first, last, i, j, masks, *self._panel(j, start, first), *left))

    def _rows_of_x(self, count: int, i: ir.Value, first: ir.Value, last: ir.Value) -> tuple[ir.Value, ...]:
        """The rows of a tile, and how far apart their rows and columns are: of a transpose, a copy without its gaps."""
        b, columns = self.b, INDEX(self.rows[0])
        corner, room = self.corner(i, first), self.turned
        is_turned = b.icmp_signed("!=", self.column, INDEX(1))
        with b.if_then(is_turned):
            kind = ir.VectorType(self.number, count)
            with b.if_else(b.icmp_signed(">=", b.sub(self.m, i), INDEX(count))) as (whole, rest):
                with whole, for_range(b, INDEX(0), b.sub(last, first), "turned") as p:
                    found = b.load(self.at(corner, b.mul(p, self.column)), typ=kind, align=self.itemsize)
                    b.store(found, self.at(room, b.mul(p, columns)), align=self.itemsize)
                with rest, for_range(b, INDEX(0), b.sub(last, first), "turned") as p:
                    source, target = self.at(corner, b.mul(p, self.column)), self.at(room, b.mul(p, columns))
                    with for_range(b, INDEX(0), b.sub(self.m, i), "left", is_short=True) as r:
                        found = b.load(self.at(source, r), typ=self.number, align=self.itemsize)
                        b.store(found, self.at(target, r), align=self.itemsize)
        return (
            b.select(is_turned, room, corner), b.select(is_turned, INDEX(1), self.row),
            b.select(is_turned, columns, self.column),
        )  # fmt: skip

    def _copy(self, start: ir.Value, stop: ir.Value, first: ir.Value, last: ir.Value) -> None:
        b = self.b
        whole = b.mul(b.sdiv(stop, INDEX(self.columns)), INDEX(self.columns))  # there panels end that need no copy
        with for_range(b, b.select(self.is_direct, whole, start), stop, "panels", self.columns) as j:
            panel = self._copied(j, start)
            with b.if_else(b.icmp_signed("==", self.w_column, INDEX(1))) as (as_it_is, transposed):
                with as_it_is:
                    corner = self.at(self.w, b.add(b.mul(first, self.w_row), j))
                    self.copy_rows(panel, corner, self.w_row, b.sub(last, first), self.masks(b.sub(self.n, j)))
                with transposed:
                    self._copy_columns(panel, j, first, last)

    def _copy_columns(self, panel: ir.Value, j: ir.Value, first: ir.Value, last: ir.Value) -> None:
        """Copy rows of the transpose of w, square by square; those beyond its last are the last one again."""
        b = self.b
        end = b.sub(self.n, INDEX(1))
        with for_range(b, first, last, "squares", self.lanes) as p:
            (mask,) = self.masks(b.sub(last, p), 1)
            target = self.at(panel, b.mul(b.sub(p, first), INDEX(self.columns)))
            with for_range(b, INDEX(0), INDEX(self.columns), "square", self.lanes) as c:
                columns = [smaller(b, b.add(b.add(j, c), INDEX(r)), end) for r in range(self.lanes)]
                corners = [self.at(self.w, b.add(b.mul(column, self.w_column), p)) for column in columns]
                for r, value in enumerate(turned_square(b, [self.load(corner, mask) for corner in corners], self.itemsize)):
                    self.store_whole(value, self.at(target, b.add(c, INDEX(r * self.columns))))
