"""Rules for linear algebra: equations are solved instead of matrices inverted, and what is known of a matrix is used."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.facts import (
    is_diagonal,
    is_orthogonal,
    is_positive_definite,
    is_said,
    is_symmetric,
    op_of,
    transpose_of,
    transposed,
    triangle,
)
from theano.rewrite.terms import (
    Signed,
    argument_of,
    converted,
    dtype_of,
    factors_of,
    fitted,
    function_of,
    is_real,
    number,
    pattern_of,
    product_of,
)
from theano.scalar import abs_, log, mul
from theano.tensor.alloc import Eye, alloc, arange, ones_like
from theano.tensor.diagonal import AllocDiag, ExtractDiag
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot
from theano.tensor.linalg.cholesky import Cholesky, InverseFromFactor
from theano.tensor.linalg.determinant import Det, SLogDet
from theano.tensor.linalg.hint import Hint
from theano.tensor.linalg.inverse import MatrixInverse
from theano.tensor.linalg.lu import LUFactor, LUSolve
from theano.tensor.linalg.solve import Solve
from theano.tensor.reduction import Prod, Sum
from theano.tensor.shape import Shape_i

matrices = RuleBook("matrices")  # a part of stabilize
unhinted = RuleBook("unhinted")  # a part of specialize: what hints are for has been done by then

_LOWER, _UPPER = Solve("lower_triangular", lower=True), Solve("upper_triangular")


# -- inverses ----------------------------------------------------------------------------------------------------------


@matrices.on(MatrixInverse)
def inverse_of_inverse(node: Apply) -> Variable | None:
    """inv(inv(A)) -> A, also where A is singular"""
    (x,) = node.inputs
    if not isinstance(op_of(x), MatrixInverse) or x.owner.inputs[0].type != node.outputs[0].type:  # type: ignore
        return None
    return x.owner.inputs[0]  # type: ignore[union-attr]


@matrices.on(MatrixInverse)
def inverse_of_orthogonal(node: Apply) -> Variable | None:
    """inv(Q) -> Q.T, where Q is assume(x, "orthogonal"), or the vectors of eigh, of a complete QR or of a full SVD"""
    (x,) = node.inputs
    return fitted(transpose_of(x), node.outputs[0]) if is_orthogonal(x) and is_real(x) else None


@matrices.on(MatrixInverse, sees_graph=True)
def inverse_of_triangular(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """inv(A) -> the reciprocals of the diagonal, where A is diagonal; solve(A, I), where A is triangular"""
    (x,) = node.inputs
    known = triangle(x)
    if known is None or len(pattern_of(x)) != 2 or dtype_of(x) != dtype_of(node.outputs[0]):
        return None
    if _is_used_in_products(node.outputs[0], fgraph) and not is_diagonal(x):
        return None  # which are solved for
    n = Shape_i(0)(x)
    if is_diagonal(x):
        return fitted(AllocDiag()(_reciprocals(x)), node.outputs[0])
    return fitted((_LOWER if known == "lower" else _UPPER)(x, Eye(dtype_of(x))(n, n, 0)), node.outputs[0])


def _reciprocals(x: Variable) -> Variable:
    """1 / d of a diagonal matrix, solved for, so that 0 is an error."""
    return _LOWER(x, alloc(np.ones((), dtype_of(x)), Shape_i(0)(x)))  # type: ignore[return-value]


@matrices.on(MatrixInverse, sees_graph=True)
def inverse_of_positive_definite(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """inv(A) -> from L = cholesky(A), where that is computed already or A is psd(x)"""
    (x,) = node.inputs
    if triangle(x) is not None or is_orthogonal(x) or not is_real(x) or _is_used_in_products(node.outputs[0], fgraph):
        return None
    L = _factor_of(x, fgraph)
    return None if L is None or dtype_of(L) != dtype_of(x) else fitted(InverseFromFactor()(L), node.outputs[0])


def _factor_of(A: Variable, fgraph: FunctionGraph) -> Variable | None:
    """The lower Cholesky factor of ``A`` where the graph has it, or the program says that there is one."""
    L = _known_factor(A, fgraph)
    return Cholesky()(A) if L is None and is_said(A, "psd") else L  # type: ignore[return-value]


@matrices.on(Dot, sees_graph=True)
def dot_of_inverse(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """dot(inv(A), b) -> solve(A, b);  dot(b, inv(A)) -> solve(A.T, b.T).T: where inv(A) is used in products only"""
    out, (x, y) = node.outputs[0], node.inputs
    if not is_real(out):
        return None
    A = _inverted(x, fgraph)
    if A is not None:
        return fitted(Solve()(A, y), out)
    A = _inverted(y, fgraph)
    if A is None:
        return None
    if len(pattern_of(x)) == 1:
        return fitted(Solve()(transpose_of(A), x), out)
    return fitted(transpose_of(Solve()(transpose_of(A), transpose_of(x))), out)


def _inverted(v: Variable, fgraph: FunctionGraph) -> Variable | None:
    """A where ``v`` is its inverse, or A.T where it is that of its transpose, and the inverse is not needed as such."""
    inner = transposed(v)
    inverse = v if inner is None else inner
    if not isinstance(op_of(inverse), MatrixInverse) or not _is_used_in_products(inverse, fgraph):
        return None
    A = inverse.owner.inputs[0]  # type: ignore[union-attr]
    return A if inner is None else transpose_of(A)


def _is_used_in_products(v: Variable, fgraph: FunctionGraph) -> bool:
    for client, _ in fgraph.clients(v):
        if isinstance(client, str):
            return False
        if isinstance(client.op, Dot):
            continue
        turned = client.outputs[0]
        if transposed(turned) is not v:
            return False
        if any(isinstance(c, str) or not isinstance(c.op, Dot) for c, _ in fgraph.clients(turned)):
            return False
    return True


# -- what is known -----------------------------------------------------------------------------------------------------


@matrices.on(Solve)
def solve_of_orthogonal(node: Apply) -> Variable | None:
    """solve(Q, b) -> dot(Q.T, b), where Q is known to be orthogonal: see inverse_of_orthogonal"""
    Q, b = node.inputs
    if node.op.A_structure != "general" or not is_orthogonal(Q) or len(pattern_of(Q)) != 2 or not is_real(Q):  # type: ignore
        return None
    return fitted(Dot()(transpose_of(Q), b), node.outputs[0])


@matrices.on(Solve)
def solve_of_triangular(node: Apply) -> Variable | None:
    """solve(A, b) -> the same by substitution, where A is a Cholesky factor, one of QR, or tril(x), triu(x); b / d of a diagonal"""
    A, b = node.inputs
    known = triangle(A) if node.op.A_structure in ("general", "symmetric") else None  # type: ignore[attr-defined]
    if known is None:
        return None
    if is_diagonal(A) and len(pattern_of(A)) == len(pattern_of(b)) == 2 and dtype_of(A) == dtype_of(b):
        column = DimShuffle((False,), (0, "x"))(_reciprocals(A))
        if not pattern_of(b)[0]:
            return fitted(scalar.mul(column, b), node.outputs[0])
    return (_LOWER if known == "lower" else _UPPER)(A, b)  # type: ignore[return-value]


@matrices.on(Solve, sees_graph=True)
def solve_of_positive_definite(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """solve(A, b) -> solve(L.T, solve(L, b)), L = cholesky(A), where that is computed already, A is psd(x), or the op says so"""
    A, b = node.inputs
    structure, is_lower = node.op.A_structure, node.op.lower  # type: ignore[attr-defined]
    if not is_real(A):
        return None
    if structure == "positive_definite":
        inner = transposed(A)
        if inner is not None:  # has the same factor, and the other triangle
            A, is_lower = inner, not is_lower
        L = Cholesky()(A) if is_lower else transpose_of(Cholesky(lower=False)(A))  # type: ignore[arg-type]
    elif structure in ("general", "symmetric") and triangle(A) is None:
        L = _factor_of(A, fgraph)
    else:
        return None
    if L is None or dtype_of(L) != dtype_of(A):
        return None
    return fitted(_UPPER(transpose_of(L), _LOWER(L, b)), node.outputs[0])


@matrices.on(Solve, sees_graph=True)
def solve_with_shared_factors(node: Apply, fgraph: FunctionGraph) -> dict[Variable, Variable] | None:
    """solve(A, b), solve(A, c), solve(A.T, d), det(A) -> by the factors of one elimination"""
    if not _is_by_elimination(node):
        return None
    A = node.inputs[0]
    inner = transposed(A)
    A = A if inner is None else inner
    turned = [c.outputs[0] for c, _ in fgraph.clients(A) if not isinstance(c, str) and transposed(c.outputs[0]) is A]
    systems = [
        (c, side is not A)
        for side in (A, *turned)
        for c, place in fgraph.clients(side)
        if not isinstance(c, str) and place == 0 and _is_by_elimination(c)
    ]
    others = _has_client(A, (LUFactor, Det, SLogDet), fgraph)
    if len(systems) < 2 and not others:
        return None
    factors, pivots = LUFactor()(A)
    found = {}
    for c, is_turned in systems:
        b, out = c.inputs[1], c.outputs[0]
        new = fitted(LUSolve(is_turned)(factors, pivots, b), out)
        if new is not None:
            found[out] = new
    for client, _ in fgraph.clients(A):
        made = None if isinstance(client, str) else _by_pivots(client, fgraph)
        if made is not None:
            found |= dict(zip(client.outputs, made, strict=True))  # type: ignore[union-attr]
    return found or None


def _has_client(v: Variable, ops: tuple[type, ...], fgraph: FunctionGraph) -> bool:
    return any(isinstance(c.op, ops) for c, _ in fgraph.clients(v) if not isinstance(c, str))


def _is_by_elimination(node: Apply) -> bool:
    return isinstance(node.op, Solve) and node.op.A_structure == "general" and is_real(node.inputs[0])


def _known_factor(A: Variable, fgraph: FunctionGraph) -> Variable | None:
    """The lower Cholesky factor of ``A`` where the graph has it; its upper one, transposed, if A is symmetric."""
    for client, _ in fgraph.clients(A):
        op = None if isinstance(client, str) else client.op
        if isinstance(op, Cholesky) and op.on_error == "raise":
            if op.lower:
                return client.outputs[0]  # type: ignore[union-attr]
            if is_symmetric(A):
                return transpose_of(client.outputs[0])  # type: ignore[union-attr]
    return None


# -- determinants ------------------------------------------------------------------------------------------------------


@matrices.on(log, sees_graph=True)
def log_det(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """log(det(A)) -> 2 sum(log(diag(cholesky(A)))), where A is positive definite; else log(sign) + log(abs(det(A))) by slogdet"""
    A = _of_det(node.inputs[0])
    if A is None:
        return None
    by_factor = _log_by_factor(A, fgraph)
    if by_factor is not None:
        return by_factor
    sign, magnitude = _sign_and_log(A)
    return scalar.add(log(sign), magnitude)


@matrices.on(log, sees_graph=True)
def log_abs_det(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """log(abs(det(A))) -> by slogdet, or as log_det: the determinant may overflow"""
    inner = argument_of(node.inputs[0], abs_)
    A = None if inner is None else _of_det(inner)
    if A is None:
        return None
    by_factor = _log_by_factor(A, fgraph)
    return _sign_and_log(A)[1] if by_factor is None else by_factor


def _of_det(v: Variable) -> Variable | None:
    """A where ``v`` is its determinant, real and of its dtype."""
    if not isinstance(op_of(v), Det) or not is_real(v):
        return None
    (A,) = v.owner.inputs  # type: ignore[union-attr]
    return A if dtype_of(A) == dtype_of(v) else None


def _log_by_factor(A: Variable, fgraph: FunctionGraph) -> Variable | None:
    """The logarithm of det(A), from a Cholesky factor that is A, or that A has."""
    inner = transposed(A)
    factor = A if inner is None else inner
    if isinstance(op_of(factor), Cholesky):
        return _sum_of_logs(factor)
    L = _factor_of(A, fgraph)
    if L is None and is_positive_definite(A):
        L = Cholesky(on_error="nan")(A)  # rounding may spoil what is true of the numbers
    return None if L is None else scalar.mul(number(2, dtype_of(L)), _sum_of_logs(L))


def _sign_and_log(A: Variable) -> list[Variable]:
    """The sign of det(A), and the logarithm of its magnitude."""
    if triangle(A) is None:
        return SLogDet()(A)
    entries = _diagonal(A)
    return [_along_last(Prod, scalar.sgn(entries)), _along_last(Sum, log(abs_(entries)))]


def _sum_of_logs(L: Variable) -> Variable:
    return _along_last(Sum, log(_diagonal(L)))


def _diagonal(A: Variable) -> Variable:
    """The diagonal of a matrix, or of each of an array."""
    ndim = len(pattern_of(A))
    return ExtractDiag(0, ndim - 2, ndim - 1)(A)  # type: ignore[return-value]


def _along_last(fold: Any, entries: Variable) -> Variable:
    ndim = len(pattern_of(entries))
    return fold(None if ndim == 1 else (ndim - 1,))(entries)


@matrices.on(SLogDet, sees_graph=True)
def slogdet_of_known(node: Apply, fgraph: FunctionGraph) -> list[Variable] | None:
    """slogdet(A) -> from the diagonal of A, where it is triangular; from that of its Cholesky factor, where A is positive definite"""
    (A,) = node.inputs
    if not is_real(A) or dtype_of(A) != dtype_of(node.outputs[0]):
        return None
    if triangle(A) is not None:
        return _sign_and_log(A)
    magnitude = _log_by_factor(A, fgraph)
    return None if magnitude is None else [ones_like(magnitude), magnitude]


@matrices.on(Det, sees_graph=True)
def det_of_triangular(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """det(A) -> prod(diag(A)) of a triangular A;  prod(diag(L))^2, where L = cholesky(A) is computed already or A is psd(x)"""
    (A,) = node.inputs
    out = node.outputs[0]
    if dtype_of(A) != dtype_of(out) or not is_real(out) or _is_in_logarithm(out, fgraph):
        return None
    if triangle(A) is not None:
        return _along_last(Prod, _diagonal(A))
    L = _factor_of(A, fgraph)
    return None if L is None else scalar.sqr(_along_last(Prod, _diagonal(L)))


def _is_in_logarithm(v: Variable, fgraph: FunctionGraph) -> bool:
    """Whether the logarithm of ``v`` or of its magnitude is taken: that has a better form."""
    users = [c.outputs[0] for c, _ in fgraph.clients(v) if not isinstance(c, str)]
    users += [c.outputs[0] for u in users if function_of(u) is abs_ for c, _ in fgraph.clients(u) if not isinstance(c, str)]
    return any(function_of(u) is log for u in users)


@matrices.on(Det, SLogDet, sees_graph=True)
def det_with_shared_factors(node: Apply, fgraph: FunctionGraph) -> list[Variable] | None:
    """det(A), slogdet(A) -> from the pivots of the elimination by which systems of A are solved"""
    return _by_pivots(node, fgraph) if _has_client(node.inputs[0], (LUFactor,), fgraph) else None


def _by_pivots(node: Apply, fgraph: FunctionGraph) -> list[Variable] | None:
    """The determinant of A, or its sign and the logarithm of its magnitude, from ``LUFactor`` of A."""
    if not isinstance(node.op, (Det, SLogDet)):
        return None
    (A,), out = node.inputs, node.outputs[0]
    if not is_real(A) or dtype_of(A) != dtype_of(out) or len(pattern_of(A)) != 2 or _is_in_logarithm(out, fgraph):
        return None
    factors, pivots = LUFactor()(A)
    swaps = Sum()(converted(scalar.neq(pivots, arange(Shape_i(0)(A))), "int64"))
    parity = converted(scalar.sub(number(1, "int64"), scalar.mul(number(2, "int64"), scalar.mod(swaps, number(2, "int64")))), dtype_of(A))
    entries = _diagonal(factors)
    if isinstance(node.op, Det):
        return [scalar.mul(parity, _along_last(Prod, entries))]
    sign = scalar.mul(parity, _along_last(Prod, scalar.sgn(entries)))
    return [sign, _along_last(Sum, log(abs_(entries)))]


@matrices.on(mul, scalar.true_div)
def cancel_det(node: Apply) -> Variable | None:
    """y / det(A) * det(A) -> y, and y / abs(det(A)) * sgn(det(A)) * det(A) -> y: 0 / 0 where the determinant underflows"""
    out = node.outputs[0]
    if not is_real(out) or not all(pattern_of(out)):
        return None
    factors, sign = factors_of(out)
    left = _without_det(factors)
    if left is None:
        return None
    result = converted(product_of(left, sign, dtype_of(out)), dtype_of(out))
    return result if result.type == out.type else None


def _without_det(factors: list[Signed]) -> list[Signed] | None:
    """The factors without those that cancel; None where there are none."""
    for k, (v, e) in enumerate(factors):
        magnitude = argument_of(v, abs_)
        d = v if magnitude is None else magnitude
        if e > 0 or not isinstance(op_of(d), Det):
            continue
        others = [(j, w) for j, (w, f) in enumerate(factors) if f > 0]
        same = next((j for j, w in others if w is d), None)
        turned = next((j for j, w in others if argument_of(w, scalar.sgn) is d), None)
        taken = {k, same} if magnitude is None else {k, same, turned}
        if None not in taken:
            return [f for j, f in enumerate(factors) if j not in taken]
    return None


# -- what hints were for -----------------------------------------------------------------------------------------------


@unhinted.on(Hint)
def remove_hint(node: Apply) -> Variable:
    """psd(x), Hint(...)(x) -> x"""
    return node.inputs[0]
