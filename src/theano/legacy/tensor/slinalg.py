"""theano.tensor.slinalg of Theano 1.0.5."""

from theano.graph import Apply, Op
from theano.tensor import as_tensor_variable
from theano.tensor.linalg.cholesky import Cholesky, CholeskyGrad, cholesky
from theano.tensor.linalg.eigen import Eigvalsh, EigvalshGrad, eigvalsh
from theano.tensor.linalg.exponential import Expm, ExpmGrad, expm
from theano.tensor.linalg.solve import (
    MATRIX_STRUCTURES,
    Solve,
    solve,
    solve_lower_triangular,
    solve_symmetric,
    solve_upper_triangular,
)
from theano.tensor.matrix_product import kron

__all__ = [
    "MATRIX_STRUCTURES",
    "Apply",
    "Cholesky",
    "CholeskyGrad",
    "Eigvalsh",
    "EigvalshGrad",
    "Expm",
    "ExpmGrad",
    "Op",
    "Solve",
    "as_tensor_variable",
    "cholesky",
    "eigvalsh",
    "expm",
    "kron",
    "solve",
    "solve_lower_triangular",
    "solve_symmetric",
    "solve_upper_triangular",
]
