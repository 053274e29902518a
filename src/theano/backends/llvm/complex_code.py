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


def angle(b: Builder, x: Value) -> Value:
    """The argument of x, in [-pi, pi], float64 in any case."""
    return b.arctan2(b.astype(x.imag, "float64"), b.astype(x.real, "float64"))


ARITHMETIC: dict[str, Callable[..., Value]] = {"add": add, "sub": subtract, "mul": multiply}

FUNCTIONS: dict[str, Callable[..., Value]] = {
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
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
