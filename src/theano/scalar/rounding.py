"""Rounding to whole numbers.  The derivatives are 0, also at the steps."""

from __future__ import annotations

from theano.configuration import config
from theano.scalar.arithmetic import casts, second
from theano.scalar.dtype import only_float, real_floating
from theano.scalar.function import scalar_function

_to_floating = scalar_function(result=real_floating, partials=lambda x, y: [None], cost=2)
_of_floats = scalar_function(result=only_float, partials=lambda x, y: [None], cost=3)


@_to_floating
def ceil(xp, x):
    """The smallest whole number >= x, floating also for integers.  TypeError for complex."""
    return xp.ceil(x)


@_to_floating
def floor(xp, x):
    """The largest whole number <= x, floating also for integers.  TypeError for complex."""
    return xp.floor(x)


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [casts[config.floatX](second(x, 0))],  # zeros of floatX, whatever the dtype of x
    cost=2,
    keeps_dtype=False,
)
def trunc(xp, x):
    """x without its fraction, floating also for integers.  TypeError for complex."""
    return xp.trunc(x)


@_of_floats
def round_half_to_even(xp, x):
    """The nearest whole number, of two the even one.  TypeError unless x is a float."""
    return xp.rint(x)


@_of_floats
def round_half_away_from_zero(xp, x):
    """The nearest whole number, of two the larger in magnitude.  TypeError unless x is a float.

    trunc(x), and one more where the fraction is at least 1/2.  (floor(|x| + 1/2) errs just below 1/2.)
    """
    whole = xp.trunc(x)
    return xp.copysign(xp.where(abs(x - whole) >= 0.5, abs(whole) + 1, abs(whole)), x)
