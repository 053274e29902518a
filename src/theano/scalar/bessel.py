"""Bessel functions.

Of order 0 and 1 the modified ones of the first kind have machine code of their own, free of branches; all others call
SciPy's.  Partial derivatives with respect to an order are UNDEFINED.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from theano.scalar.binary import polynomial
from theano.scalar.complex import sgn
from theano.scalar.dtype import real_floating
from theano.scalar.function import UNDEFINED, above, positive, reals, scalar_function
from theano.scalar.scipy_functions import by_pointer, scipy_value

NEAR = 8  # up to here, power series
END = {
    "float32": math.inf,
    "float64": 709.782712893384,
}  # beyond, exp is inf, and so i0 and i1 of SciPy and Theano 1.0.5


def _of_argument(
    partials: Callable[..., Sequence[Any]], samples: Any = reals
) -> Any:  # as scalar_function's, for partials that name the function itself
    return scalar_function(result=real_floating, partials=partials, samples=samples, cost=60)


def _of_order_and_argument(
    partial: Callable[..., Any], samples: Any = positive
) -> Any:  # as scalar_function's, for partials that name the function itself
    return scalar_function(
        result=real_floating,
        partials=lambda v, x, y: [UNDEFINED, partial(v, x, y)],
        samples=(positive, samples),
        cost=200,
    )


# -- of the first and second kind --------------------------------------------------------------------------------------


@_of_argument(lambda x, y: [-j1(x)])
def j0(xp, x):
    """The Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("j0", x)


@_of_argument(lambda x, y: [(j0(x) - jv(2, x)) / 2])
def j1(xp, x):
    """The Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("j1", x)


@_of_order_and_argument(lambda v, x, y: (jv(v - 1, x) - jv(v + 1, x)) / 2)
def jv(xp, v, x):
    """The Bessel function of the first kind of real order v.  TypeError for complex."""
    return scipy_value("jv", v, x)


@_of_order_and_argument(lambda v, x, y: (yv(v - 1, x) - yv(v + 1, x)) / 2, above(0.8))
def yv(xp, v, x):
    """The Bessel function of the second kind of real order v.  TypeError for complex."""
    return scipy_value("yv", v, x)


# -- modified ----------------------------------------------------------------------------------------------------------


@_of_argument(lambda x, y: [i1(x)])
def i0(xp, x):
    """The modified Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("i0", x)


@_of_argument(lambda x, y: [(i0(x) + iv(2, x)) / 2])
def i1(xp, x):
    """The modified Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("i1", x)


@_of_argument(lambda x, y: [i1e(x) - sgn(x) * y])  # 0 at 0
def i0e(xp, x):
    """exp(-|x|) i0(x).  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("i0e", x)


@_of_argument(lambda x, y: [(i0e(x) + ive(2, x)) / 2 - sgn(x) * y])
def i1e(xp, x):
    """exp(-|x|) i1(x).  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("i1e", x)


def _parts(b: Any, name: str, x: Any) -> tuple[Any, Any, Any]:
    """(t, p, q), t = |x|: a polynomial of t**2 for t <= 8, and one of 1 / t over sqrt(t) beyond."""
    t = b.fabs(x)
    near = b.where(t > NEAR, 0, t)
    far = b.where(t > NEAR, t, NEAR)
    return (
        t,
        polynomial(b, name, near * near),
        polynomial(b, f"{name}.far", 1 / far - 0.0625) / b.sqrt(far),
    )


@i0.llvm
def _(b, x):
    """p(t**2), or exp(t) q(1 / t) / sqrt(t): half of the exponential at a time, as it may overflow alone."""
    t, near, far = _parts(b, "i0", x)
    half = b.exp(b.where(t > END[x.dtype], math.inf, t * 0.5))
    return b.where(t > NEAR, half * (half * far), near)


@i1.llvm
def _(b, x):
    """x p(t**2), or exp(t) q(1 / t) / sqrt(t) with the sign of x."""
    t, near, far = _parts(b, "i1", x)
    half = b.exp(b.where(t > END[x.dtype], math.inf, t * 0.5))
    return b.where(t > NEAR, b.copysign(half * (half * far), x), x * near)


@i0e.llvm
def _(b, x):
    t, near, far = _parts(b, "i0", x)
    return b.where(t > NEAR, far, near * b.exp(-t))


@i1e.llvm
def _(b, x):
    t, near, far = _parts(b, "i1", x)
    return b.where(t > NEAR, b.copysign(far, x), x * near * b.exp(-t))


@_of_order_and_argument(lambda v, x, y: (iv(v - 1, x) + iv(v + 1, x)) / 2)
def iv(xp, v, x):
    """The modified Bessel function of the first kind of real order v.  TypeError for complex."""
    return scipy_value("iv", v, x)


@_of_order_and_argument(lambda v, x, y: (ive(v - 1, x) + ive(v + 1, x)) / 2 - sgn(x) * y)
def ive(xp, v, x):
    """exp(-|x|) iv(v, x).  TypeError for complex."""
    return scipy_value("ive", v, x)


@_of_order_and_argument(lambda v, x, y: (kv(v - 1, x) + kv(v + 1, x)) / -2, above(0.8))
def kv(xp, v, x):
    """The modified Bessel function of the second kind of real order v.  TypeError for complex."""
    return scipy_value("kv", v, x)


@_of_order_and_argument(lambda v, x, y: y - (kve(v - 1, x) + kve(v + 1, x)) / 2, above(0.8))
def kve(xp, v, x):
    """exp(x) kv(v, x).  TypeError for complex."""
    return scipy_value("kve", v, x)


for _function in (j0, j1, jv, yv, iv, ive, kv, kve):
    _function.llvm(by_pointer(_function.name))
