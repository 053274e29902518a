"""Determinants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.scalar.chain import conjugated
from theano.scalar.complex import imag
from theano.tensor.alloc import zeros_like
from theano.tensor.linalg.inverse import matrix_inverse
from theano.tensor.linalg.matrix import MatrixOp, adjoint, flows, times_i


class Det(MatrixOp):
    """The determinant.

    x    square matrix; out  0-d, dtype of x

    vjp: dx = dout out inv(x)'  (Jacobi's formula; Giles 2008, 2.2.4)

    The gradient needs the inverse, and so raises numpy.linalg.LinAlgError where x is singular.
    """

    ranks = (0,)

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [()]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        return [np.linalg.det(x)]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (out,), (dout,) = inputs, outputs, cotangents
        return [dout * conjugated(out) * adjoint(matrix_inverse(x))]  # type: ignore[operator]


class SLogDet(MatrixOp):
    """The sign of the determinant, and the logarithm of its magnitude, which neither overflows nor underflows.

    x     square matrix
    out   0-d: sign, dtype of x: -1, 0 or 1 (complex: of magnitude 1); logarithm, real: -inf where the sign is 0

    vjp: dx = (dlogarithm + i im(dsign conj(sign))) inv(x)';  the sign of a real x has the gradient 0
    """

    ranks, reals = (0, 0), (1,)

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(), ()]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        return np.linalg.slogdet(x)

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (sign, _), (dsign, dlog) = inputs, outputs, cotangents
        scale: Any = dlog if flows(dlog) else None
        if flows(dsign) and sign.type.dtype.startswith("complex"):  # type: ignore[attr-defined]
            turn = times_i(imag(dsign * conjugated(sign)))  # type: ignore[operator]
            scale = turn if scale is None else scale + turn
        return [zeros_like(x) if scale is None else scale * adjoint(matrix_inverse(x))]


det = Det()
slogdet = SLogDet()
