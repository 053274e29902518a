"""theano.tensor.extra_ops of Theano 1.0.5."""

from theano.gradient import DisconnectedType, disconnected_type
from theano.graph import Generic
from theano.legacy.adapters.op_classes import CumprodOp, CumsumOp
from theano.tensor import (
    CumOp,
    RepeatOp,
    SearchsortedOp,
    Unique,
    bartlett,
    bincount,
    compress,
    cumprod,
    cumsum,
    diff,
    fill_diagonal,
    fill_diagonal_offset,
    ravel_multi_index,
    repeat,
    searchsorted,
    squeeze,
    to_one_hot,
    unravel_index,
)
from theano.tensor import bartlett as bartlett_
from theano.tensor import fill_diagonal as fill_diagonal_
from theano.tensor import fill_diagonal_offset as fill_diagonal_offset_
from theano.tensor import tensor_copy as cpu_contiguous

__all__ = [
    "CumOp",
    "CumprodOp",
    "CumsumOp",
    "DisconnectedType",
    "Generic",
    "RepeatOp",
    "SearchsortedOp",
    "Unique",
    "bartlett",
    "bartlett_",
    "bincount",
    "compress",
    "cpu_contiguous",
    "cumprod",
    "cumsum",
    "diff",
    "disconnected_type",
    "fill_diagonal",
    "fill_diagonal_",
    "fill_diagonal_offset",
    "fill_diagonal_offset_",
    "ravel_multi_index",
    "repeat",
    "searchsorted",
    "squeeze",
    "to_one_hot",
    "unravel_index",
]
