"""theano.sparse.utils of Theano 1.0.5."""

from theano.legacy.adapters.gof_functions import hash_from_code
from theano.sparse.variable import hash_from_sparse

__all__ = ["hash_from_code", "hash_from_sparse"]
