"""theano.tensor.opt of Theano 1.0.5."""

from theano.graph import Op
from theano.graph import Variable as _graph_Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['AdvancedIncSubtensor', 'AdvancedIncSubtensor1', 'AdvancedSubtensor1', 'Alloc', 'Assert', 'Constant', 'DimShuffle', 'DisconnectedType', 'Elemwise', 'IncSubtensor', 'InconsistencyError', 'MakeVector', 'MethodNotDefined', 'NotScalarConstantError', 'Optimizer', 'Reshape', 'Shape', 'Shape_i', 'Subtensor', 'TopKOp', 'TopoOptimizer', 'Variable', 'advanced_inc_subtensor1', 'advanced_subtensor', 'advanced_subtensor1', 'assert_', 'assert_op', 'config', 'copy_stack_trace', 'extract_constant', 'get_scalar_constant_value', 'in2out', 'pre_constant_merge', 'register_canonicalize', 'register_specialize', 'register_specialize_device', 'register_stabilize', 'register_uncanonicalize', 'register_useless', 'values_eq_approx_remove_inf', 'values_eq_approx_remove_inf_nan', 'values_eq_approx_remove_nan']
from theano.tensor import AdvancedIncSubtensor as AdvancedIncSubtensor
from theano.tensor import AdvancedIncSubtensor1 as AdvancedIncSubtensor1
from theano.tensor import AdvancedSubtensor1 as AdvancedSubtensor1
from theano.tensor import Alloc as Alloc
class Assert(Op):
    """out = value; at run time AssertionError(msg) unless all conditions hold."""
    msg: str
    def __init__(self, msg: str = 'Theano Assert failed!') -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.graph import Constant as Constant
from theano.tensor import DimShuffle as DimShuffle
from theano.gradient import DisconnectedType as DisconnectedType
from theano.tensor.elemwise import Elemwise as Elemwise
from theano.tensor.subtensor import IncSubtensor as IncSubtensor
from theano.graph import InconsistencyError as InconsistencyError
from theano.tensor import MakeVector as MakeVector
from theano.graph import MethodNotDefined as MethodNotDefined
from theano.tensor import NotScalarConstantError as NotScalarConstantError
from theano.gof import Optimizer as Optimizer
from theano.tensor import Reshape as Reshape
from theano.tensor import Shape as Shape
from theano.tensor import Shape_i as Shape_i
from theano.tensor.subtensor import Subtensor as Subtensor
from theano.tensor.sort import TopKOp as TopKOp
from theano.gof import TopoOptimizer as TopoOptimizer
from theano.graph import Variable as Variable
from theano.tensor import advanced_inc_subtensor1 as advanced_inc_subtensor1
from theano.tensor import advanced_subtensor as advanced_subtensor
from theano.tensor import advanced_subtensor1 as advanced_subtensor1
assert_: Assert
assert_op = assert_
from theano.configuration import config as config
from theano.gof.opt import copy_stack_trace as copy_stack_trace
from theano.tensor import extract_constant as extract_constant
from theano.tensor import get_scalar_constant_value as get_scalar_constant_value
from theano.gof.opt import in2out as in2out
from theano.gof.opt import pre_constant_merge as pre_constant_merge
def register_canonicalize(lopt: Any, *tags: str, **kwargs: Any) -> Any:
    """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
def register_specialize(lopt: Any, *tags: str, **kwargs: Any) -> Any:
    """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
def register_specialize_device(lopt: Any, *tags: str, **kwargs: Any) -> Any:
    """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
def register_stabilize(lopt: Any, *tags: str, **kwargs: Any) -> Any:
    """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
def register_uncanonicalize(lopt: Any, *tags: str, **kwargs: Any) -> Any:
    """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
def register_useless(lopt: Any, *tags: str, **kwargs: Any) -> Any:
    """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
from theano.tensor.type import values_eq_approx_remove_inf as values_eq_approx_remove_inf
from theano.tensor.type import values_eq_approx_remove_inf_nan as values_eq_approx_remove_inf_nan
from theano.tensor.type import values_eq_approx_remove_nan as values_eq_approx_remove_nan
