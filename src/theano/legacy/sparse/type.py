"""theano.sparse.type of Theano 1.0.5."""

import theano
from theano import gof
from theano.legacy.adapters.sparse_names import imported_scipy
from theano.sparse.type import SparseType

__all__ = [
    "SparseType",
    "gof",
    "imported_scipy",
    "theano",
]
