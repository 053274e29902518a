"""Products with matrices of which only some blocks count: those that index arrays name."""

from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['SparseBlockGemv', 'SparseBlockOuter', 'sparse_block_dot', 'sparse_block_gemv', 'sparse_block_gemv_inplace', 'sparse_block_outer', 'sparse_block_outer_inplace']
class SparseBlockGemv:
    """Called on (o, W, h, inputIdx, outputIdx):  out[n, j] = o[n, j] + sum_i dot(h[n, i], W[inputIdx[n, i], outputIdx[n, j]])."""
    inplace: Any
    def __init__(self, inplace: bool = False) -> None: ...
    def __call__(self, o: Any, W: TensorLike, h: TensorLike, inputIdx: Any, outputIdx: Any) -> TensorVariable: ...
class SparseBlockOuter:
    """Called on (o, x, y, xIdx, yIdx, alpha):  o with alpha outer(x[n, i], y[n, j]) added to o[xIdx[n, i], yIdx[n, j]]."""
    inplace: Any
    def __init__(self, inplace: bool = False) -> None: ...
    def __call__(self, o: Any, x: TensorLike, y: TensorLike, xIdx: Any, yIdx: Any, alpha: Any = None) -> TensorVariable: ...
def sparse_block_dot(W: TensorLike, h: TensorLike, inputIdx: Any, b: TensorLike, outputIdx: Any) -> TensorVariable:
    """out[n, j] = b[outputIdx[n, j]] + sum_i dot(h[n, i], W[inputIdx[n, i], outputIdx[n, j]])"""
sparse_block_gemv: SparseBlockGemv
sparse_block_gemv_inplace: SparseBlockGemv
sparse_block_outer: SparseBlockOuter
sparse_block_outer_inplace: SparseBlockOuter
from theano.graph import Apply as Apply
from theano.graph import Op as Op
from theano.gradient import grad_undefined as grad_undefined
discrete_dtypes: list[Any]
