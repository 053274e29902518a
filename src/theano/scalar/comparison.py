"""Comparison: relations of two numbers, and tests for NaN and infinity.  All results are bool."""

from __future__ import annotations

from theano.scalar.dtype import boolean
from theano.scalar.function import ScalarFunction, reals, scalar_function

_relation = scalar_function(
    result=boolean,
    partials=lambda x, y, z: [None, None],
    samples=(reals, reals),
    operands="common",
)
_test = scalar_function(result=boolean, partials=lambda x, y: [None], operands="common")


@_relation
def eq(xp, x, y):
    """x == y, compared in the common dtype."""
    return x == y


@_relation
def neq(xp, x, y):
    """x != y, compared in the common dtype; True where one is NaN."""
    return x != y


@_relation
def lt(xp, x, y):
    """x < y, compared in the common dtype; complex numbers by their real parts first."""
    return x < y


@_relation
def gt(xp, x, y):
    """x > y, compared in the common dtype; complex numbers by their real parts first."""
    return x > y


@_relation
def le(xp, x, y):
    """x <= y, compared in the common dtype; complex numbers by their real parts first."""
    return x <= y


@_relation
def ge(xp, x, y):
    """x >= y, compared in the common dtype; complex numbers by their real parts first."""
    return x >= y


@_test
def isnan(xp, x):
    """Whether x is NaN; False for bools and integers."""
    return xp.isnan(x)


@_test
def isinf(xp, x):
    """Whether x is infinite, of either sign; False for bools and integers."""
    return xp.isinf(x)


def _in_range(name: str, is_open_below: bool, is_open_above: bool) -> ScalarFunction:
    left, right = "<" if is_open_below else "<=", "<" if is_open_above else "<="

    def body(xp, x, low, high):
        above = x > low if is_open_below else x >= low
        below = x < high if is_open_above else x <= high
        return above & below

    body.__name__ = name
    body.__doc__ = f"low {left} x {right} high, compared in the common dtype."
    return scalar_function(
        result=boolean, partials=lambda x, low, high, z: [None] * 3, samples=(reals,) * 3, operands="common"
    )(body)


inopenrange = _in_range("inopenrange", True, True)
inclosedrange = _in_range("inclosedrange", False, False)
