"""The gamma function and its kin, Bessel functions.  Values are SciPy's, imported when first needed.

Where no derivative is known in closed form (with respect to an order, or the shape of a distribution), the partial
is UNDEFINED.  Machine code calls what the C library has; the other functions are called back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from theano.scalar.complex import is_complex
from theano.scalar.dtype import floating, number_like, real_double, real_floating
from theano.scalar.exponential import exp, log
from theano.scalar.function import UNDEFINED, ScalarFunction, positive, reals, scalar_function


def _scipy(name: str, *arguments: Any) -> Any:
    """``scipy.special.<name>`` of arrays."""
    import scipy.special

    return getattr(scipy.special, name)(*arguments)


# -- the gamma function ------------------------------------------------------------------------------------------------


@scalar_function(result=floating, partials=lambda x, y: [y * psi(x)], samples=positive, cost=60)
def gamma(xp, x):
    """The gamma function, (x - 1)! for whole x > 0.  int8, int16 -> float32; complex stays complex."""
    return _scipy("gamma", x)


@gamma.llvm
def _(b, x):
    return b.call_external("tgamma", x)


@scalar_function(result=real_floating, partials=lambda x, y: [psi(x)], samples=positive, cost=60)
def gammaln(xp, x):
    """log |gamma(x)|.  int8, int16 -> float32; TypeError for complex."""
    return _scipy("gammaln", x)


@gammaln.llvm
def _(b, x):
    """lgamma of the C library gives +inf at -inf, where SciPy gives -inf."""
    return b.where(x == -math.inf, x, b.call_external("lgamma", x))


@scalar_function(
    result=floating,
    partials=lambda x, y: [UNDEFINED if is_complex(x) else tri_gamma(x)],  # tri_gamma is for real numbers
    samples=positive,
    cost=100,
)
def psi(xp, x):
    """The digamma function, the derivative of log gamma(x).  int8, int16 -> float32; complex stays complex."""
    return _scipy("psi", x)


@scalar_function(result=real_floating, partials=lambda x, y: [UNDEFINED], samples=positive, cost=100)
def tri_gamma(xp, x):
    """The derivative of psi(x).  int8, int16 -> float32; TypeError for complex."""
    return _scipy("polygamma", 1, x)


@scalar_function(
    result=real_double,
    partials=lambda x, k, y: [
        -exp((k / 2 - 1) * log(x) - x / 2 - k / 2 * number_like(y, math.log(2)) - gammaln(k / 2)),
        UNDEFINED,
    ],
    samples=(positive, positive),
    cost=200,
)
def chi2sf(xp, x, k):
    """1 - F(x), F the chi-squared distribution with k degrees of freedom.  float64; TypeError for complex."""
    return _scipy("chdtrc", k, x)


def _density(k: Any, x: Any) -> Any:
    """x ** (k - 1) exp(-x) / gamma(k), the derivative of gammainc by x."""
    return exp((k - 1) * log(x) - x - gammaln(k))


def _of_shape_and_bound(
    partials: Callable[..., Sequence[Any]],
) -> Callable[[Callable[..., Any]], ScalarFunction]:
    return scalar_function(result=real_floating, partials=partials, samples=(positive, positive), cost=200)


@_of_shape_and_bound(lambda k, x, y: [UNDEFINED, _density(k, x)])
def gammainc(xp, k, x):
    """The integral of t ** (k - 1) exp(-t) from 0 to x, divided by gamma(k).  TypeError for complex."""
    return _scipy("gammainc", k, x)


@_of_shape_and_bound(lambda k, x, y: [UNDEFINED, -_density(k, x)])
def gammaincc(xp, k, x):
    """1 - gammainc(k, x).  TypeError for complex."""
    return _scipy("gammaincc", k, x)


@_of_shape_and_bound(lambda k, x, y: [UNDEFINED, -exp((k - 1) * log(x) - x)])
def gammau(xp, k, x):
    """The upper incomplete gamma function, gammaincc(k, x) gamma(k).  TypeError for complex."""
    return _scipy("gammaincc", k, x) * _scipy("gamma", k)


@_of_shape_and_bound(lambda k, x, y: [UNDEFINED, exp((k - 1) * log(x) - x)])
def gammal(xp, k, x):
    """The lower incomplete gamma function, gammainc(k, x) gamma(k).  TypeError for complex."""
    return _scipy("gammainc", k, x) * _scipy("gamma", k)


# -- Bessel functions --------------------------------------------------------------------------------------------------


@scalar_function(result=real_floating, partials=lambda x, y: [-j1(x)], samples=reals, cost=60)
def j0(xp, x):
    """The Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
    return _scipy("j0", x)


@scalar_function(result=real_floating, partials=lambda x, y: [(j0(x) - jv(2, x)) / 2], samples=reals, cost=60)
def j1(xp, x):
    """The Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
    return _scipy("j1", x)


@scalar_function(
    result=real_floating,
    partials=lambda v, x, y: [UNDEFINED, (jv(v - 1, x) - jv(v + 1, x)) / 2],
    samples=(positive, positive),
    cost=200,
)
def jv(xp, v, x):
    """The Bessel function of the first kind of real order v.  TypeError for complex."""
    return _scipy("jv", v, x)


@scalar_function(result=real_floating, partials=lambda x, y: [i1(x)], samples=reals, cost=60)
def i0(xp, x):
    """The modified Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
    return _scipy("i0", x)


@scalar_function(result=real_floating, partials=lambda x, y: [(i0(x) + iv(2, x)) / 2], samples=reals, cost=60)
def i1(xp, x):
    """The modified Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
    return _scipy("i1", x)


@scalar_function(
    result=real_floating,
    partials=lambda v, x, y: [UNDEFINED, (iv(v - 1, x) + iv(v + 1, x)) / 2],
    samples=(positive, positive),
    cost=200,
)
def iv(xp, v, x):
    """The modified Bessel function of the first kind of real order v.  TypeError for complex."""
    return _scipy("iv", v, x)
