"""theano.updates of Theano 1.0.5."""

from theano.compile import OrderedUpdates, SharedVariable

__all__ = ["OrderedUpdates", "SharedVariable"]
