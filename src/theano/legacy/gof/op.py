"""theano.gof.op of Theano 1.0.5."""

import theano
from theano.configuration import config
from theano.gof import graph, utils
from theano.graph import FunctionGraph, Op
from theano.graph.op import PureOp, get_test_value
from theano.legacy.adapters.c_classes import COp, OpenMPOp
from theano.legacy.adapters.gof_functions import (
    debug_assert,
    debug_error_message,
    get_debug_values,
    missing_test_message,
)

__all__ = [
    "COp",
    "FunctionGraph",
    "Op",
    "OpenMPOp",
    "PureOp",
    "config",
    "debug_assert",
    "debug_error_message",
    "get_debug_values",
    "get_test_value",
    "graph",
    "missing_test_message",
    "theano",
    "utils",
]
