"""theano.misc.safe_asarray of Theano 1.0.5."""
