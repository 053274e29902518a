"""All functions for one dtype in one module."""

from __future__ import annotations

from theano.backends.llvm.convolution.forward import emit_forward
from theano.backends.llvm.convolution.inputs import emit_inputs
from theano.backends.llvm.convolution.layout import emit_lay_out, emit_take_back
from theano.backends.llvm.convolution.weights import emit_weights
from theano.backends.llvm.machine import Module


def emit_convolution(module: Module, dtype: str) -> None:
    """Put the functions for numbers of ``dtype`` into an empty module."""
    lay_out, take_back = emit_lay_out(module, dtype), emit_take_back(module, dtype)
    emit_forward(module, dtype, lay_out)
    emit_inputs(module, dtype, lay_out, take_back)
    emit_weights(module, dtype, lay_out)
