"""Trigonometric functions, their inverses, degrees and radians."""

from __future__ import annotations

import math

from theano.scalar.dtype import floating, real_floating
from theano.scalar.function import between, reals, scalar_function
from theano.scalar.power import sqrt

RADIANS_PER_DEGREE = math.pi / 180.0


@scalar_function(result=floating, partials=lambda x, y: [cos(x)], samples=reals, cost=16)
def sin(xp, x):
    """Sine of an angle in radians."""
    return xp.sin(x)


@scalar_function(result=floating, partials=lambda x, y: [-sin(x)], samples=reals, cost=16)
def cos(xp, x):
    """Cosine of an angle in radians."""
    return xp.cos(x)


@scalar_function(result=floating, partials=lambda x, y: [1 + y * y], samples=between(-1.4, 1.4), cost=20)
def tan(xp, x):
    """Tangent of an angle in radians."""
    return xp.tan(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / sqrt(1 - x * x)], samples=between(-0.9, 0.9), cost=18)
def arcsin(xp, x):
    """The angle in [-pi/2, pi/2] whose sine is x; NaN for |x| > 1."""
    return xp.arcsin(x)


@scalar_function(result=floating, partials=lambda x, y: [-1 / sqrt(1 - x * x)], samples=between(-0.9, 0.9), cost=18)
def arccos(xp, x):
    """The angle in [0, pi] whose cosine is x; NaN for |x| > 1."""
    return xp.arccos(x)


@scalar_function(result=floating, partials=lambda x, y: [1 / (1 + x * x)], samples=reals, cost=18)
def arctan(xp, x):
    """The angle in (-pi/2, pi/2) whose tangent is x."""
    return xp.arctan(x)


@scalar_function(
    result=real_floating,
    partials=lambda y, x, z: [x / (x * x + y * y), -y / (x * x + y * y)],
    samples=(reals, reals),
    cost=22,
)
def arctan2(xp, y, x):
    """The angle in [-pi, pi] of the point (x, y)."""
    return xp.arctan2(y, x)


@scalar_function(result=real_floating, partials=lambda x, y: [RADIANS_PER_DEGREE], samples=reals)
def deg2rad(xp, x):
    """Degrees to radians: x * pi / 180."""
    return x * RADIANS_PER_DEGREE


@scalar_function(result=real_floating, partials=lambda x, y: [1 / RADIANS_PER_DEGREE], samples=reals)
def rad2deg(xp, x):
    """Radians to degrees: x * 180 / pi."""
    return x / RADIANS_PER_DEGREE
