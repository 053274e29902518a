"""theano.gof.optdb of Theano 1.0.5."""

from theano.configuration import config
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
    "EquilibriumDB",
    "LocalGroupDB",
    "OrderedSet",
    "ProxyDB",
    "Query",
    "SequenceDB",
    "TopoDB",
    "config",
]
