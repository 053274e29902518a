"""theano.tensor.xlogx of Theano 1.0.5, as far as it is not there any more."""

from theano import scalar
from theano.legacy.adapters.scalar_classes import XlogX, XlogY0
from theano.tensor.elemwise import Elemwise

__all__ = [
    "Elemwise",
    "XlogX",
    "XlogY0",
    "scalar",
]
