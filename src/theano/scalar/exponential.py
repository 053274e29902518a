"""Exponential functions and logarithms.

Measured errors are those of ``benchmarks/accuracy.py``, float64 then float32.
"""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.binary import (
    FORMATS,
    exponent_and_fraction,
    inverse_power,
    polynomial,
    powers_of_two,
    two_product,
    two_sum,
)
from theano.scalar.dtype import floating, number_like
from theano.scalar.function import above, positive, reals, scalar_function

LN2, LN10 = math.log(2), math.log(10)
LOG2_E = 1 / LN2
EXP_RANGE = {"float32": (-104.0, 90.0), "float64": (-746.0, 711.0)}  # beyond, exp is 0, and exp / 2 is inf
EXP2_RANGE = {"float32": (-151.0, 129.0), "float64": (-1076.0, 1025.0)}
# 1 / log 2 and 1 / log 10 as sums of two numbers; log10(2) with so many last bits zero that its products with
# exponents are exact
INVERSE_LN2 = {
    "float32": (1.4426950216293335, 1.9259629911266175e-08),
    "float64": (float.fromhex("0x1.71547652b82fep+0"), float.fromhex("0x1.777d0ffda0d24p-56")),
}
INVERSE_LN10 = {
    "float32": (0.4342944920063019, -1.0103050052231683e-08),
    "float64": (float.fromhex("0x1.bcb7b1526e50ep-2"), float.fromhex("0x1.95355baaafad3p-57")),
}
LOG10_2 = {
    "float32": (0.301025390625, 4.605038981195214e-06),
    "float64": (float.fromhex("0x1.34413509f6000p-2"), float.fromhex("0x1.9fef311f12b36p-42")),
}


def clamped(b: Any, x: Any, low: float, high: float) -> Any:
    """x brought into [low, high]; NaN stays.  Each line is one instruction."""
    x = b.where(x > high, high, x)
    return b.where(x < low, low, x)


def reduced(b: Any, x: Any) -> tuple[Any, Any]:
    """(k + shifter, r) with x = k log 2 + r and |r| <= (log 2) / 2 (Cody and Waite 1980)."""
    form = FORMATS[x.dtype]
    shifted = b.muladd(x, LOG2_E, form.shifter)
    k = shifted - form.shifter
    r = b.muladd(-k, form.ln2_hi, x)
    return shifted, b.muladd(-k, form.ln2_lo, r)


def expm1_near_0(b: Any, r: Any) -> Any:
    """exp(r) - 1 = r + r**2 p(r), for |r| <= (log 2) / 2."""
    return b.muladd(r * r, polynomial(b, "exp", r), r)


def expm1_parts(b: Any, x: Any) -> tuple[Any, Any, Any]:
    """(u, p, q) with exp(x) = (1 + u) p q; p and q are powers of two."""
    shifted, r = reduced(b, clamped(b, x, *EXP_RANGE[x.dtype]))
    return expm1_near_0(b, r), *powers_of_two(b, shifted)


@scalar_function(result=floating, partials=lambda x, y: [y], samples=reals, cost=20)
def exp(xp, x):
    """e ** x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
    return xp.exp(x)


@exp.llvm
def _(b, x):
    """2**k (1 + u), u = expm1(x - k log 2).  1.0 ulp, float32 1.0."""
    u, p, q = expm1_parts(b, x)
    return b.muladd(u, p, p) * q


@scalar_function(result=floating, partials=lambda x, y: [y * number_like(x, LN2)], samples=reals, cost=20)
def exp2(xp, x):
    """2 ** x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
    return xp.exp2(x) if x.dtype.kind != "c" else xp.exp(x * number_like(x, LN2))


@exp2.llvm
def _(b, x):
    """2**k (1 + u), u = expm1((x - k) log 2).  1.1 ulp, float32 1.0."""
    x, shifter = clamped(b, x, *EXP2_RANGE[x.dtype]), FORMATS[x.dtype].shifter
    shifted = x + shifter
    p, q = powers_of_two(b, shifted)
    return b.muladd(expm1_near_0(b, (x - (shifted - shifter)) * LN2), p, p) * q


@scalar_function(result=floating, partials=lambda x, y: [y + 1], samples=reals, cost=25)
def expm1(xp, x):
    """e ** x - 1, accurate near 0.  int8, int16 -> float32; complex stays complex."""
    return xp.expm1(x)


@expm1.llvm
def _(b, x):
    """q (p u + (p - 1/q)), where exp(x) = p q (1 + u).  1.7 ulp, float32 1.1."""
    u, p, q = expm1_parts(b, b.where(x < -40, -40, x))  # exp(-40) - 1 rounds to -1
    return b.copysign(b.muladd(u, p, p - inverse_power(b, q)) * q, x)  # keeps the sign of zero


