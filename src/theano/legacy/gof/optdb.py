"""theano.gof.optdb of Theano 1.0.5."""

from theano.compat import DefaultOrderedDict
from theano.configuration import config
from theano.gof import opt
from theano.legacy.adapters.optimizer_databases import (
    DB,
    EquilibriumDB,
    LocalGroupDB,
    ProxyDB,
    Query,
    SequenceDB,
    TopoDB,
)
from theano.misc.ordered_set import OrderedSet

__all__ = [
    "DB",
    "DefaultOrderedDict",
    "EquilibriumDB",
    "LocalGroupDB",
    "OrderedSet",
    "ProxyDB",
    "Query",
    "SequenceDB",
    "TopoDB",
    "config",
    "opt",
]
