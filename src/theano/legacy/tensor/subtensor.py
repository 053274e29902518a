"""theano.tensor.subtensor of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano import scalar as scal
from theano.configuration import config
from theano.gof.params_type import ParamsType
from theano.gradient import DisconnectedType
from theano.graph import MethodNotDefined, Type
from theano.legacy.adapters.gof_functions import hashtype
from theano.printing import SubtensorPrinter, pprint
from theano.tensor import (
    AdvancedIncSubtensor,
    AdvancedIncSubtensor1,
    AdvancedSubtensor,
    AdvancedSubtensor1,
    DimShuffle,
    addbroadcast,
    advanced_inc_subtensor,
    advanced_inc_subtensor1,
    advanced_set_subtensor,
    advanced_set_subtensor1,
    advanced_subtensor,
    advanced_subtensor1,
    alloc,
    clip,
    get_scalar_constant_value,
    inc_subtensor,
    set_subtensor,
    take,
)
from theano.tensor.type_other import NoneConst, NoneTypeT, SliceType, make_slice

__all__ = [
    "AdvancedIncSubtensor",
    "AdvancedIncSubtensor1",
    "AdvancedSubtensor",
    "AdvancedSubtensor1",
    "DimShuffle",
    "DisconnectedType",
    "MethodNotDefined",
    "NoneConst",
    "NoneTypeT",
    "ParamsType",
    "SliceType",
    "SubtensorPrinter",
    "Type",
    "addbroadcast",
    "advanced_inc_subtensor",
    "advanced_inc_subtensor1",
    "advanced_set_subtensor",
    "advanced_set_subtensor1",
    "advanced_subtensor",
    "advanced_subtensor1",
    "alloc",
    "clip",
    "config",
    "get_scalar_constant_value",
    "gof",
    "hashtype",
    "inc_subtensor",
    "make_slice",
    "pprint",
    "scal",
    "set_subtensor",
    "take",
    "theano",
]
