"""theano.compile.builders of Theano 1.0.5."""

from theano.compile import SharedVariable
from theano.gradient import DisconnectedType, NullType, OpFromGraph
from theano.graph import Variable
from theano.graph.subgraph import io_connection_pattern
from theano.legacy.adapters.function_parts import orig_function, rebuild_collect_shared

__all__ = [
    "DisconnectedType",
    "NullType",
    "OpFromGraph",
    "SharedVariable",
    "Variable",
    "io_connection_pattern",
    "orig_function",
    "rebuild_collect_shared",
]
