"""Convolution with kernels of 3 x 3 that move by one, with 16 multiplications where 36 are plain.

Winograd's minimal filtering F(2 x 2, 3 x 3): for each tile of 2 x 2 results, from 4 x 4 numbers d of the image,

    results = A' [ sum over channels of (G g G') * (B' d B) ] A

         1  0  0            1  0 -1  0
    G = 1/2 1/2 1/2    B' = 0  1  1  0    A' = 1  1  1  0
        1/2-1/2 1/2         0 -1  1  0         0  1 -1 -1
         0  0  1            0  1  0 -1

so that for each of 16 places in a tile there is a product of matrices, filters by channels and channels by tiles.  (Lavin,
Gray, "Fast algorithms for convolutional neural networks", 2016.)  Rounding errors are about as large as those of the sum.

Tiles follow one another along the lines of the layout, in which columns and rows of even and odd number are phases.
The adjoint for images is such a convolution, too: of top, with kernels turned round and channels and filters exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llvmlite import ir

from theano.backends.llvm.convolution.frame import Code, Frame, of_frame, task_of_frame
from theano.backends.llvm.convolution.layout import Layout, lay_out_image
from theano.backends.llvm.convolution.methods import is_winograd
from theano.backends.llvm.convolution.sharing import MOST_SHARES, tiles
from theano.backends.llvm.convolution.taps import VectorCode
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.value import Value

PLACES = 16  # in a tile of the image


def emit_winograd(module: Module, dtype: str, lay_out: ir.Function, sums: dict[int, ir.Function]) -> ir.Function:
    """winograd.begin, which the two ways to convolve begin with where it suits, and winograd.task."""
    begin = _emit_begin(module, dtype, _emit_pack(module, dtype))
    _emit_task(module, dtype, lay_out, sums)
    return begin


def begin_winograd(code: Code, frame: Frame, begin: ir.Function, is_forward: bool) -> None:
    """End a function that begins a convolution by beginning it this way, where that suits."""
    with code.when(is_winograd(frame, is_forward)):
        code.b.ret(code.b.call(begin, [frame.address, INDEX(int(is_forward))]))
    frame["is_winograd"] = 0


def leave_to_winograd(code: Code, frame: Frame) -> None:
    """End a task by doing it this way, if ``begin`` has said so."""
    with code.when(frame["is_winograd"] != 0):
        code.b.ret(code.b.call(code.module.globals["winograd.task"], code.function.args))


# -- the three transformations -----------------------------------------------------------------------------------------


def _of_image(d: Sequence[Any], add: Any, subtract: Any) -> list[Any]:
    """B' d"""
    return [subtract(d[0], d[2]), add(d[1], d[2]), subtract(d[2], d[1]), subtract(d[1], d[3])]


def _of_kernel(g: Sequence[Any]) -> list[Any]:
    """G g"""
    outer, middle = (g[0] + g[2]) * 0.5, g[1] * 0.5
    return [g[0], outer + middle, outer - middle, g[2]]


def _of_result(m: Sequence[Any], add: Any, subtract: Any) -> list[Any]:
    """A' m"""
    return [add(add(m[0], m[1]), m[2]), subtract(subtract(m[1], m[2]), m[3])]


def _both_ways(transform: Any, rows: list[list[Any]]) -> list[list[Any]]:
    """A transformation of columns, then of rows."""
    columns = [transform([row[k] for row in rows]) for k in range(len(rows[0]))]  # of each column: new rows
    return [transform([column[k] for column in columns]) for k in range(len(columns[0]))]


