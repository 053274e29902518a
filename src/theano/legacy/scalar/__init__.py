"""theano.scalar of Theano 1.0.5, as far as it is not there any more."""

from theano.configuration import config
from theano.gradient import DisconnectedType, grad_not_implemented, grad_undefined
from theano.graph import Apply, Constant, FunctionGraph, Op, Type, Variable

__all__ = [
    "Apply",
    "Constant",
    "DisconnectedType",
    "FunctionGraph",
    "Op",
    "Type",
    "Variable",
    "config",
    "grad_not_implemented",
    "grad_undefined",
]
