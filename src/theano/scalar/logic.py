"""Bitwise logic on bools and integers.  TypeError for every other dtype."""

from __future__ import annotations

from theano.scalar.dtype import bitwise
from theano.scalar.function import reals, scalar_function

_of_two = scalar_function(result=bitwise, partials=lambda x, y, z: [None, None], samples=(reals, reals))


@_of_two
def and_(xp, x, y):
    """x & y, bit by bit in the common dtype; logical for bool."""
    return x & y


@_of_two
def or_(xp, x, y):
    """x | y, bit by bit in the common dtype; logical for bool."""
    return x | y


@_of_two
def xor(xp, x, y):
    """x ^ y, bit by bit in the common dtype; logical for bool."""
    return x ^ y


@scalar_function(result=bitwise, partials=lambda x, y: [None])
def invert(xp, x):
    """~x: all bits of x changed, -1 - x for signed integers; "not" for bool."""
    return ~x
