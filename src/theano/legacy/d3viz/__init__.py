"""theano.d3viz of Theano 1.0.5."""

from theano.d3viz import formatting
from theano.d3viz.d3viz import d3viz, d3write

__all__ = ["d3viz", "d3write", "formatting"]
