"""theano.sparse.sharedvar of Theano 1.0.5."""

from theano.sparse import shared

__all__ = ['SharedVariable', 'SparseTensorSharedVariable', 'SparseType', 'shared_constructor', 'sparse_constructor']
from theano.compile import SharedVariable as SharedVariable
from theano.sparse import SparseTensorSharedVariable as SparseTensorSharedVariable
from theano.sparse.type import SparseType as SparseType
from theano.compile import shared_constructor as shared_constructor
sparse_constructor = shared
