"""Lowerings of matrix products: BLAS for matrices, loops for vectors and for what BLAS does not know."""

from __future__ import annotations

from typing import Any

from theano.backends.llvm.lower.registry import converted, lower
from theano.backends.llvm.scalar_code import can_emit
from theano.loops.ir import (
    Axis,
    Call,
    Carried,
    Definition,
    Fold,
    LibraryResult,
    Literal,
    Load,
    Pointwise,
    Requirement,
)
from theano.scalar.arithmetic import add, mul
from theano.tensor.dot import Dot

BLAS_DTYPES = ("float32", "float64", "complex64", "complex128")


@lower.register
def lower_dot(op: Dot, node: Any, x: Definition, y: Definition) -> Definition | None:
    """out[i, j] = sum over k of x[i, k] * y[k, j]"""
    dtype = node.outputs[0].type.dtype
    if not can_emit(mul, [dtype, dtype]):
        return None
    left, right = node.inputs
    message = f"dot({left}, {right}) needs as many columns of the first as rows of the second, found {{left}} and {{right}}"
    inner = x.shape[-1]
    requirements = () if inner == y.shape[0] else (Requirement(inner, y.shape[0], message, node),)
    if x.ndim == y.ndim == 2 and x.dtype == y.dtype == dtype and dtype in BLAS_DTYPES:
        (x, x_transposed), (y, y_transposed) = _untransposed(x), _untransposed(y)
        mn = (x.shape[int(x_transposed)], y.shape[1 - int(y_transposed)])
        return LibraryResult(
            dtype, mn, routine="gemm", operands=(x, y), flags=(x_transposed, y_transposed), requirements=requirements
        )
    rows, columns = x.ndim - 1, y.ndim - 1
    shape = (*x.shape[:-1], *y.shape[1:])
    k = Axis(rows + columns)
    a = x[(*[Axis(i) for i in range(rows)], k)]
    b = y[(k, *[Axis(rows + j) for j in range(columns)])]
    accumulator = "float32" if dtype == "float16" else dtype
    product = Call(mul, (converted(a, accumulator), converted(b, accumulator)), accumulator)
    fold = Fold(
        accumulator,
        shape,
        extents=(inner,),
        initial=(Literal(False if accumulator == "bool" else 0, accumulator),),
        following=(Call(add, (Carried(0, accumulator), product), accumulator),),
        requirements=requirements,
    )
    if accumulator == dtype:
        return fold
    fold.origin = node
    axes = tuple(Axis(i) for i in range(len(shape)))
    return Pointwise(dtype, shape, element=converted(fold[axes], dtype))


def _untransposed(x: Definition) -> tuple[Definition, bool]:
    """(u, True) when x is the transpose of u, so that BLAS may read u itself."""
    match x:
        case Pointwise(element=Load(source, (Axis(1), Axis(0)))) if source.ndim == 2 and source.dtype == x.dtype:
            return source, True
    return x, False
