"""Emission of calls of users' C functions on arrays: status f(data, shape, strides of each array)."""

from __future__ import annotations

import numpy as np
from llvmlite import ir

from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import room_for
from theano.backends.llvm.step_code import StepCode
from theano.loops.program import RoutineCall

LONG_ELEMENTS = 1 << 14  # of all arrays; a call with more lets other Python threads run


def emit_foreign_call(step: RoutineCall, code: StepCode) -> None:
    """Emit the call; what it returns is stored as the last result, on which a requirement waits."""
    b = code.b
    (address,) = step.routine.flags
    for buffer in step.results:
        code.room.want(buffer)
        code.number.pop(buffer, None)
    words: list[ir.Value] = []
    elements: ir.Value = INDEX(0)
    for buffer in (*step.operands, *step.results[:-1]):
        lengths = [code.length(n) for n in buffer.shape]
        shape, strides = (room_for(b, ir.ArrayType(INDEX, max(len(lengths), 1))) for _ in range(2))
        stride: ir.Value = INDEX(np.dtype(buffer.dtype).itemsize)
        for axis in reversed(range(len(lengths))):
            b.store(lengths[axis], code.code.address(shape, 8 * axis))
            b.store(stride, code.code.address(strides, 8 * axis))
            stride = b.mul(stride, lengths[axis])
        elements = b.add(elements, stride)
        words += [code.address(buffer), shape, strides]
    with b.if_then(b.icmp_signed(">", elements, INDEX(8 * LONG_ELEMENTS)), likely=False):
        code.begin_long_step()
    status = code.code.call(f"foreign:{address}", INDEX, [POINTER] * len(words), *words)
    b.store(status, code.address(step.results[-1]))
