"""Loops and branches: scan and its common forms."""

from theano.control_flow.scan_arguments import until
from theano.control_flow.scan_function import scan
from theano.control_flow.scan_op import Scan
from theano.control_flow.scan_views import foldl, foldr, map, reduce

__all__ = ["Scan", "foldl", "foldr", "map", "reduce", "scan", "until"]
