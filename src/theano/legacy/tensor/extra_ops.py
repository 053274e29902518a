"""theano.tensor.extra_ops of Theano 1.0.5."""

import theano
from theano import gof, gradient, scalar
from theano.gof.params_type import ParamsType
from theano.gof.type import EnumList
from theano.gradient import DisconnectedType, disconnected_type
from theano.graph import Generic
from theano.legacy.adapters.op_classes import CumprodOp, CumsumOp
from theano.tensor import (
    CumOp,
    RepeatOp,
    SearchsortedOp,
    Unique,
    bartlett,
    basic,
    bincount,
    compress,
    cumprod,
    cumsum,
    diff,
    fill_diagonal,
    fill_diagonal_offset,
    nlinalg,
    ravel_multi_index,
    repeat,
    searchsorted,
    squeeze,
    to_one_hot,
    unravel_index,
)
from theano.tensor import bartlett as bartlett_
from theano.tensor import basic as tensor
from theano.tensor import fill_diagonal as fill_diagonal_
from theano.tensor import fill_diagonal_offset as fill_diagonal_offset_
from theano.tensor import tensor_copy as cpu_contiguous

__all__ = [
    "CumOp",
    "CumprodOp",
    "CumsumOp",
    "DisconnectedType",
    "EnumList",
    "Generic",
    "ParamsType",
    "RepeatOp",
    "SearchsortedOp",
    "Unique",
    "bartlett",
    "bartlett_",
    "basic",
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
    "gof",
    "gradient",
    "nlinalg",
    "ravel_multi_index",
    "repeat",
    "scalar",
    "searchsorted",
    "squeeze",
    "tensor",
    "theano",
    "to_one_hot",
    "unravel_index",
]
