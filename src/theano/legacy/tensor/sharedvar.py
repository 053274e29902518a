"""theano.tensor.sharedvar of Theano 1.0.5."""

import theano
from theano.compile import SharedVariable, shared_constructor
from theano.compile.shared import (
    ScalarSharedVariable,
    TensorSharedVariable,
    scalar_constructor,
    tensor_constructor,
)
from theano.tensor import TensorType

__all__ = [
    "ScalarSharedVariable",
    "SharedVariable",
    "TensorSharedVariable",
    "TensorType",
    "scalar_constructor",
    "shared_constructor",
    "tensor_constructor",
    "theano",
]
