"""theano.tests of Theano 1.0.5."""
