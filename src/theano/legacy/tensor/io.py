"""theano.tensor.io of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano.tensor import tensor

__all__ = [
    "gof",
    "tensor",
    "theano",
]
