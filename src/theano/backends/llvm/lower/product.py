"""Lowerings of matrix products: BLAS for matrices, loops for vectors and for what BLAS does not know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.backends.llvm.scalar_code import can_emit
from theano.loops.ir import (
    Axis,
    Call,
    Carried,
    Definition,
    Expression,
    Fold,
    LibraryResult,
    Literal,
    Load,
    Pointwise,
    Requirement,
    axes_of,
)
from theano.scalar.arithmetic import add, mul
from theano.tensor.blas import Dot22, Dot22Scalar, Gemm, Gemv, Ger
from theano.tensor.dot import Dot

BLAS_DTYPES = ("float32", "float64", "complex64", "complex128")
ADDED = "a product is added to an array: they need the same shape, found lengths {left} and {right}"


@lower.register(Dot)
@lower.register(Dot22)
def lower_dot(op: Dot | Dot22, node: Any, x: Definition, y: Definition) -> Definition | None:
    """out[i, j] = sum over k of x[i, k] * y[k, j]"""
    dtype = node.outputs[0].type.dtype
    return _product(node, x, y) if can_emit(mul, [dtype, dtype]) else None


@lower.register
def lower_dot22_scalar(op: Dot22Scalar, node: Any, x: Definition, y: Definition, a: Definition) -> Definition:
    """out[i, j] = a * sum over k of x[i, k] * y[k, j]"""
    if x.dtype in BLAS_DTYPES:
        return _gemm(node, x, y, a[()])
    product = _product(node, x, y)
    return pointwise(node, product.shape, lambda i, j: a[()] * product[i, j])


@lower.register
def lower_gemm(
    op: Gemm, node: Any, z: Definition, a: Definition, x: Definition, y: Definition, b: Definition
) -> Definition:
    """out[i, j] = b * z[i, j] + a * sum over k of x[i, k] * y[k, j]"""
    if x.dtype not in BLAS_DTYPES:
        return _sum(node, z, b[()], a[()], _product(node, x, y))
    axes = axes_of(2)
    begin = z[axes] if b[()] == Literal(1, z.dtype) else b[()] * z[axes]
    return _gemm(node, x, y, a[()], Pointwise(z.dtype, z.shape, element=begin, origin=node))


@lower.register
def lower_gemv(
    op: Gemv, node: Any, y: Definition, alpha: Definition, A: Definition, x: Definition, beta: Definition
) -> Definition:
    """out[i] = beta * y[i] + alpha * sum over j of A[i, j] * x[j]"""
    return _sum(node, y, beta[()], alpha[()], _product(node, A, x))


@lower.register
def lower_ger(op: Ger, node: Any, A: Definition, alpha: Definition, x: Definition, y: Definition) -> Definition:
    """out[i, j] = A[i, j] + alpha * x[i] * y[j]"""
    return pointwise(
        node,
        A.shape,
        lambda i, j: A[i, j] + alpha[()] * x[i] * y[j],
        requirements=_equal(A.shape, (*x.shape, *y.shape), ADDED, node),
    )


def _product(node: Any, x: Definition, y: Definition) -> Definition:
    """x y of vectors and matrices, in the dtype of the node's output."""
    dtype = node.outputs[0].type.dtype
    if x.ndim == y.ndim == 2 and x.dtype == y.dtype == dtype and dtype in BLAS_DTYPES:
        return _gemm(node, x, y, Literal(1.0, dtype))
    rows, columns = x.ndim - 1, y.ndim - 1
    shape = (*x.shape[:-1], *y.shape[1:])
    k = Axis(rows + columns)
    left = x[(*[Axis(i) for i in range(rows)], k)]
    right = y[(k, *[Axis(rows + j) for j in range(columns)])]
    accumulator = "float32" if dtype == "float16" else dtype
    term = Call(mul, (converted(left, accumulator), converted(right, accumulator)), accumulator)
    fold = Fold(
        accumulator,
        shape,
        extents=(x.shape[-1],),
        initial=(Literal(False if accumulator == "bool" else 0, accumulator),),
        following=(Call(add, (Carried(0, accumulator), term), accumulator),),
        requirements=_fitting(node, x, y),
        origin=node,
    )
    if accumulator == dtype:
        return fold
    return Pointwise(dtype, shape, element=converted(fold[axes_of(len(shape))], dtype), origin=node)


def _gemm(
    node: Any, x: Definition, y: Definition, factor: Expression, base: Definition | None = None
) -> LibraryResult:
    """base + factor * x y, by BLAS"""
    requirements = _fitting(node, x, y)
    (x, x_transposed), (y, y_transposed) = _untransposed(x), _untransposed(y)
    shape: tuple[Expression, ...] = (x.shape[int(x_transposed)], y.shape[1 - int(y_transposed)])
    if base is not None:
        requirements += _equal(base.shape, shape, ADDED, node)
        shape = base.shape
    return LibraryResult(
        x.dtype,
        shape,
        routine="gemm",
        operands=(x, y),
        flags=(x_transposed, y_transposed),
        factor=factor,  # type: ignore[arg-type]
        base=base,
        requirements=requirements,
        origin=node,
    )


def _sum(node: Any, z: Definition, b: Expression, a: Expression, product: Definition) -> Definition:
    """b z + a product"""
    return pointwise(
        node,
        z.shape,
        lambda *index: b * z[index] + a * product[index],
        requirements=_equal(z.shape, product.shape, ADDED, node),
    )


def _fitting(node: Any, x: Definition, y: Definition) -> tuple[Requirement, ...]:
    left, right = (str(v).replace("{", "{{").replace("}", "}}") for v in [v for v in node.inputs if v.type.ndim][-2:])
    message = f"dot({left}, {right}) needs as many columns of the first as rows of the second, found {{left}} and {{right}}"
    return _equal(x.shape[-1:], y.shape[:1], message, node)


def _equal(
    left: Sequence[Expression], right: Sequence[Expression], message: str, node: Any
) -> tuple[Requirement, ...]:
    """Requirements that lengths agree."""
    return tuple(Requirement(m, n, message, node) for m, n in zip(left, right, strict=True) if m != n)


def _untransposed(x: Definition) -> tuple[Definition, bool]:
    """(u, True) when x is the transpose of u, so that BLAS may read u itself."""
    match x:
        case Pointwise(element=Load(source, (Axis(1), Axis(0)))) if source.ndim == 2 and source.dtype == x.dtype:
            return source, True
    return x, False
