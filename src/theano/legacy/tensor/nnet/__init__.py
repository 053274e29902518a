"""theano.tensor.nnet of Theano 1.0.5."""

from theano.scalar import sigmoid as scalar_sigmoid
from theano.tensor.nnet import sigmoid as sigmoid_inplace

__all__ = ["scalar_sigmoid", "sigmoid_inplace"]
