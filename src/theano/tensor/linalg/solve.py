"""Systems of linear equations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar.chain import conjugated
from theano.tensor.alloc import eye, tril, triu
from theano.tensor.batching.graph import Application, Batched, batched
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle, transpose
from theano.tensor.dot import dot, outer
from theano.tensor.elemwise import sum_back
from theano.tensor.linalg.matrix import adjoint, as_matrices, floating, in_lapack, turned, vjp_of_batch
from theano.tensor.shape import flatten, product, reshape
from theano.tensor.type import tensor_type

MATRIX_STRUCTURES = (
    "general",
    "symmetric",
    "lower_triangular",
    "upper_triangular",
    "hermitian",
    "banded",
    "diagonal",
    "toeplitz",
    "positive_definite",
)
_SHORT = {"pos": "positive_definite", "sym": "symmetric", "gen": "general", "her": "hermitian"}


class Solve(Op):
    """x with A x = b.

    A            square matrix, or an array of such; of a triangular or symmetric one the triangle that is needed is read, no more
    A_structure  one of MATRIX_STRUCTURES: "lower_triangular", "upper_triangular", "symmetric" and "positive_definite" are
                 made use of; or SciPy's short names "gen", "sym", "her" and "pos"
    lower        which triangle of a symmetric or positive definite matrix is read
    b            vector or matrix of as many rows; for many matrices, an array of vectors or matrices: as many axes in
                 front as A has, of the same lengths
    x            shape of b, common dtype of A and b, float64 for integers

    vjp: db = solve(A', dx),  dA = -db x'  (Giles 2008), of which a triangle where only that is read
         A symmetric A gets the gradient of a general one: it holds for changes that keep A symmetric.

    overwrite_A and overwrite_b change nothing: storage is planned when a graph is compiled.
    numpy.linalg.LinAlgError at run time where A is singular or not positive definite, ValueError where lengths differ.
    """

    __props__ = ("A_structure", "lower", "overwrite_A", "overwrite_b")

    def __init__(
        self,
        A_structure: str = "general",
        lower: bool = False,
        overwrite_A: bool = False,
        overwrite_b: bool = False,
    ) -> None:
        A_structure = _SHORT.get(A_structure, A_structure)
        if A_structure not in MATRIX_STRUCTURES:
            raise ValueError(
                f"Invalid matrix structure argument {A_structure!r}, found none of {MATRIX_STRUCTURES}"
            )
        self.A_structure, self.lower = A_structure, lower
        self.overwrite_A, self.overwrite_b = overwrite_A, overwrite_b

    def make_node(self, A: Any, b: Any) -> Apply:
        A, b = as_matrices(A, "solve(A, b)"), as_tensor_variable(b)
        depth = A.type.ndim - 2  # type: ignore[attr-defined]
        require(
            b.type.ndim - depth in (1, 2),
            "solve(A, b)",
            needs=f"an array of vectors or matrices b with {depth} more axes in front" if depth else "a vector or matrix b",
            found=f"{b.type.ndim} dimensions",
            operands={"A": A, "b": b},
            error=TypeError,
        )
        dtype = floating(A.type.dtype, b.type.dtype)  # type: ignore[attr-defined]
        batch = [x and y for x, y in zip(A.type.broadcastable[:depth], b.type.broadcastable)]  # type: ignore
        return Apply(self, [A, b], [tensor_type(dtype, (*batch, *b.type.broadcastable[depth:]))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        A, b = shapes
        return [(*A[:-2], A[-1], *b[len(A) - 1 :])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        A, b = (in_lapack(v) for v in inputs)
        depth = A.ndim - 2
        require(
            A.shape[:-1] == b.shape[: depth + 1] and A.shape[-1] == A.shape[-2],
            "solve(A, b)",
            needs="a square A, and a b of as many rows",
            found=f"shapes {A.shape} and {b.shape}",
            operands=dict(zip("Ab", node.inputs, strict=True)),
        )
        out = node.outputs[0].type
        if not depth:
            outputs[0][0] = np.ascontiguousarray(self._of_one(A, b), dtype=out.dtype)  # type: ignore[attr-defined]
            return
        found = outputs[0][0] = np.empty(b.shape, out.dtype)  # type: ignore[attr-defined]
        for index in np.ndindex(*A.shape[:depth]):
            found[index] = self._of_one(A[index], b[index])

    def _of_one(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        import scipy.linalg

        match self.A_structure:
            case "lower_triangular" | "upper_triangular" as structure:
                lower = structure == "lower_triangular"
                return scipy.linalg.solve_triangular(A, b, lower=lower, check_finite=False)
            case "symmetric":
                return scipy.linalg.solve(A, b, lower=self.lower, check_finite=False, assume_a="sym")
            case "positive_definite":
                factor = scipy.linalg.cholesky(A, lower=self.lower, check_finite=False)
                return scipy.linalg.cho_solve((factor, self.lower), b, check_finite=False)
        return scipy.linalg.solve(A, b, check_finite=False, assume_a="gen")

    def transposed(self) -> Solve:
        """The op that solves with the transpose of such a matrix."""
        other = {"lower_triangular": "upper_triangular", "upper_triangular": "lower_triangular"}
        return Solve(other.get(self.A_structure, self.A_structure), not self.lower)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (A, b), (x,), (dx,) = inputs, outputs, cotangents
        depth = A.type.ndim - 2  # type: ignore[attr-defined]
        if depth:
            return vjp_of_batch(self, inputs, outputs, cotangents, depth)
        db: Any = self.transposed()(adjoint(A), dx)
        dA = -outer(db, conjugated(x)) if b.type.ndim == 1 else -dot(db, adjoint(x))  # type: ignore[attr-defined, operator]
        if self.A_structure == "lower_triangular":
            dA = tril(dA)
        if self.A_structure == "upper_triangular":
            dA = triu(dA)
        return [sum_back(dA, A), sum_back(db, b)]


@batched.register
def solved_each(op: Solve, a: Application) -> list[Any]:
    """One matrix with many vectors is one system of many columns; else there are as many matrices as of b."""
    A, b = a.inputs
    if not isinstance(A, Batched) and a.depth == 1 and b.ndim == 1:
        return [Batched(transpose(op(A, transpose(b.variable))), 1)]
    A, b = a.full(0), a.full(1)
    return [Batched(op(A.variable, b.variable), a.depth)]


solve = Solve()
solve_lower_triangular = Solve("lower_triangular", lower=True)
solve_upper_triangular = Solve("upper_triangular", lower=False)
solve_symmetric = Solve("symmetric", lower=True)
solve_positive_definite = Solve("positive_definite", lower=True)


def solve_transposed(A: Any, b: Any) -> Variable:
    """x with A' x = b, for each of a batch too."""
    return solve(turned(as_matrices(A, "solve_transposed(A, b)")), b)  # type: ignore[return-value]


def solve_triangular(a: Any, b: Any, trans: int = 0, lower: bool = False, unit_diagonal: bool = False) -> Variable:
    """x with a x = b, of which one triangle is read; a' x = b for ``trans`` 1, with the conjugate of a for 2.

    As scipy.linalg.solve_triangular.
    """
    if trans not in (0, 1, 2):
        raise ValueError(f"solve_triangular: trans must be 0, 1 or 2, found {trans!r}")
    A: Any = as_matrices(a, "solve_triangular(a, b)")
    if unit_diagonal:
        n = A.shape[A.type.ndim - 1]
        unit: Any = eye(n, dtype=A.dtype)
        A = A * (1 - unit) + unit
    if trans:
        A, lower = turned(conjugated(A) if trans == 2 else A), not lower
    return (solve_lower_triangular if lower else solve_upper_triangular)(A, b)  # type: ignore[return-value]


def cho_solve(c_and_lower: Any, b: Any) -> Variable:
    """x with A x = b, from ``(c, lower)``, c the Cholesky factor of A and lower whether it is L of L L' or U of U' U.

    As scipy.linalg.cho_solve.
    """
    c, lower = c_and_lower
    c = as_matrices(c, "cho_solve((c, lower), b)")
    L, U = (c, turned(conjugated(c))) if lower else (turned(conjugated(c)), c)
    return solve_upper_triangular(U, solve_lower_triangular(L, b))  # type: ignore[return-value]


class TensorSolve(Op):
    """x with tensordot(a, x, x.ndim) = b.

    a     shape (*b.shape, *x.shape), with as many elements in b as in x; before that, ``axes`` are moved to the end
    b     tensor
    x     a.ndim - b.ndim dimensions, common dtype, float64 for integers

    vjp: that of ``Solve``, with a read as a matrix and b and x as vectors
    """

    __props__ = ("axes",)

    def __init__(self, axes: Sequence[int] | None = None) -> None:
        self.axes = None if axes is None else tuple(axes)

    def order(self, ndim: int) -> list[int]:
        """The axes of ``a``, those to be moved last."""
        last = [axis % ndim for axis in self.axes or ()]
        return [k for k in range(ndim) if k not in last] + last

    def make_node(self, a: Any, b: Any) -> Apply:
        a, b = as_tensor_variable(a), as_tensor_variable(b)
        pattern = [a.type.broadcastable[k] for k in self.order(a.type.ndim)]
        return Apply(
            self, [a, b], [tensor_type(floating(a.type.dtype, b.type.dtype), pattern[b.type.ndim :])()]
        )

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        a, b = shapes
        return [tuple(a[k] for k in self.order(len(a))[len(b) :])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        a, b = (in_lapack(v) for v in inputs)
        rows = math.prod(a.shape[k] for k in self.order(a.ndim)[: b.ndim])
        require(
            rows**2 == a.size and rows == b.size,
            "tensorsolve(a, b)",
            needs="as many elements in b as in the solution",
            found=f"shapes {a.shape} and {b.shape}, with axes {self.axes}",
            operands=dict(zip("ab", node.inputs, strict=True)),
            error=np.linalg.LinAlgError,
        )
        outputs[0][0] = np.linalg.tensorsolve(a, b, self.axes).astype(node.outputs[0].type.dtype)  # type: ignore

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (a, b), (x,), (dx,) = inputs, outputs, cotangents
        order = self.order(a.type.ndim)  # type: ignore[attr-defined]
        moved: Any = dimshuffle(a, *order)
        n = product([b.shape[k] for k in range(b.type.ndim)])  # type: ignore[attr-defined]
        db: Any = solve(adjoint(reshape(moved, (n, n))), flatten(dx))
        da = reshape(-outer(db, conjugated(flatten(x))), [moved.shape[k] for k in range(len(order))])  # type: ignore
        back = dimshuffle(da, *[order.index(k) for k in range(len(order))])
        return [sum_back(back, a), sum_back(reshape(db, b.shape, ndim=b.type.ndim), b)]  # type: ignore


def tensorsolve(a: Any, b: Any, axes: Sequence[int] | None = None) -> Variable:
    """x with tensordot(a, x, x.ndim) = b: see ``TensorSolve``.  As numpy.linalg.tensorsolve."""
    return TensorSolve(axes)(a, b)
