"""theano.misc.ordered_set of Theano 1.0.5."""

from theano.legacy.adapters.containers import OrderedSet

__all__ = ["OrderedSet"]
