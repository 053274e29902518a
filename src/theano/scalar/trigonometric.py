"""Trigonometric functions and their inverses."""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.arithmetic import sqr
from theano.scalar.binary import FORMATS, any_two_sum, polynomial, unsigned_bits
from theano.scalar.dtype import floating, number_like, real_floating
from theano.scalar.function import Samples, between, reals, scalar_function
from theano.scalar.power import sqrt

# pi/2 as a sum of parts of 33 bits and a rest (fdlibm e_rem_pio2.c): products with up to 20 bits are exact
HALF_PI = (
    float.fromhex("0x1.921fb544p+0"),
    float.fromhex("0x1.0b4611a6p-34"),
    float.fromhex("0x1.3198a2e037073p-69"),
)
HALF_PI_LOW = {"float32": -4.37113882867379114e-8, "float64": float.fromhex("0x1.1a62633145c07p-54")}
# above this the products are no longer exact, and the C library is asked
REACH = 2.0**19
DEGREE = math.pi / 180
RADIAN = 180 / math.pi


# -- sine, cosine, tangent ---------------------------------------------------------------------------------


def _remainder(b: Any, x: Any, q: Any) -> tuple[Any, Any]:
    """x - q pi/2 as a sum of two numbers, for whole q of up to 20 bits, float64 (Cody and Waite 1980)."""
    r = b.muladd(-q, HALF_PI[0], x)
    r, low = any_two_sum(b, r, -q * HALF_PI[1])
    low = b.muladd(-q, HALF_PI[2], low)
    total = r + low
    return total, (r - total) + low


def _short_remainder(b: Any, x: Any, q: Any) -> Any:
    """x - q pi/2 of a float64 x, in float32."""
    return b.astype(b.muladd(-q, HALF_PI[1], b.muladd(-q, HALF_PI[0], x)), "float32")


def _sin_near_0(b: Any, x: Any, q: Any, dtype: str) -> Any:
    """sin r = r + r**3 p(r**2), r = x - q pi/2, |r| <= pi/2; what r lacks counts 1 - r**2 / 2 times."""
    if dtype == "float32":
        r = _short_remainder(b, x, q)
        z = r * r
        return b.muladd(z * r, polynomial(b, "sin", z), r)
    r, low = _remainder(b, x, q)
    z = r * r
    return r + b.muladd(z * r, polynomial(b, "sin", z), low * b.muladd(z, -0.5, 1))


def _signed_by_parity(b: Any, x: Any, whole: Any) -> Any:
    """x, or -x where the last bit of the whole number is set."""
    form = FORMATS[x.dtype]
    width = 32 if x.dtype == "float32" else 64
    return b.from_bits(unsigned_bits(b, x) ^ (b.astype(whole, form.unsigned) << (width - 1)))


@scalar_function(result=floating, partials=lambda x, y: [cos(x)], samples=reals, cost=25)
def sin(xp, x):
    """The sine of x radians.  int8, int16 -> float32; complex stays complex."""
    return xp.sin(x)


@sin.llvm
def _(b, x):
    """(-1)**j sin(x - j pi), float32 with the remainder in float64; beyond |x| = 2**19 the C library's.

    1.9 ulp, float32 1.7.
    """
    wide, shifter = b.astype(x, "float64"), FORMATS["float64"].shifter
    shifted = b.muladd(wide, 1 / math.pi, shifter)
    y = _sin_near_0(b, wide, 2 * (shifted - shifter), x.dtype)
    y = _signed_by_parity(b, y, unsigned_bits(b, shifted))
    return b.rarely(b.fabs(x) > REACH, "sin", x, b.where(x == 0, x, y))  # keeps the sign of zero


@scalar_function(result=floating, partials=lambda x, y: [-sin(x)], samples=reals, cost=25)
def cos(xp, x):
    """The cosine of x radians.  int8, int16 -> float32; complex stays complex."""
    return xp.cos(x)


