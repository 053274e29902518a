"""theano.sparse.sandbox of Theano 1.0.5."""
