"""Inverses of matrices, and of tensors read as matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.tensor.alloc import identity_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dot import dot
from theano.tensor.linalg.matrix import MatrixOp, adjoint, floating, in_lapack
from theano.tensor.shape import product, reshape
from theano.tensor.type import tensor_type


class MatrixInverse(MatrixOp):
    """out x = x out = I.

    x    square matrix; out  its shape and dtype

    vjp: dx = -out' dout out'  (Giles 2008, "Collected matrix derivative results", 2.2.3)

    numpy.linalg.LinAlgError ("Singular matrix") at run time where there is none.  To multiply by an inverse, solve.
    """

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        return [np.linalg.inv(x)]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        back, (dout,) = adjoint(outputs[0]), cotangents
        return [-dot(back, dot(dout, back))]  # type: ignore[operator]


class MatrixPinv(MatrixOp):
    """The Moore-Penrose inverse P:  x P x = x,  P x P = P,  x P and P x symmetric.

    x    matrix, m x n; P  n x m, dtype of x

    vjp: dx = -P' dP P' + (I - x P) dP' P P' + P' P dP' (I - P x)   (Golub and Pereyra 1973, eq. 4.12)

    Singular values below 1e-15 times the largest count as zero.  Where x changes its rank P is not continuous, and the
    formula holds for changes of x that keep the rank.
    """

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(n, m)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        return [np.linalg.pinv(x, rcond=1e-15)]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [pinv_cotangent(inputs[0], outputs[0], cotangents[0])]


def pinv_cotangent(x: Any, P: Any, dP: Any) -> Variable:
    """The vjp of ``P``, the Moore-Penrose inverse of ``x``."""
    Pt, dPt = adjoint(P), adjoint(dP)
    xP, Px = dot(x, P), dot(P, x)
    rows: Any = identity_like(xP)
    columns: Any = identity_like(Px)
    left: Any = dot(rows - xP, dot(dPt, dot(P, Pt)))
    right = dot(dot(Pt, dot(P, dPt)), columns - Px)
    return left + right - dot(Pt, dot(dP, Pt))


class TensorInv(Op):
    """The inverse of a tensor that is read as a matrix: the first ``ind`` axes are its rows, the others its columns.

    a    shape (*p, *q) with as many rows as columns, p of ``ind`` axes
    out  shape (*q, *p), dtype of a;  tensordot(out, tensordot(a, x, len(q)), ind) = x

    vjp: that of MatrixInverse, of the tensors read as matrices.  ValueError unless ind > 0.
    """

    __props__ = ("ind",)

    def __init__(self, ind: int = 2) -> None:
        self.ind = ind

    def make_node(self, a: Any) -> Apply:
        a = as_tensor_variable(a)
        require(self.ind > 0, "tensorinv(a, ind)", needs="ind > 0", found=self.ind, operands={"a": a})
        pattern = a.type.broadcastable
        return Apply(
            self, [a], [tensor_type(floating(a.type.dtype), pattern[self.ind :] + pattern[: self.ind])()]
        )

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(*shapes[0][self.ind :], *shapes[0][: self.ind])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (a,) = inputs
        rows, columns = math.prod(a.shape[: self.ind]), math.prod(a.shape[self.ind :])
        require(
            rows == columns,
            "tensorinv(a, ind)",
            needs="as many rows as columns",
            found=f"{rows} and {columns} of shape {a.shape} with ind {self.ind}",
            operands={"a": node.inputs[0]},
            error=np.linalg.LinAlgError,
        )
        outputs[0][0] = np.linalg.tensorinv(in_lapack(a), self.ind).astype(node.outputs[0].type.dtype)  # type: ignore

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (a,), (out,), (dout,) = inputs, outputs, cotangents
        lengths = [a.shape[k] for k in range(a.type.ndim)]  # type: ignore[attr-defined]
        p, q = product(lengths[: self.ind]), product(lengths[self.ind :])
        back = adjoint(reshape(out, (q, p)))
        da = -dot(back, dot(reshape(dout, (q, p)), back))  # type: ignore[operator]
        return [reshape(da, lengths)]


matrix_inverse = MatrixInverse()
pinv = MatrixPinv()


def tensorinv(a: Any, ind: int = 2) -> Variable:
    """The inverse of ``a`` with its first ``ind`` axes as rows: see ``TensorInv``.  As numpy.linalg.tensorinv."""
    return TensorInv(ind)(a)
