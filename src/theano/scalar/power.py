"""Powers, roots and the reciprocal."""

from __future__ import annotations

from theano.scalar.dtype import INTEGER, at_least_int8, floating
from theano.scalar.function import positive, reals, scalar_function


@scalar_function(result=floating, partials=lambda x, y: [0.5 / y], samples=positive, cost=8)
def sqrt(xp, x):
    """The square root; NaN below 0.  Its derivative at 0 is inf."""
    return xp.sqrt(x)


@scalar_function(result=floating, partials=lambda x, y: [-y * y], samples=positive, cost=4)
def inv(xp, x):
    """1 / x"""
    return 1 / x


def _pow_partials(x, y, z):
    from theano.scalar.exponential import log

    return [y * pow(x, y - 1), log(x) * z]


@scalar_function(result=at_least_int8, partials=_pow_partials, samples=(positive, reals), cost=40)
def pow(xp, x, y):
    """x to the power y, in the common dtype: integers wrap, and a negative exponent gives 0, 1 or -1."""
    if _is_integer(x):
        return _integer_power(xp, x, y)
    return xp.power(x, y)


def _is_integer(x):
    return str(x.dtype) in INTEGER


def _integer_power(xp, x, y):
    """By squaring, 64 times at most: modulo the width of the dtype, as machine integers multiply."""
    negative = y < 0
    base, exponent, result = x, xp.where(negative, 0, y), xp.ones_like(x)
    for _ in range(8 * x.dtype.itemsize):
        result = xp.where(exponent & 1, result * base, result)
        base, exponent = base * base, exponent >> 1
    unit = xp.where(x == 1, 1, xp.where(x == -1, xp.where(y & 1, -1, 1), 0))
    return xp.where(negative, unit, result)
