"""theano.raise_op of Theano 1.0.5."""

from theano.tensor.assertion import Raise

__all__ = ["Raise"]
