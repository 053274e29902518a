"""theano.compile.builders of Theano 1.0.5."""

import theano
from theano import gof
from theano.compile import SharedVariable, optdb
from theano.gradient import DisconnectedType, NullType, OpFromGraph
from theano.graph import Variable
from theano.graph.subgraph import io_connection_pattern
from theano.legacy.adapters.function_parts import orig_function, rebuild_collect_shared
from theano.legacy.adapters.inlining import inline_ofg_expansion

__all__ = [
    "DisconnectedType",
    "NullType",
    "OpFromGraph",
    "SharedVariable",
    "Variable",
    "gof",
    "inline_ofg_expansion",
    "io_connection_pattern",
    "optdb",
    "orig_function",
    "rebuild_collect_shared",
    "theano",
]
