"""Functions of neural networks."""

from theano.legacy import extend_path, old_names

__path__ = extend_path(__path__, __name__)

from theano.tensor.nnet.abstract_conv import conv2d as abstract_conv2d
from theano.tensor.nnet.abstract_conv import (
    conv2d_grad_wrt_inputs,
    conv2d_grad_wrt_weights,
    conv3d,
    separable_conv2d,
)
from theano.tensor.nnet.activation import (
    elu,
    hard_sigmoid,
    relu,
    selu,
    sigmoid,
    softplus,
    softsign,
    ultra_fast_sigmoid,
)
from theano.tensor.nnet.conv import ConvOp
from theano.tensor.nnet.convolution_layers import conv2d, conv2d_transpose

__all__ = [
    "ConvOp",
    "abstract_conv2d",
    "conv2d",
    "conv2d_grad_wrt_inputs",
    "conv2d_grad_wrt_weights",
    "conv2d_transpose",
    "conv3d",
    "elu",
    "hard_sigmoid",
    "relu",
    "selu",
    "separable_conv2d",
    "sigmoid",
    "softplus",
    "softsign",
    "ultra_fast_sigmoid",
]

__getattr__ = old_names(__name__)
