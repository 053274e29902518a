"""Differentiation of expression graphs."""

from theano.gradient.directional import Lop, Rop
from theano.gradient.reverse import DisconnectedInputError, NullTypeGradError, grad
from theano.gradient.types import DisconnectedType, NullType, disconnected_type, null_type

__all__ = [
    "DisconnectedInputError",
    "DisconnectedType",
    "Lop",
    "NullType",
    "NullTypeGradError",
    "Rop",
    "disconnected_type",
    "grad",
    "null_type",
]
