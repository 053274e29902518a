"""theano.gof.link of Theano 1.0.5."""


__all__ = ['Container', 'Linker', 'Type']
from theano.compile import Container as Container
from theano.compile.mode import Linker as Linker
from theano.graph import Type as Type
