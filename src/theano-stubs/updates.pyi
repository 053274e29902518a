"""theano.updates of Theano 1.0.5."""


__all__ = ['OrderedUpdates', 'SharedVariable']
from theano.compile import OrderedUpdates as OrderedUpdates
from theano.compile import SharedVariable as SharedVariable
