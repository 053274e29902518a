"""A tile of a product, some rows by one panel, whose sums stay in registers while a block of w is walked::

    tile = 0
    for p in range(first, last):
        tile[r, c] += x[i + r, p] * w[p, j + c]
    result[i + r, j + c] = factor * tile[r, c] (+ what was there, after the first block or if it accumulates)

Rows beyond the last are the last one again: they compute what it computes, and store the same numbers.  Columns beyond the
last are masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from llvmlite import ir

from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.machine import Module, Processor, vector_bytes
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.product.vectors import FLOATS, PANEL_VECTORS, Vectors
from theano.data_classes import dataclass

BLOCK = 256  # rows of w that are walked together


def tile_rows(processor: Processor) -> tuple[int, ...]:
    """The rows of a tile, whose sums fill 32 or 16 registers, and of those for a rest of fewer rows."""
    return (14, 8, 4) if vector_bytes(processor) >= 64 else (6, 4, 2)


@dataclass(frozen=True)
class Place:
    """Where a tile is: rows first to last of w, row i and column j of the result, the masks of its columns; where in w its
    first row is, and how far apart rows are; where x[i, first] is, and how far apart rows and columns are there."""

    first: ir.Value
    last: ir.Value
    i: ir.Value
    j: ir.Value
    masks: list[ir.Value]
    source: ir.Value
    line: ir.Value
    left: ir.Value
    row: ir.Value
    column: ir.Value


class Tiles(Vectors):
    """A function that multiplies, with the arguments

        result, x, w, m, n, k, row, column, (two that say how w lies), stride, factor, accumulates

    row, column  how far apart in x are the numbers of neighbouring rows and columns: (k, 1), or (1, m) of a transpose
    stride       how far apart rows of the result are
    accumulates  whether it adds to what is in ``result``, a bit
    """

    def __init__(self, module: Module, dtype: str, name: str) -> None:
        super().__init__(module, dtype, name, [POINTER] * 3 + [INDEX] * 8 + [FLOATS[dtype], ir.IntType(1)])
        self.result, self.x, self.w, self.m, self.n, self.k, *rest = self.function.args
        self.row, self.column, *self.order, self.stride, self.factor, self.accumulates = rest
        self.rows = tile_rows(module.processor)

    def choose_rows(self, i: ir.Value, emit: Callable[[int], None]) -> None:
        """Emit code for tiles at row i, of each number of rows, to be run if that is the least which the rest needs."""
        left = self.b.sub(self.m, i)

        def choose(rows: int, *fewer: int) -> None:
            if not fewer:
                emit(rows)
                return
            with self.b.if_else(self.b.icmp_signed(">", left, INDEX(fewer[0]))) as (more, rest):
                with more:
                    emit(rows)
                with rest:
                    choose(*fewer)

        choose(*self.rows)

    def tile(self, count: int, at: Place) -> None:
        """Compute a tile of so many rows."""
        b = self.b
        most = b.sub(b.sub(self.m, at.i, flags=["nsw"]), INDEX(1), flags=["nsw"])
        rows = [smaller(b, INDEX(r), most) for r in range(count)]
        offsets = [b.mul(r, at.row, flags=["nsw"]) for r in rows]
        with self._sums(count * PANEL_VECTORS, at) as (p, sums, following):
            x = self.at(at.left, b.mul(p, at.column, flags=["nsw"]))
            w = self.at(at.source, b.mul(p, at.line, flags=["nsw"]))
            across = [self.load_whole(place) for place in self._panel_of(w)]
            for offset in offsets:
                down = self.repeated(b.load(self.at(x, offset), typ=self.number, align=self.itemsize), self.vector)
                following += [self.fma(down, other, sums[len(following) + c]) for c, other in enumerate(across)]
        self._add([b.add(at.i, r, flags=["nsw"]) for r in rows], sums, at)

    def corner(self, i: ir.Value, first: ir.Value) -> ir.Value:
        """Where x[i, first] is."""
        b = self.b
        rows, columns = b.mul(i, self.row, flags=["nsw"]), b.mul(first, self.column, flags=["nsw"])
        return self.at(self.x, b.add(rows, columns, flags=["nsw"]))

    def _add(self, rows: Sequence[ir.Value], sums: Sequence[ir.Value], at: Place) -> None:
        b = self.b
        factor = self.repeated(self.factor, self.vector)
        adds = b.or_(self.accumulates, b.icmp_signed(">", at.first, INDEX(0)))
        corners = [self.at(self.result, b.add(b.mul(i, self.stride, flags=["nsw"]), at.j, flags=["nsw"])) for i in rows]
        places = [place for corner in corners for place in self._panel_of(corner)]
        values, masks = [], at.masks * len(rows)
        for total, place, mask in zip(sums, places, masks, strict=True):
            there = b.select(adds, self.load(place, mask), ir.Constant(self.vector, None))
            values.append(self.fma(factor, total, there))
        for value, place, mask in zip(values, places, masks, strict=True):  # a row that comes twice has been read twice
            self.store(value, place, mask)

    def _panel_of(self, corner: ir.Value) -> list[ir.Value]:
        return [self.at(corner, INDEX(c * self.lanes)) for c in range(PANEL_VECTORS)]

    @contextmanager
    def _sums(self, count: int, at: Place) -> Iterator[tuple[ir.Value, list[ir.Value], list[ir.Value]]]:
        """``for p in range(last - first)`` around the code emitted inside, with sums in registers: p, the sums so far, and
        a list to be filled with the next ones.  Afterwards the sums are the last ones."""
        b = self.b
        count_of_rows = b.sub(at.last, at.first, flags=["nsw"])
        head, body, done = (b.append_basic_block(f"p.{part}") for part in ("head", "body", "done"))
        entry = b.block
        b.branch(head)
        b.position_at_end(head)
        p = b.phi(INDEX, "p")
        p.add_incoming(INDEX(0), entry)
        sums = [b.phi(self.vector) for _ in range(count)]
        for phi in sums:
            phi.add_incoming(ir.Constant(self.vector, None), entry)
        b.cbranch(b.icmp_signed("<", p, count_of_rows), body, done)
        b.position_at_end(body)
        following: list[ir.Value] = []
        yield p, sums, following
        for phi, value in zip(sums, following, strict=True):
            phi.add_incoming(value, b.block)
        p.add_incoming(b.add(p, INDEX(1), flags=["nsw"]), b.block)
        b.branch(head)
        b.position_at_end(done)