@cos.llvm
def _(b, x):
    """-(-1)**j sin(x - (j + 1/2) pi), as sin.  1.8 ulp, float32 1.8."""
    wide, shifter = b.astype(x, "float64"), FORMATS["float64"].shifter
    shifted = b.muladd(b.fabs(wide), 1 / math.pi, -0.5) + shifter
    y = _sin_near_0(b, b.fabs(wide), 2 * (shifted - shifter) + 1, x.dtype)
    return b.rarely(b.fabs(x) > REACH, "cos", x, _signed_by_parity(b, y, unsigned_bits(b, shifted) + 1))


@scalar_function(
    result=floating, partials=lambda x, y: [1 + sqr(y)], samples=Samples(-1.4, 1.4, (0.0, -0.0)), cost=35
)
def tan(xp, x):
    """The tangent of x radians.  int8, int16 -> float32; complex stays complex."""
    return xp.tan(x)


@tan.llvm
def _(b, x):
    """t = tan(x - q pi/2) or, for odd q, -1 / t; tan r = r + r**3 p(r**2) for |r| <= pi/4.

    1.6 ulp, float32 2.0.
    """
    wide, shifter = b.astype(x, "float64"), FORMATS["float64"].shifter
    shifted = b.muladd(wide, 2 / math.pi, shifter)
    if x.dtype == "float32":
        r = _short_remainder(b, wide, shifted - shifter)
        z = r * r
        t = b.muladd(z * r, polynomial(b, "tan", z), r)
    else:
        r, low = _remainder(b, wide, shifted - shifter)
        z = r * r
        t = r + b.muladd(z * r, polynomial(b, "tan", z), b.muladd(z, low, low))
    y = b.where((unsigned_bits(b, shifted) & 1) != 0, -1 / t, t)
    return b.rarely(b.fabs(x) > REACH, "tan", x, b.where(x == 0, x, y))


# -- their inverses ----------------------------------------------------------------------------------------


def _arctan_of_quotient(b: Any, y: Any, x: Any) -> Any:
    """arctan(y / x) for y, x >= 0: c + arctan t with |t| <= 1/2.

    t = y / x, (y - x) / (y + x), -x / y and c = 0, pi/4, pi/2 up to y / x = 1/2, up to 2, beyond
    """
    is_above, is_middle = (0.5 * y > x) | (x == 0), y > 0.5 * x  # 0.5 y may round to 0
    smaller = b.where(x > 1e30, 0.25, b.constant(1, x.dtype))  # so that the sum is finite
    u, v = y * smaller, x * smaller
    over = b.where(is_above, -x, b.where(is_middle, u - v, y))
    under = b.where(is_above, y, b.where(is_middle, u + v, x))
    t = over / under
    z = t * t
    high = b.where(is_above, math.pi / 2, b.where(is_middle, math.pi / 4, b.constant(0, x.dtype)))
    low = HALF_PI_LOW[x.dtype]
    rest = b.where(is_above, low, b.where(is_middle, low / 2, b.constant(0, x.dtype)))
    return high + (t + b.muladd(z * t, polynomial(b, "atan", z), rest))


@scalar_function(result=floating, partials=lambda x, y: [1 / (1 + sqr(x))], samples=reals, cost=30)
def arctan(xp, x):
    """The angle in (-pi/2, pi/2) whose tangent is x.  int8, int16 -> float32; complex stays complex."""
    return xp.arctan(x)


@arctan.llvm
def _(b, x):
    """1.2 ulp, float32 1.2."""
    return b.copysign(_arctan_of_quotient(b, b.fabs(x), b.constant(1, x.dtype)), x)


@scalar_function(
    result=real_floating,
    partials=lambda y, x, z: [x / (sqr(x) + sqr(y)), -y / (sqr(x) + sqr(y))],
    samples=(reals, reals),
    cost=35,
)
def arctan2(xp, y, x):
    """The angle of the point (x, y), in [-pi, pi].  int8, int16 -> float32; TypeError for complex."""
    return xp.arctan2(y, x)


