"""theano.tensor.opt of Theano 1.0.5."""

from theano.configuration import config
from theano.gradient import DisconnectedType
from theano.graph import Constant, InconsistencyError, MethodNotDefined, Variable
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
    "Reshape",
    "Shape",
    "Shape_i",
    "Subtensor",
    "TopKOp",
    "Variable",
    "advanced_inc_subtensor1",
    "advanced_subtensor",
    "advanced_subtensor1",
    "assert_",
    "assert_op",
    "config",
    "extract_constant",
    "get_scalar_constant_value",
    "values_eq_approx_remove_inf",
    "values_eq_approx_remove_inf_nan",
    "values_eq_approx_remove_nan",
]
