"""What an expression is: types, variables, ops and the graphs that they form; walking, cloning and comparing them."""

from theano.graph.errors import (
    DTypeMismatch,
    InconsistencyError,
    MethodNotDefined,
    MissingInputError,
    ShapeMismatch,
    UnusedInputError,
    require,
)
from theano.graph.fgraph import FunctionGraph
from theano.graph.op import Op
from theano.graph.origin import Origin, inherited_origin
from theano.graph.type import Generic, Type, generic
from theano.graph.variable import Apply, Constant, Node, Scratchpad, Variable

__all__ = [
    "Apply",
    "Constant",
    "DTypeMismatch",
    "FunctionGraph",
    "Generic",
    "InconsistencyError",
    "MethodNotDefined",
    "MissingInputError",
    "Node",
    "Op",
    "Origin",
    "Scratchpad",
    "ShapeMismatch",
    "Type",
    "UnusedInputError",
    "Variable",
    "generic",
    "inherited_origin",
    "require",
]
