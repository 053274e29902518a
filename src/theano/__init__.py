"""Theano: symbolic tensors, differentiated and compiled."""
