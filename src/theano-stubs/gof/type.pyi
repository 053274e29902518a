"""theano.gof.type of Theano 1.0.5."""


__all__ = ['CEnumType', 'EnumList', 'EnumType', 'Generic', 'MethodNotDefined', 'Op', 'Type', 'change_flags', 'generic', 'object2']
from theano.gof import CEnumType as CEnumType
from theano.gof import EnumList as EnumList
from theano.gof import EnumType as EnumType
from theano.graph import Generic as Generic
from theano.graph import MethodNotDefined as MethodNotDefined
from theano.graph import Op as Op
from theano.graph import Type as Type
from theano.configuration import change_flags as change_flags
from theano.graph import generic as generic
from theano import object2 as object2
