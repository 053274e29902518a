"""theano.gradient of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano.compile import FAST_RUN, get_mode
from theano.compile.debugmode import DebugMode
from theano.gof import utils
from theano.graph import Variable
from theano.legacy.adapters.gof_functions import get_debug_values
from theano.tensor.passing import ViewOp

__all__ = [
    "FAST_RUN",
    "DebugMode",
    "Variable",
    "ViewOp",
    "get_debug_values",
    "get_mode",
    "gof",
    "theano",
    "utils",
]
