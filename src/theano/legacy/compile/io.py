"""theano.compile.io of Theano 1.0.5."""

from theano import gof
from theano.compile import In, Out, SharedVariable, SymbolicInput, SymbolicOutput

__all__ = [
    "In",
    "Out",
    "SharedVariable",
    "SymbolicInput",
    "SymbolicOutput",
    "gof",
]
