"""theano.gof.type of Theano 1.0.5."""

import theano
from theano.configuration import change_flags
from theano.gof import graph, utils
from theano.graph import Generic, MethodNotDefined, Op, Type, generic
from theano.legacy.adapters.c_classes import CEnumType, EnumList, EnumType
from theano.legacy.adapters.gof_functions import object2

__all__ = [
    "CEnumType",
    "EnumList",
    "EnumType",
    "Generic",
    "MethodNotDefined",
    "Op",
    "Type",
    "change_flags",
    "generic",
    "graph",
    "object2",
    "theano",
    "utils",
]
