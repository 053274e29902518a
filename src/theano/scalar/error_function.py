"""The error function and its kin."""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.arithmetic import sqr
from theano.scalar.binary import polynomial, two_product
from theano.scalar.dtype import floating, number_like, real_floating
from theano.scalar.exponential import exp
from theano.scalar.function import Samples, between, reals, scalar_function
from theano.scalar.scipy_functions import scipy_value

SLOPE = 2 / math.sqrt(math.pi)  # of erf at 0
ERF_END = {"float32": 3.95, "float64": 5.93}  # beyond, erf rounds to 1
ERFC_END = {"float32": 10.1, "float64": 27.3}  # beyond, erfc rounds to 0
FLAT = {"float32": 1e8, "float64": 1e17}  # beyond, (x - 3) / (x + 3) rounds to 1


def _gauss(x: Any) -> Any:
    """2 / sqrt(pi) exp(-x**2), the derivative of erf."""
    return number_like(x, SLOPE) * exp(-sqr(x))


@scalar_function(result=floating, partials=lambda x, y: [_gauss(x)], samples=reals, cost=50)
def erf(xp, x):
    """The integral of 2 / sqrt(pi) exp(-t**2) from 0 to x.  int8, int16 -> float32; complex stays complex."""
    return scipy_value("erf", x)


@erf.llvm
def _(b, x):
    """t + t p(t**2) up to t = |x| = 1; 1 - exp(-q(t)) beyond, q = -log erfc.  1.3 ulp, float32 1.1."""
    t = b.fabs(x)
    inner = b.muladd(t, polynomial(b, "erf", t * t), t)
    end = ERF_END[x.dtype]
    outer = 1 - b.exp(-polynomial(b, "erf.large", b.where(t > end, end, t) - 1))
    return b.copysign(b.where(t > 1, outer, inner), x)


def erfcx_of_positive(b: Any, t: Any) -> Any:
    """exp(t**2) erfc(t) = p((t - 3) / (t + 3)) / (1 + 2 t), t >= 0 (Shepherd and Laframboise 1981)."""
    inverse = 1 / (t + 3)
    u = (t - 3) * inverse
    u = b.muladd(inverse, b.muladd(-u, t, b.muladd(u + 1, -3, t)), u)  # u (t + 3) is t - 3 but for roundings
    p = polynomial(b, "erfcx", b.where(t > FLAT[t.dtype], 1, u))
    inverse = 0.5 / (0.5 + t)  # does not overflow
    y = p * inverse
    rest = b.muladd(y, -2 * t, p - y)
    return b.where(t > FLAT[t.dtype], y, b.muladd(inverse, rest, y))


@scalar_function(
    result=real_floating, partials=lambda x, y: [-_gauss(x)], samples=Samples(-3.0, 5.0, (0.0, -0.0)), cost=60
)
def erfc(xp, x):
    """1 - erf(x), accurate for large x.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("erfc", x)


@erfc.llvm
def _(b, x):
    """exp(-h) (1 - l) erfcx(t), t = |x|, h + l = t**2; 2 minus that for x < 0.  3.7 ulp, float32 3.7."""
    t, end = b.fabs(x), ERFC_END[x.dtype]
    t = b.where(t > end, end, t)
    h, l = two_product(b, t, t)
    e = b.exp(-h)
    y = b.muladd(-e, l, e) * erfcx_of_positive(b, t)
    return b.where(x < 0, 2 - y, y)


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [2 * x * y - number_like(x, SLOPE)],
    samples=Samples(-2.0, 5.0, (0.0, -0.0)),
    cost=60,
)
def erfcx(xp, x):
    """exp(x**2) erfc(x).  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("erfcx", x)


@erfcx.llvm
def _(b, x):
    """2 exp(h) (1 + l) - erfcx(-x) for x < 0, h + l = x**2.  2.6 ulp, float32 3.4."""
    y = erfcx_of_positive(b, b.fabs(x))
    bounded = b.where(x < -30, -30, b.where(x > 0, 0, x))  # erfcx(-30) is inf
    h, l = two_product(b, bounded, bounded)
    e = 2 * b.exp(h)
    return b.where(x < 0, b.where(e < math.inf, b.muladd(e, l, e), e) - y, y)


# -- inverses ----------------------------------------------------------------------------------------------


def _inverse(b: Any, x: Any, product: Any, has_far_tail: bool) -> Any:
    """erfinv(x) = x g(w), w = -log product, product = (1 - x) (1 + x)  (after Giles 2011).

    g is a polynomial of w up to 5, and sqrt(w) times one of 1 / sqrt(w) beyond, in two or three pieces
    """
    w = -b.log(product)
    near = polynomial(b, "erfinv", w - 2.5)
    s = b.sqrt(w)
    v = 1 / s
    tail = b.where(
        v > 0.25, polynomial(b, "erfinv.middle", v - 0.35), polynomial(b, "erfinv.tail", v - 0.1875)
    )
    if has_far_tail:
        tail = b.where(v < 0.125, polynomial(b, "erfinv.far", v - 0.0825), tail)
    return x * b.where(w < 5, near, s * tail)


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [number_like(x, 1 / SLOPE) * exp(sqr(y))],
    samples=between(-0.95, 0.95),
    cost=120,
)
def erfinv(xp, x):
    """y with erf(y) = x; infinite at -1 and 1, NaN beyond.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("erfinv", x)


@erfinv.llvm
def _(b, x):
    """2.9 ulp, float32 3.4."""
    t = b.fabs(x)
    return b.where(t == 1, x * math.inf, _inverse(b, x, (1 - t) * (1 + t), has_far_tail=False))


@scalar_function(
    result=real_floating,
    partials=lambda x, y: [number_like(x, -1 / SLOPE) * exp(sqr(y))],
    samples=between(0.05, 1.95),
    cost=140,
)
def erfcinv(xp, x):
    """y with erfc(y) = x; inf at 0, -inf at 2, NaN beyond.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("erfcinv", x)


@erfcinv.llvm
def _(b, x):
    """erfinv(1 - x), with the product x (2 - x).  3.7 ulp, float32 3.8."""
    y = _inverse(b, 1 - x, x * (2 - x), has_far_tail=True)
    return b.where(x == 0, math.inf, b.where(x == 2, -math.inf, y))
