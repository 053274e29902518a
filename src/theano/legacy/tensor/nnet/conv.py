"""theano.tensor.nnet.conv of Theano 1.0.5."""

import theano
from theano.gof.op import OpenMPOp
from theano.graph import Apply
from theano.tensor import as_tensor_variable, blas
from theano.tensor.nnet.convolution_shapes import get_conv_output_shape, get_conv_shape_1axis
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.static_value import NotScalarConstantError, get_scalar_constant_value

__all__ = [
    "Apply",
    "NotScalarConstantError",
    "OpenMPOp",
    "as_tensor_variable",
    "blas",
    "get_conv_output_shape",
    "get_conv_shape_1axis",
    "get_scalar_constant_value",
    "patternbroadcast",
    "theano",
]
