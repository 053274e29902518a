"""Complex numbers: their parts, their making, absolute value and sign.

The partials of a function f of a complex x = u + iv with real values are df/du + i df/dv; those of a holomorphic
function are its derivative.
"""

from __future__ import annotations

from typing import Any

from theano.scalar.dtype import (
    COMPLEX,
    at_least_int8,
    complex_of,
    double,
    dtype_of,
    number_like,
    real_same,
    signed_real,
)
from theano.scalar.function import CONJUGATE, between, positive, reals, scalar_function


def is_complex(x: Any) -> bool:
    return dtype_of(x) in COMPLEX


@scalar_function(
    result=real_same, partials=lambda x, y: [x / y if is_complex(x) else sgn(x)], operands="given"
)
def abs_(xp, x):
    """|x|, in the dtype of x; of a complex number sqrt(u ** 2 + v ** 2), in the dtype of its parts.

    The derivative is 0 at 0, nan there for complex numbers.
    """
    return xp.abs(x)


@scalar_function(result=signed_real, partials=lambda x, y: [None], cost=3)
def sgn(xp, x):
    """1, 0 or -1 by the sign of x, in its dtype; NaN for NaN.  TypeError for bool and complex.  The derivative is 0."""
    return xp.sign(x)


@scalar_function(result=real_same, partials=lambda x, y: [1], operands="given", cost=0)
def real(xp, x):
    """The real part, in its dtype; x itself when x is real."""
    return x.real


@scalar_function(
    result=real_same,
    partials=lambda x, y: [number_like(x, 1j) if is_complex(x) else None],
    operands="given",
    cost=0,
)
def imag(xp, x):
    """The imaginary part, in its dtype; 0 of the dtype of x when x is real."""
    return x.imag


@scalar_function(
    result=double,
    partials=lambda x, y: [number_like(x, 1j) * x / (abs_(x) * abs_(x)) if is_complex(x) else None],
    operands="given",
    cost=20,
)
def angle(xp, x):
    """The angle of x with the positive real axis, in [-pi, pi], float64.  pi for negative real x and for -0.0."""
    return xp.arctan2(x.imag.astype("float64"), x.real.astype("float64"))


@scalar_function(
    result=at_least_int8,
    partials=lambda x, y: [CONJUGATE if is_complex(x) else 1],
    cost=0,
)
def conj(xp, x):
    """u - iv of x = u + iv; x itself when x is real, but int8 for bool."""
    return xp.conj(x)


@scalar_function(
    result=complex_of,
    partials=lambda x, y, z: [1, number_like(z, 1j)],
    samples=(reals, reals),
    operands="given",
)
def complex(xp, x, y):
    """x + iy: complex64 for arguments up to float32, else complex128.  TypeError for complex arguments."""
    z = xp.zeros(xp.broadcast_shapes(x.shape, y.shape), complex_of(dtype_of(x), dtype_of(y)))
    z.real, z.imag = x, y  # not x + 1j y, which is NaN where y is infinite
    return z


@complex.llvm
def _(b, x, y):
    return b.complex(x, y)


@scalar_function(
    result=complex_of,
    partials=lambda r, t, z: [complex_from_polar(number_like(r, 1.0), t), number_like(z, 1j) * z],
    samples=(positive, between(-3.0, 3.0)),
    operands="given",
    cost=40,
)
def complex_from_polar(xp, r, t):
    """r (cos t + i sin t): complex64 for arguments up to float32, else complex128.  TypeError for complex arguments."""
    return r * xp.exp(t.astype(complex_of(dtype_of(r), dtype_of(t))) * 1j)


@complex_from_polar.llvm
def _(b, r, t):
    return b.complex(r * b.cos(t), r * b.sin(t))
