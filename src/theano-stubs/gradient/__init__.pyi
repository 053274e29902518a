"""Derivatives of expressions: reverse mode, forward mode, Jacobians, and checks of them against differences."""

import numpy
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from theano import DTypeMismatch
from theano import ShapeMismatch
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Type
from theano.graph import Variable as _graph_Variable
from theano.graph._inner_graph import InnerGraph
from theano.tensor import TensorVariable
from typing import Any
from typing import overload

__all__ = ['Barrier', 'ConsiderConstant', 'DisconnectedGrad', 'DisconnectedInputError', 'DisconnectedType', 'GradClip', 'GradScale', 'GradientError', 'Lop', 'NullType', 'NullTypeGradError', 'OpFromGraph', 'Rop', 'UndefinedGrad', 'ZeroGrad', 'checkpoint', 'consider_constant', 'consider_constant_', 'disconnected_grad', 'disconnected_grad_', 'disconnected_type', 'format_as', 'grad', 'grad_clip', 'grad_not_implemented', 'grad_scale', 'grad_undefined', 'hessian', 'hessian_vector_product', 'jacobian', 'null_type', 'numeric_grad', 'subgraph_grad', 'undefined_grad', 'undefined_grad_', 'verify_grad', 'zero_grad', 'zero_grad_']
class Barrier(Op):
    """out = x, any type; subclasses say what becomes of the cotangent.  Once gradients are taken, x will do."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class ConsiderConstant(Barrier):
    """vjp: zeros."""
class DisconnectedGrad(Barrier):
    """vjp: none; the cost counts as independent of x."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class DisconnectedInputError(ShapeMismatch, ValueError):
    """A gradient was asked for a variable that the cost does not depend on by differentiable operations."""
class DisconnectedType(Type):
    """The type of a cotangent that is not there: the cost does not depend on the variable."""
    def filter_variable(self, other: TensorLike, allow_convert: bool = True) -> TensorVariable: ...
    fiter_variable = filter_variable
    @staticmethod
    def may_share_memory(a: TensorLike, b: TensorLike) -> bool: ...
    @staticmethod
    def value_eq(a: TensorLike, b: TensorLike, force_same_dtype: bool = True) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class GradClip(Barrier):
    """vjp: dout, clipped elementwise to [clip_lower_bound, clip_upper_bound]."""
    clip_lower_bound: Any
    clip_upper_bound: Any
    def __init__(self, clip_lower_bound: Any, clip_upper_bound: Any) -> None: ...
class GradScale(Barrier):
    """vjp: multiplier * dout."""
    multiplier: Any
    def __init__(self, multiplier: TensorLike) -> None: ...
class GradientError(Exception):
    """A gradient differs from the difference quotient."""
    arg: Any
    err_pos: Any
    shape: Any
    val1: Any
    val2: Any
    abs_err: Any
    rel_err: Any
    abs_tol: Any
    rel_tol: Any
    def __init__(self, arg: int, err_pos: int, shape: tuple[int, ...], val1: float, val2: float, abs_err: float, rel_err: float, abs_tol: float, rel_tol: float) -> None: ...
