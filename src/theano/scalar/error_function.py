"""The error function and its relatives.  SciPy gives their values."""

from __future__ import annotations

import math

from theano.scalar.dtype import floating, real_floating
from theano.scalar.exponential import exp
from theano.scalar.function import between, reals, scalar_function

TWO_OVER_ROOT_PI = 2.0 / math.sqrt(math.pi)
HALF_ROOT_PI = math.sqrt(math.pi) / 2.0


@scalar_function(result=floating, partials=lambda x, y: [TWO_OVER_ROOT_PI * exp(-x * x)], samples=reals, cost=24)
def erf(xp, x):
    """2 / sqrt(pi) * integral of exp(-t * t) for t from 0 to x."""
    from scipy import special

    return special.erf(x)


@scalar_function(
    result=real_floating, partials=lambda x, y: [-TWO_OVER_ROOT_PI * exp(-x * x)], samples=reals, cost=28
)
def erfc(xp, x):
    """1 - erf(x), exact where that is tiny."""
    from scipy import special

    return special.erfc(x)


@scalar_function(
    result=real_floating, partials=lambda x, y: [2 * x * y - TWO_OVER_ROOT_PI], samples=reals, cost=30
)
def erfcx(xp, x):
    """exp(x * x) * erfc(x)"""
    from scipy import special

    return special.erfcx(x)


@scalar_function(
    result=real_floating, partials=lambda x, y: [HALF_ROOT_PI * exp(y * y)], samples=between(-0.9, 0.9), cost=30
)
def erfinv(xp, x):
    """The number whose erf is x, for |x| <= 1."""
    from scipy import special

    return special.erfinv(x)


@scalar_function(
    result=real_floating, partials=lambda x, y: [-HALF_ROOT_PI * exp(y * y)], samples=between(0.1, 1.9), cost=30
)
def erfcinv(xp, x):
    """The number whose erfc is x, for 0 <= x <= 2."""
    from scipy import special

    return special.erfcinv(x)
