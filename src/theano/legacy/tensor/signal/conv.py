"""theano.tensor.signal.conv of Theano 1.0.5."""

import theano
from theano import tensor

__all__ = ["tensor", "theano"]
