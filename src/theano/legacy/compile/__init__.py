"""theano.compile of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import gof
from theano.compile import function as pfunc
from theano.compile.arguments import as_input as convert_function_input
from theano.compile.debugmode import DebugMode
from theano.compile.mode import (
    OPT_FAST_COMPILE,
    OPT_FAST_RUN,
    OPT_FAST_RUN_STABLE,
    OPT_MERGE,
    OPT_NONE,
    OPT_O2,
    OPT_O3,
    OPT_STABILIZE,
    OPT_UNSAFE,
    instantiated_default_mode,
)
from theano.compile.monitormode import MonitorMode
from theano.configuration import config
from theano.gof import graph
from theano.gradient import DisconnectedType, NullType, OpFromGraph
from theano.graph import Variable
from theano.graph.errors import UnusedInputError
from theano.graph.subgraph import io_connection_pattern
from theano.graph.walk import is_same_graph
from theano.legacy.adapters.function_parts import function_dump, orig_function, rebuild_collect_shared
from theano.legacy.adapters.inlining import inline_ofg_expansion
from theano.legacy.adapters.optimizer_databases import optdb
from theano.legacy.adapters.optimizers import (
    AddDestroyHandler,
    AddFeatureOptimizer,
    PrintCurrentFunctionGraph,
)
from theano.profiling import ProfileStats, ScanProfileStats
from theano.tensor import Rebroadcast, Shape, Shape_i, SpecifyShape, shape, specify_shape
from theano.tensor.passing import DeepCopyOp, ViewOp, deep_copy_op, view_op

__all__ = [
    "OPT_FAST_COMPILE",
    "OPT_FAST_RUN",
    "OPT_FAST_RUN_STABLE",
    "OPT_MERGE",
    "OPT_NONE",
    "OPT_O2",
    "OPT_O3",
    "OPT_STABILIZE",
    "OPT_UNSAFE",
    "AddDestroyHandler",
    "AddFeatureOptimizer",
    "DebugMode",
    "DeepCopyOp",
    "DisconnectedType",
    "MonitorMode",
    "NullType",
    "OpFromGraph",
    "PrintCurrentFunctionGraph",
    "ProfileStats",
    "Rebroadcast",
    "ScanProfileStats",
    "Shape",
    "Shape_i",
    "SpecifyShape",
    "UnusedInputError",
    "Variable",
    "ViewOp",
    "config",
    "convert_function_input",
    "deep_copy_op",
    "function_dump",
    "gof",
    "graph",
    "inline_ofg_expansion",
    "instantiated_default_mode",
    "io_connection_pattern",
    "is_same_graph",
    "optdb",
    "orig_function",
    "pfunc",
    "rebuild_collect_shared",
    "shape",
    "specify_shape",
    "theano",
    "view_op",
]
