"""theano.gof.null_type of Theano 1.0.5."""

from theano.gradient import NullType, null_type
from theano.graph import Type

__all__ = ["NullType", "Type", "null_type"]
