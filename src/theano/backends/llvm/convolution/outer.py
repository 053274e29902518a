"""Kernels' gradients as sums of outer products: at each place, some numbers of the image by all filters of top.

    kernel[t, f] = sum over images and places p of  image[p * step + offset[t]] * top[p, f]

Filters stand side by side, so that a number of the image is met by registers of filters: nothing is summed across the
lanes of a register, and the image stays as it is whatever steps are; only borders are copied around it.  A few lines of
top at a time are turned round, as many as stay in the first-level cache while all taps meet them.

The work is divided by images, and where there are few, by taps.
"""

from __future__ import annotations

from contextlib import ExitStack

from llvmlite import ir

from theano.backends.llvm.convolution.columns import (
    COLUMNS,
    padded_filters,
    work_out_dense_layout,
)
from theano.backends.llvm.convolution.frame import ALIGNMENT, Code, Frame, task_of_frame
from theano.backends.llvm.convolution.layout import (
    dense_layout_of_image,
    fill_offsets,
    lay_out_image,
    place_of_image,
    product_of,
)
from theano.backends.llvm.convolution.sharing import tiles
from theano.backends.llvm.convolution.taps import VectorCode
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.value import Value

ROWS = (9, 6, 3, 1)  # and taps, of those as many as there are registers for; addresses of more would not fit
MOST_SHARES = 4
MOST_PARTIAL_NUMBERS = 1 << 23  # in the sums of all shares
LEAST_TAPS = 18  # of a slice
BLOCK_BYTES = 24 << 10  # of top that is turned round


def emit_outer_sum(module: Module, dtype: str, columns: int) -> ir.Function:
    """outer_sum(source, offsets, taps, top, pitch, lines, length, line_step, step, target)::

    for t in range(taps), k in range(n):  # n numbers in ``columns`` registers
        target[t * n + k] += sum over lines y, places p < length of
            source[y * line_step + p * step + offsets[t]] * top[(y * length + p) * pitch + k]
    """
    kinds = [POINTER, POINTER, INDEX, POINTER, *[INDEX] * 5, POINTER]
    code = VectorCode(module, f"outer_sum.{columns}", kinds, dtype)
    source, offsets, _, top, *_, target = code.function.args
    taps, pitch, lines, length, line_step, step = (code.argument(k) for k in (2, 4, 5, 6, 7, 8))
    lanes = code.registers.lanes
    sizes = [rows for rows in ROWS if rows * columns <= code.registers.sums]
    for rows, t in tiles(code, code.index(0), taps, sizes):
        begin = [code.element(source, code.load_word(offsets, t + row)) for row in range(rows)]
        sums = [[code.room() for _ in range(columns)] for _ in range(rows)]
        with ExitStack() as nest:
            y = nest.enter_context(code.loop(0, lines, "line"))
            p = nest.enter_context(code.loop(0, length, "place"))
            here = code.element(top, (y * length + p) * pitch)
            right = [code.load(code.element(here, code.index(k * lanes))) for k in range(columns)]
            for row in range(rows):
                left = code.everywhere(code.element(begin[row], y * line_step + p * step))
                for column in range(columns):
                    code.add_product(sums[row][column], left, right[column])
        for row in range(rows):
            for column in range(columns):
                address = code.element(target, ((t + row) * columns + column) * lanes)
                total = code.b.fadd(code.load(address), code.b.load(sums[row][column], typ=code.vector))
                code.b.store(total, address, align=code.itemsize)
    code.b.ret_void()
    return code.function


def emit_add_to(module: Module, dtype: str) -> ir.Function:
    """add_to(target, terms, count): target[k] += terms[k]"""
    code = VectorCode(module, "add_to", [POINTER, POINTER, INDEX], dtype)
    target, terms = code.function.args[:2]
    with code.loop(0, code.argument(2), "element") as k:
        address = code.element(target, k)
        term = code.builder.load(code.element(terms, k), dtype)
        code.builder.store(code.builder.load(address, dtype) + term, address)
    code.b.ret_void()
    return code.function


def outer_size(code: Code, frame: Frame) -> Value:
    """Sums of a share."""
    return frame["groups"] * frame["channels"] * frame["volume"] * padded_filters(code, frame)


