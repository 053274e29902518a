"""Functions of neural networks: activations, distributions, cross entropies, convolutions."""

# ruff: noqa: F403  (this file is the list of public names)

from theano.legacy import extend_path, old_names

__path__ = extend_path(__path__, __name__)

from theano.tensor.nnet import activation, classification, crossentropy, distribution
from theano.tensor.nnet.abstract_conv import conv2d as abstract_conv2d
from theano.tensor.nnet.abstract_conv import (
    conv2d_grad_wrt_inputs,
    conv2d_grad_wrt_weights,
    conv3d,
    separable_conv2d,
)
from theano.tensor.nnet.activation import *
from theano.tensor.nnet.bn import batch_normalization
from theano.tensor.nnet.classification import *
from theano.tensor.nnet.conv import ConvOp
from theano.tensor.nnet.convolution_layers import conv2d, conv2d_transpose
from theano.tensor.nnet.crossentropy import *
from theano.tensor.nnet.distribution import *

__all__ = [
    *activation.__all__,
    *classification.__all__,
    *crossentropy.__all__,
    *distribution.__all__,
    "ConvOp",
    "abstract_conv2d",
    "batch_normalization",
    "conv2d",
    "conv2d_grad_wrt_inputs",
    "conv2d_grad_wrt_weights",
    "conv2d_transpose",
    "conv3d",
    "separable_conv2d",
]

__getattr__ = old_names(__name__)
