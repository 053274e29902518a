"""theano.tensor.opt of Theano 1.0.5."""

import theano
from theano import compile, gof, scalar
from theano.configuration import config
from theano.gof import graph, opt, toolbox
from theano.gradient import DisconnectedType
from theano.graph import Constant, InconsistencyError, MethodNotDefined, Variable
from theano.legacy.adapters.navigators import TopoOptimizer, in2out
from theano.legacy.adapters.optimizer_databases import (
    register_canonicalize,
    register_specialize,
    register_specialize_device,
    register_stabilize,
    register_uncanonicalize,
    register_useless,
)
from theano.legacy.adapters.optimizers import Optimizer
from theano.legacy.adapters.rewriting_functions import copy_stack_trace, pre_constant_merge
from theano.scalar import basic
from theano.tensor import (
    AdvancedIncSubtensor,
    AdvancedIncSubtensor1,
    AdvancedSubtensor1,
    Alloc,
    DimShuffle,
    Elemwise,
    IncSubtensor,
    MakeVector,
    NotScalarConstantError,
    Reshape,
    Shape,
    Shape_i,
    Subtensor,
    TopKOp,
    advanced_inc_subtensor1,
    advanced_subtensor,
    advanced_subtensor1,
    extract_constant,
    get_scalar_constant_value,
)
from theano.tensor import basic as T
from theano.tensor.assertion import Assert, assert_, assert_op
from theano.tensor.type import (
    values_eq_approx_remove_inf,
    values_eq_approx_remove_inf_nan,
    values_eq_approx_remove_nan,
)

__all__ = [
    "AdvancedIncSubtensor",
    "AdvancedIncSubtensor1",
    "AdvancedSubtensor1",
    "Alloc",
    "Assert",
    "Constant",
    "DimShuffle",
    "DisconnectedType",
    "Elemwise",
    "IncSubtensor",
    "InconsistencyError",
    "MakeVector",
    "MethodNotDefined",
    "NotScalarConstantError",
    "Optimizer",
    "Reshape",
    "Shape",
    "Shape_i",
    "Subtensor",
    "T",
    "TopKOp",
    "TopoOptimizer",
    "Variable",
    "advanced_inc_subtensor1",
    "advanced_subtensor",
    "advanced_subtensor1",
    "assert_",
    "assert_op",
    "basic",
    "compile",
    "config",
    "copy_stack_trace",
    "extract_constant",
    "get_scalar_constant_value",
    "gof",
    "graph",
    "in2out",
    "opt",
    "pre_constant_merge",
    "register_canonicalize",
    "register_specialize",
    "register_specialize_device",
    "register_stabilize",
    "register_uncanonicalize",
    "register_useless",
    "scalar",
    "theano",
    "toolbox",
    "values_eq_approx_remove_inf",
    "values_eq_approx_remove_inf_nan",
    "values_eq_approx_remove_nan",
]
