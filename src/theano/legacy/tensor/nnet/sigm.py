"""theano.tensor.nnet.sigm of Theano 1.0.5."""

from theano.configuration import config
from theano.tensor import NotScalarConstantError
from theano.tensor.nnet import hard_sigmoid, sigmoid, softplus, ultra_fast_sigmoid
from theano.tensor.type import values_eq_approx_remove_inf

__all__ = [
    "NotScalarConstantError",
    "config",
    "hard_sigmoid",
    "sigmoid",
    "softplus",
    "ultra_fast_sigmoid",
    "values_eq_approx_remove_inf",
]
