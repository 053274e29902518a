"""Machine code of products of a few rows: x @ w where x has some dozens of rows, as in the steps of a recurrence.

    thin_product(result, x, w, m, n, k, row, column, factor, accumulates)

BLAS copies both operands into an order of its own before it multiplies, which pays when there are many rows; of few rows
the copy of w is as much work as the product.  Here w is read where it is, some of its rows at a time.  A tile of the
result, some rows by two vectors, stays in registers while these are walked::

    for block in k, BLOCK at a time:
        for j in columns, a tile at a time:
            for i in rows, a tile at a time:
                tile = 0
                for p in block:
                    tile[r, c] += x[i + r, p] * w[p, j + c]
                result[i + r, j + c] = factor * tile[r, c] (+ what was there, after the first block or if it accumulates)

Rows beyond the last are the last one again: they compute what it computes, and store the same numbers.  Columns beyond the
last are masked.  The sum over p is from left to right within a block, in fused multiplications and additions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import INDEX, POINTER
from theano.backends.llvm.kernel_code import for_range
from theano.backends.llvm.machine import Processor, vector_bytes

TILE_ROWS = (8, 4)  # of a tile; the second for a rest of so few
TILE_VECTORS = 2
BLOCK = 256  # rows of w that are walked together, so that their pages stay known
FLOATS = {"float32": ir.FloatType(), "float64": ir.DoubleType()}


def can_be_thin(dtype: str, processor: Processor) -> bool:
    """Whether there is such code: for floats, on processors that fuse, in vectors of 32 bytes or more."""
    return dtype in FLOATS and processor.fused and vector_bytes(processor) >= 32


def thin_product(module: ir.Module, dtype: str) -> ir.Function:
    """The function for this dtype, made when it is first asked for.

    row, column  how far apart in x are the numbers of neighbouring rows and columns: (k, 1), or (1, m) of a transpose
    accumulates  whether it adds to what is in ``result``, a bit
    """
    name = f"thin_product.{dtype}"
    known = module.globals.get(name)
    return known if known is not None else _ThinProduct(module, dtype, name).emit()


@dataclass(frozen=True)
class _Place:
    """Where a tile is: the rows first to last of w, row i and column j of the result, and the masks of its columns."""

    first: ir.Value
    last: ir.Value
    i: ir.Value
    j: ir.Value
    masks: list[ir.Value]


class _ThinProduct:
    """The function under construction."""

    def __init__(self, module: ir.Module, dtype: str, name: str) -> None:
        self.number = FLOATS[dtype]
        self.itemsize = np.dtype(dtype).itemsize
        self.lanes = vector_bytes(module.processor) // self.itemsize
        self.vector = ir.VectorType(self.number, self.lanes)
        kinds = [POINTER] * 3 + [INDEX] * 5 + [self.number, ir.IntType(1)]
        self.function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
        self.function.linkage = "internal"
        for attribute in ("noinline", "nounwind"):
            self.function.attributes.add(attribute)
        self.result, self.x, self.w, self.m, self.n, self.k, self.row, self.column, *rest = self.function.args
        self.factor, self.accumulates = rest
        for pointer in (self.result, self.x, self.w):
            pointer.add_attribute("noalias")
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))

    def emit(self) -> ir.Function:
        b, (many, few) = self.b, TILE_ROWS
        with ExitStack() as nest:
            first = nest.enter_context(for_range(b, INDEX(0), self.k, "block", BLOCK))
            last = self._smaller(b.add(first, INDEX(BLOCK)), self.k)
            j = nest.enter_context(for_range(b, INDEX(0), self.n, "columns", TILE_VECTORS * self.lanes))
            masks = self._masks(b.sub(self.n, j))
            i = nest.enter_context(for_range(b, INDEX(0), self.m, "rows", many))
            place = _Place(first, last, i, j, masks)
            with b.if_else(b.icmp_signed(">", b.sub(self.m, i), INDEX(few))) as (large, small):
                with large:
                    self._tile(many, place)
                with small:
                    self._tile(few, place)
        b.ret_void()
        return self.function

    def _masks(self, left: ir.Value) -> list[ir.Value]:
        """Which lanes of the vectors of a tile are columns, where so many are left."""
        kind = ir.VectorType(INDEX, self.lanes)
        lanes = range(TILE_VECTORS * self.lanes)
        parts = [lanes[c * self.lanes : (c + 1) * self.lanes] for c in range(TILE_VECTORS)]
        limit = self._repeated(left, kind)
        return [self.b.icmp_signed("<", ir.Constant(kind, [INDEX(lane) for lane in part]), limit) for part in parts]

    def _smaller(self, x: ir.Value, y: ir.Value) -> ir.Value:
        return self.b.select(self.b.icmp_signed("<", x, y), x, y)

    def _tile(self, count: int, at: _Place) -> None:
        b = self.b
        end = b.sub(self.m, INDEX(1))
        rows = [self._smaller(b.add(at.i, INDEX(r), flags=["nsw"]), end) for r in range(count)]
        offsets = [b.mul(i, self.row, flags=["nsw"]) for i in rows]
        with self._sums(count * TILE_VECTORS, at) as (p, sums, following):
            x = self._at(self.x, b.mul(p, self.column, flags=["nsw"]))
            w = self._at(self.w, b.add(b.mul(p, self.n, flags=["nsw"]), at.j, flags=["nsw"]))
            across = [self._load(self._at(w, INDEX(c * self.lanes)), mask) for c, mask in enumerate(at.masks)]
            for offset in offsets:
                down = self._repeated(b.load(self._at(x, offset), typ=self.number, align=self.itemsize), self.vector)
                following += [self._fma(down, other, sums[len(following) + c]) for c, other in enumerate(across)]
        factor = self._repeated(self.factor, self.vector)
        adds = b.or_(self.accumulates, b.icmp_signed(">", at.first, INDEX(0)))
        places, values, masks = [], [], at.masks * count
        for i in rows:
            corner = self._at(self.result, b.add(b.mul(i, self.n, flags=["nsw"]), at.j, flags=["nsw"]))
            places += [self._at(corner, INDEX(c * self.lanes)) for c in range(TILE_VECTORS)]
        for total, place, mask in zip(sums, places, masks, strict=True):
            there = b.select(adds, self._load(place, mask), ir.Constant(self.vector, None))
            values.append(self._fma(factor, total, there))
        for value, place, mask in zip(values, places, masks, strict=True):  # a row that comes twice has been read twice
            self._store(value, place, mask)

    @contextmanager
    def _sums(self, count: int, at: _Place) -> Iterator[tuple[ir.Value, list[ir.Value], list[ir.Value]]]:
        """``for p in range(first, last)`` around the code emitted inside, with sums in registers: p, the sums so far, and
        a list to be filled with the next ones.  Afterwards the sums are the last ones."""
        b = self.b
        head, body, done = (b.append_basic_block(f"p.{part}") for part in ("head", "body", "done"))
        entry = b.block
        b.branch(head)
        b.position_at_end(head)
        p = b.phi(INDEX, "p")
        p.add_incoming(at.first, entry)
        sums = [b.phi(self.vector) for _ in range(count)]
        for phi in sums:
            phi.add_incoming(ir.Constant(self.vector, None), entry)
        b.cbranch(b.icmp_signed("<", p, at.last), body, done)
        b.position_at_end(body)
        following: list[ir.Value] = []
        yield p, sums, following
        for phi, value in zip(sums, following, strict=True):
            phi.add_incoming(value, b.block)
        p.add_incoming(b.add(p, INDEX(1), flags=["nsw"]), b.block)
        b.branch(head)
        b.position_at_end(done)

    # -- vectors ---------------------------------------------------------------------------------------------------

    def _at(self, pointer: ir.Value, index: ir.Value) -> ir.Value:
        return self.b.gep(pointer, [index], inbounds=True, source_etype=self.number)

    def _repeated(self, number: ir.Value, kind: ir.VectorType) -> ir.Value:
        b, lane = self.b, ir.IntType(32)
        single = b.insert_element(ir.Constant(kind, ir.Undefined), number, lane(0))
        places = ir.Constant(ir.VectorType(lane, kind.count), None)
        return b.shuffle_vector(single, ir.Constant(kind, ir.Undefined), places)

    def _intrinsic(self, name: str, result: ir.Type, arguments: Sequence[ir.Value]) -> ir.Value:
        module, kinds = self.b.module, [a.type for a in arguments]
        name = f"llvm.{name}.v{self.lanes}f{8 * self.itemsize}"
        function = module.globals.get(name) or ir.Function(module, ir.FunctionType(result, kinds), name)
        return self.b.call(function, arguments)

    def _fma(self, x: ir.Value, y: ir.Value, z: ir.Value) -> ir.Value:
        return self._intrinsic("fma", self.vector, [x, y, z])

    def _load(self, pointer: ir.Value, mask: ir.Value) -> ir.Value:
        align, rest = ir.IntType(32)(self.itemsize), ir.Constant(self.vector, None)
        return self._intrinsic("masked.load", self.vector, [pointer, align, mask, rest])

    def _store(self, value: ir.Value, pointer: ir.Value, mask: ir.Value) -> None:
        align = ir.IntType(32)(self.itemsize)
        self._intrinsic("masked.store", ir.VoidType(), [value, pointer, align, mask])
