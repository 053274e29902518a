"""theano.gof.link of Theano 1.0.5."""

import theano
from theano.compile import Container
from theano.compile.mode import Linker
from theano.gof import graph, utils
from theano.graph import Type

__all__ = [
    "Container",
    "Linker",
    "Type",
    "graph",
    "theano",
    "utils",
]
