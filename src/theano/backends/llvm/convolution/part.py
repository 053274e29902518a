"""All functions for one dtype, in two modules."""

from __future__ import annotations

from theano.backends.llvm.convolution.columns import emit_transpose
from theano.backends.llvm.convolution.forward import emit_forward
from theano.backends.llvm.convolution.inputs import emit_inputs
from theano.backends.llvm.convolution.layout import emit_lay_out, emit_take_back
from theano.backends.llvm.convolution.registers import Registers
from theano.backends.llvm.convolution.taps import emit_tap_sum
from theano.backends.llvm.convolution.weights import emit_weights
from theano.backends.llvm.convolution.winograd import emit_winograd
from theano.backends.llvm.machine import Module


def emit_convolution_of_images(module: Module, dtype: str) -> None:
    """Put ``forward`` and ``inputs``, which have code in common, for numbers of ``dtype`` into an empty module."""
    lay_out, take_back = emit_lay_out(module, dtype), emit_take_back(module, dtype)
    sums = {rows: emit_tap_sum(module, dtype, rows) for rows in Registers(module.processor, dtype).row_sizes}
    winograd = emit_winograd(module, dtype, lay_out, sums)
    transpose = emit_transpose(module, dtype)
    emit_forward(module, dtype, lay_out, transpose, sums, winograd)
    emit_inputs(module, dtype, lay_out, take_back, transpose, winograd)


def emit_convolution_of_weights(module: Module, dtype: str) -> None:
    """Put ``weights`` for numbers of ``dtype`` into an empty module."""
    emit_weights(module, dtype, emit_lay_out(module, dtype), emit_transpose(module, dtype))
