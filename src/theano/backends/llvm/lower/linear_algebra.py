"""Lowerings of factorisations, inverses and systems of equations: LAPACK, for each matrix of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.backends.llvm.lower.product import BLAS_DTYPES, untransposed
from theano.backends.llvm.lower.registry import converted, lower, pointwise, verbatim
from theano.graph import ShapeMismatch
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement
from theano.loops.expressions import INDEX, Axis, Carried, Expression, Literal, apply, axes_of
from theano.loops.results import Routine, RoutineResult
from theano.tensor.linalg.cholesky import Cholesky, InverseFromFactor
from theano.tensor.linalg.determinant import Det, SLogDet
from theano.tensor.linalg.eigen import Eigh
from theano.tensor.linalg.hint import Hint
from theano.tensor.linalg.inverse import MatrixInverse
from theano.tensor.linalg.lu import LUFactor, LUSolve, RowSwaps
from theano.tensor.linalg.orthogonal import QR, SVD
from theano.tensor.linalg.solve import Solve

Shape = tuple[Expression, ...]


@lower.register
def lower_hint(op: Hint, node: Any, x: Definition) -> Definition:
    """out = x"""
    return pointwise(node, x.shape, lambda *index: x[index])


@lower.register
def lower_cholesky(op: Cholesky, node: Any, x: Definition) -> Definition | None:
    """L L' = x"""
    if not _is_for_lapack(node.outputs[0]):
        return None
    x, n = _as(x, node.outputs[0].type.dtype), x.shape[-1]
    requirements = _square(node, x, ValueError)
    failure = (
        f"{verbatim(op)}: a matrix of shape ({{right}}, {{right}}) is not positive definite: its leading minor of order "
        f"{{left}} is not positive"
    )
    flags = (op.lower, op.on_error == "nan")
    (factor,) = _call(node, "cholesky", flags, [x], [2], [(n, n)], (n,), requirements, failure)
    return factor


@lower.register
def lower_inverse(op: MatrixInverse, node: Any, x: Definition) -> Definition | None:
    """out x = I"""
    if not _is_for_lapack(node.outputs[0]):
        return None
    x, n = _as(x, node.outputs[0].type.dtype), x.shape[-1]
    failure = f"{verbatim(op)}: Singular matrix of shape ({{right}}, {{right}}): pivot {{left}} of its elimination is 0"
    (inverse,) = _call(node, "inverse", (), [x], [2], [(n, n)], (n,), _square(node, x), failure)
    return inverse


@lower.register
def lower_solve(op: Solve, node: Any, A: Definition, b: Definition) -> Definition | None:
    """A out = b"""
    dtype = node.outputs[0].type.dtype
    if not _is_for_lapack(node.outputs[0]):
        return None
    A, b = _as(A, dtype), _as(b, dtype)
    m, n = A.shape[-2:]
    core = 2 if b.ndim == A.ndim and A.ndim > 1 else 1
    needs = "solve(A, b) needs a square A, and a b of as many rows: found"
    requirements = [
        Requirement(m, n, f"{needs} an A of shape ({{left}}, {{right}})", node, ShapeMismatch),
        Requirement(m, b.shape[-core], f"{needs} {{left}} rows of A and {{right}} of b", node, ShapeMismatch),
        *(
            Requirement(one, other, "solve(A, b) needs batches of one shape, found lengths {left} and {right}", node)
            for one, other in zip(A.shape[:-2], b.shape[:-core], strict=True)
        ),
    ]
    structure, turned = op.A_structure, False
    if structure in ("general", "lower_triangular", "upper_triangular"):
        A, turned = untransposed(A)
    flags: tuple[bool, ...]
    if structure in ("lower_triangular", "upper_triangular"):
        name, flags = "solve_triangular", (structure == "lower_triangular", turned)
        failure = "solve(A, b): A, of shape ({right}, {right}), is singular: element {left} of its diagonal is 0"
    elif structure == "positive_definite":
        name, flags = "solve_positive_definite", (op.lower,)
        failure = (
            "solve(A, b): A, of shape ({right}, {right}), is not positive definite: its leading minor of order {left} is "
            "not positive"
        )
    elif structure == "symmetric":
        name, flags = "solve_symmetric", (op.lower,)
        failure = "solve(A, b): A, of shape ({right}, {right}), is singular: block {left} of its factor is 0"
    else:
        name, flags = "solve", (turned,)
        failure = "solve(A, b): A, of shape ({right}, {right}), is singular: pivot {left} of its elimination is 0"
    columns = b.shape[-1] if core == 2 else Literal(1)
    (x,) = _call(node, name, flags, [A, b], [2, core], [b.shape[-core:]], (n, columns), requirements, failure)
    return x


