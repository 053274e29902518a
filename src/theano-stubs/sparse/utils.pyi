"""theano.sparse.utils of Theano 1.0.5."""


__all__ = ['hash_from_code', 'hash_from_sparse']
from theano.gof.utils import hash_from_code as hash_from_code
from theano.sparse import hash_from_sparse as hash_from_sparse
