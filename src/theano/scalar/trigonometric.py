"""Trigonometric functions and their inverses."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from theano.scalar.arithmetic import sqr
from theano.scalar.binary import FORMATS, any_two_sum, polynomial, unsigned_bits
from theano.scalar.dtype import floating, number_like, real_floating
from theano.scalar.function import Samples, between, reals, scalar_function
from theano.scalar.power import sqrt

# pi/2 as a sum of parts of 33 bits and a rest (fdlibm e_rem_pio2.c): products with up to 20 bits are exact
HALF_PI = (float.fromhex("0x1.921fb544p+0"), float.fromhex("0x1.0b4611a6p-34"), float.fromhex("0x1.3198a2e037073p-69"))
HALF_PI_LOW = {"float32": -4.37113882867379114e-8, "float64": float.fromhex("0x1.1a62633145c07p-54")}
# below this, an odd multiple of pi/2 is taken off exactly enough; above it the C library is asked
REACH = 2.0**19
DEGREE = math.pi / 180


# -- sine and cosine ---------------------------------------------------------------------------------------------------


def _remainder(b: Any, x: Any, q: Any) -> tuple[Any, Any]:
    """x - q pi/2 as a sum of two numbers, for whole q of up to 20 bits, float64 (Cody and Waite 1980)."""
    r = b.muladd(-q, HALF_PI[0], x)
    r, low = any_two_sum(b, r, -q * HALF_PI[1])
    low = b.muladd(-q, HALF_PI[2], low)
    total = r + low
    return total, (r - total) + low


def _sin_near_0(b: Any, r: Any, low: Any) -> Any:
    """sin(r + low) = r + r**3 p(r**2) + low cos r, for |r| <= pi/2; cos r is 1 - r**2 / 2 near enough for low."""
    z = r * r
    return r + b.muladd(z * r, polynomial(b, "sin", z), low * (1 - 0.5 * z))


def _by_half_turns(name: str, is_cosine: bool) -> Callable[..., Any]:
    """The code of sine or cosine: x = q pi/2 + r with q even for the sine, odd for the cosine.

    sin(j pi + r) = (-1)**j sin r,  cos((j + 1/2) pi + r) = -(-1)**j sin r
    """

    def body(b: Any, x: Any) -> Any:
        wide = b.astype(x, "float64")
        shifter = FORMATS["float64"].shifter
        shifted = b.muladd(wide, 1 / math.pi, shifter - 0.5 if is_cosine else shifter)
        if is_cosine:
            shifted = b.muladd(wide, 1 / math.pi, -0.5) + shifter
        j = shifted - shifter
        q = 2 * j + 1 if is_cosine else 2 * j
        if x.dtype == "float32":
            r = b.muladd(-q, HALF_PI[1], b.muladd(-q, HALF_PI[0], wide)).astype("float32")
            z = r * r
            size = b.muladd(z * r, polynomial(b, "sin", z), r)
        else:
            size = _sin_near_0(b, *_remainder(b, x, q))
        sign = (unsigned_bits(b, shifted) + (1 if is_cosine else 0)) << 63
        form = FORMATS[x.dtype]
        sign = b.astype(sign >> (63 - (8 * (4 if x.dtype == "float32" else 8) - 1)), form.unsigned)
        value = b.from_bits(unsigned_bits(b, size) ^ sign)
        if not is_cosine:
            value = b.where(x == 0, x, value)
        return b.rarely(b.fabs(x) > REACH, value, "sin cos"[4 * is_cosine :][:3], x)

    return body


@scalar_function(result=floating, partials=lambda x, y: [cos(x)], samples=reals, cost=25)
def sin(xp, x):
    """The sine of x radians.  int8, int16 -> float32; complex stays complex."""
    return xp.sin(x)


@scalar_function(result=floating, partials=lambda x, y: [-sin(x)], samples=reals, cost=25)
def cos(xp, x):
    """The cosine of x radians.  int8, int16 -> float32; complex stays complex."""
    return xp.cos(x)


def _of_libm(name: str) -> Callable[..., Any]:
    """Machine code that calls the C library's function of this name."""

    def body(b: Any, *arguments: Any) -> Any:
        return b.call_c(name + ("f" if arguments[0].dtype == "float32" else ""), *arguments)

    return body


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


RADIANS_PER_DEGREE = math.pi / 180.0
tan.llvm(_of_libm("tan"))
arcsin.llvm(_of_libm("asin"))
arccos.llvm(_of_libm("acos"))
arctan.llvm(_of_libm("atan"))
arctan2.llvm(_of_libm("atan2"))
