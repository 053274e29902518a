"""theano.printing of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano.compile import debugmode
from theano.compile.function_module import Function
from theano.compile.sharedvalue import SharedVariable
from theano.configdefaults import config
from theano.gof.graph import Apply
from theano.gof.op import Op

__all__ = [
    "Apply",
    "Function",
    "Op",
    "SharedVariable",
    "config",
    "debugmode",
    "gof",
    "theano",
]
