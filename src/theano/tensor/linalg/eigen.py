"""Eigenvalues and eigenvectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.data_classes import dataclass
from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.chain import conjugated
from theano.scalar.complex import real
from theano.tensor.alloc import tril
from theano.tensor.diagonal import AllocDiag
from theano.tensor.dot import dot
from theano.tensor.linalg.cholesky import Cholesky
from theano.tensor.linalg.inverse import matrix_inverse
from theano.tensor.linalg.matrix import (
    MatrixOp,
    adjoint,
    as_matrix,
    floating,
    flows,
    folded,
    in_lapack,
    jvp_of_batch,
    reciprocal_differences,
    with_real_diagonal,
)
from theano.tensor.linalg.solve import solve_lower_triangular, solve_upper_triangular
from theano.tensor.type import tensor_type

_diagonal = AllocDiag()


class Eig(MatrixOp):
    """Eigenvalues w and eigenvectors v, the columns, of length 1:  x v[:, k] = w[k] v[:, k].

    x     square matrix; w  vector, v  matrix, dtype of x

    vjp: dx = inv(v)' (diag(dw) + conj(F) * M) v',  M = v' dv - (v' v) * (real diagonal of v' dv, along rows),
         F[i, j] = 1 / (w[j] - w[i]), 0 on the diagonal  (Giles 2008, 3.1; M keeps the length of the columns: Boeddeker
         et al. 2017, 4.77)

    Columns of complex x are determined but for a factor of magnitude 1: the gradient is that of what does not depend on it.

    Values that are complex lose their imaginary part where x is real, with a numpy ComplexWarning: cast x to complex128
    to have them.  The gradient is that of real eigenvalues, all of them different; where two coincide v has none.
    """

    ranks = (1, 2)

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m,), (m, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        return np.linalg.eig(x)

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (w, v), (dw, dv) = outputs, cotangents
        middle: Any = _diagonal(dw) if flows(dw) else 0
        if flows(dv):
            pulled: Any = dot(adjoint(v), dv)
            lengths = dot(adjoint(v), v) * real(pulled.diagonal()).dimshuffle("x", 0)
            middle = middle + conjugated(reciprocal_differences(w, v)) * (pulled - lengths)
        return [dot(adjoint(matrix_inverse(v)), dot(middle, adjoint(v)))]


class Eigh(MatrixOp):
    """Eigenvalues w, ascending, and orthonormal eigenvectors v, the columns, of a symmetric (hermitian) matrix.

    x     square matrix, of which the lower (UPLO "L") or upper ("U") triangle is read
    w, v  vector, real, and matrix, dtype of x

    vjp: ``EighGrad``.  Where two eigenvalues coincide, v has no gradient, but w has if nothing depends on v.
    """

    __props__ = ("UPLO",)
    ranks, reals = (1, 2), (0,)

    def __init__(self, UPLO: str = "L") -> None:
        if UPLO not in ("L", "U"):
            raise ValueError(f"UPLO must be 'L' or 'U', found {UPLO!r}")
        self.UPLO = UPLO

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m,), (m, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        return np.linalg.eigh(x, self.UPLO)  # type: ignore[call-overload]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [EighGrad(self.UPLO)(*inputs, *outputs, *cotangents)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        """With P = v' tx v:  tw = diagonal of P,  tv = v (F * P)."""
        if tangents[0] is None:
            return [None, None]
        depth = inputs[0].type.ndim - 2  # type: ignore[attr-defined]
        if depth:
            return jvp_of_batch(self, inputs, tangents, depth)
        w, v = self(*inputs)
        P: Any = dot(adjoint(v), dot(_symmetric(tangents[0], self.UPLO == "L"), v))
        return [real(P.diagonal()), dot(v, reciprocal_differences(w, v) * P)]


@dataclass(frozen=True)
class EighGrad:
    """The gradient through ``Eigh``, an expression that can be differentiated again.

    dx = v (diag(dw) + F * (v' dv)) v',  F[i, j] = 1 / (w[j] - w[i]), 0 on the diagonal, folded into the triangle that is
    read  (Giles 2008, 3.1; Seeger et al. 2017, "Auto-differentiating linear algebra")
    """

    UPLO: str = "L"

    def __call__(self, x: Any, w: Any, v: Any, W: Any, V: Any) -> Variable:
        """The gradient of ``x``, from w and v and their cotangents W and V, of which one may be missing."""
        middle: Any = _diagonal(W) if flows(W) else 0
        if flows(V):
            middle = middle + reciprocal_differences(w, v) * dot(adjoint(v), V)
        return folded(dot(v, dot(middle, adjoint(v))), self.UPLO == "L")


class Eigvalsh(Op):
    """The w, ascending, for which a u = w b u has a solution.

    a      symmetric matrix, b  symmetric positive definite matrix: of both one triangle is read
    lower  which
    w      vector, the common dtype, real

    vjp: ``EigvalshGrad``.  LinAlgError at run time where b is not positive definite.
    """

    __props__ = ("lower",)

    def __init__(self, lower: bool = True) -> None:
        self.lower = lower

    def make_node(self, a: Any, b: Any) -> Apply:
        a, b = as_matrix(a, "eigvalsh(a, b)"), as_matrix(b, "eigvalsh(a, b)")
        dtype = dtypes.real_of(floating(a.type.dtype, b.type.dtype))  # type: ignore[attr-defined]
        return Apply(self, [a, b], [tensor_type(dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(shapes[0][0],)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        import scipy.linalg

        a, b = (in_lapack(v) for v in inputs)
        require(
            a.shape == b.shape,
            "eigvalsh(a, b)",
            needs="matrices of one shape",
            found=f"{a.shape} and {b.shape}",
            operands=dict(zip("ab", node.inputs, strict=True)),
        )
        w = scipy.linalg.eigvalsh(a, b, lower=self.lower, check_finite=False)
        outputs[0][0] = np.asarray(w, dtype=node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return list(EigvalshGrad(self.lower)(*inputs, *cotangents))


@dataclass(frozen=True)
class EigvalshGrad:
    """The gradients through ``Eigvalsh``, expressions that can be differentiated again.

    With L L' = b, and u the eigenvectors of inv(L) a inv(L)' multiplied by inv(L)' from the left, so that u' b u = I:
    da = u diag(dw) u',  db = -u diag(w dw) u', folded into the triangle that is read
    (from  dw = u' (da - w db) u  for a column u; Magnus 1985, "On differentiating eigenvalues and eigenvectors")
    """

    lower: bool = True

    def __call__(self, a: Any, b: Any, gw: Any) -> tuple[Variable, Variable]:
        """The gradients of ``a`` and ``b``, from the cotangent ``gw`` of the eigenvalues."""
        L = Cholesky()(b) if self.lower else adjoint(Cholesky(lower=False)(b))
        from_left = solve_lower_triangular(L, _symmetric(a, self.lower))
        C = solve_lower_triangular(L, adjoint(from_left))
        w, v = Eigh()(C)
        u: Any = solve_upper_triangular(adjoint(L), v)
        scaled = u * gw.dimshuffle("x", 0)
        da, db = dot(scaled, adjoint(u)), -dot(scaled * w.dimshuffle("x", 0), adjoint(u))  # type: ignore
        return folded(da, self.lower), folded(db, self.lower)


def _symmetric(x: Any, lower: bool) -> Variable:
    """The symmetric matrix, hermitian if complex, of which ``x`` has one triangle."""
    half = with_real_diagonal(tril(x if lower else adjoint(x)))
    return half + adjoint(tril(half, -1))  # type: ignore[operator]


eig = Eig()


def eigh(a: Any, UPLO: str = "L") -> list[Variable]:
    """Eigenvalues and eigenvectors of a symmetric matrix: see ``Eigh``."""
    return Eigh(UPLO)(a)


def eigvalsh(a: Any, b: Any, lower: bool = True) -> Variable:
    """The eigenvalues of a symmetric matrix ``a`` relative to a positive definite one: see ``Eigvalsh``."""
    return Eigvalsh(lower)(a, b)
