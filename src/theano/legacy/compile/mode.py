"""theano.compile.mode of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano.legacy.adapters.optimizer_databases import optdb
from theano.legacy.adapters.optimizers import (
    AddDestroyHandler,
    AddFeatureOptimizer,
    PrintCurrentFunctionGraph,
)

__all__ = [
    "AddDestroyHandler",
    "AddFeatureOptimizer",
    "PrintCurrentFunctionGraph",
    "gof",
    "optdb",
    "theano",
]