def Lop(f: Any, wrt: Any, eval_points: Any, consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> Any:
    """eval_points . df/dwrt: the vector-Jacobian product, of wrt's kind (variable, list or tuple)."""
class NullType(Type):
    """The type of a cotangent that is undefined or not implemented; ``why_null`` says why.  It has no values."""
    why_null: str
    def __init__(self, why_null: str = '(no explanation given)') -> None: ...
    def filter_variable(self, other: TensorLike, allow_convert: bool = True) -> TensorVariable: ...
    @staticmethod
    def may_share_memory(a: TensorLike, b: TensorLike) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class NullTypeGradError(DTypeMismatch, TypeError):
    """A gradient was asked for that is undefined, or that no one has written."""
class OpFromGraph(InnerGraph):
    """outputs = graph(inputs), an op that is used as any other."""
    is_inline: bool
    name: str | None
    lop_overrides: Any
    grad_overrides: Any
    rop_overrides: Any
    def __init__(self, inputs: Sequence[_graph_Variable], outputs: Sequence[_graph_Variable], inline: bool = False, lop_overrides: Any = 'default', grad_overrides: Any = 'default', rop_overrides: Any = 'default', connection_pattern: list[list[bool]] | None = None, name: str | None = None, **kwargs: Any) -> None: ...
    def set_lop_overrides(self, lop_overrides: Any) -> None:
        """Set the functions (inputs, outputs, output_grads) that stand for the gradient."""
    def set_grad_overrides(self, grad_overrides: Any) -> None:
        """Set the functions (inputs, output_grads) that stand for the gradient."""
    def set_rop_overrides(self, rop_overrides: Any) -> None:
        """Set the functions (inputs, eval_points) that stand for forward mode."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        """[input][output] -> whether a gradient flows; an input with a gradient of its own counts for all outputs."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def get_lop_op(self) -> OpFromGraph:
        """The gradient as an op: (inputs, outputs, output_grads) -> cotangents of the inputs that have one."""
    def get_rop_op(self) -> OpFromGraph:
        """Forward mode as an op: (inputs, eval_points) -> tangents of the outputs that have one."""
def Rop(f: Any, wrt: Any, eval_points: Any, disconnected_outputs: str = 'raise', return_disconnected: str = 'zero') -> Any:
    """df/dwrt . eval_points: the Jacobian-vector product, of f's kind (variable, list or tuple)."""
class UndefinedGrad(Barrier):
    """vjp: undefined; whoever needs it gets an error."""
class ZeroGrad(ConsiderConstant):
    """vjp: zeros."""
def checkpoint(f: Callable[..., Any], *inputs: Any) -> TensorVariable:
    """``f(*inputs)``, computed a second time for gradients: of what it computes on its way nothing is kept for them."""
def consider_constant(x: TensorLike) -> TensorVariable:
    """``x``, taken as a constant by gradients: zeros flow back."""
consider_constant_: ConsiderConstant
def disconnected_grad(x: TensorLike) -> TensorVariable:
    """``x``, through which nothing flows back: a gradient for what lies behind it alone is an error."""
disconnected_grad_: DisconnectedGrad
disconnected_type: DisconnectedType
def format_as(use_list: bool, use_tuple: bool, outputs: Any) -> Any:
    """``outputs`` as a list, as a tuple, or alone."""
@overload
def grad(cost: _graph_Variable | None, wrt: _graph_Variable, consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise', add_names: bool = True, known_grads: Mapping[Any, Any] | None = None, return_disconnected: str = 'zero', null_gradients: str = 'raise') -> TensorVariable: ...
@overload
def grad(cost: _graph_Variable | None, wrt: list[Any], consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise', add_names: bool = True, known_grads: Mapping[Any, Any] | None = None, return_disconnected: str = 'zero', null_gradients: str = 'raise') -> list[TensorVariable]: ...
@overload
def grad(cost: _graph_Variable | None, wrt: tuple[Any, ...], consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise', add_names: bool = True, known_grads: Mapping[Any, Any] | None = None, return_disconnected: str = 'zero', null_gradients: str = 'raise') -> tuple[TensorVariable, ...]: ...
def grad_clip(x: TensorLike, lower_bound: TensorLike, upper_bound: TensorLike) -> TensorVariable:
    """``x``; what flows back is clipped elementwise to [lower_bound, upper_bound]."""
def grad_not_implemented(op: Op, x_pos: int, x: _graph_Variable, comment: str = '') -> TensorVariable:
    """For L_op: the cotangent of input ``x`` at position ``x_pos`` exists, but no one has written it."""
def grad_scale(x: TensorLike, multiplier: TensorLike) -> TensorVariable:
    """``x``; what flows back is multiplied by ``multiplier``: -1 for a gradient reversal."""
def grad_undefined(op: Op, x_pos: int, x: _graph_Variable, comment: str = '') -> TensorVariable:
    """For L_op: the cotangent of input ``x`` at position ``x_pos`` does not exist mathematically."""
@overload
def hessian(cost: _graph_Variable, wrt: _graph_Variable, consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> TensorVariable: ...
@overload
def hessian(cost: _graph_Variable, wrt: list[Any], consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> list[TensorVariable]: ...
@overload
def hessian(cost: _graph_Variable, wrt: tuple[Any, ...], consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> tuple[TensorVariable, ...]: ...
def hessian_vector_product(cost: _graph_Variable, wrt: Any, p: TensorLike, consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> TensorVariable:
    """H p, H[i, j] = d2 cost / (d wrt[i] d wrt[j]): without H, at a few times the cost of the gradient."""
@overload
def jacobian(expression: _graph_Variable, wrt: _graph_Variable, consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> TensorVariable: ...
@overload
def jacobian(expression: _graph_Variable, wrt: list[Any], consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> list[TensorVariable]: ...
@overload
def jacobian(expression: _graph_Variable, wrt: tuple[Any, ...], consider_constant: Iterable[_graph_Variable] | None = None, disconnected_inputs: str = 'raise') -> tuple[TensorVariable, ...]: ...
null_type: NullType
class numeric_grad:
    """The gradient of ``f``, a function of arrays with a number as its value, at ``pt`` by central differences."""
    gf: Any
    def __init__(self, f: Callable[..., Any], pt: Any, eps: float | None = None, out_type: str | None = None) -> None: ...
    @staticmethod
    def abs_rel_err(a: TensorLike, b: TensorLike) -> tuple[numpy.ndarray, numpy.ndarray]:
        """|a - b|, and that over |a| + |b|."""
    def abs_rel_errors(self, g_pt: Any) -> list[tuple[numpy.ndarray, numpy.ndarray]]:
        """The errors of the gradients ``g_pt``, argument by argument."""
    def max_err(self, g_pt: Any, abs_tol: float, rel_tol: float) -> tuple[int, int, float, float]:
        """(argument, flat position, absolute error, relative error) where ``g_pt`` is worst against the tolerances."""
def subgraph_grad(wrt: Sequence[_graph_Variable], end: Sequence[_graph_Variable], start: Mapping[_graph_Variable, _graph_Variable] | None = None, cost: _graph_Variable | None = None, details: bool = False) -> tuple[Any, ...]:
    """Gradients through a part of a graph: from ``start`` (and ``cost``) back to ``end``."""
def undefined_grad(x: TensorLike) -> TensorVariable:
    """``x``, whose gradient is undefined: asking for it is an error."""
undefined_grad_: UndefinedGrad
def verify_grad(fun: Callable[..., Any], pt: Sequence[Any], n_tests: int = 2, rng: Any = None, eps: float | None = None, out_type: str | None = None, abs_tol: float | None = None, rel_tol: float | None = None, mode: Any = None, cast_to_output_type: bool = False, no_debug_ref: bool = True) -> Any:
    """Check the gradient of ``fun`` at the point ``pt`` against differences."""
def zero_grad(x: TensorLike) -> TensorVariable:
    """``x``, through which zeros flow back; the second derivative is zero too."""
zero_grad_: ZeroGrad
from theano.compile.debugmode import DebugMode as DebugMode
from theano.compile.mode import FAST_RUN as FAST_RUN
from theano.graph import Variable as Variable
from theano.compile import ViewOp as ViewOp
def get_debug_values(*args: Any) -> list[tuple[Any, ...]]:
    """[the test values of ``args``], or [] when test values are off or one is missing."""
from theano.compile.mode import get_mode as get_mode