def _emit_transform_image(module: Module, dtype: str) -> ir.Function:
    """transform_image(laid, target, channels, phase_size, pitch, places, distance): places a multiple of the lanes

    target[t * distance + c * block + p] = (B' d B)[t], with d[i, j] = laid[c, i % 2, j % 2, p + i // 2 * pitch + j // 2]
    """
    code = VectorCode(module, "transform_image", [POINTER, POINTER, *[INDEX] * 5], dtype)
    laid, target = code.function.args[:2]
    channels, phase_size, pitch, places, distance = (code.argument(k) for k in range(2, 7))
    b = code.b
    with code.loop(0, channels, "channel") as c, code.loop(0, places, "place", code.registers.lanes) as p:

        def number(i: int, j: int) -> ir.Value:
            phase = (c * 4 + (2 * (i % 2) + j % 2)) * phase_size
            return code.load(code.element(laid, phase + p + pitch * (i // 2) + j // 2))

        d = [[number(i, j) for j in range(4)] for i in range(4)]
        found = _both_ways(lambda column: _of_image(column, b.fadd, b.fsub), d)
        for t, value in enumerate(v for row in found for v in row):
            b.store(value, code.element(target, distance * t + c * block_of(code) + p), align=code.itemsize)
    b.ret_void()
    return code.function


def _emit_transform_result(module: Module, dtype: str) -> ir.Function:
    """transform_result(sums, distance, lines, apart, places): of one filter, places a multiple of the lanes

    lines[2 * p + j] and lines[apart + 2 * p + j] = (A' m A)[0, j] and [1, j], with m[t] = sums[t * distance + p]
    """
    code = VectorCode(module, "transform_result", [POINTER, INDEX, POINTER, INDEX, INDEX], dtype)
    sums, _, lines, _, _ = code.function.args
    distance, apart, places = code.argument(1), code.argument(3), code.argument(4)
    b, lanes = code.b, code.registers.lanes
    kind = ir.VectorType(ir.IntType(32), lanes)
    in_turn = [ir.Constant(kind, [k // 2 + k % 2 * lanes for k in range(at, at + lanes)]) for at in (0, lanes)]
    with code.loop(0, places, "place", lanes) as p:
        m = [[code.load(code.element(sums, distance * (4 * i + j) + p)) for j in range(4)] for i in range(4)]
        found = _both_ways(lambda column: _of_result(column, b.fadd, b.fsub), m)
        for i, (even, odd) in enumerate(found):
            for half, order in enumerate(in_turn):
                address = code.element(lines, apart * i + p * 2 + half * lanes)
                b.store(b.shuffle_vector(even, odd, order), address, align=code.itemsize)
    b.ret_void()
    return code.function


def _emit_pack(module: Module, dtype: str) -> ir.Function:
    """pack_winograd(kernel, packed, rows, columns, row_step, column_step, turns): the kernels of a group, transformed

    packed[t][first * columns + c * size + r] = (G g G')[t], as ``sharing.pack`` orders them, with g at
    kernel[(first + r) * row_step + c * column_step], turned round where ``turns`` is not 0
    """
    code = Code(module, "pack_winograd", ir.VoidType(), [POINTER, POINTER, *[INDEX] * 5], dtype)
    code.function.linkage = "internal"
    code.function.attributes.add("noinline")
    kernel, packed = code.function.args[:2]
    rows, columns, row_step, column_step, turns = (code.argument(k) for k in range(2, 7))
    for size, first in tiles(code, code.index(0), rows, code.registers.row_sizes):
        with code.loop(0, columns, "column") as c, code.loop(0, size, "row") as r:
            own = code.element(kernel, (first + r) * row_step + c * column_step)

            def number(i: int, j: int, own: ir.Value = own) -> Value:
                at = code.where(turns == 0, 3 * i + j, 8 - 3 * i - j)
                return code.builder.load(code.element(own, at), dtype)

            g = [[number(i, j) for j in range(3)] for i in range(3)]
            for t, value in enumerate(v for row in _both_ways(_of_kernel, g) for v in row):
                place = rows * columns * t + first * columns + c * size + r
                code.builder.store(value, code.element(packed, place))
    code.b.ret_void()
    return code.function


# -- begin and task ----------------------------------------------------------------------------------------------------


def _emit_begin(module: Module, dtype: str, pack: ir.Function) -> ir.Function:
    """parts winograd.begin(frame, is_forward)"""
    code, frame = of_frame(module, "winograd.begin", INDEX, [INDEX], dtype)
    code.function.linkage = "internal"
    forward = code.argument(1) != 0
    frame["is_winograd"] = 1

    def either(there: str, elsewhere: str) -> Value:
        return code.where(forward, frame[there], frame[elsewhere])

    frame.set("source", code.b.select(forward.ir, frame.pointer("image"), frame.pointer("top")))
    frame.set("result", code.b.select(forward.ir, frame.pointer("top"), frame.pointer("image")))
    frame["sources"], frame["targets"] = either("channels", "filters"), either("filters", "channels")
    for axis in (1, 2):
        frame[f"length{axis}"], frame[f"target{axis}"] = (
            either(f"image{axis}", f"top{axis}"),
            either(f"top{axis}", f"image{axis}"),
        )
        before = frame[f"before{axis}"]
        frame[f"shift{axis}"] = code.where(forward, before, 2 - before)
        frame[f"laid{axis}"] = code.quotient_up(frame[f"target{axis}"], 2) + 1
    lanes = code.registers.lanes
    places = (frame["laid1"] - 2) * frame["laid2"] + frame["laid2"] - 1
    frame["places"] = places = code.quotient_up(places, lanes) * lanes
    sources, targets = frame["sources"], frame["targets"]
    size = sources * targets * PLACES
    memory = code.memory(sources * 8 + frame["groups"] * size * code.itemsize, otherwise=-1)
    frame.set("memory", memory)
    frame.set("offsets", memory)
    frame.set("packed", code.builder.element(memory, sources, "int64"))
    with code.loop(0, sources, "source") as c:
        code.store_word(c * block_of(code), frame.pointer("offsets"), c)
    flips = frame["flip"] != 0
    turns = code.where(forward, code.where(flips, 1, 0), code.where(flips, 0, 1))
    nine, all_channels = code.index(9), frame["channels"] * 9
    row_step, column_step = code.where(forward, all_channels, nine), code.where(forward, nine, all_channels)
    with code.loop(0, frame["groups"], "group") as g:
        kernel = code.element(frame.pointer("kernel"), g * sources * targets * 9)
        packed = code.element(frame.pointer("packed"), g * size)
        code.b.call(pack, [kernel, packed, targets.ir, sources.ir, row_step.ir, column_step.ir, turns.ir])
    frame["shares"] = shares = code.minimum(frame["batch"] * frame["groups"], MOST_SHARES)
    frame["slices"] = 1
    code.b.ret(shares.ir)
    return code.function


def _layout(code: Code, frame: Frame) -> Layout:
    """Even and odd rows and columns as phases."""
    one, two, zero = code.index(1), code.index(2), code.index(0)
    return Layout(
        frame.pointer("source"),
        frame["sources"],
        [one, frame["laid1"], frame["laid2"]],
        [one, two, two],
        [zero, frame["shift1"], frame["shift2"]],
        [one, two, two],
        [one, frame["length1"], frame["length2"]],
        one == 0,
    )


def _emit_task(module: Module, dtype: str, lay_out: ir.Function, sums: dict[int, ir.Function]) -> None:
    """status winograd.task(frame, part): some of the images"""
    of_image, of_result = _emit_transform_image(module, dtype), _emit_transform_result(module, dtype)
    code, frame = task_of_frame(module, "winograd.task", dtype)
    code.function.linkage = "internal"
    items = code.share(frame["batch"] * frame["groups"], frame["shares"], code.argument(1))
    layout, places, sources, targets = _layout(code, frame), frame["places"], frame["sources"], frame["targets"]
    block, apart = block_of(code), code.registers.lanes  # matrices a power of two apart would meet in few sets of a cache
    of_sources, of_targets = sources * block + apart, targets * block + apart
    # what is read of the last places of a layout goes beyond it
    sizes = [
        layout.laid_size + frame["laid2"] + code.registers.lanes,
        of_sources * PLACES,
        of_targets * PLACES,
        targets * places * 4,
    ]
    total: Value = code.index(0)
    for size in sizes:
        total = total + size
    memory = code.memory(total * code.itemsize, otherwise=1)
    rooms = [code.aligned(memory)]
    for size in sizes[:-1]:
        rooms.append(code.element(rooms[-1], size))
    laid, transformed, summed, lines = rooms
    code.clear(laid, sizes[0])
    phase_size, of_packed = frame["laid1"] * frame["laid2"], sources * targets
    with code.loop(*items, "item") as item:
        lay_out_image(code, lay_out, layout, item, laid)
        packed = code.element(frame.pointer("packed"), code.rest(item, frame["groups"]) * of_packed * PLACES)
        with code.loop(0, places, "block", block) as p:
            count = code.minimum(places - p, block)
            numbers = [sources.ir, phase_size.ir, frame["laid2"].ir, count.ir, of_sources.ir]
            code.b.call(of_image, [code.element(laid, p), transformed, *numbers])
            with code.loop(0, PLACES, "place") as t:
                own, weights = code.element(transformed, t * of_sources), code.element(packed, t * of_packed)
                for rows, f in tiles(code, code.index(0), targets, code.registers.row_sizes):
                    target = code.element(summed, t * of_targets + f * block)
                    arguments = [own, frame.pointer("offsets"), sources.ir, code.element(weights, f * sources)]
                    code.b.call(sums[rows], [*arguments, target, INDEX(block), count.ir])
            with code.loop(0, targets, "filter") as f:
                here = code.element(lines, f * places * 4 + p * 2)
                arguments = [code.element(summed, f * block), of_targets.ir, here, (places * 2).ir, count.ir]
                code.b.call(of_result, arguments)
        _store_lines(code, frame, lines, item)
    code.free(memory)
    code.b.ret(INDEX(0))


def block_of(code: Code) -> int:
    """How many tiles are computed together, so that what belongs to one place of a tile stays in the first-level cache."""
    return code.registers.columns(code.registers.row_sizes[0]) * code.registers.lanes


def _store_lines(code: Code, frame: Frame, lines: ir.Value, item: Value) -> None:
    """Put the lines of an image's results, for each filter even ones first, where they belong."""
    places, height, width = frame["places"], frame["target1"], frame["target2"]
    with code.loop(0, frame["targets"], "filter") as f, code.loop(0, height, "line") as y:
        is_odd, tile = code.rest(y, 2), code.quotient(y, 2)
        read = code.element(lines, (f * 4 + is_odd * 2) * places + tile * frame["laid2"] * 2)
        line = (item * frame["targets"] + f) * height + y
        code.copy(code.element(frame.pointer("result"), line * width), read, width)
