"""Filters side by side in registers: what the ways that compute so have in common.

A number of the image meets registers of filters, so the image can stay as it is whatever steps are: only borders are
copied around it.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.convolution.frame import AXES, Code, Frame
from theano.backends.llvm.convolution.taps import VectorCode
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.value import Value

COLUMNS = (4, 2, 1)  # registers of filters that a block of sums may have


def padded_filters(code: Code, frame: Frame) -> Value:
    """Filters of a group, rounded up to whole registers."""
    lanes = code.registers.lanes
    return code.quotient_up(frame["filters"], lanes) * lanes


def work_out_dense_layout(code: Code, frame: Frame) -> None:
    """The image with its borders, which steps do not change."""
    in_place = code.index(1) == 1
    for axis in range(AXES):
        reach = code.maximum((frame[f"kernel{axis}"] - 1) * frame[f"dilation{axis}"], 0)
        needed = (frame[f"top{axis}"] - 1) * frame[f"step{axis}"] + reach + 1
        frame[f"laid{axis}"] = needed
        in_place = in_place & (frame[f"before{axis}"] == 0) & (needed <= frame[f"image{axis}"])
    for axis in range(AXES):
        frame[f"laid{axis}"] = code.where(in_place, frame[f"image{axis}"], frame[f"laid{axis}"])
    frame["is_in_place"] = in_place


def emit_transpose(module: Module, dtype: str) -> ir.Function:
    """transpose(source, distance, rows, columns, target, pitch)::

    for i in range(rows), j in range(columns):
        target[j * pitch + i] = source[i * distance + j]
    """
    code = VectorCode(module, "transpose", [POINTER, INDEX, INDEX, INDEX, POINTER, INDEX], dtype)
    source, target = code.function.args[0], code.function.args[4]
    distance, rows, columns, pitch = (code.argument(k) for k in (1, 2, 3, 5))
    b, lanes = code.b, code.registers.lanes
    nothing = ir.Constant(ir.VectorType(ir.IntType(1), lanes), None)
    with code.loop(0, rows, "row", lanes) as i, code.loop(0, columns, "column", lanes) as j:
        in_rows, in_columns = code.first_lanes(rows - i), code.first_lanes(columns - j)
        vectors = [
            code.load_some(
                code.element(source, (i + k) * distance + j), b.select((i + k < rows).ir, in_columns, nothing)
            )
            for k in range(lanes)
        ]
        for k, vector in enumerate(_transposed(b, vectors)):
            mask = b.select((j + k < columns).ir, in_rows, nothing)
            code.store_some(vector, code.element(target, (j + k) * pitch + i), mask)
    b.ret_void()
    return code.function


def _transposed(b: ir.IRBuilder, vectors: list[ir.Value]) -> list[ir.Value]:
    """A square of numbers: blocks off the diagonal change places, then blocks within the blocks, and so on."""
    lanes = len(vectors)
    kind = ir.VectorType(ir.IntType(32), lanes)
    width = lanes // 2
    while width:
        upper = ir.Constant(kind, [k if not k & width else lanes + k - width for k in range(lanes)])
        lower = ir.Constant(kind, [k + width if not k & width else lanes + k for k in range(lanes)])
        for k in range(lanes):
            if not k & width:
                x, y = vectors[k], vectors[k + width]
                vectors[k], vectors[k + width] = b.shuffle_vector(x, y, upper), b.shuffle_vector(x, y, lower)
        width //= 2
    return vectors
