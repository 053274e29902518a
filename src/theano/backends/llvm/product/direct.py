"""Machine code of products of a few rows: x @ w where x has some dozens of rows, as in the steps of a recurrence.

    thin_product(result, x, w, m, n, k, row, column, line, panel, factor, accumulates)
    pack(packed, w, k, n)

BLAS copies both operands into an order of its own before it multiplies, which pays when there are many rows; of few rows
the copy of w is as much work as the product.  Here w is read where it is, some of its rows at a time, or from a copy that
is made once for many products.  In the copy, each *panel* of as many columns as a tile has is a block of memory, the last
one filled up with zeros: it stays in the first-level cache while all rows of x meet it.  A tile of the result, some rows
by two vectors, stays in registers while the panel is walked::

    for block in k, BLOCK at a time:
        for j in columns, a tile at a time:
            for i in rows, a tile at a time:
                tile = 0
                for p in block:
                    tile[r, c] += x[i + r, p] * w[p, j + c]        # w[j / columns of a tile * panel + p * line + c]
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
from theano.backends.llvm.object_code import room_for

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
    line, panel  how far apart in w are neighbouring rows of a panel, and neighbouring panels: see ``lines_and_panels``
    accumulates  whether it adds to what is in ``result``, a bit
    """
    name = f"thin_product.{dtype}"
    known = module.globals.get(name)
    return known if known is not None else _ThinProduct(module, dtype, name).emit()


def panel_columns(module: ir.Module, dtype: str) -> int:
    """How many columns a tile has, and with it a panel."""
    return TILE_VECTORS * vector_bytes(module.processor) // np.dtype(dtype).itemsize


def lines_and_panels(b: ir.IRBuilder, dtype: str, k: ir.Value, n: ir.Value) -> tuple[tuple[ir.Value, ir.Value], ...]:
    """(line, panel) of w where it is, and of its copy."""
    columns = INDEX(panel_columns(b.module, dtype))
    return (n, columns), (columns, b.mul(columns, k))


def packed_bytes(b: ir.IRBuilder, dtype: str, k: ir.Value, n: ir.Value) -> ir.Value:
    """The size of the copy of w."""
    columns = panel_columns(b.module, dtype)
    wide = b.and_(b.add(n, INDEX(columns - 1)), INDEX(-columns))
    return b.mul(b.mul(wide, k), INDEX(np.dtype(dtype).itemsize))


def pack(module: ir.Module, dtype: str) -> ir.Function:
    """The function that makes the copy of w, made when it is first asked for."""
    name = f"pack.{dtype}"
    known = module.globals.get(name)
    return known if known is not None else _Pack(module, dtype, name).emit()


@dataclass(frozen=True)
class _Place:
    """Where a tile is: the rows first to last of w, row i and column j of the result, the masks of its columns; and where
    in w its first row is, and how far apart rows are."""

    first: ir.Value
    last: ir.Value
    i: ir.Value
    j: ir.Value
    masks: list[ir.Value]
    source: ir.Value
    line: ir.Value


class _Vectors:
    """A function under construction that computes with vectors as long as registers."""

    def __init__(self, module: ir.Module, dtype: str, name: str, kinds: list[ir.Type]) -> None:
        self.number = FLOATS[dtype]
        self.itemsize = np.dtype(dtype).itemsize
        self.lanes = vector_bytes(module.processor) // self.itemsize
        self.columns = panel_columns(module, dtype)
        self.vector = ir.VectorType(self.number, self.lanes)
        self.function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
        self.function.linkage = "internal"
        for attribute in ("noinline", "nounwind"):
            self.function.attributes.add(attribute)
        for argument in self.function.args:
            if argument.type == POINTER:
                argument.add_attribute("noalias")
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))

    def _masks(self, left: ir.Value) -> list[ir.Value]:
        """Which lanes of the vectors of a tile are columns, where so many are left."""
        lane = ir.IntType(8 * self.itemsize)  # so that one comparison fills a register, and gives a mask of it
        kind = ir.VectorType(lane, self.lanes)
        most = INDEX(self.columns)
        left = self.b.select(self.b.icmp_signed("<", left, most), left, most)
        limit = self._repeated(left if lane == INDEX else self.b.trunc(left, lane), kind)
        parts = [range(c * self.lanes, (c + 1) * self.lanes) for c in range(TILE_VECTORS)]
        return [self.b.icmp_signed("<", ir.Constant(kind, [lane(number) for number in part]), limit) for part in parts]

    def _copy(
        self, target: ir.Value, source: ir.Value, line: ir.Value, count: ir.Value, masks: Sequence[ir.Value]
    ) -> None:
        """Copy rows of a panel, which are ``line`` apart, next to each other; masked columns become zeros."""
        b = self.b
        with for_range(b, INDEX(0), count, "copied") as p:
            row, copied = self._at(source, b.mul(p, line)), self._at(target, b.mul(p, INDEX(self.columns)))
            for c, mask in enumerate(masks):
                values = self._load(self._at(row, INDEX(c * self.lanes)), mask)
                b.store(values, self._at(copied, INDEX(c * self.lanes)), align=self.itemsize)

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


