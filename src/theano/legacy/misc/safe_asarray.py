"""theano.misc.safe_asarray of Theano 1.0.5."""

import theano
from theano.legacy.adapters.op_classes import _asarray

__all__ = [
    "_asarray",
    "theano",
]
