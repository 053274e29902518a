"""The standard normal distribution: its distribution function, the logarithm of it, and the inverse."""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.binary import two_product
from theano.scalar.dtype import number_like, real_floating
from theano.scalar.error_function import erfcx_of_positive
from theano.scalar.exponential import exp, log_of_difference
from theano.scalar.function import Samples, between, scalar_function
from theano.scalar.scipy_functions import scipy_value

DENSITY_AT_0 = 1 / math.sqrt(2 * math.pi)
ROOT_HALF = math.sqrt(0.5)
NDTR_END = {"float32": 15.0, "float64": 39.0}  # beyond, ndtr(-x) rounds to 0


def _scaled_tail(b: Any, t: Any) -> Any:
    """exp(t**2 / 2) ndtr(-t) for t >= 0."""
    return erfcx_of_positive(b, t * ROOT_HALF) * 0.5


def _tail(b: Any, t: Any, scaled: Any) -> Any:
    """ndtr(-t) for t >= 0: exp(-h / 2) (1 - l / 2) times the scaled tail, h + l = t**2."""
    end = NDTR_END[t.dtype]
    t = b.where(t > end, end, t)
    h, l = two_product(b, t, t)
    e = b.exp(h * -0.5)
    return b.muladd(e, l * -0.5, e) * scaled


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [number_like(x, DENSITY_AT_0) * exp(x * x / -2)],
    samples=Samples(-5.0, 4.0, (0.0, -0.0)),
    cost=60,
)
def ndtr(xp, x):
    """The integral of exp(-t**2 / 2) / sqrt(2 pi) from -inf to x.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("ndtr", x)


@ndtr.llvm
def _(b, x):
    t = b.fabs(x)
    y = _tail(b, t, _scaled_tail(b, t))
    return b.where(x > 0, 1 - y, y)


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [ndtr_hazard(x)],
    samples=Samples(-8.0, 4.0, (0.0, -0.0)),
    cost=90,
)
def log_ndtr(xp, x):
    """log ndtr(x), finite for all finite x down to -1e154.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("log_ndtr", x)


@log_ndtr.llvm
def _(b, x):
    """log s(-x) - x**2 / 2 below 0, s the scaled tail; log1p(-ndtr(-x)) above."""
    t = b.fabs(x)
    scaled = _scaled_tail(b, t)
    below = b.where(x < 0, x * x * 0.5, 0)
    return log_of_difference(b, x < 0, scaled, _tail(b, t, scaled)) - below


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [-y * (x + y)],
    samples=Samples(-8.0, 4.0, (0.0, -0.0)),
    cost=90,
)
def ndtr_hazard(xp, x):
    """The derivative of log_ndtr: the density of the normal distribution over ndtr(x); 0 for large x, near -x below 0.

    sqrt(2 / pi) / erfcx(-x / sqrt(2)).  int8, int16 -> float32; TypeError for complex.
    """
    return 2 * DENSITY_AT_0 / scipy_value("erfcx", x * -ROOT_HALF)


@ndtr_hazard.llvm
def _(b, x):
    return 2 * DENSITY_AT_0 / b.erfcx(x * -ROOT_HALF)


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [number_like(x, 1 / DENSITY_AT_0) * exp(y * y / 2)],
    samples=between(0.01, 0.99),
    cost=140,
)
def ndtri(xp, x):
    """y with ndtr(y) = x; -inf at 0, inf at 1, NaN beyond.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("ndtri", x)


@ndtri.llvm
def _(b, x):
    """-sqrt(2) erfcinv(2 x)"""
    return b.erfcinv(x * 2) * -math.sqrt(2)
