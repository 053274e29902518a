"""theano.gof of Theano 1.0.5."""

from theano.compile import Container
from theano.compile.mode import Linker, Query
from theano.gof import fg, graph, link, null_type, op, type, utils
from theano.graph import (
    Apply,
    Constant,
    FunctionGraph,
    Generic,
    InconsistencyError,
    MethodNotDefined,
    MissingInputError,
    Op,
    Type,
    Variable,
    generic,
)
from theano.graph.op import PureOp
from theano.graph.subgraph import view_roots
from theano.legacy.adapters.gof_functions import hashtype, object2

__all__ = [
    "Apply",
    "Constant",
    "Container",
    "FunctionGraph",
    "Generic",
    "InconsistencyError",
    "Linker",
    "MethodNotDefined",
    "MissingInputError",
    "Op",
    "PureOp",
    "Query",
    "Type",
    "Variable",
    "fg",
    "generic",
    "graph",
    "hashtype",
    "link",
    "null_type",
    "object2",
    "op",
    "type",
    "utils",
    "view_roots",
]
