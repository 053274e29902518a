"""Machine code of convolution and its adjoints: one part for each dtype, emitted once for a processor, called by all functions.

Images are copied into a *layout* in which each kernel element meets its numbers at a fixed distance from where the result
stands, whatever steps, dilation and borders are; where the image itself is like that, nothing is copied.  Then

    result[f, p] = sum over taps t of  weight[t, f] * laid_out[p + offset[t]]

for places p that follow one another in memory: loops over p and f are a block of registers, and t is the inner loop
(Georganas et al., "Anatomy of High-Performance Deep Learning Convolutions on SIMD Architectures", 2018, blocks likewise).

    frame    the numbers that the functions share, in memory
    layout   layouts, and copying there and back
    taps     the inner loops
    sharing  how the work is divided, and kernels packed for it
    forward  the convolution
    inputs   its adjoint for images, which adds up the same products the other way round
    weights  its adjoint for kernels: for each pair of filter and tap a sum over places
"""

from __future__ import annotations

from theano.backends.llvm.convolution.forward import emit_forward
from theano.backends.llvm.convolution.inputs import emit_inputs
from theano.backends.llvm.convolution.layout import emit_lay_out, emit_take_back
from theano.backends.llvm.convolution.weights import emit_weights
from theano.backends.llvm.machine import Module

DTYPES = ("float32", "float64")


def emit_convolution(module: Module, dtype: str) -> None:
    """Put the functions for numbers of ``dtype`` into an empty module."""
    lay_out, take_back = emit_lay_out(module, dtype), emit_take_back(module, dtype)
    emit_forward(module, dtype, lay_out)
    emit_inputs(module, dtype, lay_out, take_back)
    emit_weights(module, dtype, lay_out)
