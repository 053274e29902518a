"""theano.sparse.sandbox of Theano 1.0.5."""


from theano.sparse.sandbox import sp as sp
from theano.sparse.sandbox import sp2 as sp2
