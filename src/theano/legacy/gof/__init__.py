"""theano.gof of Theano 1.0.5."""

import theano
from theano.compile import Container
from theano.compile.mode import Linker
from theano.gof import fg, graph, link, null_type, op, opt, optdb, params_type, toolbox, type, utils
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
from theano.legacy.adapters.c_classes import CEnumType, COp, EnumList, EnumType, OpenMPOp, Params, ParamsType
from theano.legacy.adapters.gof_functions import hashtype, object2
from theano.legacy.adapters.graph_features import (
    Bookkeeper,
    Feature,
    History,
    NodeFinder,
    PrintListener,
    ReplacementDidntRemovedError,
    ReplaceValidate,
    Validator,
)
from theano.legacy.adapters.local_optimizers import (
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
)
from theano.legacy.adapters.optimizer_databases import (
    DB,
    EquilibriumDB,
    LocalGroupDB,
    ProxyDB,
    Query,
    SequenceDB,
)
from theano.legacy.adapters.optimizers import (
    MergeOptimizer,
    Optimizer,
    SeqOptimizer,
    inplace_optimizer,
    optimizer,
)
from theano.legacy.adapters.pattern_sub import PatternSub

__all__ = [
    "DB",
    "Apply",
    "Bookkeeper",
    "CEnumType",
    "COp",
    "Constant",
    "Container",
    "EnumList",
    "EnumType",
    "EquilibriumDB",
    "EquilibriumOptimizer",
    "Feature",
    "FunctionGraph",
    "Generic",
    "History",
    "InconsistencyError",
    "Linker",
    "LocalGroupDB",
    "LocalOptGroup",
    "LocalOptimizer",
    "MergeOptimizer",
    "MethodNotDefined",
    "MissingInputError",
    "NavigatorOptimizer",
    "NodeFinder",
    "Op",
    "OpKeyOptimizer",
    "OpRemove",
    "OpSub",
    "OpenMPOp",
    "Optimizer",
    "Params",
    "ParamsType",
    "PatternSub",
    "PrintListener",
    "ProxyDB",
    "PureOp",
    "Query",
    "ReplaceValidate",
    "ReplacementDidntRemovedError",
    "SeqOptimizer",
    "SequenceDB",
    "TopoOptimizer",
    "Type",
    "Validator",
    "Variable",
    "fg",
    "generic",
    "graph",
    "hashtype",
    "inplace_optimizer",
    "link",
    "local_optimizer",
    "null_type",
    "object2",
    "op",
    "opt",
    "optdb",
    "optimizer",
    "params_type",
    "theano",
    "toolbox",
    "type",
    "utils",
    "view_roots",
]
