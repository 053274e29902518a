"""theano.compile.function of Theano 1.0.5, as far as it is not there any more."""

from theano.compile import function as pfunc

__all__ = ["pfunc"]
