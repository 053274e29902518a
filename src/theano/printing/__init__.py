"""Graphs as text, and values printed when they are computed."""

from theano.printing.informative import min_informative_str
from theano.printing.print_op import Print
from theano.printing.tree import debugprint

__all__ = ["Print", "debugprint", "min_informative_str"]
