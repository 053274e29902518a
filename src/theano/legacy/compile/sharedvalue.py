"""theano.compile.sharedvalue of Theano 1.0.5."""

from theano.compile import Container, SharedVariable, shared, shared_constructor
from theano.compile.shared import generic_constructor
from theano.gof import utils
from theano.graph import Variable, generic

__all__ = [
    "Container",
    "SharedVariable",
    "Variable",
    "generic",
    "generic_constructor",
    "shared",
    "shared_constructor",
    "utils",
]
