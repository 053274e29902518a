"""theano.tensor.signal.pool of Theano 1.0.5, as far as it is not there any more."""

from theano.gof.graph import Apply
from theano.gof.op import OpenMPOp
from theano.gof.params_type import ParamsType
from theano.gof.type import EnumList

import theano
from theano import gof, tensor
from theano.gradient import DisconnectedType

__all__ = [
    "Apply",
    "DisconnectedType",
    "EnumList",
    "OpenMPOp",
    "ParamsType",
    "gof",
    "tensor",
    "theano",
]
