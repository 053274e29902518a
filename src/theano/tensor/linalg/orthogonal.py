"""Factorisations with orthogonal factors: QR, and by singular values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.scalar import eq, minimum
from theano.scalar.complex import imag, real
from theano.scalar.function import UNDEFINED
from theano.tensor.alloc import tril
from theano.tensor.assertion import Assert
from theano.tensor.diagonal import AllocDiag
from theano.tensor.dimshuffle import transpose
from theano.tensor.dot import dot
from theano.tensor.join import join
from theano.tensor.linalg.matrix import (
    MatrixOp,
    adjoint,
    flows,
    jvp_of_batch,
    reciprocal_differences,
    times_i,
    with_real_diagonal,
)
from theano.tensor.linalg.solve import solve_lower_triangular, solve_upper_triangular

_diagonal = AllocDiag()


class SVD(MatrixOp):
    """u, s and vt with x = u diag(s) vt: u and vt' have orthonormal columns, s is descending and not negative.

    x              m x n;  k = min(m, n)
    full_matrices  u is m x m and vt n x n; else they are m x k and k x n
    compute_uv     else s alone
    s              k numbers; dtypes are those of x, s is real

    vjp (Townsend 2016, "Differentiating the singular value decomposition"), with v = vt',
         F[i, j] = 1 / (s[j]^2 - s[i]^2), 0 on the diagonal, and ^ for cotangents; for a complex x with
         i im(diagonal of u' u^) / s besides (Wan and Zhang 2019):
      x^ = u (diag(s^) + (F * (u' u^ - u^' u)) diag(s) + diag(s) (F * (v' v^ - v^' v))) v'
           + (I - u u') u^ inv(diag(s)) v' + u inv(diag(s)) v^' (I - v v')
    Columns of u and v' of a complex x are determined but for a common factor of magnitude 1: the gradient is that of what
    does not depend on it.
    Where two singular values coincide, or one is 0, u and vt have no gradient; s has, if nothing depends on those.
    Columns of u beyond the k-th are not determined by x: the gradient of full matrices needs a square x, an
    AssertionError otherwise.
    """

    __props__ = ("full_matrices", "compute_uv")

    def __init__(self, full_matrices: bool = True, compute_uv: bool = True) -> None:
        self.full_matrices, self.compute_uv = bool(full_matrices), bool(compute_uv)
        self.ranks, self.reals = ((2, 1, 2), (1,)) if self.compute_uv else ((1,), (0,))

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        k = minimum(m, n)
        if not self.compute_uv:
            return [(k,)]
        return [(m, m), (k,), (n, n)] if self.full_matrices else [(m, k), (k,), (k, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        found = np.linalg.svd(x, self.full_matrices, self.compute_uv)  # type: ignore[call-overload]
        return found if self.compute_uv else [found]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x: Any = inputs[0]
        if not self.compute_uv:
            u, _, vt = SVD(full_matrices=False)(x)
            return [dot(u, dot(_diagonal(cotangents[0]), vt))]
        (u, s, vt), (du, ds, dvt) = outputs, cotangents
        if self.full_matrices:
            k = s.shape[0]  # type: ignore[attr-defined]
            if flows(du) or flows(dvt):
                s = _of_square(x, s)
                u, vt = u[:, :k], vt[:k]  # type: ignore[index]
            else:
                u, s, vt = SVD(full_matrices=False)(x)
            du = du[:, :k] if flows(du) else du  # type: ignore[index]
            dvt = dvt[:k] if flows(dvt) else dvt  # type: ignore[index]
        v, scale = adjoint(vt), s.dimshuffle("x", 0)  # type: ignore[attr-defined]
        middle: Any = _diagonal(ds) if flows(ds) else 0
        outside: list[Any] = []
        if flows(du):
            skew: Any = dot(adjoint(u), du)
            F = reciprocal_differences(s * s, skew)  # type: ignore[operator]
            middle = middle + F * (skew - adjoint(skew)) * scale
            if skew.type.dtype.startswith("complex"):
                middle = middle + _diagonal(times_i(imag(skew.diagonal()) / s))
            rest: Any = du - dot(u, skew)  # type: ignore[operator]
            outside.append(dot(rest / scale, vt))
        if flows(dvt):
            skew = dot(vt, adjoint(dvt))
            F = reciprocal_differences(s * s, skew)  # type: ignore[operator]
            middle = middle + transpose(scale) * (F * (skew - adjoint(skew)))
            rest = adjoint(dvt) - dot(v, skew)  # type: ignore[operator]
            outside.append(dot(u, adjoint(rest / scale)))
        inside: Any = dot(u, dot(middle, vt))
        return [sum(outside, inside)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        """With P = u' tx v:  ts = diagonal of P, and tu, tv are transposes of the vjp's terms."""
        (x,), (tx,) = inputs, tangents
        if tx is None:
            return [None] * len(self.ranks)
        if x.type.ndim > 2:  # type: ignore[attr-defined]
            return jvp_of_batch(self, inputs, tangents, x.type.ndim - 2)  # type: ignore[attr-defined]
        u, s, vt = SVD(full_matrices=False)(x)
        v, row = adjoint(vt), s.dimshuffle("x", 0)
        P: Any = dot(adjoint(u), dot(tx, v))
        ts: Any = real(P.diagonal())
        if not self.compute_uv:
            return [ts]
        F, column = reciprocal_differences(s * s, P), s.dimshuffle(0, "x")
        xv: Any = dot(tx, v)
        xu: Any = dot(adjoint(tx), u)
        tu: Any = dot(u, F * (P * row + column * adjoint(P))) + (xv - dot(u, P)) / row
        tv: Any = dot(v, F * (column * P + adjoint(P) * row)) + (xu - dot(v, adjoint(P))) / row
        if P.type.dtype.startswith("complex"):
            tu = tu + u * times_i(imag(P.diagonal()) / s).dimshuffle("x", 0)
        if self.full_matrices:
            tu, tv = (_of_square(x, t) for t in (tu, tv))
        return [tu, ts, adjoint(tv)]


def _of_square(x: Any, value: Any) -> Any:
    """``value``, where ``x`` is square."""
    is_square = eq(x.shape[0], x.shape[1])
    return Assert("The gradient of svd with full_matrices needs a square matrix")(value, is_square)


def svd(a: Any, full_matrices: bool = 1, compute_uv: bool = 1) -> Any:  # type: ignore[assignment]
    """``[u, s, vt]``, or s alone: see ``SVD``.  As numpy.linalg.svd."""
    return SVD(full_matrices, compute_uv)(a)


_MODES = {"reduced": "reduced", "full": "reduced", "complete": "complete", "r": "r", "raw": "raw"}


class QR(MatrixOp):
    """x = q r: q with orthonormal columns, r upper triangular (m >= n) or trapezoidal.

    x     m x n;  k = min(m, n)
    mode  "reduced": q is m x k, r is k x n; "complete": m x m and m x n; "r": r alone, k x n;
          "raw": the factors as LAPACK leaves them, n x m, and k numbers that scale the reflections

    vjp (Seeger et al. 2017; Walter and Lehmann 2018 for m < n), of the first k columns a of x, with r their factor:
      a^ = (q^ + q C(r r^' - q^' q)) inv(r)',  C(M) the lower triangle of M, copied into the upper one, without
           imaginary parts of the diagonal: that of r is real
      the other columns b are q times theirs, y, of r:  b^ = q y^,  and q^ gains b y^'
    There is none where the columns a depend on each other, of "raw", and of "complete" unless m <= n (AssertionError).
    """

    __props__ = ("mode",)

    def __init__(self, mode: str) -> None:
        if mode not in _MODES:
            raise ValueError(f"Unrecognized mode {mode!r} of qr; there are {', '.join(_MODES)}")
        self.mode = mode
        self.ranks = {"r": (2,), "raw": (2, 1)}.get(mode, (2, 2))

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        k = minimum(m, n)
        match _MODES[self.mode]:
            case "complete":
                return [(m, m), (m, n)]
            case "r":
                return [(k, n)]
            case "raw":
                return [(n, m), (k,)]
        return [(m, k), (k, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        found = np.linalg.qr(x, _MODES[self.mode])  # type: ignore[call-overload]
        return [found] if self.mode == "r" else list(found)

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x: Any = inputs[0]
        mode = _MODES[self.mode]
        if mode == "raw":
            return [UNDEFINED]
        k = minimum(x.shape[0], x.shape[1])
        r: Any = outputs[-1]
        if mode == "complete":
            is_wide = eq(x.shape[0], k)
            r = Assert("The gradient of qr in mode complete needs as many columns as rows, or more")(
                r, is_wide
            )
        square: Any = r[:, :k]
        if mode == "r":
            q: Any = transpose(solve_lower_triangular(transpose(square), transpose(x[:, :k])))
            dq: Any = None
        else:
            q, dq = outputs[0], cotangents[0] if flows(cotangents[0]) else None
        dr: Any = cotangents[-1] if flows(cotangents[-1]) else None
        if dr is not None:
            more = dot(x[:, k:], adjoint(dr[:, k:]))
            dq = more if dq is None else dq + more
        M: Any = -dot(adjoint(dq), q)  # type: ignore[operator]
        if dr is not None:
            M = M + dot(square, adjoint(dr[:, :k]))
        copied = with_real_diagonal(tril(M) + adjoint(tril(M, -1)))  # type: ignore[operator]
        inner: Any = dq + dot(q, copied)
        first = adjoint(solve_upper_triangular(square, adjoint(inner)))
        others = dot(q, dr[:, k:]) if dr is not None else x[:, k:] * 0
        return [join(1, first, others)]


class QRFull(QR):
    """``QR`` with two results."""


class QRIncomplete(QR):
    """``QR`` with one result, mode "r"."""


def qr(a: Any, mode: str = "reduced") -> Any:
    """``[q, r]``, or r alone: see ``QR``.  As numpy.linalg.qr; mode "full" is "reduced"."""
    return (QRIncomplete if mode == "r" else QRFull)(mode)(a)

