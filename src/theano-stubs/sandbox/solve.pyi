"""theano.sandbox.solve of Theano 1.0.5."""


__all__ = ['solve']
from theano.sandbox.linalg import solve as solve
