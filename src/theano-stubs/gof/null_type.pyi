"""theano.gof.null_type of Theano 1.0.5."""


__all__ = ['NullType', 'Type', 'null_type']
from theano.gradient import NullType as NullType
from theano.graph import Type as Type
from theano.gradient import null_type as null_type
