"""theano.ifelse of Theano 1.0.5."""

import theano
from theano import gof
from theano.compile import optdb
from theano.control_flow import IfElse, ifelse
from theano.gof.graph import Apply
from theano.gof.op import Op
from theano.scan_module.scan_utils import clone
from theano.tensor import opt
from theano.tensor.type import TensorType

__all__ = [
    "Apply",
    "IfElse",
    "Op",
    "TensorType",
    "clone",
    "gof",
    "ifelse",
    "opt",
    "optdb",
    "theano",
]
