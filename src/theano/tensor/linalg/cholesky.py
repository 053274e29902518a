"""The Cholesky factor of a positive definite matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.data_classes import dataclass
from theano.graph import Variable
from theano.tensor.alloc import tril
from theano.tensor.diagonal import AllocDiag
from theano.tensor.dot import dot
from theano.tensor.linalg.matrix import MatrixOp, adjoint, folded
from theano.tensor.linalg.solve import solve_upper_triangular


class Cholesky(MatrixOp):
    """L, lower triangular with a positive diagonal, such that L L' = x; U = L' unless ``lower``.

    x         symmetric positive definite matrix: the triangle in which the factor lies is read, no more
    out       shape and dtype of x
    on_error  what is done where x is not positive definite: "raise" numpy.linalg.LinAlgError, or give "nan" everywhere

    vjp: ``CholeskyGrad``
    """

    __props__ = ("lower", "destructive", "on_error")

    def __init__(self, lower: bool = True, on_error: str = "raise") -> None:
        if on_error not in ("raise", "nan"):
            raise ValueError(f'on_error must be one of "raise" or "nan", found {on_error!r}')
        self.lower, self.destructive, self.on_error = lower, False, on_error

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        import scipy.linalg

        try:
            return [scipy.linalg.cholesky(x, lower=self.lower, check_finite=False)]
        except np.linalg.LinAlgError:
            if self.on_error == "raise":
                raise
            return [np.full(x.shape, np.nan)]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [CholeskyGrad(self.lower)(inputs[0], outputs[0], cotangents[0])]


@dataclass(frozen=True)
class CholeskyGrad:
    """The gradient through a Cholesky factorisation, an expression that can be differentiated again.

    With S = inv(L)' F(L' dL) inv(L), where F takes the lower triangle with half the diagonal:
    dx[i, j] = S[i, j] + S[j, i] below the diagonal, S[i, i] on it, 0 above  (Murray 2016, "Differentiation of the
    Cholesky decomposition"; the blocks of his and of Smith's 1995 algorithm are left to LAPACK).
    """

    lower: bool = True

    def __call__(self, x: Any, l: Any, dz: Any) -> Variable:
        """The gradient of ``x``, from its factor ``l`` and the cotangent ``dz`` of that."""
        L, dL = (l, dz) if self.lower else (adjoint(l), adjoint(dz))
        product: Any = dot(adjoint(L), dL)
        F = tril(product) - AllocDiag()(product.diagonal() / 2)  # type: ignore[operator]
        from_left = solve_upper_triangular(adjoint(L), F)
        S: Any = adjoint(solve_upper_triangular(adjoint(L), adjoint(from_left)))
        return folded(S, self.lower)


class InverseFromFactor(MatrixOp):
    """inv(L L'), from the lower triangular L: what is above its diagonal is not read.

    L    square matrix; out  symmetric, its shape and dtype

    vjp: dL = lower triangle of -out (dout + dout') out L  (from d out = -out d(L L') out)
    """

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        import scipy.linalg

        if not np.diagonal(x).all():
            raise np.linalg.LinAlgError("Singular matrix")
        return [scipy.linalg.cho_solve((x, True), np.eye(len(x), dtype=x.dtype), check_finite=False)]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (L,), (out,), (dout,) = inputs, outputs, cotangents
        symmetric = dout + adjoint(dout)  # type: ignore[operator]
        return [-tril(dot(out, dot(symmetric, dot(out, tril(L)))))]  # type: ignore[operator]


cholesky = Cholesky()
