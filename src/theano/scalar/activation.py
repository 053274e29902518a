"""Activation functions of neural networks that are functions of one number."""

from __future__ import annotations

from theano.scalar.arithmetic import switch
from theano.scalar.binary import inverse_power
from theano.scalar.complex import abs_, is_complex
from theano.scalar.dtype import floating, floating_of, number_like, real_floating
from theano.scalar.exponential import LN2, expm1, expm1_parts, log_of_difference
from theano.scalar.function import UNDEFINED, Samples, between, reals, scalar_function

# The three pieces of ultra_fast_sigmoid, of h = |x| / 2; they do not meet exactly.
_BEND, _END = 1.7, 3.0
_LINE_START, _LINE_SLOPE = 0.935409070603099, 0.0458812946797165
_LIMIT = 0.99505475368673


@scalar_function(result=real_floating, partials=lambda x, y: [y * (1 - y)], samples=reals, cost=20)
def sigmoid(xp, x):
    """1 / (1 + exp(-x)), exactly 0 and 1 in the limits.  int8, int16 -> float32; TypeError for complex."""
    e = xp.exp(-abs(x))  # never overflows
    return xp.where(x < 0, e, 1) / (1 + e)


@scalar_function(result=real_floating, partials=lambda x, y: [sigmoid(x)], samples=reals, operands="given", cost=40)
def softplus(xp, x):
    """log(1 + exp(x)), finite for all finite x.  int8, int16 -> float32; TypeError for complex.

    Of a bool it has the accuracy of float16, as in Theano 1.0.5.
    """
    dtype = str(x.dtype)
    return _softplus(xp, x.astype("float16" if dtype == "bool" else floating_of(dtype)))


@softplus.llvm
def _softplus(xp, x):
    return xp.maximum(x, 0) + xp.log1p(xp.exp(-abs(x)))


@scalar_function(
    result=real_floating,
    partials=lambda x, y, z: [sigmoid(x - y), sigmoid(y - x)],
    samples=(reals, reals),
    cost=40,
)
def logaddexp(xp, x, y):
    """log(exp(x) + exp(y)), without overflow.  int8, int16 -> float32; TypeError for complex.

    The error is small beside the larger of |x|, |y| and 1: the value may be near 0.
    """
    return xp.where(x == y, x + LN2, xp.maximum(x, y) + xp.log1p(xp.exp(-abs(x - y))))


@scalar_function(result=real_floating, partials=lambda x, y: [-1 / expm1(-x)], samples=between(-4.0, -0.05), cost=60)
def log1mexp(xp, x):
    """log(1 - exp(x)) for x <= 0: log(-expm1(x)) near 0, log1p(-exp(x)) below.  NaN for x > 0.

    int8, int16 -> float32; TypeError for complex.

    References
    ----------
    M. Maechler 2012, "Accurately computing log(1 - exp(-|a|))".
    """
    return xp.where(x > -LN2, xp.log(-xp.expm1(x)), xp.log1p(-xp.exp(x)))


@log1mexp.llvm
def _(b, x):
    """With one exponential and one logarithm: exp(x) = (1 + u) p q gives exp(x) - 1 = q (p u + (p - 1 / q)) too."""
    u, p, q = expm1_parts(b, x)
    is_near = x > -LN2
    return log_of_difference(b, is_near, -b.muladd(u, p, p - inverse_power(b, q)) * q, (1 + u) * p * q)


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [switch((x >= -2.5) & (x <= 2.5), number_like(x, 0.2), 0)],  # 0.2 at the bends
    samples=reals,
    cost=4,
)
def hard_sigmoid(xp, x):
    """x / 5 + 1/2 brought into [0, 1].  int8, int16 -> float32; TypeError for complex."""
    return xp.minimum(xp.maximum(0.2 * x + 0.5, 0), 1)


def _slope_of_ultra_fast_sigmoid(x):
    h = abs_(x) * number_like(x, 0.5)
    curve, line = number_like(x, 0.375) / ((1 + h) * (1 + h)), number_like(x, _LINE_SLOPE / 4)
    return switch(h < _BEND, curve, switch(h < _END, line, 0))


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [_slope_of_ultra_fast_sigmoid(x)],
    samples=reals,
    cost=12,
)
def ultra_fast_sigmoid(xp, x):
    """A rational curve near sigmoid(x), off by at most 0.05, that never reaches 0 or 1.  NaN counts as -inf.

    (1 + sign(x) z) / 2 with h = |x| / 2 and
        z = 1.5 h / (1 + h) below h = 1.7;  a straight line up to h = 3;  constant beyond.
    """
    h = abs(x) * 0.5
    line = _LINE_START + _LINE_SLOPE * (h - _BEND)
    z = xp.where(h < _BEND, 1.5 * h / (1 + h), xp.where(h < _END, line, _LIMIT))
    return 0.5 * (xp.where(x >= 0, z, -z) + 1)


@scalar_function(
    result=floating,
    partials=lambda x, y: [UNDEFINED if is_complex(x) else 1 / ((1 + abs_(x)) * (1 + abs_(x)))],
    samples=Samples(-4.0, 4.0, (1.0, -1.0)),
    cost=10,
)
def softsign(xp, x):
    """x / (1 + |x|).  int8, int16 -> float32; complex stays complex.  NaN at the infinities."""
    return x / (1 + abs(x))
