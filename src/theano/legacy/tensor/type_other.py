"""theano.tensor.type_other of Theano 1.0.5."""

import theano
from theano.gradient import DisconnectedType
from theano.graph import Apply, Constant, Generic, Op, Type
from theano.legacy.adapters.gof_functions import hashtype
from theano.legacy.adapters.slices import (
    MakeSlice,
    NoneConst,
    NoneTypeT,
    SliceConstant,
    SliceType,
    as_int_none_variable,
    make_slice,
    none_type_t,
    slicetype,
)

__all__ = [
    "Apply",
    "Constant",
    "DisconnectedType",
    "Generic",
    "MakeSlice",
    "NoneConst",
    "NoneTypeT",
    "Op",
    "SliceConstant",
    "SliceType",
    "Type",
    "as_int_none_variable",
    "hashtype",
    "make_slice",
    "none_type_t",
    "slicetype",
    "theano",
]
