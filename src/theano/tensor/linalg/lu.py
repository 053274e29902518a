"""Factors by elimination with pivots, kept for more than one system of equations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar.chain import conjugated
from theano.tensor.alloc import alloc, eye, identity_like, tri, tril, triu
from theano.tensor.batching.graph import Application, Batched, batched
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import transpose
from theano.tensor.dot import dot, outer
from theano.tensor.linalg.matrix import (
    MatrixOp,
    adjoint,
    as_matrices,
    floating,
    flows,
    in_lapack,
    turned,
    vjp_of_batch,
)
from theano.tensor.linalg.solve import solve_upper_triangular
from theano.tensor.type import tensor_type

_PIVOTS = "int32"


class LUFactor(MatrixOp):
    """The factors of the transpose of a matrix, as LAPACK leaves them: x' = P L U, L with a diagonal of ones.

    x       square matrix
    out     (L + U - I)', shape and dtype of x: to LAPACK, which counts columns first, L + U - I
    pivots  vector, int32: row i was exchanged with row pivots[i], i ascending

    vjp of the factors: dx' = P inv(L)' (S(L' dL) + T(dU U')) inv(U)', S the part below the diagonal, T the rest
    (as Seeger et al. 2017 for Cholesky; from inv(L) dx' inv(U) = inv(L) dL + dU inv(U), whose parts lie in two triangles)

    A singular x has factors, with a 0 on the diagonal of U.
    """

    ranks = (2, 1)

    def make_node(self, x: Any) -> Apply:
        node = super().make_node(x)
        factors, vector = (v.type for v in node.outputs)
        pivots = tensor_type(_PIVOTS, vector.broadcastable)  # type: ignore[attr-defined]
        return Apply(self, node.inputs, [factors(), pivots()])

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m, n), (n,)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        import scipy.linalg.lapack

        require(x.shape[0] == x.shape[1], str(self), needs="a square matrix", found=x.shape, error=np.linalg.LinAlgError)
        if not x.size:
            return [x, np.empty(0, _PIVOTS)]
        (getrf,) = scipy.linalg.lapack.get_lapack_funcs(("getrf",), (x,))
        factors, pivots, _ = getrf(x.T)
        return [factors.T, pivots]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (F, pivots), (dF, _) = outputs, cotangents
        if not flows(dF):
            return [dF]
        lu, dlu = transpose(F), transpose(dF)
        L: Any = tril(lu, -1) + identity_like(lu)  # type: ignore[operator]
        U = triu(lu)
        inner: Any = tril(dot(adjoint(L), dlu), -1) + triu(dot(dlu, adjoint(U)))  # type: ignore[operator]
        middle = solve_upper_triangular(adjoint(L), inner)
        middle = adjoint(solve_upper_triangular(U, adjoint(middle)))  # (..) inv(U)' = (inv(U) (..)')'
        return [transpose(RowSwaps(descending=True)(middle, pivots))]


class RowSwaps(Op):
    """P' x, or with ``descending`` P x, for the P that the pivots of ``LUFactor`` mean.

    x       matrix, or an array of such
    pivots  int32, one for each row
    """

    __props__ = ("descending",)

    def __init__(self, descending: bool = False) -> None:
        self.descending = descending

    def make_node(self, x: Any, pivots: Any) -> Apply:
        x, pivots = as_matrices(x, str(self)), as_tensor_variable(pivots)
        return Apply(self, [x, pivots.astype(_PIVOTS)], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, pivots = inputs
        _require_rows(self, node, x, pivots)
        out = outputs[0][0] = x.copy()
        for index in np.ndindex(*x.shape[:-2]):
            swaps = list(enumerate(pivots[index]))
            for i, j in reversed(swaps) if self.descending else swaps:
                out[index][[i, j]] = out[index][[j, i]]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [RowSwaps(not self.descending)(cotangents[0], inputs[1]), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], inputs[1])]


class LUSolve(Op):
    """x with A x = b, or with ``transposed`` A' x = b, from what ``LUFactor`` gives for A.

    factors, pivots  its results
    b                vector or matrix of as many rows, or an array of such
    x                shape of b, common dtype

    vjp: db solves the other system; with M the gradient of A' = P L U, so M = -x db' (transposed: -db x'),
         dL = P' M U' below the diagonal, dU = L' P' M above and on it
    numpy.linalg.LinAlgError at run time where a pivot is 0.
    """

    __props__ = ("transposed",)

    def __init__(self, transposed: bool = False) -> None:
        self.transposed = transposed

    def make_node(self, factors: Any, pivots: Any, b: Any) -> Apply:
        factors, pivots, b = as_matrices(factors, str(self)), as_tensor_variable(pivots), as_tensor_variable(b)
        depth = factors.type.ndim - 2  # type: ignore[attr-defined]
        require(
            b.type.ndim - depth in (1, 2) and pivots.type.ndim == depth + 1,
            "lu_solve(lu_and_pivots, b)",
            needs="a vector or matrix b for each matrix, and a vector of pivots",
            found=f"{b.type.ndim} and {pivots.type.ndim} dimensions",
            operands={"factors": factors, "pivots": pivots, "b": b},
            error=TypeError,
        )
        dtype = floating(factors.type.dtype, b.type.dtype)  # type: ignore[attr-defined]
        return Apply(self, [factors, pivots.astype(_PIVOTS), b], [tensor_type(dtype, b.type.broadcastable)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[2]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        import scipy.linalg

        factors, pivots, b = in_lapack(inputs[0]), inputs[1], in_lapack(inputs[2])
        depth = factors.ndim - 2
        core = b[..., None] if b.ndim == depth + 1 else b
        _require_rows(self, node, core, pivots)
        out = outputs[0][0] = np.empty(b.shape, node.outputs[0].type.dtype)  # type: ignore[attr-defined]
        for index in np.ndindex(*factors.shape[:depth]):
            (zeros,) = np.nonzero(np.diagonal(factors[index]) == 0)
            if len(zeros):
                raise np.linalg.LinAlgError(f"{self}: pivot {zeros[0] + 1} of the elimination is 0")
            lu_and_pivots = factors[index].T, pivots[index]
            out[index] = scipy.linalg.lu_solve(lu_and_pivots, b[index], 0 if self.transposed else 1, check_finite=False)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [True]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (F, pivots, b), (x,), (dx,) = inputs, outputs, cotangents
        depth = F.type.ndim - 2  # type: ignore[attr-defined]
        if depth:
            return vjp_of_batch(self, inputs, outputs, cotangents, depth)
        db: Any = conjugated(LUSolve(not self.transposed)(F, pivots, conjugated(dx)))
        u, v = (db, conjugated(x)) if self.transposed else (conjugated(x), db)
        is_vector = b.type.ndim == 1  # type: ignore[attr-defined]
        M: Any = outer(u, v) if is_vector else dot(u, transpose(v))
        M = RowSwaps()(-M, pivots)
        lu = transpose(F)
        L: Any = tril(lu, -1) + identity_like(lu)  # type: ignore[operator]
        dlu: Any = tril(dot(M, adjoint(triu(lu))), -1) + triu(dot(adjoint(L), M))  # type: ignore[operator]
        return [transpose(dlu), None, db]


@batched.register
def solved_from_each(op: LUSolve, a: Application) -> list[Any]:
    return [Batched(op(*(a.full(k).variable for k in range(3))), a.depth)]


@batched.register
def swapped_each(op: RowSwaps, a: Application) -> list[Any]:
    return [Batched(op(*(a.full(k).variable for k in range(2))), a.depth)]


def _require_rows(op: Op, node: Apply, x: np.ndarray, pivots: np.ndarray) -> None:
    require(
        x.shape[:-1] == pivots.shape,
        str(op),
        needs="as many pivots as rows",
        found=f"shapes {x.shape} and {pivots.shape}",
        operands={"x": node.inputs[0], "pivots": node.inputs[1]},
    )


def lu_factor(a: Any) -> list[Variable]:
    """``[lu, pivots]``: a = P L U, lu = L + U - I.  As scipy.linalg.lu_factor, for square matrices and arrays of such."""
    factors, pivots = LUFactor()(turned(as_matrices(a, "lu_factor(a)")))
    return [turned(factors), pivots]


def lu_solve(lu_and_piv: Any, b: Any, trans: int = 0) -> Variable:
    """x with a x = b from ``lu_factor(a)``; a' x = b for ``trans`` 1, with the conjugate of a for 2.  As scipy.linalg.lu_solve."""
    if trans not in (0, 1, 2):
        raise ValueError(f"lu_solve: trans must be 0, 1 or 2, found {trans!r}")
    lu, pivots = lu_and_piv
    factors = turned(as_tensor_variable(lu))
    if trans == 2:
        return conjugated(LUSolve()(factors, pivots, conjugated(as_tensor_variable(b))))
    return LUSolve(transposed=not trans)(factors, pivots, b)  # type: ignore[return-value]


def lu(a: Any) -> list[Variable]:
    """``[p, l, u]``: a = p l u, p a permutation, l with a diagonal of ones.  As scipy.linalg.lu, for square matrices."""
    packed: Any
    packed, pivots = lu_factor(a)
    *batch, n, _ = (packed.shape[k] for k in range(packed.type.ndim))
    unit: Any = eye(n, dtype=packed.dtype)
    p = RowSwaps(descending=True)(alloc(unit, *batch, n, n) if batch else unit, pivots)
    below = packed * tri(n, n, -1, dtype=packed.dtype)
    return [p, below + unit, packed - below]  # type: ignore[list-item]
