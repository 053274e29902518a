"""theano.misc.ordered_set of Theano 1.0.5."""


__all__ = ['OrderedSet']
from theano.gof.fg import OrderedSet as OrderedSet