@lower.register
def lower_lu(op: LUFactor, node: Any, x: Definition) -> Sequence[Definition] | None:
    """x' = P L U"""
    if not _is_for_lapack(node.outputs[0]):
        return None
    x, n = _as(x, node.outputs[0].type.dtype), x.shape[-1]
    return _call(node, "lu", (), [x], [2], [(n, n), (n,)], (n,), _square(node, x), "")


@lower.register
def lower_lu_solve(op: LUSolve, node: Any, factors: Definition, pivots: Definition, b: Definition) -> Definition | None:
    """A out = b, or A' out = b"""
    dtype = node.outputs[0].type.dtype
    if not _is_for_lapack(node.outputs[0]):
        return None
    factors, b, n = _as(factors, dtype), _as(b, dtype), factors.shape[-1]
    core = b.ndim - factors.ndim + 2
    requirements = _square(node, factors) + _of_length(node, n, pivots, b, core)
    columns = b.shape[-1] if core == 2 else Literal(1)
    failure = "solve(A, b): A, of shape ({right}, {right}), is singular: pivot {left} of its elimination is 0"
    operands, cores = [factors, pivots, b], [2, 1, core]
    (x,) = _call(node, "lu_solve", (op.transposed,), operands, cores, [b.shape[-core:]], (n, columns), requirements, failure)
    return x


@lower.register
def lower_row_swaps(op: RowSwaps, node: Any, x: Definition, pivots: Definition) -> Definition | None:
    """P' x, or P x"""
    if not _is_for_lapack(node.outputs[0]):
        return None
    n, m = x.shape[-2:]
    requirements = _of_length(node, n, pivots, x, 2)
    (out,) = _call(node, "row_swaps", (op.descending,), [x, pivots], [2, 1], [(n, m)], (n, m), requirements, "")
    return out


@lower.register
def lower_inverse_from_factor(op: InverseFromFactor, node: Any, factor: Definition) -> Definition | None:
    """inv(L L')"""
    if not _is_for_lapack(node.outputs[0]):
        return None
    factor, n = _as(factor, node.outputs[0].type.dtype), factor.shape[-1]
    failure = f"{verbatim(op)}: a factor of shape ({{right}}, {{right}}) is singular: element {{left}} of its diagonal is 0"
    (out,) = _call(node, "inverse_from_factor", (), [factor], [2], [(n, n)], (n,), _square(node, factor), failure)
    return out


@lower.register
def lower_det(op: Det, node: Any, x: Definition) -> Definition | None:
    """The product of the pivots"""
    if not _is_for_lapack(node.outputs[0]):
        return None
    d = _pivots(node, _as(x, node.outputs[0].type.dtype))
    return _folded(node, 0, d, Literal(1, d.dtype), lambda carried, pivot: carried * pivot)


@lower.register
def lower_slogdet(op: SLogDet, node: Any, x: Definition) -> Sequence[Definition] | None:
    """The product of the pivots' signs, and the sum of the logarithms of their magnitudes"""
    dtype = node.outputs[0].type.dtype
    if not _is_for_lapack(node.outputs[0]) or dtype.startswith("complex"):
        return None
    d = _pivots(node, _as(x, dtype))
    sign = _folded(node, 0, d, Literal(1, dtype), lambda carried, pivot: carried * apply(scalar.sgn, pivot))
    log = _folded(
        node, 1, d, Literal(0, dtype), lambda carried, pivot: carried + apply(scalar.log, apply(scalar.abs_, pivot))
    )
    return [sign, log]


@lower.register
def lower_eigh(op: Eigh, node: Any, x: Definition) -> Sequence[Definition] | None:
    """x v = v diag(w)"""
    if not _is_for_lapack(node.outputs[1]):
        return None
    x, n = _as(x, node.outputs[1].type.dtype), x.shape[-1]
    failure = f"{verbatim(op)}: Eigenvalues did not converge, of a matrix of shape ({{right}}, {{right}})"
    shapes = [(n,), (n, n)]
    return _call(node, "eigh", (op.UPLO == "L",), [x], [2], shapes, (n,), _square(node, x), failure)


@lower.register
def lower_svd(op: SVD, node: Any, x: Definition) -> Sequence[Definition] | None:
    """x = u diag(s) vt"""
    dtype = node.inputs[0].type.dtype
    if dtype not in BLAS_DTYPES:
        return None
    m, n = x.shape[-2:]
    k = apply(scalar.minimum, m, n)
    u, vt = (((m, m), (n, n)) if op.full_matrices else ((m, k), (k, n)))
    shapes = [u, (k,), vt] if op.compute_uv else [(k,)]
    failure = f"{verbatim(op)}: SVD did not converge, of a matrix of {{right}} columns"
    return _call(node, "svd", (op.compute_uv, op.full_matrices), [x], [2], shapes, (m, n), (), failure)


