"""theano.sandbox.solve of Theano 1.0.5."""

from theano.tensor.slinalg import solve

__all__ = [
    "solve",
]
