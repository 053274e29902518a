"""Derivatives of expressions: reverse mode, forward mode, Jacobians, and checks of them against differences."""

from importlib import import_module as _import_module

from theano.legacy import extend_path
from theano.legacy import old_names as _serve_old_names

__path__ = extend_path(__path__, __name__)

from theano.gradient.barrier import (
    Barrier,
    ConsiderConstant,
    DisconnectedGrad,
    GradClip,
    GradScale,
    UndefinedGrad,
    ZeroGrad,
    consider_constant,
    consider_constant_,
    disconnected_grad,
    disconnected_grad_,
    grad_clip,
    grad_scale,
    undefined_grad,
    undefined_grad_,
    zero_grad,
    zero_grad_,
)
from theano.gradient.reverse import format_as, grad, subgraph_grad
from theano.gradient.types import (
    DisconnectedInputError,
    DisconnectedType,
    NullType,
    NullTypeGradError,
    disconnected_type,
    grad_not_implemented,
    grad_undefined,
    null_type,
)

_old_names = _serve_old_names(__name__)

# Names whose files are imported when somebody asks for one: a program that is fitted needs ``grad`` alone.
_ELSEWHERE = {
    "GradientError": "theano.gradient.verify",
    "Lop": "theano.gradient.forward",
    "OpFromGraph": "theano.gradient.op_from_graph",
    "Rop": "theano.gradient.forward",
    "checkpoint": "theano.gradient.recomputation",
    "hessian": "theano.gradient.jacobians",
    "hessian_vector_product": "theano.gradient.jacobians",
    "jacobian": "theano.gradient.jacobians",
    "numeric_grad": "theano.gradient.verify",
    "verify_grad": "theano.gradient.verify",
}

__all__ = [
    "Barrier",
    "ConsiderConstant",
    "DisconnectedGrad",
    "DisconnectedInputError",
    "DisconnectedType",
    "GradClip",
    "GradScale",
    "GradientError",
    "Lop",
    "NullType",
    "NullTypeGradError",
    "OpFromGraph",
    "Rop",
    "UndefinedGrad",
    "ZeroGrad",
    "checkpoint",
    "consider_constant",
    "consider_constant_",
    "disconnected_grad",
    "disconnected_grad_",
    "disconnected_type",
    "format_as",
    "grad",
    "grad_clip",
    "grad_not_implemented",
    "grad_scale",
    "grad_undefined",
    "hessian",
    "hessian_vector_product",
    "jacobian",
    "null_type",
    "numeric_grad",
    "subgraph_grad",
    "undefined_grad",
    "undefined_grad_",
    "verify_grad",
    "zero_grad",
    "zero_grad_",
]


def __getattr__(name: str) -> object:
    if name in _ELSEWHERE:
        return getattr(_import_module(_ELSEWHERE[name]), name)
    return _old_names(name)
