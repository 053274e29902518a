"""theano.tensor.slinalg of Theano 1.0.5."""

import numpy
from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op as _graph_Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.linalg._matrix import MatrixOp
from typing import Any

__all__ = ['MATRIX_STRUCTURES', 'Apply', 'Cholesky', 'CholeskyGrad', 'Eigvalsh', 'EigvalshGrad', 'Expm', 'ExpmGrad', 'Op', 'Solve', 'as_tensor_variable', 'cho_solve', 'cholesky', 'eigvalsh', 'expm', 'kron', 'lu', 'lu_factor', 'lu_solve', 'solve', 'solve_lower_triangular', 'solve_positive_definite', 'solve_symmetric', 'solve_transposed', 'solve_triangular', 'solve_upper_triangular']
MATRIX_STRUCTURES: tuple[Any, ...]
from theano.graph import Apply as Apply
class Cholesky(MatrixOp):
    """L, lower triangular with a positive diagonal, such that L L' = x; U = L' unless ``lower``."""
    lower: Any
    destructive: Any
    on_error: Any
    def __init__(self, lower: bool = True, on_error: str = 'raise') -> None: ...
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
class CholeskyGrad:
    """The gradient through a Cholesky factorisation, an expression that can be differentiated again."""
    def __init__(self, lower: bool = True) -> None: ...
    lower: bool
    def __call__(self, x: TensorLike, l: Any, dz: Any) -> TensorVariable:
        """The gradient of ``x``, from its factor ``l`` and the cotangent ``dz`` of that."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class Eigvalsh(_graph_Op):
    """The w, ascending, for which a u = w b u has a solution."""
    lower: bool
    def __init__(self, lower: bool = True) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class EigvalshGrad:
    """The gradients through ``Eigvalsh``, expressions that can be differentiated again."""
    def __init__(self, lower: bool = True) -> None: ...
    lower: bool
    def __call__(self, a: TensorLike, b: TensorLike, gw: Any) -> tuple[TensorVariable, TensorVariable]:
        """The gradients of ``a`` and ``b``, from the cotangent ``gw`` of the eigenvalues."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class Expm(MatrixOp):
    """I + x + x^2 / 2! + x^3 / 3! + ..."""
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
class ExpmGrad:
    """The gradient through ``Expm``, an expression that can be differentiated again."""
    def __init__(self) -> None: ...
    def __call__(self, A: TensorLike, gw: Any) -> TensorVariable:
        """The gradient of ``A``, from the cotangent ``gw`` of its exponential."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
from theano.graph import Op as Op
class Solve(_graph_Op):
    """x with A x = b."""
    A_structure: Any
    lower: Any
    overwrite_A: Any
    overwrite_b: Any
    def __init__(self, A_structure: str = 'general', lower: bool = False, overwrite_A: bool = False, overwrite_b: bool = False) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def transposed(self) -> Solve:
        """The op that solves with the transpose of such a matrix."""
from theano.tensor import as_tensor_variable as as_tensor_variable
def cho_solve(c_and_lower: Any, b: TensorLike) -> TensorVariable:
    """x with A x = b, from ``(c, lower)``, c the Cholesky factor of A and lower whether it is L of L L' or U of U' U."""
from theano.sandbox.linalg import cholesky as cholesky
from theano.sandbox.linalg import eigvalsh as eigvalsh
def expm(x: TensorLike) -> TensorVariable:
    """I + x + x^2 / 2! + x^3 / 3! + ..."""
def kron(a: TensorLike, b: TensorLike) -> TensorVariable:
    """The Kronecker product: blocks ``a[i, j] * b``."""
def lu(a: TensorLike) -> list[TensorVariable]:
    """``[p, l, u]``: a = p l u, p a permutation, l with a diagonal of ones.  As scipy.linalg.lu, for square matrices."""
def lu_factor(a: TensorLike) -> list[TensorVariable]:
    """``[lu, pivots]``: a = P L U, lu = L + U - I.  As scipy.linalg.lu_factor, for square matrices and arrays of such."""
def lu_solve(lu_and_piv: Any, b: TensorLike, trans: int = 0) -> TensorVariable:
    """x with a x = b from ``lu_factor(a)``; a' x = b for ``trans`` 1, with the conjugate of a for 2.  As scipy.linalg.lu_solve."""
from theano.sandbox.linalg import solve as solve
def solve_lower_triangular(A: TensorLike, b: TensorLike) -> TensorVariable:
    """x with A x = b."""
def solve_positive_definite(A: TensorLike, b: TensorLike) -> TensorVariable:
    """x with A x = b."""
def solve_symmetric(A: TensorLike, b: TensorLike) -> TensorVariable:
    """x with A x = b."""
def solve_transposed(A: TensorLike, b: TensorLike) -> TensorVariable:
    """x with A' x = b, for each of a batch too."""
def solve_triangular(a: TensorLike, b: TensorLike, trans: int = 0, lower: bool = False, unit_diagonal: bool = False) -> TensorVariable:
    """x with a x = b, of which one triangle is read; a' x = b for ``trans`` 1, with the conjugate of a for 2."""
def solve_upper_triangular(A: TensorLike, b: TensorLike) -> TensorVariable:
    """x with A x = b."""