class _ThinProduct(_Vectors):
    """The product."""

    def __init__(self, module: ir.Module, dtype: str, name: str) -> None:
        super().__init__(module, dtype, name, [POINTER] * 3 + [INDEX] * 7 + [FLOATS[dtype], ir.IntType(1)])
        self.result, self.x, self.w, self.m, self.n, self.k, *rest = self.function.args
        self.row, self.column, self.line, self.panel, self.factor, self.accumulates = rest

    def emit(self) -> ir.Function:
        b, (many, few) = self.b, TILE_ROWS
        with ExitStack() as nest:
            first = nest.enter_context(for_range(b, INDEX(0), self.k, "block", BLOCK))
            last = self._smaller(b.add(first, INDEX(BLOCK)), self.k)
            j = nest.enter_context(for_range(b, INDEX(0), self.n, "columns", self.columns))
            masks = self._masks(b.sub(self.n, j))
            source, line = self._panel(first, last, j, masks)
            i = nest.enter_context(for_range(b, INDEX(0), self.m, "rows", many))
            place = _Place(first, last, i, j, masks, source, line)
            with b.if_else(b.icmp_signed(">", b.sub(self.m, i), INDEX(few))) as (large, small):
                with large:
                    self._tile(many, place)
                with small:
                    self._tile(few, place)
        b.ret_void()
        return self.function

    def _panel(
        self, first: ir.Value, last: ir.Value, j: ir.Value, masks: Sequence[ir.Value]
    ) -> tuple[ir.Value, ir.Value]:
        """Where rows first to last of the panel at column j begin, and how far apart they are.  Masks cost as much as
        multiplications: where w itself ends within the panel, these rows of it are copied and filled up."""
        b, columns = self.b, INDEX(self.columns)
        place = b.mul(b.udiv(j, columns), self.panel, flags=["nsw"])
        panel = self._at(self.w, b.add(place, b.mul(first, self.line, flags=["nsw"]), flags=["nsw"]))
        room = room_for(b, ir.ArrayType(self.vector, BLOCK * TILE_VECTORS))
        ends_within = b.icmp_signed("<", b.sub(self.n, j), columns)
        is_copied = b.and_(ends_within, b.icmp_signed("==", self.panel, columns))
        with b.if_then(is_copied):
            self._copy(room, panel, self.line, b.sub(last, first), masks)
        return b.select(is_copied, room, panel), b.select(is_copied, columns, self.line)

    def _smaller(self, x: ir.Value, y: ir.Value) -> ir.Value:
        return self.b.select(self.b.icmp_signed("<", x, y), x, y)

    def _tile(self, count: int, at: _Place) -> None:
        b = self.b
        end = b.sub(self.m, INDEX(1))
        rows = [self._smaller(b.add(at.i, INDEX(r), flags=["nsw"]), end) for r in range(count)]
        offsets = [b.mul(i, self.row, flags=["nsw"]) for i in rows]
        with self._sums(count * TILE_VECTORS, at) as (p, sums, following):
            x = self._at(self.x, b.mul(p, self.column, flags=["nsw"]))
            w = self._at(at.source, b.mul(b.sub(p, at.first, flags=["nsw"]), at.line, flags=["nsw"]))
            places = [self._at(w, INDEX(c * self.lanes)) for c in range(TILE_VECTORS)]
            across = [b.load(place, typ=self.vector, align=self.itemsize) for place in places]
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


class _Pack(_Vectors):
    """The copy of w."""

    def __init__(self, module: ir.Module, dtype: str, name: str) -> None:
        super().__init__(module, dtype, name, [POINTER] * 2 + [INDEX] * 2)
        self.packed, self.w, self.k, self.n = self.function.args

    def emit(self) -> ir.Function:
        b = self.b
        with for_range(b, INDEX(0), self.n, "columns", self.columns) as j:
            masks = self._masks(b.sub(self.n, j))
            self._copy(self._at(self.packed, b.mul(j, self.k)), self._at(self.w, j), self.n, self.k, masks)
        b.ret_void()
        return self.function