# -- logarithms --------------------------------------------------------------------------------------------


def log_parts(b: Any, x: Any) -> tuple[Any, Any, Any, Any]:
    """(k, f, h, t) with log x = k log 2 + f - h + t, h = f**2 / 2, for positive finite x.

    s = f / (2 + f),  log(1 + f) = 2 s + s**3 p(s**2) = f - h + s (h + s**2 p(s**2))  (fdlibm e_log.c)
    """
    k, f = exponent_and_fraction(b, x)
    s = f / (2 + f)
    z = s * s
    h = f * f * 0.5
    return k, f, h, s * b.muladd(z, polynomial(b, "log", z), h)


def with_log_edges(b: Any, x: Any, value: Any) -> Any:
    """The logarithm where x is in (0, inf); else x itself if NaN or inf, -inf for 0, NaN below."""
    value = b.where(x < math.inf, value, x)
    return b.where(x <= 0, b.where(x == 0, -math.inf, b.constant(math.nan, x.dtype)), value)


@scalar_function(result=floating, partials=lambda x, y: [1 / x], samples=positive, cost=25)
def log(xp, x):
    """The natural logarithm.  int8, int16 -> float32; complex stays complex.  NaN for x < 0."""
    return xp.log(x)


@log.llvm
def _(b, x):
    """k log 2 + f - (h - t), from the small to the large.  0.8 ulp, float32 0.8."""
    k, f, h, t = log_parts(b, x)
    form = FORMATS[x.dtype]
    return with_log_edges(b, x, b.muladd(k, form.ln2_hi, f - (h - b.muladd(k, form.ln2_lo, t))))


def log_and_rest(b: Any, x: Any, rest: Any) -> Any:
    """log x + rest, for a small rest."""
    k, f, h, t = log_parts(b, x)
    form = FORMATS[x.dtype]
    return with_log_edges(b, x, b.muladd(k, form.ln2_hi, f - (h - (b.muladd(k, form.ln2_lo, rest) + t))))


def log_of_difference(b: Any, is_whole: Any, x: Any, y: Any) -> Any:
    """log x where ``is_whole``, else log(1 - y) for 0 <= y <= 1/2: with y / (1 - y) of what the difference rounds off."""
    u = b.where(is_whole, x, 1 - y)
    return log_and_rest(b, u, b.where(is_whole, 0, ((1 - u) - y) / u))


def scaled_log(b: Any, x: Any, scale: tuple[float, float], unit: tuple[float, float]) -> Any:
    """scale log x = k unit + scale (f - h + t), the largest product in double length; pairs are high, low."""
    k, f, h, t = log_parts(b, x)
    high, low = two_sum(b, f, -h)
    p, e = two_product(b, high, b.constant(scale[0], x.dtype))
    e = e + b.muladd(high, scale[1], (low + t) * scale[0])
    total, rest = two_sum(b, k * unit[0], p)
    return with_log_edges(b, x, total + (rest + b.muladd(k, unit[1], e)))


@scalar_function(
    result=floating, partials=lambda x, y: [1 / (x * number_like(x, LN2))], samples=positive, cost=30
)
def log2(xp, x):
    """The logarithm to base 2, exact for powers of 2.  int8, int16 -> float32; complex stays complex."""
    return xp.log2(x)


@log2.llvm
def _(b, x):
    """0.8 ulp, float32 0.8."""
    return scaled_log(b, x, INVERSE_LN2[x.dtype], (1.0, 0.0))


@scalar_function(
    result=floating, partials=lambda x, y: [1 / (x * number_like(x, LN10))], samples=positive, cost=30
)
def log10(xp, x):
    """The logarithm to base 10.  int8, int16 -> float32; complex stays complex."""
    return xp.log10(x)


@log10.llvm
def _(b, x):
    """0.7 ulp, float32 0.6."""
    return scaled_log(b, x, INVERSE_LN10[x.dtype], LOG10_2[x.dtype])


@scalar_function(result=floating, partials=lambda x, y: [1 / (1 + x)], samples=above(-1), cost=30)
def log1p(xp, x):
    """log(1 + x), accurate near 0.  int8, int16 -> float32; complex stays complex."""
    return xp.log1p(x)


@log1p.llvm
def _(b, x):
    """log u + c / u, u = 1 + x rounded, c = what rounding lost.  0.7 ulp, float32 0.8."""
    u = 1 + x
    c = b.where(x > 1, 1 - (u - x), x - (u - 1)) / u
    return b.where(x == 0, x, log_and_rest(b, u, c))
