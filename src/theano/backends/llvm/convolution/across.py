"""The convolution with filters side by side in registers: some places by all filters at a time.

    result[p, f] = sum over taps t of  image[place of p + offset[t]] * weight[t, f]

The image stays as it is whatever steps are, and no places between lines are computed.  Some taps at a time meet all places
of an image, so that their weights stay in the first-level cache; results are turned round at the end.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.convolution.columns import COLUMNS, padded_filters, work_out_dense_layout
from theano.backends.llvm.convolution.frame import ALIGNMENT, Code, Frame, task_of_frame
from theano.backends.llvm.convolution.layout import (
    dense_layout_of_image,
    fill_offsets,
    lay_out_image,
    place_of_image,
    product_of,
)
from theano.backends.llvm.convolution.sharing import divide, tiles
from theano.backends.llvm.convolution.taps import VectorCode
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.value import Value

ROWS = (8, 6, 3, 1)  # places that a block of sums may have, of those as many as there are registers for
BLOCK_TAPS = 128


def begin_across(code: Code, frame: Frame, transpose: ir.Function) -> None:
    """End a function that begins a convolution by beginning it this way."""
    work_out_dense_layout(code, frame)
    lanes, filters, taps = code.registers.lanes, frame["filters"], frame["channels"] * frame["volume"]
    pitch = padded_filters(code, frame)
    size = frame["groups"] * taps * pitch
    memory = code.memory(taps * 8 + (size + ALIGNMENT) * code.itemsize, otherwise=-1)
    frame.set("memory", memory)
    frame.set("offsets", memory)
    packed = code.aligned(code.builder.element(memory, taps, "int64"))
    frame.set("packed", packed)
    fill_offsets(code, frame, dense_layout_of_image(frame), by_channel=True)
    code.clear(packed, size)
    with code.loop(0, frame["groups"], "group") as group:
        for columns, v in tiles(code, code.index(0), code.quotient(pitch, lanes), COLUMNS):
            f, numbers = v * lanes, columns * lanes
            kernel = code.element(frame.pointer("kernel"), group * filters * taps)
            target = code.element(packed, (group * pitch + f) * taps)
            count = code.minimum(filters - f, numbers)
            with code.otherwise(frame["is_turned"] != 0) as (turned, plain):
                with turned:
                    _pack_turned(code, frame, transpose, kernel, f, count, target, numbers)
                with plain:
                    own = code.element(kernel, f * taps)
                    code.b.call(transpose, [own, taps.ir, count.ir, taps.ir, target, INDEX(numbers)])
    divide(code, frame, code.quotient_up(pitch, COLUMNS[0] * lanes))
    code.b.ret((frame["shares"] * frame["slices"]).ir)


def _pack_turned(
    code: Code,
    frame: Frame,
    transpose: ir.Function,
    kernel: ir.Value,
    f: Value,
    count: Value,
    target: ir.Value,
    numbers: int,
) -> None:
    """Of kernels that have the filters from f on as channels: target[c, k, i] = kernel[c, f + i, k], i < count."""
    volume = frame["volume"]
    with code.loop(0, frame["channels"], "channel") as c:
        own = code.element(kernel, (c * frame["filters"] + f) * volume)
        there = code.element(target, c * volume * numbers)
        with code.otherwise(volume == 1) as (single, several):
            with single:
                code.copy(there, own, count)
            with several:
                code.b.call(transpose, [own, volume.ir, count.ir, volume.ir, there, INDEX(numbers)])


def emit_across_sum(module: Module, dtype: str, columns: int) -> ir.Function:
    """across_sum(source, offsets, taps, weights, places, width, line_step, step, target, pitch)::

        for p in range(places), k in range(n):  # n numbers in ``columns`` registers
            target[p * pitch + k] += sum over t < taps of
                source[p // width * line_step + p % width * step + offsets[t]] * weights[t * n + k]
    """
    kinds = [POINTER, POINTER, INDEX, POINTER, *[INDEX] * 4, POINTER, INDEX]
    code = VectorCode(module, f"across_sum.{columns}", kinds, dtype)
    source, offsets, _, weights, *_ = code.function.args
    taps, places, width, line_step, step, pitch = (code.argument(k) for k in (2, 4, 5, 6, 7, 9))
    target, lanes = code.function.args[8], code.registers.lanes
    sizes = [rows for rows in ROWS if rows * columns <= code.registers.sums]
    for rows, p in tiles(code, code.index(0), places, sizes):
        begin = []
        for row in range(rows):
            line, place = code.quotient(p + row, width), code.rest(p + row, width)
            begin.append(code.element(source, line * line_step + place * step))
        sums = [[code.room() for _ in range(columns)] for _ in range(rows)]
        with code.loop(0, taps, "tap") as t:
            offset = code.load_word(offsets, t)
            here = code.element(weights, t * (columns * lanes))
            right = [code.load(code.element(here, code.index(k * lanes))) for k in range(columns)]
            for row in range(rows):
                left = code.everywhere(code.element(begin[row], offset))
                for column in range(columns):
                    code.add_product(sums[row][column], left, right[column])
        for row in range(rows):
            for column in range(columns):
                address = code.element(target, (p + row) * pitch + column * lanes)
                total = code.b.fadd(code.load(address), code.b.load(sums[row][column], typ=code.vector))
                code.b.store(total, address, align=code.itemsize)
    code.b.ret_void()
    return code.function


def emit_across_task(module: Module, dtype: str, lay_out: ir.Function, transpose: ir.Function) -> None:
    """status across.task(frame, part): some of the images, and of the filters."""
    sums = {columns: emit_across_sum(module, dtype, columns) for columns in COLUMNS}
    code, frame = task_of_frame(module, "across.task", dtype)
    code.function.linkage = "internal"
    part, slices, lanes = code.argument(1), frame["slices"], code.registers.lanes
    items = code.share(frame["batch"] * frame["groups"], frame["shares"], code.quotient(part, slices))
    most, filters, pitch = COLUMNS[0], frame["filters"], padded_filters(code, frame)
    vectors = code.quotient(pitch, lanes)
    first, last = code.share(code.quotient_up(vectors, most), slices, code.rest(part, slices))
    first, last = first * most, code.minimum(last * most, vectors)
    layout, taps = dense_layout_of_image(frame), frame["channels"] * frame["volume"]
    laid = code.where(layout.is_in_place, 0, layout.laid_size)
    places, own = frame["top1"] * frame["top2"], (last - first) * lanes
    memory = code.memory((laid + places * own + ALIGNMENT) * code.itemsize, otherwise=1)
    summed = code.aligned(memory)
    image_room = code.element(summed, places * own)
    top_size = product_of(frame.each("top"))
    blocks = code.quotient_up(taps, BLOCK_TAPS)
    with code.loop(*items, "item") as item:
        lay_out_image(code, lay_out, layout, item, image_room)
        image = place_of_image(code, layout, item, image_room)
        packed = code.element(frame.pointer("packed"), code.rest(item, frame["groups"]) * pitch * taps)
        with code.loop(0, frame["top0"], "plane") as z:
            plane = code.element(image, z * frame["step0"] * frame["laid1"] * frame["laid2"])
            code.clear(summed, places * own)
            for columns, v in tiles(code, first, last, COLUMNS):
                with code.loop(0, blocks, "block") as block:
                    t = block * BLOCK_TAPS
                    arguments = [
                        plane,
                        code.builder.element(frame.pointer("offsets"), t, "int64"),
                        code.minimum(taps - t, BLOCK_TAPS).ir,
                        code.element(packed, v * lanes * taps + t * (columns * lanes)),
                        places.ir,
                        frame["top2"].ir,
                        (frame["step1"] * frame["laid2"]).ir,
                        frame["step2"].ir,
                        code.element(summed, (v - first) * lanes),
                        own.ir,
                    ]
                    code.b.call(sums[columns], arguments)
            f: Value = first * lanes
            top = code.element(frame.pointer("top"), (item * filters + f) * top_size + z * places)
            count = code.minimum(filters - f, own)
            code.b.call(transpose, [summed, own.ir, places.ir, count.ir, top, top_size.ir])
    code.free(memory)
    code.b.ret(INDEX(0))
