"""theano.sandbox.softsign of Theano 1.0.5."""

from theano.tensor.nnet import softsign

__all__ = ["softsign"]
