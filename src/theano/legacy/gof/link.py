"""theano.gof.link of Theano 1.0.5."""

from theano.compile import Container
from theano.compile.mode import Linker
from theano.graph import Type

__all__ = ["Container", "Linker", "Type"]
