"""theano.gof.params_type of Theano 1.0.5."""


__all__ = ['EnumType', 'MethodNotDefined', 'Params', 'ParamsType', 'Type']
from theano.gof import EnumType as EnumType
from theano.graph import MethodNotDefined as MethodNotDefined
from theano.gof import Params as Params
from theano.gof import ParamsType as ParamsType
from theano.graph import Type as Type
