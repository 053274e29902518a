"""Matrices: powers, chains of products, the Kronecker product, diagonals."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.diagonal import AllocDiag, ExtractDiag
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.dot import dot, matmul
from theano.tensor.shape import flatten, reshape

alloc_diag = AllocDiag()
extract_diag = ExtractDiag()


def matrix_dot(*args: Any) -> Variable:
    """The product of one or more matrices, multiplied from left to right."""
    if not args:
        raise TypeError("matrix_dot needs at least one matrix, found none")
    return reduce(dot, args[1:], args[0])


def matrix_power(M: Any, n: int) -> Variable:
    """The product of ``n`` factors ``M``, in about 2 log2(n) multiplications; of each of an array.  TypeError unless n >= 1."""
    if not isinstance(n, (int, np.integer)) or n < 1:
        raise TypeError(f"matrix_power(M, n) needs an int n >= 1, found {n!r}")
    square: Any = as_tensor_variable(M)
    result = None
    while True:
        if n & 1:
            result = square if result is None else matmul(result, square)
        n >>= 1
        if not n:
            return result  # type: ignore[return-value]
        square = matmul(square, square)


def kron(a: Any, b: Any) -> Variable:
    """The Kronecker product: blocks ``a[i, j] * b``.

    a, b  tensors of at least one dimension, three or more in sum (else TypeError); the one of fewer dimensions gets
          leading ones of length 1
    out   along each axis the product of the lengths; out[i * p + k, j * q + l] = a[i, j] * b[k, l];
          of a vector and a matrix the elements of that in C order, a vector: there NumPy gives a matrix
    """
    a, b = as_tensor_variable(a), as_tensor_variable(b)
    if a.type.ndim + b.type.ndim <= 2:
        raise TypeError(
            f"kron: inputs dimensions must sum to 3 or more. You passed {a.type.ndim} and {b.type.ndim}."
        )
    ndim = max(a.type.ndim, b.type.ndim)
    lead_a, lead_b = ndim - a.type.ndim, ndim - b.type.ndim
    axes_a = ["x"] * lead_a + list(range(a.type.ndim))
    axes_b = ["x"] * lead_b + list(range(b.type.ndim))
    rows: Any = dimshuffle(a, *[axis for i in axes_a for axis in (i, "x")])
    spread = rows * dimshuffle(b, *[axis for i in axes_b for axis in ("x", i)])
    shape_a, shape_b = [1] * lead_a + list(_lengths(a)), [1] * lead_b + list(_lengths(b))
    if a.type.ndim + b.type.ndim == 3:
        return flatten(spread)
    return reshape(spread, [m * n for m, n in zip(shape_a, shape_b, strict=True)], ndim=ndim)


def diag_or_matrix(x: Any) -> Variable:
    """The diagonal matrix of a vector; the diagonal of a matrix.  TypeError for other tensors."""
    x = as_tensor_variable(x)
    match x.type.ndim:
        case 1:
            return alloc_diag(x)
        case 2:
            return extract_diag(x)
    raise TypeError("diag requires vector or matrix argument.", x)


def _lengths(x: Any) -> list[Any]:
    return [x.shape[k] for k in range(x.type.ndim)]
