"""theano.scan_module.scan of Theano 1.0.5."""

from theano.compile import OrderedUpdates, SharedVariable, function
from theano.configuration import config
from theano.legacy.adapters.scan_functions import safe_new, traverse
from theano.scan_module import scan_op, scan_utils
from theano.scanning import scan

__all__ = [
    "OrderedUpdates",
    "SharedVariable",
    "config",
    "function",
    "safe_new",
    "scan",
    "scan_op",
    "scan_utils",
    "traverse",
]
