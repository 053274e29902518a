"""theano.misc.doubleop of Theano 1.0.5."""

import theano
from theano.legacy.adapters.examples_of_ops import DoubleOp

__all__ = [
    "DoubleOp",
    "theano",
]
