"""theano.tensor.nnet.corr3d of Theano 1.0.5."""

import theano
from theano import gof
from theano.gof.params_type import ParamsType
from theano.gof.type import EnumList
from theano.graph import Apply
from theano.scalar.basic import int64
from theano.tensor import TensorType, as_tensor_variable
from theano.tensor.nnet.convolution_shapes import get_conv_output_shape

__all__ = [
    "Apply",
    "EnumList",
    "ParamsType",
    "TensorType",
    "as_tensor_variable",
    "get_conv_output_shape",
    "gof",
    "int64",
    "theano",
]
