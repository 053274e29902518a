"""theano.misc.pkl_utils of Theano 1.0.5."""

import theano
from theano.compile import SharedVariable
from theano.configuration import config
from theano.legacy.adapters.pickled_arrays import (
    CompatUnpickler,
    PersistentGpuArrayID,
    PersistentNdarrayID,
    PersistentNdarrayLoad,
    PersistentSharedVariableID,
    StripPickler,
    dump,
    load,
    load_reduce,
    min_recursion,
    zipadd,
)

__all__ = [
    "CompatUnpickler",
    "PersistentGpuArrayID",
    "PersistentNdarrayID",
    "PersistentNdarrayLoad",
    "PersistentSharedVariableID",
    "SharedVariable",
    "StripPickler",
    "config",
    "dump",
    "load",
    "load_reduce",
    "min_recursion",
    "theano",
    "zipadd",
]
