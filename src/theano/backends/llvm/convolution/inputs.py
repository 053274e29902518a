"""The adjoint of convolution for images: each tap's sum over filters is added to the image, laid out, at its distance.

    laid_out[p + offset[t]] += sum over filters f of  kernel[f, t] * top[f, p]

Places p are counted as in the layout, whose rows may be longer than those of top: so top is copied, too, with zeros where
there are no results.  Taps of one element of the kernel follow one another: they write to different channels.  Neighbouring
elements would write to nearly the same places, and each would have to wait for the one before.  So where steps are 1,
and channels fill registers or are few, top is convolved with the kernels turned round.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.convolution.forward import begin_plainly
from theano.backends.llvm.convolution.frame import AXES, Code, Frame, along, task_of_frame
from theano.backends.llvm.convolution.layout import (
    lay_out_image,
    layout_of_image,
    layout_of_top,
    place_of_image,
    product_of,
    work_out_layout,
)
from theano.backends.llvm.convolution.methods import is_turned
from theano.backends.llvm.convolution.sharing import allocate_tables, begun, divide, emit_end, pack, tiles
from theano.backends.llvm.convolution.taps import emit_filter_sum
from theano.backends.llvm.convolution.winograd import begin_winograd, leave_to_winograd
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.value import Value


def emit_inputs(
    module: Module,
    dtype: str,
    lay_out: ir.Function,
    take_back: ir.Function,
    transpose: ir.Function,
    winograd: ir.Function,
) -> None:
    """inputs.begin, inputs.task, inputs.end"""
    _emit_begin(module, dtype, transpose, winograd)
    _emit_task(module, dtype, lay_out, take_back)
    emit_end(module, "inputs.end", dtype)


def _emit_begin(module: Module, dtype: str, transpose: ir.Function, winograd: ir.Function) -> None:
    code, frame = begun(module, "inputs.begin", dtype)
    size = frame["batch"] * frame["groups"] * frame["channels"] * product_of(frame.each("image"))
    with code.when(size == 0):
        code.b.ret(INDEX(0))
    taps = frame["channels"] * frame["volume"]
    with code.when(taps * frame["filters"] * product_of(frame.each("top")) == 0):
        code.clear(frame.pointer("image"), size)
        code.b.ret(INDEX(0))
    begin_winograd(code, frame, winograd, is_forward=False)
    frame["is_turned"] = 0
    with code.when(is_turned(frame, code.registers.lanes)):
        _turn(code, frame)
        begin_plainly(code, frame, transpose)
    allocate_tables(code, frame, by_channel=False)
    divide(code, frame, code.index(1))

    def element(t: Value, f: Value) -> Value:
        c, k = code.rest(t, frame["channels"]), code.quotient(t, frame["channels"])
        return f * taps + c * frame["volume"] + k

    pack(code, frame, taps, frame["filters"], element)
    code.b.ret(frame["shares"].ir)


def _turn(code: Code, frame: Frame) -> None:
    """Let image and top, channels and filters change places, and kernels be turned the other way round."""
    frame["is_turned"] = 1
    for one, other in [("channels", "filters"), *zip(along("image"), along("top"), strict=True)]:
        frame[one], frame[other] = frame[other], frame[one]
    image, top = frame.pointer("image"), frame.pointer("top")
    frame.set("image", top)
    frame.set("top", image)
    for axis in range(AXES):
        reach = (frame[f"kernel{axis}"] - 1) * frame[f"dilation{axis}"]
        frame[f"before{axis}"] = reach - frame[f"before{axis}"]
    frame["flip"] = 1 - frame["flip"]
    work_out_layout(code, frame)


def _emit_task(module: Module, dtype: str, lay_out: ir.Function, take_back: ir.Function) -> None:
    """status task(frame, part): some of the images."""
    code, frame = task_of_frame(module, "inputs.task", dtype)
    sums = {rows: emit_filter_sum(module, dtype, rows) for rows in code.registers.row_sizes}
    leave_to_winograd(code, frame)
    with code.when(frame["is_turned"] != 0):
        code.b.ret(code.b.call(code.module.globals["forward.task"], code.function.args))
    frame_shares = code.share(frame["batch"] * frame["groups"], frame["shares"], code.argument(1))
    layout, top_layout = layout_of_image(frame), layout_of_top(code, frame)
    laid = code.where(layout.is_in_place, 0, layout.laid_size)
    top_laid = code.where(top_layout.is_in_place, 0, top_layout.laid_size)
    memory = code.memory((laid + top_laid) * code.itemsize, otherwise=1)
    room = code.aligned(memory)
    top_room = code.element(room, laid)
    taps, top_size = frame["channels"] * frame["volume"], top_layout.laid_size_of_channel
    with code.loop(*frame_shares, "item") as item:
        lay_out_image(code, lay_out, top_layout, item, top_room)
        top = place_of_image(code, top_layout, item, top_room)
        image = place_of_image(code, layout, item, room)
        code.clear(image, layout.laid_size)
        group = code.rest(item, frame["groups"])
        packed = code.element(frame.pointer("packed"), group * frame["filters"] * taps)
        with code.loop(0, frame["top0"], "plane") as z:
            top_plane = code.element(top, z * frame["top1"] * frame["laid2"])
            plane = code.element(image, z * frame["laid1"] * frame["laid2"])
            for rows, t in tiles(code, code.index(0), taps, code.registers.row_sizes):
                weights = code.element(packed, t * frame["filters"])
                offsets = code.builder.element(frame.pointer("offsets"), t, "int64")
                arguments = [
                    top_plane,
                    top_size.ir,
                    frame["filters"].ir,
                    weights,
                    plane,
                    offsets,
                    frame["places"].ir,
                ]
                code.b.call(sums[rows], arguments)
        lay_out_image(code, take_back, layout, item, room)
    code.free(memory)
    code.b.ret(INDEX(0))
