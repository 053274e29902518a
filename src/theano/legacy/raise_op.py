"""theano.raise_op of Theano 1.0.5."""

from theano import gof
from theano.tensor.assertion import Raise

__all__ = [
    "Raise",
    "gof",
]
