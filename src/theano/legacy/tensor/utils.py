"""theano.tensor.utils of Theano 1.0.5."""

import theano
from theano.legacy.adapters.gof_functions import hash_from_code
from theano.legacy.adapters.lengths import hash_from_ndarray, shape_of_variables

__all__ = [
    "hash_from_code",
    "hash_from_ndarray",
    "shape_of_variables",
    "theano",
]
