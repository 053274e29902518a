"""theano.scan_module of Theano 1.0.5."""

from theano.compile import clone
from theano.scan_module import scan_op, scan_utils, scan_views
from theano.scan_module.scan import scan  # the function takes the place of the module that it comes from
from theano.scan_module.scan_checkpoints import scan_checkpoints
from theano.scan_module.scan_views import foldl, foldr, map, reduce
from theano.scanning import until

__all__ = [
    "clone",
    "foldl",
    "foldr",
    "map",
    "reduce",
    "scan",
    "scan_checkpoints",
    "scan_op",
    "scan_utils",
    "scan_views",
    "until",
]
