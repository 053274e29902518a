"""theano.sparse of Theano 1.0.5."""

import theano
from theano import gof, scalar, tensor
from theano.configuration import config
from theano.gradient.types import DisconnectedType, grad_not_implemented, grad_undefined
from theano.legacy.adapters.sparse_names import (
    all_dtypes,
    complex_dtypes,
    continuous_dtypes,
    discrete_dtypes,
    float_dtypes,
    imported_scipy,
    int_dtypes,
    integer_dtypes,
    scipy_ver,
    sparse_formats,
    uint_dtypes,
)

__all__ = [
    "DisconnectedType",
    "all_dtypes",
    "complex_dtypes",
    "config",
    "continuous_dtypes",
    "discrete_dtypes",
    "float_dtypes",
    "gof",
    "grad_not_implemented",
    "grad_undefined",
    "imported_scipy",
    "int_dtypes",
    "integer_dtypes",
    "scalar",
    "scipy_ver",
    "sparse_formats",
    "tensor",
    "theano",
    "uint_dtypes",
]
