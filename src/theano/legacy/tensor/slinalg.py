"""theano.tensor.slinalg of Theano 1.0.5."""

import theano
from theano import tensor
from theano.graph import Apply, Op
from theano.tensor import as_tensor_variable
from theano.tensor.linalg.cholesky import Cholesky, CholeskyGrad, cholesky
from theano.tensor.linalg.eigen import Eigvalsh, EigvalshGrad, eigvalsh
from theano.tensor.linalg.exponential import Expm, ExpmGrad, expm
from theano.tensor.linalg.lu import lu, lu_factor, lu_solve
from theano.tensor.linalg.solve import (
    MATRIX_STRUCTURES,
    Solve,
    cho_solve,
    solve,
    solve_lower_triangular,
    solve_positive_definite,
    solve_symmetric,
    solve_transposed,
    solve_triangular,
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
    "cho_solve",
    "cholesky",
    "eigvalsh",
    "expm",
    "kron",
    "lu",
    "lu_factor",
    "lu_solve",
    "solve",
    "solve_lower_triangular",
    "solve_positive_definite",
    "solve_symmetric",
    "solve_transposed",
    "solve_triangular",
    "solve_upper_triangular",
    "tensor",
    "theano",
]
