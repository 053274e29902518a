"""Lowerings of matrix products: BLAS for matrices, loops for vectors and for what BLAS does not know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.backends.llvm.lower.registry import converted, lower, pointwise, verbatim
from theano.backends.llvm.scalar_code import can_emit
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement
from theano.loops.expand import is_identity
from theano.loops.expressions import Axis, Call, Carried, Expression, Literal, Load, axes_of
from theano.loops.results import LibraryResult
from theano.scalar.arithmetic import add, mul
from theano.tensor.blas import Dot22, Dot22Scalar, Gemm, Gemv, Ger
from theano.tensor.dot import BatchedDot, Dot

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


@lower.register
def lower_batched_dot(op: BatchedDot, node: Any, x: Definition, y: Definition) -> Definition | None:
    """out[b, i, j] = sum over k of x[b, i, k] * y[b, k, j]"""
    dtype = node.outputs[0].type.dtype
    if not can_emit(mul, [dtype, dtype]):
        return None
    left, right = _texts(node)
    needs = f"batched_dot({left}, {right}) needs"
    requirements = (
        *_equal(x.shape[:1], y.shape[:1], f"{needs} equal first lengths, found {{left}} and {{right}}", node),
        *_equal(
            x.shape[2:],
            y.shape[1:2],
            f"{needs} as many columns of the first as rows of the second, found {{left}} and {{right}}",
            node,
        ),
    )
    shape = (x.shape[0], x.shape[1], y.shape[2])
    is_vector = Literal(1) in (*shape[1:], x.shape[2])
    if x.dtype == y.dtype == dtype and dtype in BLAS_DTYPES and not is_vector:
        (x, x_transposed), (y, y_transposed) = untransposed(x), untransposed(y)
        return LibraryResult(
            dtype,
            shape,
            routine="batched",
            operands=(x, y),
            flags=(x_transposed, y_transposed),
            factor=Literal(1.0, dtype),
            requirements=requirements,
            origin=node,
        )
    batch, i, j, k = axes_of(4)
    return _folded(node, shape, x[batch, i, k], y[batch, k, j], x.shape[2], requirements)


def _product(node: Any, x: Definition, y: Definition) -> Definition:
    """x y of vectors and matrices, in the dtype of the node's output."""
    dtype = node.outputs[0].type.dtype
    if x.dtype == y.dtype == dtype and dtype in BLAS_DTYPES:
        if x.ndim == y.ndim == 2:
            return _gemm(node, x, y, Literal(1.0, dtype))
        matrix = _walked_down(x, y)
        if matrix is not None:
            return _gemv(node, matrix, x if x.ndim == 1 else y, _fitting(node, x, y))
    rows, columns = x.ndim - 1, y.ndim - 1
    axes = axes_of(rows + columns)
    k = Axis(rows + columns)
    shape = (*x.shape[:-1], *y.shape[1:])
    return _folded(node, shape, x[(*axes[:rows], k)], y[(k, *axes[rows:])], x.shape[-1], _fitting(node, x, y))


def _folded(
    node: Any,
    shape: tuple[Expression, ...],
    left: Expression,
    right: Expression,
    length: Expression,
    requirements: tuple[Requirement, ...],
) -> Definition:
    """The sum of left * right over the axis after those of ``shape``, in a loop; float16 is summed in float32."""
    dtype = node.outputs[0].type.dtype
    accumulator = "float32" if dtype == "float16" else dtype
    term = Call(mul, (converted(left, accumulator), converted(right, accumulator)), accumulator)
    fold = Fold(
        accumulator,
        shape,
        extents=(length,),
        initial=(Literal(False if accumulator == "bool" else 0, accumulator),),
        following=(Call(add, (Carried(0, accumulator), term), accumulator),),
        requirements=requirements,
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
    (x, x_transposed), (y, y_transposed) = untransposed(x), untransposed(y)
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


def _gemv(node: Any, x: Definition, v: Definition, requirements: tuple[Requirement, ...]) -> LibraryResult:
    """x' v, by BLAS, which goes through the rows of x but once"""
    return LibraryResult(
        x.dtype,
        x.shape[1:],
        routine="gemv",
        operands=(x, v),
        factor=Literal(1.0, x.dtype),
        requirements=requirements,
        origin=node,
    )


def _walked_down(x: Definition, y: Definition) -> Definition | None:
    """The matrix of a product with a vector, where its columns are summed and a loop has nothing else to compute."""
    if x.ndim == 2 and y.ndim == 1:
        matrix, is_walked_down = untransposed(x)
    elif x.ndim == 1 and y.ndim == 2:
        matrix, is_transposed = untransposed(y)
        is_walked_down = not is_transposed
    else:
        return None
    return matrix if is_walked_down and not isinstance(matrix, (Pointwise, Fold)) else None


def _sum(node: Any, z: Definition, b: Expression, a: Expression, product: Definition) -> Definition:
    """b z + a product"""
    return pointwise(
        node,
        z.shape,
        lambda *index: b * z[index] + a * product[index],
        requirements=_equal(z.shape, product.shape, ADDED, node),
    )


def _fitting(node: Any, x: Definition, y: Definition) -> tuple[Requirement, ...]:
    left, right = _texts(node)
    message = f"dot({left}, {right}) needs as many columns of the first as rows of the second, found {{left}} and {{right}}"
    return _equal(x.shape[-1:], y.shape[:1], message, node)


def _texts(node: Any) -> list[str]:
    """The factors as they are written in a message that is a format."""
    factors = [v for v in node.inputs if v.type.ndim][-2:]
    return [verbatim(v) for v in factors]


def _equal(
    left: Sequence[Expression], right: Sequence[Expression], message: str, node: Any
) -> tuple[Requirement, ...]:
    """Requirements that lengths agree."""
    return tuple(Requirement(m, n, message, node) for m, n in zip(left, right, strict=True) if m != n)


def untransposed(x: Definition) -> tuple[Definition, bool]:
    """(u, True) when x is u with its last two axes exchanged, so that BLAS may read u itself."""
    match x:
        case Pointwise(element=Load(source, (*batch, Axis(i), Axis(j)))) if source.dtype == x.dtype:
            if source.ndim == x.ndim and (i, j) == (x.ndim - 1, x.ndim - 2) and is_identity(batch, x.ndim - 2):
                return source, True
    return x, False
