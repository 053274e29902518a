"""theano.tensor.nnet.abstract_conv of Theano 1.0.5."""

import theano
from theano.graph import Apply, Op
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.static_value import NotScalarConstantError, get_scalar_constant_value

__all__ = ["Apply", "NotScalarConstantError", "Op", "get_scalar_constant_value", "patternbroadcast", "theano"]
