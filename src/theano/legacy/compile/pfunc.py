"""theano.compile.pfunc of Theano 1.0.5."""

from theano.compile import In, Out, Param, SharedVariable, shared
from theano.compile import function as pfunc
from theano.configuration import config
from theano.graph import Constant, Variable
from theano.graph.errors import UnusedInputError
from theano.legacy.adapters.function_parts import iter_over_pairs, orig_function, rebuild_collect_shared
from theano.profiling import ProfileStats

__all__ = [
    "Constant",
    "In",
    "Out",
    "Param",
    "ProfileStats",
    "SharedVariable",
    "UnusedInputError",
    "Variable",
    "config",
    "iter_over_pairs",
    "orig_function",
    "pfunc",
    "rebuild_collect_shared",
    "shared",
]
