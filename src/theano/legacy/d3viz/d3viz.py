"""theano.d3viz.d3viz of Theano 1.0.5."""

from theano.legacy.adapters.dot_objects import PyDotFormatter
from theano.legacy.adapters.dot_texts import replace_patterns, safe_json
from theano.pictures import d3viz, d3write

__all__ = ["PyDotFormatter", "d3viz", "d3write", "replace_patterns", "safe_json"]
