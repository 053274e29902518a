"""Powers and roots."""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.binary import (
    FORMATS,
    exponent_and_fraction,
    polynomial,
    powers_of_two,
    two_product,
    two_sum,
)
from theano.scalar.dtype import INTEGER, at_least_int8, floating, number_like
from theano.scalar.exponential import EXP_RANGE, clamped, expm1_near_0, log, reduced
from theano.scalar.function import Factors, positive, scalar_function

TWO_THIRDS = {  # as sums of two numbers
    "float32": (0.6666666865348816, -1.9868214925130207e-08),
    "float64": (2 / 3, float.fromhex("0x1.5555555555555p-55")),
}


@scalar_function(
    result=floating, partials=lambda x, y: [number_like(x, 0.5) / y], samples=positive, cost=8
)  # inf at 0
def sqrt(xp, x):
    """The square root.  int8, int16 -> float32; complex stays complex.  NaN for x < 0."""
    return xp.sqrt(x)


@sqrt.llvm
def _(b, x):
    return b.sqrt(x)


@scalar_function(result=floating, partials=lambda x, y: [-(y * y)], samples=positive, cost=8)
def inv(xp, x):
    """1 / x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
    return 1 / x


@scalar_function(
    result=at_least_int8,
    partials=lambda x, y, z: [Factors((y, pow(x, y - 1))), log(x) * z],
    samples=(positive, positive),
    cost=60,
)
def pow(xp, x, y):
    """x ** y in the common dtype, as C99 has it: 0 ** 0 = 1, NaN for negative x and broken y.

    Integers wrap; to a negative power they give 1 / x**-y cut to an integer, which is 0 but for 1 and -1.
    """
    if x.dtype.name in INTEGER:
        whole = xp.power(x, xp.where(y < 0, 0, y).astype(x.dtype))
        unit = xp.where((x == 1) | ((x == -1) & (y % 2 == 0)), 1, xp.where(x == -1, -1, 0)).astype(x.dtype)
        return xp.where(y < 0, unit, whole)
    return xp.power(x, y)


@pow.llvm_integer
def _(b, x, y):
    """The product of the squares of squares that the bits of y name."""
    result, _, _ = b.iterate(
        lambda result, square, rest: rest != 0,
        lambda result, square, rest: (
            b.where((rest & 1) != 0, result * square, result),
            square * square,
            rest >> 1,
        ),
        b.constant(1, x.dtype),
        x,
        b.where(y < 0, 0, y),
    )
    unit = b.where((x == 1) | ((x == -1) & ((y & 1) == 0)), 1, b.where(x == -1, x, b.constant(0, x.dtype)))
    return b.where(y < 0, unit, result)


@pow.llvm
def _(b, x, y):
    """exp(y log |x|), the logarithm and the product in double length; then the sign.

    1.1 ulp, float32 1.0.
    """
    size = b.fabs(x)
    high, low = long_log(b, size)
    p, e = two_product(b, y, high)
    e = b.where(b.fabs(p) < 1000, b.muladd(y, low, e), 0)  # beyond, exp is 0 or inf, and e may be NaN
    shifted, r = reduced(b, clamped(b, p, *EXP_RANGE[x.dtype]))
    s, t = powers_of_two(b, shifted)
    return _with_sign_and_edges(b, x, y, (1 + expm1_near_0(b, r + e)) * s * t)


def long_log(b: Any, x: Any) -> tuple[Any, Any]:
    """log x for x >= 0 as a sum of two numbers, to about 68 bits (float32: 36).

    s = f / (2 + f),  log(1 + f) = 2 s + 2/3 s**3 + s**5 p(s**2): the first two terms in double length
    """
    k, f = exponent_and_fraction(b, x)
    d = 2 + f
    inverse = 1 / d
    s = f * inverse
    p, e = two_product(b, s, d)
    s_low = (((f - p) - e) - s * (f - (d - 2))) * inverse
    z, z_low = two_product(b, s, s)
    z_low = b.muladd(2 * s, s_low, z_low)
    c, c_low = two_product(b, s, z)
    c_low = c_low + b.muladd(s, z_low, s_low * z)
    ratio, ratio_low = TWO_THIRDS[x.dtype]
    third, third_low = two_product(b, c, b.constant(ratio, x.dtype))
    third_low = third_low + b.muladd(c, ratio_low, c_low * ratio)
    tail = c * z * polynomial(b, "log.tail", z)
    high, low = two_sum(b, 2 * s, third)
    low = low + (2 * s_low + third_low + tail)
    form = FORMATS[x.dtype]
    total, rest = two_sum(b, k * form.ln2_hi, high)
    total, rest = two_sum(b, total, rest + b.muladd(k, form.ln2_lo, low))
    is_inside = (x > 0) & (x < math.inf)
    return b.where(is_inside, total, b.where(x == 0, -math.inf, x)), b.where(is_inside, rest, 0)


def _with_sign_and_edges(b: Any, x: Any, y: Any, size: Any) -> Any:
    half = y * 0.5
    is_whole = b.trunc(y) == y
    is_odd = is_whole & (b.trunc(half) != half)
    size = b.where((b.fabs(x) == 1) & (y == y), 1, size)  # also to an infinite power
    signed = b.where(is_odd, b.copysign(size, x), size)
    is_undefined = (x < 0) & (x > -math.inf) & ~is_whole
    value = b.where(is_undefined, b.constant(math.nan, x.dtype), signed)
    return b.where((x == 1) | (y == 0), 1, value)  # even where the other is NaN
