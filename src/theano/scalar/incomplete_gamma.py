"""Incomplete gamma functions, with derivatives by both arguments."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from theano.scalar.dtype import number_like, real_double, real_floating
from theano.scalar.exponential import exp, log
from theano.scalar.function import UNDEFINED, positive, scalar_function
from theano.scalar.gamma_function import gamma, gammaln, psi
from theano.scalar.scipy_functions import by_pointer, iterate, scipy_value

PRECISION = 1e-17  # of sums, where they end
MOST_TERMS = 100_000.0  # about 6 sqrt(2 k) are needed where x is near k


def _density(k: Any, x: Any) -> Any:
    """x ** (k - 1) exp(-x) / gamma(k), the derivative of gammainc by x."""
    return exp((k - 1) * log(x) - x - gammaln(k))


def _of_shape_and_bound(
    partials: Callable[..., Sequence[Any]],
) -> Any:  # as scalar_function's, for partials that name the function itself
    return scalar_function(result=real_floating, partials=partials, samples=(positive, positive), cost=200)


@_of_shape_and_bound(lambda k, x, y: [gammainc_by_shape(k, x), _density(k, x)])
def gammainc(xp, k, x):
    """The integral of t ** (k - 1) exp(-t) from 0 to x, divided by gamma(k).  TypeError for complex."""
    return scipy_value("gammainc", k, x)


@_of_shape_and_bound(lambda k, x, y: [-gammainc_by_shape(k, x), -_density(k, x)])
def gammaincc(xp, k, x):
    """1 - gammainc(k, x).  TypeError for complex."""
    return scipy_value("gammaincc", k, x)


@_of_shape_and_bound(
    lambda k, x, y: [y * psi(k) - gamma(k) * gammainc_by_shape(k, x), -exp((k - 1) * log(x) - x)]
)
def gammau(xp, k, x):
    """The upper incomplete gamma function, gammaincc(k, x) gamma(k).  TypeError for complex."""
    return scipy_value("gammaincc", k, x) * scipy_value("gamma", k)


@_of_shape_and_bound(
    lambda k, x, y: [y * psi(k) + gamma(k) * gammainc_by_shape(k, x), exp((k - 1) * log(x) - x)]
)
def gammal(xp, k, x):
    """The lower incomplete gamma function, gammainc(k, x) gamma(k).  TypeError for complex."""
    return scipy_value("gammainc", k, x) * scipy_value("gamma", k)


gammainc.llvm(by_pointer("gammainc"))
gammaincc.llvm(by_pointer("gammaincc"))


@gammau.llvm
def _(b, k, x):
    return b.gammaincc(k, x) * b.gamma(k)


@gammal.llvm
def _(b, k, x):
    return b.gammainc(k, x) * b.gamma(k)


@scalar_function(
    result=real_double,
    partials=lambda x, k, y: [
        -exp((k / 2 - 1) * log(x) - x / 2 - k / 2 * number_like(y, math.log(2)) - gammaln(k / 2)),
        gammainc_by_shape(k / 2, x / 2) / -2,
    ],
    samples=(positive, positive),
    cost=200,
)
def chi2sf(xp, x, k):
    """1 - F(x), F the chi-squared distribution with k degrees of freedom.  float64; TypeError for complex."""
    return scipy_value("chdtrc", k, x)


@chi2sf.llvm
def _(b, x, k):
    return b.call_external("scipy:chdtrc", k, x)


# -- the derivative by the shape ---------------------------------------------------------------------------------------


@_of_shape_and_bound(lambda k, x, y: [UNDEFINED, _density(k, x) * (log(x) - psi(k))])
def gammainc_by_shape(xp, k, x):
    """The derivative of gammainc(k, x) by k, in float64 inside.  TypeError for complex.

    With P = gammainc, Q = gammaincc, and a series for x <= k + 1, a continued fraction beyond, differentiated term by term:

        P = x**k exp(-x) / gamma(k + 1) S,   P' = P (log x - psi(k + 1) + S'/S),   S = sum of x**n / ((k+1) ... (k+n))
        Q = x**k exp(-x) / gamma(k) F,      -P' = Q (log x - psi(k) + F'/F),       F = 1/(b0 + a1/(b1 + a2/(b2 + ...)))
                                                                     an = n (k - n),   bn = x + 2 n + 1 - k

    References
    ----------
    R. J. Moore 1982, "Algorithm AS 187: Derivatives of the incomplete gamma integral".
    """
    return _gammainc_by_shape(xp, k, x)


@gammainc_by_shape.llvm
def _gammainc_by_shape(xp: Any, k: Any, x: Any) -> Any:
    k, x = k.astype("float64"), x.astype("float64")
    is_inside = (x > 0) & (x < math.inf)
    is_low = x <= k + 1
    lower = gammainc(k, x) * (log(x) - psi(k + 1) + _of_series(xp, k, x, is_inside & is_low))
    upper = gammaincc(k, x) * (log(x) - psi(k) + _of_fraction(xp, k, x, is_inside & (x > k + 1)))
    is_end = (k > 0) & ((x == 0) | (x == math.inf))
    return xp.where(is_end, 0, xp.where(is_low, lower, -upper))


def _of_series(xp: Any, k: Any, x: Any, wanted: Any) -> Any:
    """S'/S, where wanted."""

    def goes_on(n: Any, term: Any, inverses: Any, total: Any, slope: Any) -> Any:
        return wanted & (term * inverses > PRECISION * slope) & (n < MOST_TERMS)

    def step(n: Any, term: Any, inverses: Any, total: Any, slope: Any) -> Sequence[Any]:
        n = n + 1
        term, inverses = term * x / (k + n), inverses + 1 / (k + n)
        return n, term, inverses, total + term, slope + term * inverses

    first, inverse = x / (k + 1), 1 / (k + 1)
    _, _, _, total, slope = iterate(xp, goes_on, step, x * 0 + 1, first, inverse, 1 + first, first * inverse)
    return -slope / total


def _of_fraction(xp: Any, k: Any, x: Any, wanted: Any) -> Any:
    """F'/F, where wanted: F is the product of the ratios of what Lentz's recurrences give (Thompson and Barnett 1986)."""

    def goes_on(n: Any, c: Any, dc: Any, d: Any, dd: Any, slope: Any, change: Any) -> Any:
        return wanted & (abs(change) > PRECISION * abs(slope)) & (n < MOST_TERMS)

    def step(n: Any, c: Any, dc: Any, d: Any, dd: Any, slope: Any, change: Any) -> Sequence[Any]:
        n = n + 1
        an, bn = n * (k - n), x + (2 * n + 1) - k
        p, dp = bn + an * c, n * c + an * dc - 1
        q, dq = bn + an * d, n * d + an * dd - 1
        change = dp / p - dq / q
        return n, 1 / p, -dp / (p * p), 1 / q, -dq / (q * q), slope + change, change

    zero, b0 = x * 0, x + 1 - k
    *_, slope, _ = iterate(xp, goes_on, step, zero, zero, zero, 1 / b0, 1 / (b0 * b0), 1 / b0, zero + 1)
    return slope
