"""theano.tensor.nlinalg of Theano 1.0.5."""

from theano.gradient import DisconnectedType
from theano.graph import Apply, Op
from theano.tensor import AllocDiag, ExtractDiag, as_tensor_variable, trace
from theano.tensor.matrix_product import alloc_diag, extract_diag, matrix_dot, matrix_power
from theano.tensor.matrix_product import diag_or_matrix as diag

__all__ = [
    "AllocDiag",
    "Apply",
    "DisconnectedType",
    "ExtractDiag",
    "Op",
    "alloc_diag",
    "as_tensor_variable",
    "diag",
    "extract_diag",
    "matrix_dot",
    "matrix_power",
    "trace",
]
