"""theano.compile.debugmode of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano.compile import Function, FunctionMaker
from theano.compile.mode import Mode, register_mode
from theano.compile.ops import OutputGuard
from theano.configuration import change_flags, config
from theano.gof import graph, link, utils
from theano.legacy.adapters.debug_names import (
    DataDestroyed,
    data_destroyed,
    debugprint,
    default_make_thunk,
)
from theano.printing.tree import letters as char_from_number

__all__ = [
    "DataDestroyed",
    "Function",
    "FunctionMaker",
    "Mode",
    "OutputGuard",
    "change_flags",
    "char_from_number",
    "config",
    "data_destroyed",
    "debugprint",
    "default_make_thunk",
    "gof",
    "graph",
    "link",
    "register_mode",
    "theano",
    "utils",
]
