"""theano.sandbox.linalg of Theano 1.0.5."""

from theano.tensor import trace
from theano.tensor.matrix_product import alloc_diag, extract_diag
from theano.tensor.matrix_product import diag_or_matrix as diag

__all__ = ["alloc_diag", "diag", "extract_diag", "trace"]
