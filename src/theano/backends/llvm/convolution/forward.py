"""The convolution: each filter's result is a sum over taps of the image that is laid out.

Three functions: ``begin`` works everything out and tells in how many parts the work is to be done, or -1 where there is
no memory; ``task`` does a part; ``end`` gives memory back.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.convolution.across import begin_across, emit_across_task
from theano.backends.llvm.convolution.frame import Code, Frame, task_of_frame
from theano.backends.llvm.convolution.layout import (
    lay_out_image,
    layout_of_image,
    place_of_image,
    product_of,
)
from theano.backends.llvm.convolution.methods import is_across
from theano.backends.llvm.convolution.sharing import allocate_tables, begun, divide, emit_end, pack, tiles
from theano.backends.llvm.convolution.winograd import begin_winograd, leave_to_winograd
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.value import Value


def emit_forward(
    module: Module,
    dtype: str,
    lay_out: ir.Function,
    transpose: ir.Function,
    sums: dict[int, ir.Function],
    winograd: ir.Function,
) -> None:
    """forward.begin, forward.task, forward.end"""
    emit_across_task(module, dtype, lay_out, transpose)
    _emit_begin(module, dtype, transpose, winograd)
    _emit_task(module, dtype, lay_out, sums)
    emit_end(module, "forward.end", dtype)


def _emit_begin(module: Module, dtype: str, transpose: ir.Function, winograd: ir.Function) -> None:
    code, frame = begun(module, "forward.begin", dtype)
    size = frame["batch"] * frame["groups"] * frame["filters"] * product_of(frame.each("top"))
    with code.when(size == 0):
        code.b.ret(INDEX(0))
    begin_winograd(code, frame, winograd, is_forward=True)
    frame["is_turned"] = 0
    begin_plainly(code, frame, transpose)


def begin_plainly(code: Code, frame: Frame, transpose: ir.Function) -> None:
    """End a function that begins a convolution: of the image, or of top with kernels turned round."""
    frame["is_across"] = across = is_across(frame, code.registers.lanes)
    with code.when(across):
        begin_across(code, frame, transpose)
    allocate_tables(code, frame, by_channel=True)
    divide(code, frame, code.quotient_up(frame["filters"], code.registers.row_sizes[0]))
    volume = frame["volume"]
    taps, size = frame["channels"] * volume, frame["filters"] * volume
    with code.otherwise(frame["is_turned"] != 0) as (turned, plain):
        with turned:
            pack(
                code,
                frame,
                frame["filters"],
                taps,
                lambda f, t: code.quotient(t, volume) * size + f * volume + code.rest(t, volume),
            )
        with plain:
            pack(code, frame, frame["filters"], taps, lambda f, t: f * taps + t)
    code.b.ret((frame["shares"] * frame["slices"]).ir)


def _emit_task(module: Module, dtype: str, lay_out: ir.Function, sums: dict[int, ir.Function]) -> None:
    """status task(frame, part): some of the images, and of the filters."""
    code, frame = task_of_frame(module, "forward.task", dtype)
    most_rows = max(sums)
    leave_to_winograd(code, frame)
    with code.when(frame["is_across"] != 0):
        code.b.ret(code.b.call(code.module.globals["across.task"], code.function.args))
    share, slice_ = (
        code.quotient(code.argument(1), frame["slices"]),
        code.rest(code.argument(1), frame["slices"]),
    )
    items = code.share(frame["batch"] * frame["groups"], frame["shares"], share)
    units = code.share(code.quotient_up(frame["filters"], most_rows), frame["slices"], slice_)
    filters = units[0] * most_rows, code.minimum(units[1] * most_rows, frame["filters"])
    layout, top_size = layout_of_image(frame), product_of(frame.each("top"))
    is_direct = frame["laid2"] == frame["top2"]  # sums can be stored where they belong
    laid = code.where(layout.is_in_place, 0, layout.laid_size)
    memory = code.memory((laid + code.where(is_direct, 0, frame["places"] * most_rows)) * code.itemsize, otherwise=1)
    scratch = code.aligned(memory)
    sums_room, taps = code.element(scratch, laid), frame["channels"] * frame["volume"]
    with code.loop(*items, "item") as item:
        lay_out_image(code, lay_out, layout, item, scratch)
        image = place_of_image(code, layout, item, scratch)
        group = code.rest(item, frame["groups"])
        packed = code.element(frame.pointer("packed"), group * frame["filters"] * taps)
        with code.loop(0, frame["top0"], "plane") as z:
            plane = code.element(image, z * frame["laid1"] * frame["laid2"])
            for rows, f in tiles(code, *filters, code.registers.row_sizes):
                own = (item * frame["filters"] + f) * top_size + z * frame["top1"] * frame["top2"]
                top = code.element(frame.pointer("top"), own)
                target = code.b.select(is_direct.ir, top, sums_room)
                distance = code.where(is_direct, top_size, frame["places"])
                weights = code.element(packed, f * taps)
                arguments = [
                    plane,
                    frame.pointer("offsets"),
                    taps.ir,
                    weights,
                    target,
                    distance.ir,
                    frame["places"].ir,
                ]
                code.b.call(sums[rows], arguments)
                with code.unless(is_direct):
                    _store_lines(code, frame, sums_room, top, top_size, rows)
    code.free(memory)
    code.b.ret(INDEX(0))


def _store_lines(code: Code, frame: Frame, sums: ir.Value, top: ir.Value, top_size: Value, rows: int) -> None:
    """Put the sums of a plane, whose lines are as long as those of the layout, where they belong."""
    with code.loop(0, rows, "row") as f, code.loop(0, frame["top1"], "line") as y:
        read = code.element(sums, f * frame["places"] + y * frame["laid2"])
        code.copy(code.element(top, f * top_size + y * frame["top2"]), read, frame["top2"])
