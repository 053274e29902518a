"""theano.gof.opt of Theano 1.0.5."""

import theano
from theano.configuration import config
from theano.gof import graph, op, toolbox, utils
from theano.graph import InconsistencyError
from theano.graph.walk import is_same_graph as is_same_graph_with_merge
from theano.legacy.adapters.local_optimizers import (
    FromFunctionLocalOptimizer,
    LocalOptGroup,
    LocalOptimizer,
    OpRemove,
    OpSub,
    local_optimizer,
)
from theano.legacy.adapters.navigators import (
    EquilibriumOptimizer,
    NavigatorOptimizer,
    OpKeyOptimizer,
    TopoOptimizer,
    in2out,
    out2in,
)
from theano.legacy.adapters.optimizers import (
    FromFunctionOptimizer,
    MergeOptimizer,
    Optimizer,
    SeqOptimizer,
    inplace_optimizer,
    optimizer,
)
from theano.legacy.adapters.pattern_sub import PatternSub
from theano.legacy.adapters.rewriting_functions import (
    check_chain,
    copy_stack_trace,
    inherit_stack_trace,
    pre_constant_merge,
)
from theano.misc.ordered_set import OrderedSet

__all__ = [
    "EquilibriumOptimizer",
    "FromFunctionLocalOptimizer",
    "FromFunctionOptimizer",
    "InconsistencyError",
    "LocalOptGroup",
    "LocalOptimizer",
    "MergeOptimizer",
    "NavigatorOptimizer",
    "OpKeyOptimizer",
    "OpRemove",
    "OpSub",
    "Optimizer",
    "OrderedSet",
    "PatternSub",
    "SeqOptimizer",
    "TopoOptimizer",
    "check_chain",
    "config",
    "copy_stack_trace",
    "graph",
    "in2out",
    "inherit_stack_trace",
    "inplace_optimizer",
    "is_same_graph_with_merge",
    "local_optimizer",
    "op",
    "optimizer",
    "out2in",
    "pre_constant_merge",
    "theano",
    "toolbox",
    "utils",
]
