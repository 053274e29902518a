"""What the convolution and its adjoints have in common: tiles, packed kernels, parts of the work.

Images are divided into shares; where there are few images, what is summed is divided into slices too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from llvmlite import ir

from theano.backends.llvm.convolution.frame import Code, Frame, of_frame
from theano.backends.llvm.convolution.layout import fill_offsets, layout_of_image, work_out_layout
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.object_code import NULL
from theano.backends.llvm.value import Value

MOST_SHARES = 64
LEAST_PARTS = 8  # with fewer images there are slices


def begun(module: Module, name: str, dtype: str) -> tuple[Code, Frame]:
    """A function parts begin(frame), with the layout of the image worked out."""
    code, frame = of_frame(module, name, INDEX, [], dtype)
    frame.set("memory", NULL)
    work_out_layout(code, frame)
    return code, frame


def divide(code: Code, frame: Frame, units: Value) -> None:
    """Images into shares, and units of the rows into slices."""
    items = frame["batch"] * frame["groups"]
    frame["shares"] = shares = code.minimum(items, MOST_SHARES)
    slices = code.quotient_up(code.index(LEAST_PARTS), shares)
    frame["slices"] = code.minimum(code.where(items < LEAST_PARTS, slices, 1), units)


def tiles(code: Code, first: Value, last: Value, sizes: Sequence[int]) -> Iterator[tuple[int, Value]]:
    """Loops over a range in steps that are as large as possible: in each the step, and where it begins."""
    for size in sizes:
        end = last - code.rest(last - first, size)
        with code.loop(first, end, f"tile{size}", size) as f:
            yield size, f
        first = end


def allocate_tables(code: Code, frame: Frame, by_channel: bool) -> None:
    """Room for offsets and packed kernels, with the offsets filled in; the function ends with -1 if there is none."""
    taps = frame["channels"] * frame["volume"]
    memory = code.memory(taps * 8 + frame["groups"] * frame["filters"] * taps * code.itemsize, otherwise=-1)
    frame.set("memory", memory)
    frame.set("offsets", memory)
    frame.set("packed", code.builder.element(memory, taps, "int64"))
    fill_offsets(code, frame, layout_of_image(frame), by_channel)


def pack(
    code: Code, frame: Frame, rows: Value, columns: Value, element: Callable[[Value, Value], Value]
) -> None:
    """The kernels in the order in which tiles read them: column by column, the rows of a tile side by side.

    element(row, column)  the place of a number among the kernels of its group
    """
    with code.loop(0, frame["groups"], "group") as g:
        kernel, packed = (
            code.element(frame.pointer(name), g * rows * columns) for name in ("kernel", "packed")
        )
        for size, first in tiles(code, code.index(0), rows, code.registers.row_sizes):
            with code.loop(0, columns, "column") as t, code.loop(0, size, "row") as r:
                number = code.builder.load(code.element(kernel, element(first + r, t)), code.dtype)
                code.builder.store(number, code.element(packed, first * columns + t * size + r))


def emit_end(module: ir.Module, name: str, dtype: str) -> None:
    """end(frame): give memory back"""
    code, frame = of_frame(module, name, ir.VoidType(), [], dtype)
    code.free(frame.pointer("memory"))
    code.b.ret_void()
