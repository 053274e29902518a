"""theano.tensor.elemwise of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof, scalar
from theano.configuration import change_flags
from theano.gof.op import COp, OpenMPOp
from theano.gof.params_type import ParamsType
from theano.gradient import DisconnectedType, NullType
from theano.legacy.adapters.containers import frozendict
from theano.printing import DimShufflePrinter, pprint
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
    "COp",
    "DimShuffle",
    "DimShufflePrinter",
    "DisconnectedType",
    "NullType",
    "OpenMPOp",
    "ParamsType",
    "Prod",
    "ProdWithoutZeros",
    "Sum",
    "TensorConstant",
    "TensorVariable",
    "change_flags",
    "config",
    "frozendict",
    "get_scalar_type",
    "gof",
    "pprint",
    "scalar",
    "theano",
]
