"""The layout of images: where the numbers stand that a kernel meets, and copying there and back.

Along each axis the numbers of an image, with zeros around, are dealt out to *phases*: phase a holds in place j the number

    image[j * stride + a - shift]

or 0 where there is none.  A kernel that moves by ``stride`` then moves by one place within each phase.

    laid_out[c, a0, a1, a2, j0, j1, j2],   a < phases,  j < laid
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from llvmlite import ir

from theano.backends.llvm.convolution.frame import AXES, Code, Frame, along
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.value import Value
from theano.data_classes import dataclass


def emit_lay_out(module: ir.Module, dtype: str) -> ir.Function:
    """lay_out(image, room, channels, laid, phases, shift, stride, length): each of the last ones for three axes."""
    code, image, room, numbers = _begun(module, "lay_out", dtype)
    laid, phases, _, _, _ = numbers
    code.clear(room, code.argument(2) * product_of(phases) * product_of(laid))

    def move(there: ir.Value, here: ir.Value, count: Value, stride: Value) -> None:
        def one(j: Value, step: Value | int) -> None:
            number = code.builder.load(code.element(there, j * step), dtype)
            code.builder.store(number, code.element(here, j))

        _by_stride(code, count, stride, lambda: code.copy(here, there, count), one)

    _for_each_line(code, image, room, numbers, move)
    code.b.ret_void()
    return code.function


def emit_take_back(module: ir.Module, dtype: str) -> ir.Function:
    """take_back(image, room, ...), of the same arguments: the image from its layout."""
    code, image, room, numbers = _begun(module, "take_back", dtype)
    code.clear(image, code.argument(2) * product_of(numbers[4]))  # steps may be longer than kernels

    def move(there: ir.Value, here: ir.Value, count: Value, stride: Value) -> None:
        def one(j: Value, step: Value | int) -> None:
            number = code.builder.load(code.element(here, j), dtype)
            code.builder.store(number, code.element(there, j * step))

        _by_stride(code, count, stride, lambda: code.copy(there, here, count), one)

    _for_each_line(code, image, room, numbers, move)
    code.b.ret_void()
    return code.function


def _begun(module: ir.Module, name: str, dtype: str) -> tuple[Code, ir.Value, ir.Value, list[list[Value]]]:
    kinds = [POINTER, POINTER, INDEX] + [INDEX] * (AXES * 5)
    code = Code(module, name, ir.VoidType(), kinds, dtype)
    code.function.linkage = "internal"
    code.function.attributes.add("noinline")
    numbers = [code.index(n) for n in code.function.args[3:]]
    image, room, _ = code.function.args[:3]
    return code, image, room, [numbers[AXES * k : AXES * (k + 1)] for k in range(5)]


def _for_each_line(
    code: Code,
    image: ir.Value,
    room: ir.Value,
    numbers: list[list[Value]],
    move: Callable[[ir.Value, ir.Value, Value, Value], None],
) -> None:
    """move(there, here, count, stride): numbers ``stride`` apart in the image, side by side in the layout."""
    laid, phases, shift, stride, length = numbers
    size, area = product_of(laid), product_of(length)
    with ExitStack() as nest:
        enter = nest.enter_context
        c = enter(code.loop(0, code.argument(2), "channel"))
        phase = [enter(code.loop(0, n, f"phase{axis}")) for axis, n in enumerate(phases)]
        filled = [_filled(code, *of_axis) for of_axis in zip(phase, laid, shift, stride, length, strict=True)]
        begin = (((c * phases[0] + phase[0]) * phases[1] + phase[1]) * phases[2] + phase[2]) * size
        j0 = enter(code.loop(*filled[0], "j0"))
        j1 = enter(code.loop(*filled[1], "j1"))
        j2, behind = filled[2]
        i0, i1, i2 = (j * s + a - r for j, s, a, r in zip((j0, j1, j2), stride, phase, shift, strict=True))
        there = code.element(image, c * area + (i0 * length[1] + i1) * length[2] + i2)
        here = code.element(room, begin + (j0 * laid[1] + j1) * laid[2] + j2)
        move(there, here, behind - j2, stride[2])


def _by_stride(
    code: Code,
    count: Value,
    stride: Value,
    dense: Callable[[], Any],
    one: Callable[[Value, Value | int], None],
) -> None:
    """Loops over a line, for stride 1, for 2, which LLVM makes vectors of, and for others."""
    with code.otherwise(stride == 1) as (is_dense, is_spread):
        with is_dense, code.when(count > 0):
            dense()
        with is_spread, code.otherwise(stride == 2) as (in_pairs, others):
            with in_pairs, code.loop(0, count, "pair") as j:
                one(j, 2)
            with others, code.loop(0, count, "j2") as j:
                one(j, stride)


def _filled(
    code: Code, phase: Value, laid: Value, shift: Value, stride: Value, length: Value
) -> tuple[Value, Value]:
    """The places j of a phase, from the first to behind the last, that the image fills."""
    lacking, reach = shift - phase, length - 1 + shift - phase
    first = code.where(lacking > 0, code.quotient_up(code.maximum(lacking, 0), stride), 0)
    last = code.where(reach < 0, 0, code.quotient(code.maximum(reach, 0), stride) + 1)
    last = code.minimum(last, laid)
    return code.minimum(first, last), last


@dataclass
class Layout:
    """How images of so many channels are laid out; lists have an entry for each axis.

    is_in_place  nothing has to be done: an image is its own layout
    """

    images: ir.Value
    channels: Value
    laid: list[Value]
    phases: list[Value]
    shift: list[Value]
    stride: list[Value]
    length: list[Value]
    is_in_place: Value

    @property
    def laid_size_of_channel(self) -> Value:
        return product_of(self.phases) * product_of(self.laid)

    @property
    def laid_size(self) -> Value:
        """Numbers of an image that is laid out."""
        return self.channels * self.laid_size_of_channel

    @property
    def size(self) -> Value:
        return self.channels * product_of(self.length)


def product_of(numbers: Sequence[Value]) -> Value:
    first, *rest = numbers
    for n in rest:
        first = first * n
    return first


def lay_out_image(code: Code, lay_out: ir.Function, layout: Layout, number: Value, room: ir.Value) -> None:
    """Lay out image ``number`` into a room, unless it can stay where it is; or the other way round."""
    numbers = [
        n.ir
        for part in (layout.laid, layout.phases, layout.shift, layout.stride, layout.length)
        for n in part
    ]
    with code.unless(layout.is_in_place):
        image = code.element(layout.images, number * layout.size)
        code.b.call(lay_out, [image, room, layout.channels.ir, *numbers])


def place_of_image(code: Code, layout: Layout, number: Value, room: ir.Value) -> ir.Value:
    """Where image ``number`` stands when it is laid out into a room."""
    return code.b.select(layout.is_in_place.ir, code.element(layout.images, number * layout.size), room)


# -- the layouts of a convolution --------------------------------------------------------------------------------------


def work_out_layout(code: Code, frame: Frame) -> None:
    """The layout in which a kernel meets an image, and how places of top are counted in it.

    The padded image is read at o * step + k * dilation: in phase (k * dilation) % step, (k * dilation) // step places
    further than o.
    """
    in_place = code.index(1) == 1
    for axis in range(AXES):
        step, before = frame[f"step{axis}"], frame[f"before{axis}"]
        reach = code.maximum(
            (frame[f"kernel{axis}"] - 1) * frame[f"dilation{axis}"], 0
        )  # a kernel may be empty
        frame[f"laid{axis}"] = laid = frame[f"top{axis}"] + code.quotient(reach, step)
        frame[f"phases{axis}"] = code.minimum(step, reach + 1)
        in_place = in_place & (step == 1) & (before == 0) & (laid == frame[f"image{axis}"])
    frame["is_in_place"] = in_place
    frame["volume"] = product_of(frame.each("kernel"))
    frame["places"] = (frame["top1"] - 1) * frame["laid2"] + frame["top2"]


def layout_of_image(frame: Frame) -> Layout:
    return Layout(
        frame.pointer("image"),
        frame["channels"],
        frame.each("laid"),
        frame.each("phases"),
        frame.each("before"),
        frame.each("step"),
        frame.each("image"),
        frame["is_in_place"] != 0,
    )


def dense_layout_of_image(frame: Frame) -> Layout:
    """The image with its borders, as ``outer.work_out_dense_layout`` has worked it out."""
    layout = layout_of_image(frame)
    one = frame.builder.constant(1, "int64")
    return replace(layout, phases=[one] * AXES, stride=[one] * AXES)


def layout_of_top(code: Code, frame: Frame) -> Layout:
    """Top with rows as long as those of the image's layout."""
    top, one, zero = frame.each("top"), [code.index(1)] * 3, [code.index(0)] * 3
    laid = [top[0], top[1], frame["laid2"]]
    return Layout(frame.pointer("top"), frame["filters"], laid, one, zero, one, top, frame["laid2"] == top[2])


def fill_offsets(code: Code, frame: Frame, layout: Layout, by_channel: bool) -> None:
    """offsets[c, k]: how far from the place of a result a kernel's element k finds its number of channel c.

    by_channel  whether channels come first; else the table is offsets[k, c]
    """
    size, per_phase = layout.laid_size_of_channel, product_of(layout.laid)
    with ExitStack() as nest:
        c = nest.enter_context(code.loop(0, frame["channels"], "channel"))
        at = [nest.enter_context(code.loop(0, frame[name], name)) for name in along("kernel")]
        flips = frame["flip"] != 0
        phase, place = code.index(0), code.index(0)
        for axis, k in enumerate(at):
            moved = code.where(flips, frame[f"kernel{axis}"] - 1 - k, k) * frame[f"dilation{axis}"]
            phase = phase * layout.phases[axis] + code.rest(moved, layout.stride[axis])
            place = place * layout.laid[axis] + code.quotient(moved, layout.stride[axis])
        element = (at[0] * frame["kernel1"] + at[1]) * frame["kernel2"] + at[2]
        tap = c * frame["volume"] + element if by_channel else element * frame["channels"] + c
        code.store_word(c * size + phase * per_phase + place, frame.pointer("offsets"), tap)
