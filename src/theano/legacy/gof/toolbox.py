"""theano.gof.toolbox of Theano 1.0.5."""

import theano
from theano.configuration import config
from theano.gof import graph
from theano.graph.errors import AlreadyThere
from theano.legacy.adapters.graph_features import (
    Bookkeeper,
    Feature,
    History,
    NodeFinder,
    PreserveNames,
    PreserveVariableAttributes,
    PrintListener,
    ReplacementDidntRemovedError,
    ReplaceValidate,
    Validator,
)

__all__ = [
    "AlreadyThere",
    "Bookkeeper",
    "Feature",
    "History",
    "NodeFinder",
    "PreserveNames",
    "PreserveVariableAttributes",
    "PrintListener",
    "ReplaceValidate",
    "ReplacementDidntRemovedError",
    "Validator",
    "config",
    "graph",
    "theano",
]
