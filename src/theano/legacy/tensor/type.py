"""theano.tensor.type of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import scalar as scal
from theano.legacy.adapters.gof_functions import hashtype

__all__ = [
    "hashtype",
    "scal",
    "theano",
]