@arctan2.llvm
def _(b, y, x):
    """arctan |y / x|, or pi minus that where x has a minus sign, with y's sign; inf / inf = 1, 0 / 0 = 0.

    1.5 ulp, float32 1.3.
    """
    v, u = b.fabs(y), b.fabs(x)
    are_infinite = (v == math.inf) & (u == math.inf)
    v, u = b.where(are_infinite, 1, v), b.where(are_infinite | (b.maximum(u, v) == 0), 1, u)
    a = _arctan_of_quotient(b, v, u)
    a = b.where(b.signbit(x), math.pi - (a - 2 * HALF_PI_LOW[x.dtype]), a)
    return b.copysign(a, y)


def _arcsin_near_0(b: Any, t: Any, z: Any) -> Any:
    """arcsin(t) - t = t z p(z), z = t**2 <= 1/4."""
    return t * z * polynomial(b, "asin", z)


def _root_part(b: Any, t: Any) -> tuple[Any, Any]:
    """(s, z): t and t**2, or beyond 1/2, where arcsin t = pi/2 - 2 arcsin s, s = sqrt((1 - t) / 2)."""
    halved = 0.5 * (1 - t)
    is_beyond = t > 0.5
    return b.where(is_beyond, b.sqrt(halved), t), b.where(is_beyond, halved, t * t)


@scalar_function(
    result=floating, partials=lambda x, y: [1 / sqrt(1 - sqr(x))], samples=between(-0.95, 0.95), cost=35
)
def arcsin(xp, x):
    """The angle in [-pi/2, pi/2] whose sine is x; NaN beyond 1.  int8, int16 -> float32; complex too."""
    return xp.arcsin(x)


@arcsin.llvm
def _(b, x):
    """arcsin |x| with the sign of x.  1.4 ulp, float32 1.6."""
    t = b.fabs(x)
    s, z = _root_part(b, t)
    part = _arcsin_near_0(b, s, z)
    beyond = math.pi / 2 - (2 * s + (2 * part - HALF_PI_LOW[x.dtype]))
    return b.copysign(b.where(t > 0.5, beyond, s + part), x)


@scalar_function(
    result=floating, partials=lambda x, y: [-1 / sqrt(1 - sqr(x))], samples=between(-0.95, 0.95), cost=35
)
def arccos(xp, x):
    """The angle in [0, pi] whose cosine is x; NaN beyond 1.  int8, int16 -> float32; complex too."""
    return xp.arccos(x)


@arccos.llvm
def _(b, x):
    """pi/2 - arcsin x up to 1/2; 2 arcsin s beyond, and pi minus that for x < -1/2.  1.0 ulp, float32 1.2."""
    t, low = b.fabs(x), HALF_PI_LOW[x.dtype]
    s, z = _root_part(b, t)
    part = _arcsin_near_0(b, s, z)
    near = math.pi / 2 - (b.copysign(s, x) - (low - b.copysign(part, x)))
    below = math.pi - 2 * (s + (part - low))
    return b.where(t > 0.5, b.where(x < 0, below, 2 * (s + part)), near)


# -- degrees -----------------------------------------------------------------------------------------------


@scalar_function(
    result=real_floating, partials=lambda x, y: [number_like(x, DEGREE)], samples=Samples(-180.0, 180.0)
)
def deg2rad(xp, x):
    """x degrees in radians.  int8, int16 -> float32; TypeError for complex."""
    return x * DEGREE


@scalar_function(result=real_floating, partials=lambda x, y: [number_like(x, 1 / DEGREE)], samples=reals)
def rad2deg(xp, x):
    """x radians in degrees.  int8, int16 -> float32; TypeError for complex."""
    return x * RADIAN
