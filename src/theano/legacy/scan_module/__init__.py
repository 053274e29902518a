"""theano.scan_module of Theano 1.0.5."""

from theano.compile import clone
from theano.scanning import foldl, foldr, map, reduce, scan, until

__all__ = ["clone", "foldl", "foldr", "map", "reduce", "scan", "until"]
