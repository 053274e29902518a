"""theano.sparse.sandbox.sp of Theano 1.0.5."""

import theano
from theano import gof, sparse, tensor
from theano.graph import Op
from theano.legacy.adapters.optimizer_databases import register_specialize
from theano.sparse.layout import EnsureSortedIndices, Remove0, clean, ensure_sorted_indices, remove0
from theano.sparse.scaling import (
    ColScaleCSC,
    Diag,
    RowScaleCSC,
    SquareDiagonal,
    col_scale,
    diag,
    row_scale,
    square_diagonal,
)
from theano.sparse.summing import SpSum, sp_sum

__all__ = [
    "ColScaleCSC",
    "Diag",
    "EnsureSortedIndices",
    "Op",
    "Remove0",
    "RowScaleCSC",
    "SpSum",
    "SquareDiagonal",
    "clean",
    "col_scale",
    "diag",
    "ensure_sorted_indices",
    "gof",
    "register_specialize",
    "remove0",
    "row_scale",
    "sp_sum",
    "sparse",
    "square_diagonal",
    "tensor",
    "theano",
]
