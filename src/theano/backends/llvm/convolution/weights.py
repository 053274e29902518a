"""The adjoint of convolution for kernels: for each filter and each tap, a sum over images and places.

Where filters fill registers, sums of outer products are computed (``outer``).  Else registers go along places, and what
their lanes have is summed at the end.

Places are counted as in the layout of the image, whose rows may be longer than those of top: so top is copied, too, with
zeros where there are no results.  Numbers of the image that are not finite can therefore make neighbouring elements of
the kernel's gradient NaN.  Some images at a time are laid out, as many as fit into the second-level cache.

The images are divided into shares, each with kernels of its own, which ``end`` adds in order: how many depends on
lengths alone, so that digits are the same for any number of threads.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.convolution.frame import Code, Frame, of_frame, task_of_frame
from theano.backends.llvm.convolution.layout import (
    Layout,
    fill_offsets,
    lay_out_image,
    layout_of_image,
    layout_of_top,
)
from theano.backends.llvm.convolution.methods import is_outer
from theano.backends.llvm.convolution.outer import (
    MOST_PARTIAL_NUMBERS,
    MOST_SHARES,
    begin_outer,
    emit_add_to,
    emit_outer_task,
    outer_size,
    take_sums,
)
from theano.backends.llvm.convolution.sharing import begun, tiles
from theano.backends.llvm.convolution.taps import emit_place_sum
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.value import Value

BLOCK_NUMBERS = 1 << 18  # of images that are laid out at a time


def emit_weights(module: Module, dtype: str, lay_out: ir.Function, transpose: ir.Function) -> None:
    """weights.begin, weights.task, weights.end"""
    emit_outer_task(module, dtype, lay_out, transpose)
    _emit_begin(module, dtype)
    _emit_task(module, dtype, lay_out)
    _emit_end(module, dtype, transpose)


def _kernel_size(frame: Frame) -> Value:
    return frame["groups"] * frame["filters"] * frame["channels"] * frame["volume"]


def _emit_begin(module: Module, dtype: str) -> None:
    code, frame = begun(module, "weights.begin", dtype)
    size = _kernel_size(frame)
    frame["shares"] = 0
    with code.when(size == 0):
        code.b.ret(INDEX(0))
    code.clear(frame.pointer("kernel"), size)
    results = frame["batch"] * frame["top0"] * frame["top1"] * frame["top2"]
    with code.when(results == 0):
        code.b.ret(INDEX(0))
    frame["is_outer"] = outer = is_outer(frame, code.registers.lanes)
    with code.when(outer):
        begin_outer(code, frame)
    each = layout_of_image(frame).laid_size + layout_of_top(code, frame).laid_size
    frame["block"] = code.maximum(code.quotient(code.index(BLOCK_NUMBERS), each), 1)
    shares = code.minimum(
        code.minimum(frame["batch"], MOST_SHARES), code.quotient(code.index(MOST_PARTIAL_NUMBERS), size)
    )
    frame["shares"] = shares = code.maximum(shares, 1)
    taps = frame["channels"] * frame["volume"]
    partials = code.where(shares == 1, 0, shares * size)
    memory = code.memory(taps * 8 + partials * code.itemsize, otherwise=-1)
    frame.set("memory", memory)
    frame.set("offsets", memory)
    own = code.builder.element(memory, taps, "int64")
    frame.set("partials", code.b.select((shares == 1).ir, frame.pointer("kernel"), own))
    code.clear(own, partials)
    fill_offsets(code, frame, layout_of_image(frame), by_channel=True)
    code.b.ret(shares.ir)


def _emit_task(module: Module, dtype: str, lay_out: ir.Function) -> None:
    """status task(frame, part): the sums of some of the images"""
    code, frame = task_of_frame(module, "weights.task", dtype)
    sums = {
        (rows, taps): emit_place_sum(module, dtype, rows, taps)
        for rows in code.registers.rows_of_sums
        for taps in code.registers.taps_of_sums
    }
    with code.when(frame["is_outer"] != 0):
        code.b.ret(code.b.call(code.module.globals["outer.task"], code.function.args))
    part = code.argument(1)
    first, last = code.share(frame["batch"], frame["shares"], part)
    layouts = (layout_of_image(frame), layout_of_top(code, frame))
    size = layouts[0].laid_size + layouts[1].laid_size
    memory = code.memory(size * frame["block"] * code.itemsize, otherwise=1)
    rooms = [code.aligned(memory)]
    rooms.append(code.element(rooms[0], layouts[0].laid_size * frame["block"]))
    partial = code.element(frame.pointer("partials"), part * _kernel_size(frame))
    blocks = code.quotient_up(last - first, frame["block"])
    with code.loop(0, frame["groups"], "group") as group, code.loop(0, blocks, "block") as block:
        begin = first + block * frame["block"]
        count = code.minimum(frame["block"], last - begin)
        image, top = (
            _block_of(code, frame, lay_out, layout, room, group, begin, count)
            for layout, room in zip(layouts, rooms, strict=True)
        )
        kernel = code.element(partial, group * frame["filters"] * frame["channels"] * frame["volume"])
        _sum_tiles(code, frame, sums, image, top, kernel, count)
    code.free(memory)
    code.b.ret(INDEX(0))


def _block_of(
    code: Code,
    frame: Frame,
    lay_out: ir.Function,
    layout: Layout,
    room: ir.Value,
    group: Value,
    begin: Value,
    count: Value,
) -> tuple[ir.Value, Value]:
    """Some images of one group, laid out: where, and how far from one another they stand."""
    with code.loop(0, count, "image") as b:
        number = (begin + b) * frame["groups"] + group
        lay_out_image(code, lay_out, layout, number, code.element(room, b * layout.laid_size))
    there = code.element(layout.images, (begin * frame["groups"] + group) * layout.size)
    address = code.b.select(layout.is_in_place.ir, there, room)
    return address, code.where(layout.is_in_place, frame["groups"] * layout.size, layout.laid_size)


def _sum_tiles(
    code: Code,
    frame: Frame,
    sums: dict[tuple[int, int], ir.Function],
    image: tuple[ir.Value, Value],
    top: tuple[ir.Value, Value],
    kernel: ir.Value,
    count: Value,
) -> None:
    """All pairs of filters and taps, in blocks that are as large as possible."""
    taps = frame["channels"] * frame["volume"]
    top_plane, image_plane = frame["top1"] * frame["laid2"], frame["laid1"] * frame["laid2"]
    top_size = frame["top0"] * top_plane
    registers = code.registers
    for rows, f in tiles(code, code.index(0), frame["filters"], registers.rows_of_sums):
        for of_taps, t in tiles(code, code.index(0), taps, registers.taps_of_sums):
            arguments = [
                code.element(top[0], f * top_size), top_size.ir, top[1].ir, image[0], image[1].ir,
                code.builder.element(frame.pointer("offsets"), t, "int64"), count.ir, frame["top0"].ir,
                top_plane.ir, image_plane.ir, frame["places"].ir, code.element(kernel, f * taps + t), taps.ir,
            ]  # fmt: skip
            code.b.call(sums[rows, of_taps], arguments)


def _emit_end(module: Module, dtype: str, transpose: ir.Function) -> None:
    """weights.end(frame): add up what the shares have, and give memory back."""
    add_to = emit_add_to(module, dtype)
    code, frame = of_frame(module, "weights.end", ir.VoidType(), [], dtype)
    shares, partials = frame["shares"], frame.pointer("partials")
    by_outer = frame["is_outer"] != 0
    with code.when(shares > 0):
        with code.when(by_outer):
            size = outer_size(code, frame)
            with code.loop(1, shares, "share") as share:
                code.b.call(add_to, [partials, code.element(partials, share * size), size.ir])
            take_sums(code, frame, transpose)
        with code.unless(by_outer), code.when(shares > 1):
            size = _kernel_size(frame)
            with code.loop(0, shares, "share") as share:
                terms = code.element(partials, share * size)
                code.b.call(add_to, [frame.pointer("kernel"), terms, size.ir])
    code.free(frame.pointer("memory"))
    code.b.ret_void()