def begin_outer(code: Code, frame: Frame) -> None:
    """End a function that begins the adjoint by beginning it this way."""
    work_out_dense_layout(code, frame)
    size, taps = outer_size(code, frame), frame["channels"] * frame["volume"]
    most = code.minimum(MOST_SHARES, code.quotient(code.index(MOST_PARTIAL_NUMBERS), size))
    frame["shares"] = shares = code.maximum(code.minimum(frame["batch"], most), 1)
    slices = code.minimum(
        code.quotient_up(code.index(MOST_SHARES), shares), code.quotient_up(taps, LEAST_TAPS)
    )
    frame["slices"] = slices
    memory = code.memory(taps * 8 + (shares * size + ALIGNMENT) * code.itemsize, otherwise=-1)
    frame.set("memory", memory)
    frame.set("offsets", memory)
    partials = code.aligned(code.builder.element(memory, taps, "int64"))
    frame.set("partials", partials)
    code.clear(partials, shares * size)
    fill_offsets(code, frame, dense_layout_of_image(frame), by_channel=True)
    code.b.ret((shares * slices).ir)


def emit_outer_task(module: Module, dtype: str, lay_out: ir.Function, transpose: ir.Function) -> None:
    """status outer.task(frame, part): the sums of some of the images, for some of the taps."""
    sums = {columns: emit_outer_sum(module, dtype, columns) for columns in COLUMNS}
    code, frame = task_of_frame(module, "outer.task", dtype)
    code.function.linkage = "internal"
    part, slices, lanes = code.argument(1), frame["slices"], code.registers.lanes
    share = code.quotient(part, slices)
    images = code.share(frame["batch"], frame["shares"], share)
    all_taps = frame["channels"] * frame["volume"]
    first, last = code.share(all_taps, slices, code.rest(part, slices))
    layout, pitch, filters = dense_layout_of_image(frame), padded_filters(code, frame), frame["filters"]
    laid = code.where(layout.is_in_place, 0, layout.laid_size)
    height, width, line = frame["top1"], frame["top2"], frame["laid2"]
    least = code.minimum(pitch, COLUMNS[0] * lanes) * width * code.itemsize
    most_lines = code.minimum(code.maximum(code.quotient(code.index(BLOCK_BYTES), least), 1), height)
    room = pitch * width * most_lines
    memory = code.memory((laid + room) * code.itemsize, otherwise=1)
    turned = code.aligned(memory)
    image_room = code.element(turned, room)
    code.clear(turned, room)
    # where lines follow one another in image and top, they are one
    is_dense = (line == width) & (frame["step1"] == 1) & (frame["step2"] == 1)
    top_size, group_size = product_of(frame.each("top")), all_taps * pitch
    partial = code.element(frame.pointer("partials"), share * frame["groups"] * group_size)
    with code.loop(*images, "image") as b, code.loop(0, frame["groups"], "group") as group:
        item = b * frame["groups"] + group
        lay_out_image(code, lay_out, layout, item, image_room)
        image = place_of_image(code, layout, item, image_room)
        with code.loop(0, frame["top0"], "plane") as z:
            plane = code.element(image, z * frame["step0"] * frame["laid1"] * line)
            blocks = code.quotient_up(height, most_lines)
            with code.loop(0, blocks, "block") as block:
                y = block * most_lines
                lines = code.minimum(most_lines, height - y)
                top = code.element(frame.pointer("top"), item * filters * top_size + (z * height + y) * width)
                code.b.call(transpose, [top, top_size.ir, filters.ir, (lines * width).ir, turned, pitch.ir])
                for columns, v in tiles(code, code.index(0), code.quotient(pitch, lanes), COLUMNS):
                    target = group * group_size + v * lanes * all_taps + first * columns * lanes
                    arguments = [
                        code.element(plane, y * frame["step1"] * line),
                        code.builder.element(frame.pointer("offsets"), first, "int64"),
                        (last - first).ir,
                        code.element(turned, v * lanes),
                        pitch.ir,
                        code.where(is_dense, 1, lines).ir,
                        code.where(is_dense, lines * width, width).ir,
                        (frame["step1"] * line).ir,
                        frame["step2"].ir,
                        code.element(partial, target),
                    ]
                    code.b.call(sums[columns], arguments)
    code.free(memory)
    code.b.ret(INDEX(0))


def take_sums(code: Code, frame: Frame, transpose: ir.Function) -> None:
    """The kernels from the sums of the first share, which filters follow one another in."""
    taps, lanes, pitch = (
        frame["channels"] * frame["volume"],
        code.registers.lanes,
        padded_filters(code, frame),
    )
    with code.loop(0, frame["groups"], "group") as group:
        sums = code.element(frame.pointer("partials"), group * taps * pitch)
        kernel = code.element(frame.pointer("kernel"), group * frame["filters"] * taps)
        for columns, v in tiles(code, code.index(0), code.quotient(pitch, lanes), COLUMNS):
            numbers = columns * lanes
            f = v * lanes
            count = code.minimum(frame["filters"] - f, numbers)
            target = code.element(kernel, f * taps)
            arguments = [code.element(sums, f * taps), INDEX(numbers), taps.ir, count.ir, target, taps.ir]
            code.b.call(transpose, arguments)
