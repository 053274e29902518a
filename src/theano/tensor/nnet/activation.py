"""Activation functions of neural networks, elementwise on tensors."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.graph import Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import abs_, expm1, mul, switch
from theano.tensor.elemwise import elemwise_of

__all__ = ["elu", "hard_sigmoid", "relu", "selu", "sigmoid", "softplus", "softsign", "ultra_fast_sigmoid"]

sigmoid = elemwise_of(scalar.sigmoid, name="sigmoid")
softplus = elemwise_of(scalar.softplus, name="softplus")
hard_sigmoid = elemwise_of(scalar.hard_sigmoid)
ultra_fast_sigmoid = elemwise_of(scalar.ultra_fast_sigmoid, name="ultra_fast_sigmoid")
softsign = elemwise_of(scalar.softsign)

# Klambauer et al. 2017, "Self-normalizing neural networks": keep mean 0 and variance 1 from layer to layer.
_SELU_SCALE = 1.0507009873554804934193349852946
_SELU_ALPHA = 1.6732632423543772848170429916717


def relu(x: Any, alpha: Any = 0) -> Variable:
    """max(x, alpha x), for alpha <= 1: the rectifier; ``alpha`` is the slope below 0.

    alpha  number or tensor, learned or not
    out    floating: float32 for float16 and small integers, float64 for int32 and int64

    Written as (x + |x|) / 2, so the derivative at 0 is the mean of the two slopes, and -inf gives NaN.
    """
    x = as_tensor_variable(x)
    if not isinstance(alpha, Variable) and getattr(alpha, "ndim", 0) == 0 and alpha == 0:
        return 0.5 * (x + abs_(x))
    alpha = as_tensor_variable(alpha)
    return 0.5 * (1 + alpha) * x + 0.5 * (1 - alpha) * abs_(x)


def elu(x: Any, alpha: Any = 1) -> Variable:
    """x where x > 0, else alpha (exp(x) - 1): the exponential linear unit (Clevert et al. 2015)."""
    x = as_tensor_variable(x)
    return switch(x > 0, x, alpha * expm1(x))


def selu(x: Any) -> Variable:
    """scale * elu(x, alpha) with the two constants of Klambauer et al. 2017.  float64 under floatX=float64."""
    return mul(_SELU_SCALE, elu(x, _SELU_ALPHA))
