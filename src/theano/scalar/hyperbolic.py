"""Hyperbolic functions and their inverses."""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.arithmetic import sqr
from theano.scalar.binary import inverse_power
from theano.scalar.complex import is_complex
from theano.scalar.dtype import floating
from theano.scalar.exponential import LN2, expm1_parts
from theano.scalar.function import above, between, reals, scalar_function
from theano.scalar.power import sqrt

# where 1 is negligible beside x, so that log(2 x) is as good, and x**2 still finite
LARGE = {"float32": 2.0**30, "float64": 2.0**60}


@scalar_function(result=floating, partials=lambda x, y: [1 - sqr(y)], samples=reals, cost=30)
def tanh(xp, x):
    """Hyperbolic tangent, ``sinh(x) / cosh(x)``: odd, with values in (-1, 1)."""
    return xp.tanh(x)


@tanh.llvm
def _(b, x):
    """e / (e + 2), e = expm1(2 min(|x|, 22)), with the sign of x.  2.0 ulp, float32 2.1."""
    t = b.fabs(x)
    t = b.where(t > 22, 22, t)  # tanh(22) rounds to 1; beyond, expm1 would overflow; NaN stays
    e = b.expm1(2 * t)
    return b.copysign(e / (e + 2), x)


def half_exp_parts(b: Any, x: Any) -> tuple[Any, Any]:
    """(expm1(|x|), exp(|x|) / 2); the second is finite as long as sinh and cosh are."""
    u, p, q = expm1_parts(b, b.fabs(x))
    return b.muladd(u, p, p - inverse_power(b, q)) * q, (1 + u) * p * (0.5 * q)


@scalar_function(result=floating, partials=lambda x, y: [cosh(x)], samples=reals, cost=30)
def sinh(xp, x):
    """(exp(x) - exp(-x)) / 2.  int8, int16 -> float32; complex stays complex."""
    return xp.sinh(x)


@sinh.llvm
def _(b, x):
    """(e + e / (e + 1)) / 2 with e = expm1(|x|); exp(|x|) / 2 where that is the same.

    2.1 ulp, float32 1.7.
    """
    e, half = half_exp_parts(b, x)
    return b.copysign(b.where(b.fabs(x) > 22, half, 0.5 * (e + e / (e + 1))), x)


@scalar_function(result=floating, partials=lambda x, y: [sinh(x)], samples=reals, cost=30)
def cosh(xp, x):
    """(exp(x) + exp(-x)) / 2.  int8, int16 -> float32; complex stays complex."""
    return xp.cosh(x)


@cosh.llvm
def _(b, x):
    """t + 1 / (4 t) with t = exp(|x|) / 2.  1.4 ulp, float32 1.4."""
    _, half = half_exp_parts(b, x)
    return half + 0.25 / half


@scalar_function(result=floating, partials=lambda x, y: [1 / sqrt(sqr(x) + 1)], samples=reals, cost=45)
def arcsinh(xp, x):
    """log(x + sqrt(x**2 + 1)), odd.  int8, int16 -> float32; complex stays complex."""
    return xp.arcsinh(x)


@arcsinh.llvm
def _(b, x):
    """log1p(t + t**2 / (1 + sqrt(1 + t**2))), t = |x|; log1p(t) + log 2 for large t.

    1.3 ulp, float32 1.4.
    """
    t = b.fabs(x)
    square, is_large = t * t, t > LARGE[x.dtype]
    y = b.log1p(b.where(is_large, t, t + square / (1 + b.sqrt(1 + square))))
    return b.copysign(y + b.where(is_large, LN2, b.constant(0, x.dtype)), x)


@scalar_function(
    result=floating,
    # for complex numbers the branch that belongs to arccosh
    partials=lambda x, y: [1 / (sqrt(x - 1) * sqrt(x + 1)) if is_complex(x) else 1 / sqrt(sqr(x) - 1)],
    samples=above(1),
    cost=45,
)
def arccosh(xp, x):
    """log(x + sqrt(x**2 - 1)) >= 0; NaN for x < 1.  int8, int16 -> float32; complex stays complex."""
    return xp.arccosh(x)


@arccosh.llvm
def _(b, x):
    """log1p(t + sqrt(2 t + t**2)), t = x - 1; log1p(t) + log 2 for large t.  1.7 ulp, float32 1.5."""
    t, is_large = x - 1, x > LARGE[x.dtype]
    y = b.log1p(b.where(is_large, t, t + b.sqrt(b.muladd(t, t, 2 * t))))
    y = y + b.where(is_large, LN2, b.constant(0, x.dtype))
    return b.where(x < 1, b.constant(math.nan, x.dtype), y)


@scalar_function(
    result=floating, partials=lambda x, y: [1 / (1 - sqr(x))], samples=between(-0.95, 0.95), cost=40
)
def arctanh(xp, x):
    """log((1 + x) / (1 - x)) / 2; infinite at -1 and 1, NaN beyond.  int8, int16 -> float32."""
    return xp.arctanh(x)


@arctanh.llvm
def _(b, x):
    """log1p(2 t + 2 t**2 / (1 - t)) / 2, t = |x|.  1.5 ulp, float32 1.6."""
    t = b.fabs(x)
    y = 0.5 * b.log1p(b.muladd(2 * t, t / (1 - t), 2 * t))
    return b.copysign(b.where(t > 1, b.constant(math.nan, x.dtype), y), x)
