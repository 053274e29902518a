"""theano.tensor.blas of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano.compile.mode import optdb
from theano.configdefaults import config
from theano.gof import toolbox, utils
from theano.gof.fg import InconsistencyError
from theano.gof.graph import view_roots
from theano.gof.opt import EquilibriumOptimizer, Optimizer, in2out, inherit_stack_trace, local_optimizer
from theano.gof.optdb import SequenceDB
from theano.gof.params_type import ParamsType
from theano.gof.toolbox import ReplacementDidntRemovedError
from theano.printing import FunctionPrinter, debugprint, pprint
from theano.tensor import basic as T
from theano.tensor.type import values_eq_approx_remove_inf_nan

__all__ = [
    "EquilibriumOptimizer",
    "FunctionPrinter",
    "InconsistencyError",
    "Optimizer",
    "ParamsType",
    "ReplacementDidntRemovedError",
    "SequenceDB",
    "T",
    "config",
    "debugprint",
    "in2out",
    "inherit_stack_trace",
    "local_optimizer",
    "optdb",
    "pprint",
    "theano",
    "toolbox",
    "utils",
    "values_eq_approx_remove_inf_nan",
    "view_roots",
]
