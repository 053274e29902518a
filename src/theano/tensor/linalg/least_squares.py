"""Least squares: systems of linear equations that need not have a solution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar import minimum
from theano.scalar.chain import conjugated
from theano.tensor.alloc import zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.diagonal import AllocDiag
from theano.tensor.dot import dot, outer
from theano.tensor.elemwise import sum_back
from theano.tensor.indexing import set_subtensor
from theano.tensor.linalg.inverse import pinv, pinv_cotangent
from theano.tensor.linalg.matrix import adjoint, as_matrix, floating, flows, in_lapack
from theano.tensor.linalg.orthogonal import SVD
from theano.tensor.shape import Shape_i
from theano.tensor.type import tensor_type


class lstsq(Op):
    """The x of least norm for which the sum of the squares of A x - b is least.

    A      matrix, m x n
    b      vector or matrix of m rows
    rcond  0-d: singular values up to rcond times the largest count as zero; -1 for the precision of the dtype

    x          n rows, columns as b, common dtype
    residuals  vector: the sum of squares for each column; empty unless m > n and A has rank n
    rank       0-d, int64
    s          vector: the min(m, n) singular values of A

    vjp, with P the Moore-Penrose inverse of A, so that x = P b, and r = b - A x:
      of x: db = P' dx, dA = vjp of P at dx b';  of residuals: db = 2 r dresiduals, dA = -2 r dresiduals x';
      of s: dA = u diag(ds) v', from the singular values of A
    It holds for changes of A that keep its rank.
    """

    __props__ = ()

    def make_node(self, A: Any, b: Any, rcond: Any) -> Apply:
        A, b, rcond = as_matrix(A, "lstsq(A, b, rcond)"), as_tensor_variable(b), as_tensor_variable(rcond)
        require(
            b.type.ndim in (1, 2) and rcond.type.ndim == 0,
            "lstsq(A, b, rcond)",
            needs="a vector or matrix b, and a number rcond",
            found=f"{b.type.ndim} and {rcond.type.ndim} dimensions",
            operands={"A": A, "b": b, "rcond": rcond},
            error=TypeError,
        )
        dtype = floating(A.type.dtype, b.type.dtype)  # type: ignore[attr-defined]
        vector = tensor_type(dtype, (False,))
        x = tensor_type(dtype, (False, *b.type.broadcastable[1:]))
        return Apply(self, [A, b, rcond], [x(), vector(), tensor_type("int64", ())(), vector()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        (m, n), b, _ = shapes
        residuals = Shape_i(0)(node.outputs[1])  # depends on the rank
        return [(n, *b[1:]), (residuals,), (), (minimum(m, n),)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        A, b, rcond = inputs
        found = np.linalg.lstsq(in_lapack(A), in_lapack(b), float(rcond))
        for variable, cell, value in zip(node.outputs, outputs, found, strict=True):
            cell[0] = np.asarray(value, dtype=variable.type.dtype)  # type: ignore[attr-defined]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True, True, False, True], [True, True, False, False], [False] * 4]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (A, b, _), (x, *_), (dx, dresiduals, _, ds) = inputs, outputs, cotangents
        is_vector = b.type.ndim == 1  # type: ignore[attr-defined]
        dA: list[Any] = []
        db: list[Any] = []
        if flows(dx):
            P = pinv(A)
            dP = outer(dx, conjugated(b)) if is_vector else dot(dx, adjoint(b))
            dA.append(pinv_cotangent(A, P, dP))
            db.append(dot(adjoint(P), dx))
        if flows(dresiduals):
            r: Any = b - dot(A, x)  # type: ignore[operator]
            columns = r.dimshuffle(0, "x") if is_vector else r
            none: Any = zeros_like(columns[0])
            weight: Any = set_subtensor(none[: dresiduals.shape[0]], dresiduals)  # type: ignore[attr-defined]
            scaled = 2 * columns * weight.dimshuffle("x", 0)
            dA.append(-dot(scaled, conjugated(x).dimshuffle("x", 0) if is_vector else adjoint(x)))  # type: ignore
            db.append(scaled[:, 0] if is_vector else scaled)
        if flows(ds):
            u, _, vt = SVD(full_matrices=False)(A)
            dA.append(dot(u, dot(AllocDiag()(ds), vt)))
            db.append(zeros_like(b, dtype=floating(b.type.dtype)))  # type: ignore[attr-defined]
        return [sum_back(sum(dA[1:], dA[0]), A), sum_back(sum(db[1:], db[0]), b), None]
