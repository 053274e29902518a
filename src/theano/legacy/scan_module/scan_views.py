"""theano.scan_module.scan_views of Theano 1.0.5."""

from theano.scanning import foldl, foldr, map, reduce, scan

__all__ = ["foldl", "foldr", "map", "reduce", "scan"]
