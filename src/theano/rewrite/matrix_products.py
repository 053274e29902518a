"""Rules for products of matrices: with diagonal and outer factors they cost squares, and of some only a part is wanted."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.facts import is_symmetric, op_of, transpose_of, transposed
from theano.rewrite.terms import (
    converted,
    dtype_of,
    factors_of,
    fitted,
    function_of,
    is_real,
    pattern_of,
    product_of,
)
from theano.scalar import minimum, mul
from theano.tensor.alloc import Eye
from theano.tensor.constant import as_tensor_variable
from theano.tensor.diagonal import ExtractDiag
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot
from theano.tensor.elemwise import elemwise_of
from theano.tensor.lengths import KnownLengths
from theano.tensor.reduction import Sum
from theano.tensor.static_value import known_integer

matrix_products = RuleBook("matrix_products")  # a part of stabilize


# -- products of vectors -----------------------------------------------------------------------------------------------


@matrix_products.on(Dot)
def dot_of_diagonal(node: Apply) -> Variable | None:
    """dot(I * d, x) -> d.T * x;  dot(x, I * d) -> x * d, d a row, a column or numbers: squares instead of cubes

    What would be a NaN because zeros of I meet infinity is none.
    """
    out, (x, y) = node.outputs[0], node.inputs
    if not is_real(out) or dtype_of(x) != dtype_of(y):
        return None
    for matrix, other, is_first in ((x, y, True), (y, x, False)):
        found = _diagonal_factors(matrix)
        ndim = len(pattern_of(other))
        if found is None or ndim > 2:
            continue
        length, factors, sign = found
        if all(all(pattern_of(f)) for f in factors) and not _has_length(other, 0 if is_first else -1, length):
            continue  # nothing would complain of lengths that do not fit
        scale = [_along(converted(f, dtype_of(out)), is_first and ndim == 2, ndim) for f in factors]
        return fitted(product_of([(other, 1), *((f, 1) for f in scale)], sign, dtype_of(out)), out)
    return None


def _diagonal_factors(x: Variable) -> tuple[Variable, list[Variable], int] | None:
    """The length, the other factors and the sign where ``x`` is an identity matrix times rows, columns and numbers."""
    factors, sign = factors_of(x)
    rest = [v for v, _ in factors if not _is_identity(v)]
    if len(rest) != len(factors) - 1 or any(exponent < 0 for _, exponent in factors):
        return None
    (identity,) = [v for v, _ in factors if _is_identity(v)]
    length = identity.owner.inputs[0]  # type: ignore[union-attr]
    return (length, rest, sign) if all(True in pattern_of(v) for v in rest) else None


def _has_length(x: Variable, axis: int, length: Variable) -> bool:
    """Whether the length of ``x`` along an axis is known to be this one."""
    found = as_tensor_variable(KnownLengths().of(x)[axis])  # type: ignore[index]
    if known_integer(found) is not None:
        return known_integer(found) == known_integer(length)
    if found.owner is None or length.owner is None:
        return found is length
    return found.owner.op == length.owner.op and found.owner.inputs == length.owner.inputs


def _is_identity(x: Variable) -> bool:
    if not isinstance(op_of(x), Eye):
        return False
    rows, columns, k = x.owner.inputs  # type: ignore[union-attr]
    n = known_integer(rows)
    return known_integer(k) == 0 and (rows is columns or (n is not None and n == known_integer(columns)))


def _along(factor: Variable, is_column: bool, ndim: int) -> Variable:
    """The numbers of a row, a column or a matrix of one element, along the rows or the columns of a matrix, or as a vector."""
    axis = next((k for k, is_one in enumerate(pattern_of(factor)) if not is_one), None)
    if axis is None:
        order: tuple[Any, ...] = ("x",) * ndim
    else:
        order = (axis,) if ndim == 1 else (axis, "x") if is_column else ("x", axis)
    return DimShuffle(pattern_of(factor), order)(factor)  # type: ignore[return-value]


@matrix_products.on(Dot)
def dot_of_outer(node: Apply) -> Variable | None:
    """dot(outer(u, v), x) -> outer(u, dot(v, x));  dot(x, outer(u, v)) -> outer(dot(x, u), v): squares instead of cubes"""
    out, (x, y) = node.outputs[0], node.inputs
    if not is_real(out) or dtype_of(x) != dtype_of(y):
        return None
    vectors = _vectors(x)
    if vectors is not None:
        u, v = vectors
        return fitted(_outer(u, node.op(v, y)), out)
    vectors = _vectors(y)
    if vectors is None:
        return None
    u, v = vectors
    return fitted(_outer(node.op(x, u), v), out)


def _vectors(x: Variable) -> tuple[Variable, Variable] | None:
    """u and v where ``x`` is a column u times a row v, or a transpose of such."""
    inner = transposed(x)
    product = x if inner is None else inner
    if len(pattern_of(x)) != 2 or function_of(product) is not mul or len(product.owner.inputs) != 2:  # type: ignore
        return None
    factors = {pattern_of(f): f for f in product.owner.inputs}  # type: ignore[union-attr]
    column, row = factors.get((False, True)), factors.get((True, False))
    if column is None or row is None or {dtype_of(column), dtype_of(row)} != {dtype_of(x)}:
        return None
    u, v = DimShuffle((False, True), (0,))(column), DimShuffle((True, False), (1,))(row)
    return (u, v) if inner is None else (v, u)  # type: ignore[return-value]


def _outer(u: Any, v: Any) -> Variable:
    """u[i] * v[j], where one of both may be a number."""
    if not pattern_of(u) or not pattern_of(v):
        return scalar.mul(u, v)
    return elemwise_of(mul)(DimShuffle(pattern_of(u), (0, "x"))(u), DimShuffle(pattern_of(v), ("x", 0))(v))


# -- parts of products -------------------------------------------------------------------------------------------------


@matrix_products.on(ExtractDiag, sees_graph=True)
def diag_of_dot(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """diag(dot(x, y)) -> sum(x * y.T, axis=1), where nothing else uses the product: so trace(dot(x, y)) -> sum(x * y.T)"""
    (product,), op = node.inputs, node.op
    if not isinstance(op_of(product), Dot) or not is_real(product) or len(fgraph.clients(product)) > 1:
        return None
    x, y = product.owner.inputs  # type: ignore[union-attr]
    if len(pattern_of(product)) != 2 or op.offset or op.axes(2) != (0, 1):  # type: ignore[attr-defined]
        return None
    known = KnownLengths()
    rows, columns = known.of(x), known.of(y)
    if rows is None or columns is None or dtype_of(x) != dtype_of(y):
        return None
    y = transpose_of(y)
    if rows[0] is not columns[1]:
        shorter = minimum(rows[0], columns[1])
        x, y = x[:shorter], y[:shorter]  # type: ignore[index]
    pattern = tuple(a and b for a, b in zip(pattern_of(x), pattern_of(y), strict=True))
    if pattern_of(x)[1] != pattern_of(y)[1] or pattern[0]:
        return None  # a length of 1 that one side alone declares would be stretched
    total = Sum(1)(elemwise_of(mul)(x, y))
    return fitted(total, node.outputs[0])


# -- transposes --------------------------------------------------------------------------------------------------------


@matrix_products.on(DimShuffle)
def transpose_of_symmetric(node: Apply) -> Variable | None:
    """A.T -> A, where A is psd(x), Hint(symmetric=True)(x), x.T x, or a sum, multiple or inverse of such"""
    x = transposed(node.outputs[0])
    return x if x is not None and is_symmetric(x) else None
