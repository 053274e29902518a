"""theano.tensor.var of Theano 1.0.5."""

from theano.configuration import config
from theano.graph import Constant, Variable
from theano.scalar import ComplexError
from theano.tensor import AsTensorError, TensorConstant, TensorType, TensorVariable
from theano.tensor.operators import _tensor_py_operators

__all__ = [
    "AsTensorError",
    "ComplexError",
    "Constant",
    "TensorConstant",
    "TensorType",
    "TensorVariable",
    "Variable",
    "_tensor_py_operators",
    "config",
]
