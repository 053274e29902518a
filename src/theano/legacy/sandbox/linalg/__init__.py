"""theano.sandbox.linalg of Theano 1.0.5."""

from theano.sandbox.linalg import ops
from theano.tensor import trace
from theano.tensor.linalg.cholesky import cholesky
from theano.tensor.linalg.determinant import det
from theano.tensor.linalg.eigen import eig, eigh, eigvalsh
from theano.tensor.linalg.hint import psd, spectral_radius_bound
from theano.tensor.linalg.inverse import matrix_inverse
from theano.tensor.linalg.solve import solve
from theano.tensor.matrix_product import alloc_diag, extract_diag
from theano.tensor.matrix_product import diag_or_matrix as diag

__all__ = [
    "alloc_diag",
    "cholesky",
    "det",
    "diag",
    "eig",
    "eigh",
    "eigvalsh",
    "extract_diag",
    "matrix_inverse",
    "ops",
    "psd",
    "solve",
    "spectral_radius_bound",
    "trace",
]
