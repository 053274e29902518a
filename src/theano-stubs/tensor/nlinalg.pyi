"""theano.tensor.nlinalg of Theano 1.0.5."""

import numpy
from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op as _graph_Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.linalg._matrix import MatrixOp
from theano.tensor.linalg._orthogonal import QR
from typing import Any

__all__ = ['SVD', 'AllocDiag', 'Apply', 'Det', 'DisconnectedType', 'Eig', 'Eigh', 'EighGrad', 'ExtractDiag', 'MatrixInverse', 'MatrixPinv', 'Op', 'QRFull', 'QRIncomplete', 'SLogDet', 'TensorInv', 'TensorSolve', 'alloc_diag', 'as_tensor_variable', 'det', 'diag', 'eig', 'eigh', 'extract_diag', 'lstsq', 'matrix_dot', 'matrix_inverse', 'matrix_power', 'norm', 'pinv', 'qr', 'slogdet', 'svd', 'tensorinv', 'tensorsolve', 'trace']
class SVD(MatrixOp):
    """u, s and vt with x = u diag(s) vt: u and vt' have orthonormal columns, s is descending and not negative."""
    full_matrices: Any
    compute_uv: Any
    def __init__(self, full_matrices: bool = True, compute_uv: bool = True) -> None: ...
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        """With P = u' tx v:  ts = diagonal of P, and tu, tv are transposes of the vjp's terms."""
from theano.tensor import AllocDiag as AllocDiag
from theano.graph import Apply as Apply
class Det(MatrixOp):
    """The determinant."""
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
from theano.gradient import DisconnectedType as DisconnectedType
class Eig(MatrixOp):
    """Eigenvalues w and eigenvectors v, the columns, of length 1:  x v[:, k] = w[k] v[:, k]."""
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
class Eigh(MatrixOp):
    """Eigenvalues w, ascending, and orthonormal eigenvectors v, the columns, of a symmetric (hermitian) matrix."""
    UPLO: str
    def __init__(self, UPLO: str = 'L') -> None: ...
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        """With P = v' tx v:  tw = diagonal of P,  tv = v (F * P)."""
class EighGrad:
    """The gradient through ``Eigh``, an expression that can be differentiated again."""
    def __init__(self, UPLO: str = 'L') -> None: ...
    UPLO: str
    def __call__(self, x: TensorLike, w: Any, v: TensorLike, W: TensorLike, V: Any) -> TensorVariable:
        """The gradient of ``x``, from w and v and their cotangents W and V, of which one may be missing."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
from theano.tensor import ExtractDiag as ExtractDiag
class MatrixInverse(MatrixOp):
    """out x = x out = I."""
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
class MatrixPinv(MatrixOp):
    """The Moore-Penrose inverse P:  x P x = x,  P x P = P,  x P and P x symmetric."""
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
from theano.graph import Op as Op
class QRFull(QR):
    """``QR`` with two results."""
class QRIncomplete(QR):
    """``QR`` with one result, mode "r"."""
class SLogDet(MatrixOp):
    """The sign of the determinant, and the logarithm of its magnitude, which neither overflows nor underflows."""
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
class TensorInv(_graph_Op):
    """The inverse of a tensor that is read as a matrix: the first ``ind`` axes are its rows, the others its columns."""
    ind: int
    def __init__(self, ind: int = 2) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class TensorSolve(_graph_Op):
    """x with tensordot(a, x, x.ndim) = b."""
    axes: Any
    def __init__(self, axes: Sequence[int] | None = None) -> None: ...
    def order(self, ndim: int) -> list[int]:
        """The axes of ``a``, those to be moved last."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.sandbox.linalg import alloc_diag as alloc_diag
from theano.tensor import as_tensor_variable as as_tensor_variable
from theano.sandbox.linalg import det as det
from theano.sandbox.linalg import diag as diag
from theano.sandbox.linalg import eig as eig
from theano.sandbox.linalg import eigh as eigh
from theano.sandbox.linalg import extract_diag as extract_diag
class lstsq(_graph_Op):
    """The x of least norm for which the sum of the squares of A x - b is least."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
def matrix_dot(*args: Any) -> TensorVariable:
    """The product of one or more matrices, multiplied from left to right."""
from theano.sandbox.linalg import matrix_inverse as matrix_inverse
def matrix_power(M: TensorLike, n: int) -> TensorVariable:
    """The product of ``n`` factors ``M``, in about 2 log2(n) multiplications; of each of an array.  TypeError unless n >= 1."""
def norm(x: TensorLike, ord: Any, axis: int | Sequence[int] | None = None) -> TensorVariable:
    """The norm of a vector or a matrix, or of all of an array."""
def pinv(x: TensorLike) -> TensorVariable:
    """The Moore-Penrose inverse P:  x P x = x,  P x P = P,  x P and P x symmetric."""
def qr(a: TensorLike, mode: str = 'reduced') -> Any:
    """``[q, r]``, or r alone: see ``QR``.  As numpy.linalg.qr; mode "full" is "reduced"."""
slogdet: SLogDet
def svd(a: TensorLike, full_matrices: bool | int = 1, compute_uv: bool | int = 1) -> Any:
    """``[u, s, vt]``, or s alone: see ``SVD``.  As numpy.linalg.svd."""
def tensorinv(a: TensorLike, ind: int = 2) -> TensorVariable:
    """The inverse of ``a`` with its first ``ind`` axes as rows: see ``TensorInv``.  As numpy.linalg.tensorinv."""
def tensorsolve(a: TensorLike, b: TensorLike, axes: Sequence[int] | None = None) -> TensorVariable:
    """x with tensordot(a, x, x.ndim) = b: see ``TensorSolve``.  As numpy.linalg.tensorsolve."""
from theano.tensor import trace as trace
