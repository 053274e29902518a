"""Arithmetic and functions of complex numbers as pairs of registers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from theano.backends.llvm.value import Value

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


def add(b: Builder, x: Value, y: Value) -> Value:
    return b.complex(x.real + y.real, x.imag + y.imag)


def subtract(b: Builder, x: Value, y: Value) -> Value:
    return b.complex(x.real - y.real, x.imag - y.imag)


def multiply(b: Builder, x: Value, y: Value) -> Value:
    """(a + ib)(c + id) = ac - bd + i(ad + bc)"""
    return b.complex(x.real * y.real - x.imag * y.imag, x.real * y.imag + x.imag * y.real)


def divide(b: Builder, x: Value, y: Value) -> Value:
    """x / y, scaled by the larger part of y, as NumPy does it.

    References
    ----------
    R. L. Smith 1962, "Algorithm 116: Complex division".
    """
    is_flat = b.fabs(y.real) >= b.fabs(y.imag)
    large, small = b.where(is_flat, y.real, y.imag), b.where(is_flat, y.imag, y.real)
    ratio = b.where(large == 0, large, small / large)
    scale = 1 / (large + small * ratio)
    first, second = b.where(is_flat, x.real, x.imag), b.where(is_flat, x.imag, x.real)
    imaginary = second - first * ratio
    return b.complex((first + second * ratio) * scale, b.where(is_flat, imaginary, -imaginary) * scale)


def modulus(b: Builder, x: Value) -> Value:
    """|x| = large sqrt(1 + (small / large)**2), without overflow; inf if either part is."""
    u, v = b.fabs(x.real), b.fabs(x.imag)
    large, small = b.where(u > v, u, v), b.where(u > v, v, u)
    ratio = small / large
    length = b.where((large == 0) | (small == math.inf), large, large * b.sqrt(1 + ratio * ratio))
    return b.where(b.isinf(x.real) | b.isinf(x.imag), math.inf, b.where(b.isnan(x), math.nan, length))


def extreme(b: Builder, relation: str, x: Value, y: Value) -> Value:
    """The one that comes first by the real parts, then by the imaginary ones; one with NaN before all."""
    before = b.compare(relation, x.real, y.real) | (
        (x.real == y.real) & (b.compare(relation, x.imag, y.imag) | (x.imag == y.imag))
    )
    return b.where(before | b.isnan(x), x, y)


def exp(b: Builder, x: Value) -> Value:
    """e**a (cos b + i sin b); a zero imaginary part stays zero."""
    size = b.exp(x.real)
    return b.complex(
        b.where(x.imag == 0, size, size * b.cos(x.imag)), b.where(x.imag == 0, x.imag, size * b.sin(x.imag))
    )


def log(b: Builder, x: Value) -> Value:
    """log |x| + i angle(x)"""
    return b.complex(b.log(modulus(b, x)), b.arctan2(x.imag, x.real))


def sqrt(b: Builder, x: Value) -> Value:
    """The root with real part >= 0: t = sqrt((|a| + |x|) / 2), and b / 2t, exchanged where a < 0."""
    t = b.sqrt((b.fabs(x.real) + modulus(b, x)) * 0.5)
    other = b.where(t == 0, b.fabs(x.imag), b.fabs(x.imag) / (2 * t))
    is_right = x.real >= 0
    return b.complex(b.where(is_right, t, other), b.copysign(b.where(is_right, other, t), x.imag))


def sin(b: Builder, x: Value) -> Value:
    """sin a cosh b + i cos a sinh b"""
    return b.complex(b.sin(x.real) * b.cosh(x.imag), b.cos(x.real) * b.sinh(x.imag))


def cos(b: Builder, x: Value) -> Value:
    """cos a cosh b - i sin a sinh b"""
    return b.complex(b.cos(x.real) * b.cosh(x.imag), -(b.sin(x.real) * b.sinh(x.imag)))


def sinh(b: Builder, x: Value) -> Value:
    """sinh a cos b + i cosh a sin b"""
    return b.complex(b.sinh(x.real) * b.cos(x.imag), b.cosh(x.real) * b.sin(x.imag))


def cosh(b: Builder, x: Value) -> Value:
    """cosh a cos b + i sinh a sin b"""
    return b.complex(b.cosh(x.real) * b.cos(x.imag), b.sinh(x.real) * b.sin(x.imag))


def times_i(b: Builder, x: Value) -> Value:
    return b.complex(-x.imag, x.real)


def through_i(function: Callable[..., Value]) -> Callable[..., Value]:
    """-i f(i x): of tanh it is tan, of arcsin arcsinh, of arctanh arctan."""

    def body(b: Builder, x: Value) -> Value:
        y = function(b, times_i(b, x))
        return b.complex(y.imag, -y.real)

    return body


def tanh(b: Builder, x: Value) -> Value:
    """(beta rho s + i t) / (1 + beta s**2), s = sinh a, t = tan b, beta = 1 + t**2, rho = sqrt(1 + s**2) (Kahan 1987)."""
    s, t = b.sinh(x.real), b.tan(x.imag)
    beta, rho = 1 + t * t, b.sqrt(1 + s * s)
    below = 1 + beta * s * s
    size = b.fabs(x.real)
    is_far = size > 20  # where tanh a rounds to 1
    rest = 4 * b.sin(x.imag) * b.cos(x.imag) * b.exp(-2 * size)
    return b.complex(
        b.where(is_far, b.copysign(1, x.real), beta * rho * s / below), b.where(is_far, rest, t / below)
    )


def expm1(b: Builder, x: Value) -> Value:
    """expm1(a) cos b - 2 sin(b / 2)**2 + i e**a sin b"""
    half = b.sin(x.imag * 0.5)
    real = b.expm1(x.real) * b.cos(x.imag) - 2 * half * half
    return b.complex(real, b.where(x.imag == 0, x.imag, b.exp(x.real) * b.sin(x.imag)))


def log1p(b: Builder, x: Value) -> Value:
    """log1p(a (2 + a) + b**2) / 2 + i angle(1 + x); log |1 + x| where that is large"""
    near = b.log1p(x.real * (2 + x.real) + x.imag * x.imag) * 0.5
    shifted = b.complex(1 + x.real, x.imag)
    is_near = (b.fabs(x.real) < 1000) & (b.fabs(x.imag) < 1000)
    return b.complex(b.where(is_near, near, b.log(modulus(b, shifted))), b.arctan2(x.imag, shifted.real))


def scaled(function: Callable[..., Value], before: float, after: float) -> Callable[..., Value]:
    """after f(before x)"""

    def body(b: Builder, x: Value) -> Value:
        y = function(b, b.complex(x.real * before, x.imag * before))
        return b.complex(y.real * after, y.imag * after)

    return body


def power(b: Builder, x: Value, y: Value) -> Value:
    """exp(y log x); 1 for y = 0; of 0 it is 0 for real y > 0, else NaN."""
    value = exp(b, multiply(b, y, log(b, x)))
    of_zero = b.where((y.real > 0) & (y.imag == 0), 0.0, b.constant(math.nan, value.real.dtype))
    value = b.where(x == 0, b.complex(of_zero, of_zero), value)
    return b.where(y == 0, b.constant(1, value.dtype), value)


def _roots(b: Builder, x: Value) -> tuple[Value, Value]:
    """sqrt(1 - x), sqrt(1 + x)"""
    return sqrt(b, b.complex(1 - x.real, -x.imag)), sqrt(b, b.complex(1 + x.real, x.imag))


def arcsin(b: Builder, x: Value) -> Value:
    """With u = sqrt(1 - x), v = sqrt(1 + x): arctan(a / re(u v)) + i arcsinh(im(conj(u) v)) (Kahan 1987)."""
    u, v = _roots(b, x)
    below = u.real * v.real - u.imag * v.imag
    return b.complex(b.arctan2(x.real, below), b.arcsinh(u.real * v.imag - u.imag * v.real))


def arccos(b: Builder, x: Value) -> Value:
    """2 arctan(re u / re v) + i arcsinh(im(conj(v) u))"""
    u, v = _roots(b, x)
    return b.complex(2 * b.arctan2(u.real, v.real), b.arcsinh(v.real * u.imag - v.imag * u.real))


def arccosh(b: Builder, x: Value) -> Value:
    """With u = sqrt(x - 1), v = sqrt(x + 1): arcsinh(re(conj(u) v)) + 2 i arctan(im u / re v)"""
    u, v = sqrt(b, b.complex(x.real - 1, x.imag)), sqrt(b, b.complex(x.real + 1, x.imag))
    return b.complex(b.arcsinh(u.real * v.real + u.imag * v.imag), 2 * b.arctan2(u.imag, v.real))


def arctanh(b: Builder, x: Value) -> Value:
    """log1p(4 a / ((1 - a)**2 + b**2)) / 4 + i / 2 angle((1 - a)(1 + a) - b**2 + 2 i b)"""
    rest, square = 1 - x.real, x.imag * x.imag
    size = b.fabs(x.real)
    real = b.log1p(4 * size / ((1 - size) * (1 - size) + square)) * 0.25
    return b.complex(b.copysign(real, x.real), b.arctan2(2 * x.imag, rest * (1 + x.real) - square) * 0.5)


def ordered(relation: str) -> Callable[..., Value]:
    """By the real parts, then by the imaginary ones; False with NaN.  As NumPy."""
    strict = relation[0]

    def body(b: Builder, x: Value, y: Value) -> Value:
        has_number = ~(b.isnan(x.imag) | b.isnan(y.imag))
        return (b.compare(strict, x.real, y.real) & has_number) | (
            (x.real == y.real) & b.compare(relation, x.imag, y.imag)
        )

    return body


def angle(b: Builder, x: Value) -> Value:
    """The argument of x, in [-pi, pi], float64 in any case."""
    return b.arctan2(b.astype(x.imag, "float64"), b.astype(x.real, "float64"))


ARITHMETIC: dict[str, Callable[..., Value]] = {"add": add, "sub": subtract, "mul": multiply}

FUNCTIONS: dict[str, Callable[..., Value]] = {
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
    "exp2": scaled(exp, math.log(2), 1.0),
    "expm1": expm1,
    "log2": scaled(log, 1.0, 1 / math.log(2)),
    "log10": scaled(log, 1.0, 1 / math.log(10)),
    "log1p": log1p,
    "pow": power,
    "tan": through_i(tanh),
    "tanh": tanh,
    "arcsin": arcsin,
    "arccos": arccos,
    "arctan": through_i(arctanh),
    "arcsinh": through_i(arcsin),
    "arccosh": arccosh,
    "arctanh": arctanh,
    "lt": ordered("<"),
    "le": ordered("<="),
    "gt": ordered(">"),
    "ge": ordered(">="),
    "sin": sin,
    "cos": cos,
    "sinh": sinh,
    "cosh": cosh,
    "angle": angle,
    "abs_": modulus,
    "real": lambda b, x: b.real(x),
    "imag": lambda b, x: b.imag(x),
    "conj": lambda b, x: b.conj(x),
    "complex": lambda b, x, y: b.complex(x, y),
    "inv": lambda b, x: 1 / x,
    "isnan": lambda b, x: b.isnan(x),
    "isinf": lambda b, x: b.isinf(x),
}

# functions whose ordinary body serves complex numbers too
GENERIC = frozenset("add mul sub neg sqr identity second switch true_div eq neq".split())
