"""theano.scan_module.scan_utils of Theano 1.0.5."""

import theano
from theano import compat, gof, scalar, tensor
from theano.compile import clone
from theano.graph.walk import equal_computations
from theano.legacy.adapters.function_parts import rebuild_collect_shared
from theano.legacy.adapters.scan_functions import (
    expand_empty,
    forced_replace,
    get_updates_and_outputs,
    hash_listsDictsTuples,
    infer_shape,
    isNaN_or_Inf_or_None,
    map_variables,
    reconstruct_graph,
    safe_new,
    traverse,
)
from theano.scanning import until
from theano.tensor import get_scalar_constant_value

__all__ = [
    "clone",
    "compat",
    "equal_computations",
    "expand_empty",
    "forced_replace",
    "get_scalar_constant_value",
    "get_updates_and_outputs",
    "gof",
    "hash_listsDictsTuples",
    "infer_shape",
    "isNaN_or_Inf_or_None",
    "map_variables",
    "rebuild_collect_shared",
    "reconstruct_graph",
    "safe_new",
    "scalar",
    "tensor",
    "theano",
    "traverse",
    "until",
]
