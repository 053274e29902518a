"""Products with matrices of which only some blocks count: those that index arrays name.

    h         (batch, input windows, input size)          what is multiplied, in blocks
    W         (input blocks, output blocks, input size, output size)
    inputIdx  (batch, input windows)                      which block each window of h stands for
    outputIdx (batch, output windows)                     which blocks of the result are wanted
"""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.graph import Variable
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.indexing import inc_subtensor
from theano.tensor.reduction import sum as sum_of

__all__ = [
    "SparseBlockGemv",
    "SparseBlockOuter",
    "sparse_block_dot",
    "sparse_block_gemv",
    "sparse_block_gemv_inplace",
    "sparse_block_outer",
    "sparse_block_outer_inplace",
]


def sparse_block_dot(W: Any, h: Any, inputIdx: Any, b: Any, outputIdx: Any) -> Variable:
    """out[n, j] = b[outputIdx[n, j]] + sum_i dot(h[n, i], W[inputIdx[n, i], outputIdx[n, j]])

    b        (output blocks, output size)
    returns  (batch, output windows, output size)

    h, inputIdx and outputIdx may be without the batch axis, all three; the result is then without it, too.
    See the head of this file for the shapes.  IndexError at run time for a block that there is not.
    """
    W, h, b = map(as_tensor_variable, (W, h, b))
    rows, columns = map(as_tensor_variable, (inputIdx, outputIdx))
    if rows.type.ndim != h.type.ndim - 1 or columns.type.ndim != rows.type.ndim:
        raise TypeError(
            f"sparse_block_dot: inputIdx and outputIdx must have one dimension less than h, found "
            f"{h.type}, {rows.type} and {columns.type}"
        )
    if h.type.ndim == 2:
        h, rows, columns = (dimshuffle(v, "x", *range(v.type.ndim)) for v in (h, rows, columns))
        return sparse_block_gemv(b[columns], W, h, rows, columns)[0]  # type: ignore[index]
    return sparse_block_gemv(b[columns], W, h, rows, columns)  # type: ignore[index]


class SparseBlockGemv:
    """Called on (o, W, h, inputIdx, outputIdx):  out[n, j] = o[n, j] + sum_i dot(h[n, i], W[inputIdx[n, i], outputIdx[n, j]]).

    inplace  accepted as in Theano 1.0.5: storage is decided later, so it makes no difference
    """

    def __init__(self, inplace: bool = False) -> None:
        self.inplace = bool(inplace)

    def __call__(self, o: Any, W: Any, h: Any, inputIdx: Any, outputIdx: Any) -> Variable:
        o, W, h = _with_ndim("o", o, 3), _with_ndim("W", W, 4), _with_ndim("h", h, 3)
        rows, columns = _indices("inputIdx", inputIdx), _indices("outputIdx", outputIdx)
        blocks = W[dimshuffle(rows, 0, 1, "x"), dimshuffle(columns, 0, "x", 1)]
        return o + sum_of(dimshuffle(h, 0, 1, "x", 2, "x") * blocks, axis=(1, 3))


class SparseBlockOuter:
    """Called on (o, x, y, xIdx, yIdx, alpha):  o with alpha outer(x[n, i], y[n, j]) added to o[xIdx[n, i], yIdx[n, j]].

    o           (input blocks, output blocks, input size, output size)
    x, y        (batch, windows, size)
    xIdx, yIdx  (batch, windows)
    alpha       a number, 1 unless given

    inplace  accepted as in Theano 1.0.5: storage is decided later, so it makes no difference
    """

    def __init__(self, inplace: bool = False) -> None:
        self.inplace = bool(inplace)

    def __call__(self, o: Any, x: Any, y: Any, xIdx: Any, yIdx: Any, alpha: Any = None) -> Variable:
        o, x, y = _with_ndim("o", o, 4), _with_ndim("x", x, 3), _with_ndim("y", y, 3)
        rows, columns = _indices("xIdx", xIdx), _indices("yIdx", yIdx)
        outer = scalar.mul(dimshuffle(x, 0, 1, "x", 2, "x"), dimshuffle(y, 0, "x", 1, "x", 2))
        if alpha is not None:
            outer = scalar.mul(scalar.casts[o.type.dtype](as_tensor_variable(alpha)), outer)
        return inc_subtensor(o[dimshuffle(rows, 0, 1, "x"), dimshuffle(columns, 0, "x", 1)], outer)


def _with_ndim(name: str, v: Any, ndim: int) -> Any:
    v = as_tensor_variable(v)
    if v.type.ndim != ndim:
        raise TypeError(f"The {name} must have {ndim} dimensions, found {v} of type {v.type}")
    return v


def _indices(name: str, v: Any) -> Any:
    v = _with_ndim(name, v, 2)
    if v.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"{name} must be integers, found {v} of type {v.type}")
    return v


sparse_block_gemv, sparse_block_outer = SparseBlockGemv(), SparseBlockOuter()
sparse_block_gemv_inplace, sparse_block_outer_inplace = SparseBlockGemv(True), SparseBlockOuter(True)

__getattr__ = old_names(__name__)
