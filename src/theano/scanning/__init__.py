"""scan and its common forms: from a Python function that builds a step to a loop."""

from theano.scanning.arguments import until
from theano.scanning.build import scan
from theano.scanning.carrying import loop
from theano.scanning.checkpoints import scan_checkpoints
from theano.scanning.views import foldl, foldr, map, reduce

__all__ = ["foldl", "foldr", "loop", "map", "reduce", "scan", "scan_checkpoints", "until"]
