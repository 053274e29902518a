"""theano.sparse.sharedvar of Theano 1.0.5."""

from theano.compile.shared import SharedVariable, shared_constructor
from theano.sparse.shared_variable import SparseTensorSharedVariable, sparse_constructor
from theano.sparse.type import SparseType

__all__ = [
    "SharedVariable",
    "SparseTensorSharedVariable",
    "SparseType",
    "shared_constructor",
    "sparse_constructor",
]
