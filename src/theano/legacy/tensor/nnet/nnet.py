"""theano.tensor.nnet.nnet of Theano 1.0.5."""

from theano.gradient import DisconnectedType, grad_not_implemented
from theano.graph import Apply
from theano.tensor import as_tensor_variable
from theano.tensor.nnet import elu, relu, selu, sigmoid, softplus, softsign
from theano.tensor.type import values_eq_approx_remove_inf, values_eq_approx_remove_nan

__all__ = [
    "Apply",
    "DisconnectedType",
    "as_tensor_variable",
    "elu",
    "grad_not_implemented",
    "relu",
    "selu",
    "sigmoid",
    "softplus",
    "softsign",
    "values_eq_approx_remove_inf",
    "values_eq_approx_remove_nan",
]
