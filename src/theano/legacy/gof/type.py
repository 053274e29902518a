"""theano.gof.type of Theano 1.0.5."""

from theano.configuration import change_flags
from theano.graph import Generic, MethodNotDefined, Op, Type, generic
from theano.legacy.adapters.gof_functions import object2

__all__ = ["Generic", "MethodNotDefined", "Op", "Type", "change_flags", "generic", "object2"]
