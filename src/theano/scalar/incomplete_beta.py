"""The incomplete beta function, with derivatives by all three arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.scalar.dtype import real_floating
from theano.scalar.exponential import exp, log, log1p
from theano.scalar.function import UNDEFINED, positive, scalar_function, unit
from theano.scalar.gamma_function import betaln, psi
from theano.scalar.scipy_functions import by_pointer, iterate, scipy_value

PRECISION = 1e-17
MOST_TERMS = 100_000.0


def _density(a: Any, b: Any, x: Any) -> Any:
    """x**(a - 1) (1 - x)**(b - 1) / B(a, b)"""
    return exp((a - 1) * log(x) + (b - 1) * log1p(-x) - betaln(a, b))


@scalar_function(
    result=real_floating,
    partials=lambda a, b, x, y: [betainc_by_first(a, b, x), betainc_by_second(a, b, x), _density(a, b, x)],
    samples=(positive, positive, unit),
    cost=300,
)
def betainc(xp, a, b, x):
    """The integral of t**(a - 1) (1 - t)**(b - 1) from 0 to x, divided by B(a, b).  TypeError for complex."""
    return scipy_value(
        "betainc", *(n.astype("float64") for n in (a, b, x))
    )  # SciPy's of float32 is less accurate


betainc.llvm(by_pointer("betainc"))


@scalar_function(
    result=real_floating,
    partials=lambda a, b, x, y: [UNDEFINED, UNDEFINED, _density(a, b, x) * (log(x) + psi(a + b) - psi(a))],
    samples=(positive, positive, unit),
    cost=600,
)
def betainc_by_first(xp, a, b, x):
    """The derivative of betainc(a, b, x) by a, in float64 inside: see ``derivatives``.  TypeError for complex."""
    return derivatives(xp, a, b, x)[0]


@betainc_by_first.llvm
def _(xp, a, b, x):
    return derivatives(xp, a, b, x)[0]


@scalar_function(
    result=real_floating,
    partials=lambda a, b, x, y: [UNDEFINED, UNDEFINED, _density(a, b, x) * (log1p(-x) + psi(a + b) - psi(b))],
    samples=(positive, positive, unit),
    cost=600,
)
def betainc_by_second(xp, a, b, x):
    """The derivative of betainc(a, b, x) by b, in float64 inside: see ``derivatives``.  TypeError for complex."""
    return derivatives(xp, a, b, x)[1]


@betainc_by_second.llvm
def _(xp, a, b, x):
    return derivatives(xp, a, b, x)[1]


def derivatives(xp: Any, a: Any, b: Any, x: Any) -> tuple[Any, Any]:
    """Of I = betainc(a, b, x) by a and by b, from a continued fraction that is differentiated step by step.

        I = x**a (1 - x)**b / (a B(a, b)) K,   K = 1/(1 + d1/(1 + d2/(1 + ...)))            for x < (a + 1)/(a + b + 2)
        dI/da = I (log x + psi(a + b) - psi(a + 1) + K'/K),   K' by a
        dI/db = I (log(1 - x) + psi(a + b) - psi(b) + K'/K),  K' by b

        d2m = m (b - m) x / ((a + 2m - 1)(a + 2m)),   d2m+1 = -(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1))

    Beyond, betainc(a, b, x) = 1 - betainc(b, a, 1 - x).

    References
    ----------
    R. J. Boik and J. F. Robison-Cox 1998, "Derivatives of the incomplete beta function".
    """
    a, b, x = a.astype("float64"), b.astype("float64"), x.astype("float64")
    is_low = x * (a + b + 2) < a + 1
    p, q, z = xp.where(is_low, a, b), xp.where(is_low, b, a), xp.where(is_low, x, 1 - x)
    is_inside = (x > 0) & (x < 1) & (a > 0) & (b > 0)
    by_p, by_q = _of_fraction(xp, p, q, z, is_inside)
    value = betainc(p, q, z)
    by_p = value * (log(z) + psi(p + q) - psi(p + 1) + by_p)
    by_q = value * (log1p(-z) + psi(p + q) - psi(q) + by_q)
    is_end = (a > 0) & (b > 0) & ((x == 0) | (x == 1))
    by_a, by_b = xp.where(is_low, by_p, -by_q), xp.where(is_low, by_q, -by_p)
    return xp.where(is_end, 0, by_a), xp.where(is_end, 0, by_b)


def _of_fraction(xp: Any, a: Any, b: Any, x: Any, wanted: Any) -> tuple[Any, Any]:
    """K'/K by a and by b, where wanted: sums of the logarithmic derivatives of what Lentz's recurrences give.

    State: m; c and d with their derivatives by a and b; the sums; the size of the last change
    """

    def goes_on(m: Any, *state: Any) -> Any:
        return wanted & (state[-1] > PRECISION) & (m < MOST_TERMS)

    def through(an: Any, by_a: Any, by_b: Any, c: Any, ca: Any, cb: Any) -> tuple[Any, ...]:
        """1 / (1 + an c), its derivatives, and those of the denominator over it."""
        n = 1 / (1 + an * c)
        na, nb = (by_a * c + an * ca) * n, (by_b * c + an * cb) * n
        return n, -na * n, -nb * n, na, nb

    def step(m: Any, *state: Any) -> Sequence[Any]:
        (c, ca, cb, d, da, db, la, lb, _), change = state, 0
        n = m + 1
        below = (a + 2 * m) * (a + 2 * m + 1)
        odd = -(a + m) * (a + b + m) * x / below
        odd_a = odd * (1 / (a + b + m) - 1 / (a + 2 * m + 1)) - (a + b + m) * x * m / below / (a + 2 * m)
        above = (a + 2 * n - 1) * (a + 2 * n)
        even = n * (b - n) * x / above
        even_a = -even * (1 / (a + 2 * n - 1) + 1 / (a + 2 * n))
        for term in ((odd, odd_a, -(a + m) * x / below), (even, even_a, n * x / above)):
            c, ca, cb, pa, pb = through(*term, c, ca, cb)
            d, da, db, qa, qb = through(*term, d, da, db)
            la, lb = la + (pa - qa), lb + (pb - qb)
            change = change + abs(pa - qa) + abs(pb - qb)
        return n, c, ca, cb, d, da, db, la, lb, change / (abs(la) + abs(lb))

    zero = x * 0
    one = zero + 1
    found = iterate(xp, goes_on, step, zero, zero, zero, zero, one, zero, zero, zero, zero, one)
    return found[7], found[8]
