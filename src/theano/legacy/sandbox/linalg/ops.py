"""theano.sandbox.linalg.ops of Theano 1.0.5."""

import theano
from theano import tensor
from theano.graph import Apply, Op
from theano.legacy.adapters.local_optimizers import local_optimizer
from theano.legacy.adapters.optimizer_databases import (
    register_canonicalize,
    register_specialize,
    register_stabilize,
)
from theano.legacy.adapters.optimizers import Optimizer
from theano.rewrite.facts import is_positive_definite as is_psd
from theano.rewrite.facts import is_symmetric
from theano.tensor import DimShuffle, Dot, trace
from theano.tensor.blas import Dot22
from theano.tensor.linalg.cholesky import Cholesky, cholesky
from theano.tensor.linalg.determinant import det
from theano.tensor.linalg.hint import Hint, is_hint_node, psd, spectral_radius_bound
from theano.tensor.linalg.inverse import MatrixInverse, matrix_inverse
from theano.tensor.linalg.solve import Solve, solve
from theano.tensor.matrix_product import extract_diag

__all__ = [
    "Apply",
    "Cholesky",
    "DimShuffle",
    "Dot",
    "Dot22",
    "Hint",
    "MatrixInverse",
    "Op",
    "Optimizer",
    "Solve",
    "cholesky",
    "det",
    "extract_diag",
    "is_hint_node",
    "is_psd",
    "is_symmetric",
    "local_optimizer",
    "matrix_inverse",
    "psd",
    "register_canonicalize",
    "register_specialize",
    "register_stabilize",
    "solve",
    "spectral_radius_bound",
    "tensor",
    "theano",
    "trace",
]
