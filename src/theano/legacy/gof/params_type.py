"""theano.gof.params_type of Theano 1.0.5."""

from theano.graph import MethodNotDefined, Type
from theano.legacy.adapters.c_classes import EnumType, Params, ParamsType

__all__ = [
    "EnumType",
    "MethodNotDefined",
    "Params",
    "ParamsType",
    "Type",
]
