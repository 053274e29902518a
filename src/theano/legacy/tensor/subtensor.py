"""theano.tensor.subtensor of Theano 1.0.5, as far as it is not there any more."""

from theano.configuration import config
from theano.gradient import DisconnectedType
from theano.graph import MethodNotDefined, Type
from theano.legacy.adapters.gof_functions import hashtype
from theano.printing import SubtensorPrinter
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

__all__ = [
    "AdvancedIncSubtensor",
    "AdvancedIncSubtensor1",
    "AdvancedSubtensor",
    "AdvancedSubtensor1",
    "DimShuffle",
    "DisconnectedType",
    "MethodNotDefined",
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
    "hashtype",
    "inc_subtensor",
    "set_subtensor",
    "take",
]
