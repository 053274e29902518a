"""Derivatives of expressions: reverse mode, forward mode, Jacobians, and checks of them against differences."""


from theano.legacy import extend_path, old_names

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
from theano.gradient.checkpoint import checkpoint
from theano.gradient.forward import Lop, Rop
from theano.gradient.jacobian import hessian, hessian_vector_product, jacobian
from theano.gradient.op_from_graph import OpFromGraph
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
from theano.gradient.verify import GradientError, numeric_grad, verify_grad

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

__getattr__ = old_names(__name__)
