"""Exponentials and logarithms."""

from __future__ import annotations

import math

from theano.scalar.dtype import floating
from theano.scalar.function import above, positive, reals, scalar_function

LN2, LN10 = math.log(2.0), math.log(10.0)


@scalar_function(result=floating, partials=lambda x, y: [y], samples=reals, cost=12)
def exp(xp, x):
    """e to the power x; 0 at -inf."""
    return xp.exp(x)


@scalar_function(result=floating, partials=lambda x, y: [y * LN2], samples=reals, cost=12)
def exp2(xp, x):
    """2 to the power x."""
    return xp.exp2(x)


@scalar_function(result=floating, partials=lambda x, y: [y + 1], samples=reals, cost=14)
def expm1(xp, x):
    """exp(x) - 1, exact near 0."""
    return xp.expm1(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / x], samples=positive, cost=12)
def log(xp, x):
    """The natural logarithm; -inf at 0, NaN below."""
    return xp.log(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / (x * LN2)], samples=positive, cost=12)
def log2(xp, x):
    """The logarithm to base 2."""
    return xp.log2(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / (x * LN10)], samples=positive, cost=12)
def log10(xp, x):
    """The logarithm to base 10."""
    return xp.log10(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / (1 + x)], samples=above(-1), cost=14)
def log1p(xp, x):
    """log(1 + x), exact near 0; -inf at -1."""
    return xp.log1p(x)
