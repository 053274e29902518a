"""theano.tensor.elemwise of Theano 1.0.5, as far as it is not there any more."""

from theano.configuration import change_flags
from theano.gradient import DisconnectedType, NullType
from theano.legacy.adapters.containers import frozendict
from theano.printing import DimShufflePrinter
from theano.scalar import get_scalar_type
from theano.tensor import (
    CAReduce,
    CAReduceDtype,
    DimShuffle,
    Prod,
    ProdWithoutZeros,
    Sum,
    TensorConstant,
    TensorVariable,
    config,
)
from theano.tensor.truth import All

__all__ = [
    "All",
    "CAReduce",
    "CAReduceDtype",
    "DimShuffle",
    "DimShufflePrinter",
    "DisconnectedType",
    "NullType",
    "Prod",
    "ProdWithoutZeros",
    "Sum",
    "TensorConstant",
    "TensorVariable",
    "change_flags",
    "config",
    "frozendict",
    "get_scalar_type",
]
