"""theano.gof.fg of Theano 1.0.5."""

import theano
from theano.configuration import config
from theano.gof import graph, toolbox, utils
from theano.graph import FunctionGraph, InconsistencyError, MissingInputError
from theano.legacy.adapters.containers import OrderedSet
from theano.legacy.adapters.gof_functions import get_variable_trace_string

__all__ = [
    "FunctionGraph",
    "InconsistencyError",
    "MissingInputError",
    "OrderedSet",
    "config",
    "get_variable_trace_string",
    "graph",
    "theano",
    "toolbox",
    "utils",
]
