"""theano.scan_module.scan of Theano 1.0.5."""

from theano import compile, gof, tensor
from theano.compile import OrderedUpdates, SharedVariable, function, ops
from theano.configuration import config
from theano.legacy.adapters.scan_functions import safe_new, traverse
from theano.scan_module import scan_op, scan_utils
from theano.scanning import scan
from theano.tensor import opt

__all__ = [
    "OrderedUpdates",
    "SharedVariable",
    "compile",
    "config",
    "function",
    "gof",
    "ops",
    "opt",
    "safe_new",
    "scan",
    "scan_op",
    "scan_utils",
    "tensor",
    "traverse",
]
