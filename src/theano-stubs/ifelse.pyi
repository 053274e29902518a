"""theano.ifelse of Theano 1.0.5."""


__all__ = ['IfElse', 'ifelse']
from theano.control_flow import IfElse as IfElse
from theano.control_flow import ifelse as ifelse
