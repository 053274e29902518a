"""Hyperbolic functions and their inverses."""

from __future__ import annotations

from theano.scalar.dtype import floating
from theano.scalar.function import above, between, reals, scalar_function
from theano.scalar.power import sqrt


@scalar_function(result=floating, partials=lambda x, y: [cosh(x)], samples=reals, cost=16)
def sinh(xp, x):
    """(exp(x) - exp(-x)) / 2"""
    return xp.sinh(x)


@scalar_function(result=floating, partials=lambda x, y: [sinh(x)], samples=reals, cost=16)
def cosh(xp, x):
    """(exp(x) + exp(-x)) / 2"""
    return xp.cosh(x)


@scalar_function(result=floating, partials=lambda x, y: [1 - y * y], samples=reals, cost=16)
def tanh(xp, x):
    """Hyperbolic tangent, sinh(x) / cosh(x): odd, with values in (-1, 1)."""
    return xp.tanh(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / sqrt(x * x + 1)], samples=reals, cost=20)
def arcsinh(xp, x):
    """The x whose sinh it is: log(x + sqrt(x * x + 1))."""
    return xp.arcsinh(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / sqrt(x * x - 1)], samples=above(1), cost=20)
def arccosh(xp, x):
    """log(x + sqrt(x * x - 1)), for x >= 1; NaN below."""
    return xp.arccosh(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / (1 - x * x)], samples=between(-0.9, 0.9), cost=20)
def arctanh(xp, x):
    """log((1 + x) / (1 - x)) / 2, for |x| <= 1."""
    return xp.arctanh(x)
