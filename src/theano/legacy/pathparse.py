"""theano.pathparse of Theano 1.0.5."""

from theano.legacy.adapters.texts import PathParser

__all__ = [
    "PathParser",
]
