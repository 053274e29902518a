"""theano.tensor.xlogx of Theano 1.0.5, as far as it is not there any more."""

from theano.legacy.adapters.scalar_classes import XlogX, XlogY0

__all__ = ["XlogX", "XlogY0"]
