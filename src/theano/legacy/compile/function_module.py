"""theano.compile.function_module of Theano 1.0.5."""

import theano
from theano import gof
from theano.compile import Function, FunctionMaker, In, SymbolicInput, SymbolicOutput
from theano.compile.arguments import as_input as convert_function_input
from theano.configuration import config
from theano.gof import graph
from theano.graph.errors import UnusedInputError
from theano.graph.walk import is_same_graph
from theano.legacy.adapters.function_parts import orig_function
from theano.tensor.passing import deep_copy_op, view_op

__all__ = [
    "Function",
    "FunctionMaker",
    "In",
    "SymbolicInput",
    "SymbolicOutput",
    "UnusedInputError",
    "config",
    "convert_function_input",
    "deep_copy_op",
    "gof",
    "graph",
    "is_same_graph",
    "orig_function",
    "theano",
    "view_op",
]