@lower.register
def lower_qr(op: QR, node: Any, x: Definition) -> Sequence[Definition] | None:
    """x = q r"""
    if not _is_for_lapack(node.outputs[0]) or op.mode not in ("reduced", "full", "r"):
        return None
    x = _as(x, node.outputs[0].type.dtype)
    m, n = x.shape[-2:]
    k = apply(scalar.minimum, m, n)
    shapes = [(k, n)] if op.mode == "r" else [(m, k), (k, n)]
    return _call(node, "qr", (op.mode != "r",), [x], [2], shapes, (m, n), (), f"{verbatim(op)} failed")


# -- what they have in common ------------------------------------------------------------------------------------------


def _is_for_lapack(variable: Any) -> bool:
    return variable.type.dtype in BLAS_DTYPES


def _as(x: Definition, dtype: str) -> Definition:
    """``x`` in another dtype."""
    return x if x.dtype == dtype else Pointwise(dtype, x.shape, element=converted(x[axes_of(x.ndim)], dtype))


def _square(node: Any, x: Definition, error: type[Exception] = np.linalg.LinAlgError) -> list[Requirement]:
    m, n = x.shape[-2:]
    message = f"{verbatim(node.op)}: the matrix must be square, found shape ({{left}}, {{right}})"
    return [Requirement(m, n, message, node, error)]


def _of_length(node: Any, n: Expression, pivots: Definition, b: Definition, core: int) -> list[Requirement]:
    """As many rows of b, and pivots, as there are, in batches of one shape."""
    text = f"{verbatim(node.op)} needs as many pivots as rows, found {{left}} and {{right}}"
    rows = [Requirement(n, other, text, node, ShapeMismatch) for other in (pivots.shape[-1], b.shape[-core])]
    text = f"{verbatim(node.op)} needs batches of one shape, found lengths {{left}} and {{right}}"
    batches = zip(pivots.shape[:-1], b.shape[:-core], strict=True)
    return rows + [Requirement(one, other, text, node, ShapeMismatch) for one, other in batches]


def _call(
    node: Any,
    name: str,
    flags: tuple[Any, ...],
    operands: Sequence[Definition],
    cores: Sequence[int],
    shapes: Sequence[Shape],
    lengths: Sequence[Expression],
    requirements: Sequence[Requirement],
    failure: str,
    dtypes: Sequence[str] | None = None,
) -> list[Definition]:
    """The results of a routine for the matrices of a batch; LinAlgError with the text ``failure`` where it fails.

    cores    of each operand, how many axes one matrix has: those before are the batch
    shapes   of one matrix's results
    lengths  of one matrix, for the routine
    """
    batch = operands[0].shape[: operands[0].ndim - cores[0]]
    kinds = list(dtypes or (v.type.dtype for v in node.outputs))
    whole = Routine(
        name,
        flags,
        tuple(operands),
        (*cores, *map(len, shapes)),
        tuple(lengths),
        (*((*batch, *shape) for shape in shapes), ()),
        (*kinds, INDEX),
        node,
    )
    *results, failed = (
        RoutineResult(dtype, shape, routine=whole, position=k, origin=node)
        for k, (dtype, shape) in enumerate(zip(whole.dtypes, whole.shapes, strict=True))
    )
    succeeds = Requirement(failed[()], operands[0].shape[-1], failure, node, np.linalg.LinAlgError, "zero")
    results[0].requirements = (*requirements, succeeds)
    return list(results)


def _pivots(node: Any, x: Definition) -> Definition:
    """The diagonal of U in x = P L U, with the sign of P."""
    n = x.shape[-1]
    requirements = _square(node, x)
    (diagonal,) = _call(node, "pivots", (), [x], [2], [(n,)], (n,), requirements, "", [x.dtype])
    return diagonal


def _folded(node: Any, position: int, d: Definition, initial: Literal, step: Any) -> Definition:
    """What becomes of the numbers along the last axis."""
    axes = axes_of(d.ndim - 1)
    dtype = node.outputs[position].type.dtype
    following = step(Carried(0, dtype), d[(*axes, Axis(d.ndim - 1))])
    return Fold(
        dtype, d.shape[:-1], extents=(d.shape[-1],), initial=(initial,), following=(following,), origin=node
    )
