"""What the convolution and its adjoint for images have in common: tiles of rows, packed kernels, parts of the work.

Images are divided into shares; where there are few images, what is summed is divided into slices too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from llvmlite import ir

from theano.backends.llvm.builder import INDEX, POINTER
from theano.backends.llvm.convolution.frame import Code, Frame
from theano.backends.llvm.convolution.layout import fill_offsets
from theano.backends.llvm.object_code import NULL
from theano.backends.llvm.value import Value

MOST_SHARES = 64
LEAST_PARTS = 8  # with fewer images there are slices


def divide(code: Code, frame: Frame, rows: Value, most_rows: int) -> None:
    """``rows`` into tiles of at most ``most_rows``, images into shares, tiles into slices."""
    frame["tiles"] = tiles = code.quotient_up(rows, most_rows)
    items = frame["batch"] * frame["groups"]
    frame["shares"] = shares = code.minimum(items, MOST_SHARES)
    slices = code.quotient_up(code.index(LEAST_PARTS), shares)
    frame["slices"] = code.minimum(code.where(items < LEAST_PARTS, slices, 1), tiles)


def rows_of_tile(code: Code, frame: Frame, rows: Value, tile: Value) -> tuple[Value, Value]:
    """The first row of a tile and how many it has: tiles differ by one at most."""
    each, more = code.quotient(rows, frame["tiles"]), code.rest(rows, frame["tiles"])
    return tile * each + code.minimum(tile, more), each + code.where(tile < more, 1, 0)


def part_of(code: Code, frame: Frame, part: Value) -> tuple[tuple[Value, Value], tuple[Value, Value]]:
    """The range of images and the range of tiles of a part."""
    share, slice_ = code.quotient(part, frame["slices"]), code.rest(part, frame["slices"])
    items = code.share(frame["batch"] * frame["groups"], frame["shares"], share)
    return items, code.share(frame["tiles"], frame["slices"], slice_)


def allocate_tables(code: Code, frame: Frame, by_channel: bool) -> None:
    """Room for offsets and packed kernels, with the offsets filled in; the function ends with -1 if there is none."""
    taps = frame["channels"] * frame["volume"]
    memory = code.memory(taps * 8 + frame["groups"] * frame["filters"] * taps * code.itemsize)
    frame.set_pointer("memory", memory)
    with code.b.if_then(code.b.icmp_unsigned("==", memory, NULL), likely=False):
        code.b.ret(INDEX(-1))
    frame.set_pointer("offsets", memory)
    frame.set_pointer("packed", code.builder.element(memory, taps, "int64"))
    fill_offsets(code, frame, by_channel)


def pack(
    code: Code, frame: Frame, rows: Value, columns: Value, element: Callable[[Value, Value], Value]
) -> None:
    """The kernels in the order in which tiles read them: column by column, the rows of a tile side by side.

    element(row, column)  the place of a number among the kernels of its group
    """
    with ExitStack() as nest:
        g = nest.enter_context(code.loop(0, frame["groups"], "group"))
        kernel, packed = (
            code.element(frame.pointer(name), g * rows * columns) for name in ("kernel", "packed")
        )
        first, count = rows_of_tile(
            code, frame, rows, nest.enter_context(code.loop(0, frame["tiles"], "tile"))
        )
        t = nest.enter_context(code.loop(0, columns, "column"))
        r = nest.enter_context(code.loop(0, count, "row"))
        number = code.builder.load(code.element(kernel, element(first + r, t)), code.dtype)
        code.builder.store(number, code.element(packed, first * columns + t * count + r))


def call_for(code: Code, rows: Value, functions: dict[int, ir.Function], arguments: list[ir.Value]) -> None:
    """Call the function for a number of rows."""
    done, never = code.function.append_basic_block("called"), code.function.append_basic_block("never")
    switch = code.b.switch(rows.ir, never)
    for number, function in functions.items():
        block = code.function.append_basic_block(f"rows{number}")
        switch.add_case(INDEX(number), block)
        code.b.position_at_end(block)
        code.b.call(function, arguments)
        code.b.branch(done)
    code.b.position_at_end(never)
    code.b.unreachable()
    code.b.position_at_end(done)


def emit_end(module: ir.Module, name: str, dtype: str) -> None:
    """end(frame): give memory back"""
    code = Code(module, name, ir.VoidType(), [POINTER], dtype)
    code.free(Frame(code.builder, code.function.args[0]).pointer("memory"))
    code.b.ret_void()
