"""theano.sandbox.linalg of Theano 1.0.5."""

from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.nlinalg import Eig
from typing import Any

from theano.sandbox.linalg import ops as ops
__all__ = ['alloc_diag', 'cholesky', 'det', 'diag', 'eig', 'eigh', 'eigvalsh', 'extract_diag', 'matrix_inverse', 'ops', 'psd', 'solve', 'spectral_radius_bound', 'trace']
def alloc_diag(x: TensorLike) -> TensorVariable:
    """The last axis of ``x`` on the diagonal ``offset`` of the axes ``axis1`` and ``axis2`` of zeros."""
def cholesky(x: TensorLike) -> TensorVariable:
    """L, lower triangular with a positive diagonal, such that L L' = x; U = L' unless ``lower``."""
def det(x: TensorLike) -> TensorVariable:
    """The determinant."""
def diag(x: TensorLike) -> TensorVariable:
    """The diagonal matrix of a vector; the diagonal of a matrix.  TypeError for other tensors."""
eig: Eig
def eigh(a: TensorLike, UPLO: str = 'L') -> list[TensorVariable]:
    """Eigenvalues and eigenvectors of a symmetric matrix: see ``Eigh``."""
def eigvalsh(a: TensorLike, b: TensorLike, lower: bool = True) -> TensorVariable:
    """The eigenvalues of a symmetric matrix ``a`` relative to a positive definite one: see ``Eigvalsh``."""
def extract_diag(x: TensorLike) -> TensorVariable:
    """The diagonal ``offset`` places above the main one, of the axes ``axis1`` and ``axis2``."""
def matrix_inverse(x: TensorLike) -> TensorVariable:
    """out x = x out = I."""
def psd(v: TensorLike) -> TensorVariable:
    """The matrix ``v``, which is symmetric and positive definite."""
def solve(A: TensorLike, b: TensorLike) -> TensorVariable:
    """x with A x = b."""
def spectral_radius_bound(X: TensorLike, log2_exponent: int) -> TensorVariable:
    """At least the largest magnitude of an eigenvalue of the symmetric matrix ``X``: trace(X^k)^(1 / k), k = 2^log2_exponent."""
from theano.tensor import trace as trace
