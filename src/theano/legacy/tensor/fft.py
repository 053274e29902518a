"""theano.tensor.fft of Theano 1.0.5, as far as it is not there any more."""

from theano import gof
from theano import tensor as T
from theano.gradient import DisconnectedType

__all__ = [
    "DisconnectedType",
    "T",
    "gof",
]
