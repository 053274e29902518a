"""theano.gof.graph of Theano 1.0.5."""

import theano
from theano.configuration import config
from theano.gof import utils
from theano.graph import Apply, Constant, Node, Variable
from theano.graph.subgraph import (
    as_string,
    clone,
    clone_get_equiv,
    default_node_formatter,
    io_connection_pattern,
    is_in_ancestors,
    list_of_nodes,
    op_as_string,
    ops,
    orphans,
    stack_search,
    variables,
    variables_and_orphans,
    view_roots,
)
from theano.graph.walk import ancestors, equal_computations, general_toposort, io_toposort, is_same_graph
from theano.graph.walk import graph_inputs as inputs
from theano.legacy.adapters.containers import OrderedSet

__all__ = [
    "Apply",
    "Constant",
    "Node",
    "OrderedSet",
    "Variable",
    "ancestors",
    "as_string",
    "clone",
    "clone_get_equiv",
    "config",
    "default_node_formatter",
    "equal_computations",
    "general_toposort",
    "inputs",
    "io_connection_pattern",
    "io_toposort",
    "is_in_ancestors",
    "is_same_graph",
    "list_of_nodes",
    "op_as_string",
    "ops",
    "orphans",
    "stack_search",
    "theano",
    "utils",
    "variables",
    "variables_and_orphans",
    "view_roots",
]
