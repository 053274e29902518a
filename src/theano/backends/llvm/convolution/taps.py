"""The inner loops of convolution: blocks of registers that are summed over taps, or over places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from llvmlite import ir

from theano.backends.llvm.convolution.frame import Code
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import room_for
from theano.backends.llvm.value import Value


class VectorCode(Code):
    """A function with vectors in registers."""

    def __init__(self, module: Module, name: str, kinds: list[ir.Type], dtype: str) -> None:
        super().__init__(module, name, ir.VoidType(), kinds, dtype)
        self.function.linkage = "internal"
        self.function.attributes.add("noinline")
        self.vector = self.registers.vector

    def load(self, address: ir.Value) -> ir.Value:
        return self.b.load(address, typ=self.vector, align=self.itemsize)

    def read(self, address: ir.Value, mask: ir.Value | None) -> ir.Value:
        """All numbers of a vector, or some."""
        return self.load(address) if mask is None else self.load_some(address, mask)

    def write(self, value: ir.Value, address: ir.Value, mask: ir.Value | None) -> None:
        if mask is None:
            self.b.store(value, address, align=self.itemsize)
        else:
            self.store_some(value, address, mask)

    def load_some(self, address: ir.Value, mask: ir.Value) -> ir.Value:
        """The numbers whose lanes the mask has, and zeros; others are not touched."""
        name = f"llvm.masked.load.v{self.vector.count}f{8 * self.itemsize}.p0"
        kinds = [POINTER, ir.IntType(32), mask.type, self.vector]
        zeros = ir.Constant(self.vector, None)
        return self.b.call(
            self._declared(name, self.vector, kinds), [address, ir.IntType(32)(self.itemsize), mask, zeros]
        )

    def store_some(self, value: ir.Value, address: ir.Value, mask: ir.Value) -> None:
        name = f"llvm.masked.store.v{self.vector.count}f{8 * self.itemsize}.p0"
        kinds = [self.vector, POINTER, ir.IntType(32), mask.type]
        self.b.call(
            self._declared(name, ir.VoidType(), kinds), [value, address, ir.IntType(32)(self.itemsize), mask]
        )

    def first_lanes(self, count: Value) -> ir.Value:
        """A mask of the first ``count`` lanes."""
        lanes = self.vector.count
        numbers = ir.Constant(ir.VectorType(INDEX, lanes), list(range(lanes)))
        return self.b.icmp_signed("<", numbers, self._repeated(count.ir, lanes))

    def everywhere(self, address: ir.Value) -> ir.Value:
        """The number at an address in all lanes."""
        return self._repeated(self.b.load(address, typ=self.vector.element), self.vector.count)

    def _repeated(self, number: ir.Value, lanes: int) -> ir.Value:
        undefined = ir.Constant(ir.VectorType(number.type, lanes), ir.Undefined)
        first = self.b.insert_element(undefined, number, ir.IntType(32)(0))
        places = ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes)
        return self.b.shuffle_vector(first, undefined, places)

    def add_product(self, total: ir.Value, x: ir.Value, y: ir.Value) -> None:
        """Add x * y to the vector in the room ``total``."""
        before = self.b.load(total, typ=self.vector)
        if self.builder.fused:
            name = f"llvm.fma.v{self.vector.count}f{8 * self.itemsize}"
            after = self.b.call(self._declared(name, self.vector, [self.vector] * 3), [x, y, before])
        else:
            after = self.b.fadd(before, self.b.fmul(x, y))
        self.b.store(after, total)

    def room(self) -> ir.Value:
        """A vector of zeros that LLVM makes a register."""
        room = room_for(self.b, self.vector)
        self.b.store(ir.Constant(self.vector, None), room)
        return room

    def totals(self, vectors: Sequence[ir.Value]) -> list[ir.Value]:
        """The sum of the lanes of each vector.

        As many vectors as there are lanes are added up together: the halves of two vectors side by side, then the
        quarters of four, and so on, until each lane holds the sum of a vector.
        """
        lanes = self.vector.count
        vectors = [*vectors, *[ir.Constant(self.vector, None)] * (-len(vectors) % lanes)]
        found = []
        for begin in range(0, len(vectors), lanes):
            group = list(vectors[begin : begin + lanes])
            while len(group) > 1:
                middle, width = len(group) // 2, len(group) // 2
                group = [self._folded(group[k], group[k + middle], width) for k in range(middle)]
            found += [self.b.extract_element(group[0], ir.IntType(32)(k)) for k in range(lanes)]
        return found

    def _folded(self, x: ir.Value, y: ir.Value, width: int) -> ir.Value:
        """Blocks of 2 * width lanes, of x and of y in turn, each folded to ``width`` lanes."""
        lanes = self.vector.count
        first = [
            begin + k for at in range(0, lanes, 2 * width) for begin in (at, lanes + at) for k in range(width)
        ]
        kind = ir.VectorType(ir.IntType(32), lanes)
        halves = [
            self.b.shuffle_vector(x, y, ir.Constant(kind, [k + offset for k in first]))
            for offset in (0, width)
        ]
        return self.b.fadd(*halves)

    def _declared(self, name: str, result: ir.Type, kinds: list[ir.Type]) -> ir.Function:
        known = self.module.globals.get(name)
        return known if known is not None else ir.Function(self.module, ir.FunctionType(result, kinds), name)


def emit_tap_sum(module: Module, dtype: str, rows: int) -> ir.Function:
    """tap_sum(source, offsets, taps, weights, target, distance, places), for ``rows`` filters::

        for p in range(places):
            for f in range(rows):
                target[f * distance + p] = sum over t < taps of  weights[t * rows + f] * source[p + offsets[t]]
    """
    kinds = [POINTER, POINTER, INDEX, POINTER, POINTER, INDEX, INDEX]
    code = VectorCode(module, f"tap_sum.{rows}", kinds, dtype)
    source, offsets, taps, weights, target, distance, places = code.function.args

    def block(p: Value, columns: int, mask: ir.Value | None) -> None:
        sums = _sums(code, rows, columns, source, weights, taps, mask, lambda t: p + code.load_word(offsets, t))
        for row, values in enumerate(sums):
            for column, value in enumerate(values):
                place = code.index(distance) * row + p + column * code.registers.lanes
                code.write(value, code.element(target, place), mask)

    _in_blocks(code, rows, code.index(places), block)
    return code.function


def emit_filter_sum(module: Module, dtype: str, rows: int) -> ir.Function:
    """filter_sum(top, distance, filters, weights, target, offsets, places), for ``rows`` taps::

        for p in range(places):
            for t in range(rows):
                target[p + offsets[t]] += sum over f < filters of  weights[f * rows + t] * top[f * distance + p]

    The sums are added to memory tap after tap, since what different taps write overlaps.
    """
    kinds = [POINTER, INDEX, INDEX, POINTER, POINTER, POINTER, INDEX]
    code = VectorCode(module, f"filter_sum.{rows}", kinds, dtype)
    top, distance, filters, weights, target, offsets, places = code.function.args

    def block(p: Value, columns: int, mask: ir.Value | None) -> None:
        sums = _sums(code, rows, columns, top, weights, filters, mask, lambda f: p + f * code.index(distance))
        for row, values in enumerate(sums):
            begin = p + code.load_word(offsets, code.index(row))
            for column, value in enumerate(values):
                address = code.element(target, begin + column * code.registers.lanes)
                code.write(code.b.fadd(code.read(address, mask), value), address, mask)

    _in_blocks(code, rows, code.index(places), block)
    return code.function


def _in_blocks(
    code: VectorCode, rows: int, places: Value, block: Callable[[Value, int, ir.Value | None], None]
) -> None:
    """block(p, columns, mask) for all places: as many registers as go with ``rows``, then single ones."""
    columns, lanes = code.registers.columns(rows), code.registers.lanes
    whole = places - code.rest(places, columns * lanes)
    with code.loop(0, whole, "block", columns * lanes) as p:
        block(p, columns, None)
    with code.loop(whole, places, "rest", lanes) as p:
        block(p, 1, code.first_lanes(places - p))
    code.b.ret_void()


def _sums(
    code: VectorCode,
    rows: int,
    columns: int,
    source: ir.Value,
    weights: ir.Value,
    count: ir.Value,
    mask: ir.Value | None,
    begin: Callable[[Value], Value],
) -> list[list[ir.Value]]:
    """For each row and column a register of sums over k < count of  weights[k * rows + row] * source[begin(k) + column]."""
    sums = [[code.room() for _ in range(columns)] for _ in range(rows)]
    with code.loop(0, code.index(count), "term") as k:
        first = begin(k)
        seen = [
            code.read(code.element(source, first + column * code.registers.lanes), mask) for column in range(columns)
        ]
        for row in range(rows):
            weight = code.everywhere(code.element(weights, k * rows + row))
            for column in range(columns):
                code.add_product(sums[row][column], weight, seen[column])
    return [[code.b.load(total, typ=code.vector) for total in row] for row in sums]


def emit_place_sum(module: Module, dtype: str, rows: int, taps: int) -> ir.Function:
    """place_sum(top, top_distance, top_image, source, source_image, offsets, images, planes, top_plane, source_plane,
    places, target, target_distance), for ``rows`` filters and ``taps`` taps::

        for f in range(rows), t in range(taps):
            target[f * target_distance + t] += sum over images b, planes z, places p of
                top[f * top_distance + b * top_image + z * top_plane + p]
                * source[b * source_image + z * source_plane + p + offsets[t]]
    """
    kinds = [POINTER, INDEX, INDEX, POINTER, INDEX, POINTER, *[INDEX] * 5, POINTER, INDEX]
    code = VectorCode(module, f"place_sum.{rows}.{taps}", kinds, dtype)
    top, distance, top_image, source, source_image, offsets, images, planes = code.function.args[:8]
    top_plane, source_plane, places, target, target_distance = code.function.args[8:]
    lanes = code.registers.lanes
    offset = [code.load_word(offsets, code.index(t)) for t in range(taps)]
    sums = [[code.room() for _ in range(taps)] for _ in range(rows)]
    whole = code.index(places) - code.rest(code.index(places), lanes)

    def add(top_begin: Value, source_begin: Value, mask: ir.Value | None) -> None:
        left = [code.read(code.element(top, top_begin + code.index(distance) * f), mask) for f in range(rows)]
        for t in range(taps):
            right = code.read(code.element(source, source_begin + offset[t]), mask)
            for f in range(rows):
                code.add_product(sums[f][t], left[f], right)

    with ExitStack() as nest:
        b = nest.enter_context(code.loop(0, code.index(images), "image"))
        z = nest.enter_context(code.loop(0, code.index(planes), "plane"))
        top_begin = b * code.index(top_image) + z * code.index(top_plane)
        source_begin = b * code.index(source_image) + z * code.index(source_plane)
        with code.loop(0, whole, "place", lanes) as p:
            add(top_begin + p, source_begin + p, None)
        left_over = code.index(places) - whole
        with code.when(left_over > 0):
            add(top_begin + whole, source_begin + whole, code.first_lanes(left_over))
    pairs = [(f, t) for f in range(rows) for t in range(taps)]
    totals = code.totals([code.b.load(sums[f][t], typ=code.vector) for f, t in pairs])
    for (f, t), total in zip(pairs, totals, strict=False):
        address = code.element(target, code.index(target_distance) * f + t)
        before = code.b.load(address, typ=code.vector.element)
        code.b.store(code.b.fadd(before, total), address)
    code.b.ret_void()
    return code.function
