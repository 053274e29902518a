"""The gamma function, its logarithm, and the derivatives of that; the beta function.

Machine code is free of branches for x >= 0: polynomials around 2, to which small arguments are brought by
gamma(x + 1) = x gamma(x), and Stirling's series beyond.  Negative arguments take a call, for them alone.
Measured errors are those of ``benchmarks/accuracy.py``, float64 then float32, for x > 0.
"""

from __future__ import annotations

import math
from typing import Any

from theano.scalar.binary import polynomial, powers_of_two, two_product, two_sum
from theano.scalar.complex import is_complex
from theano.scalar.dtype import floating, real_floating
from theano.scalar.exponential import EXP_RANGE, clamped, expm1_near_0, reduced
from theano.scalar.function import UNDEFINED, WholeNumbers, positive, scalar_function
from theano.scalar.power import long_log
from theano.scalar.scipy_functions import by_pointer, scipy_value

HALF_LOG_2PI = math.log(2 * math.pi) / 2
STIRLING_FROM = 4.5  # where log gamma, and gamma, go over to Stirling's series
GAMMA_END = {"float32": 36.0, "float64": 180.0}  # beyond, gamma overflows
PSI_ROOT = {  # the root of psi, less 1, as a sum of two numbers
    "float32": (0.4616321325302124, 1.243814993891891e-08),
    "float64": (0.46163214496836236, -1.5522348162858677e-17),
}


def brought_to_2(b: Any, x: Any) -> tuple[Any, Any]:
    """(t, f) for 0 <= x < 4.5: gamma(x) = gamma(2 + t) / f for x < 1.5, else gamma(2 + t) f; |t| <= 1/2, exactly."""
    n = b.where(
        x < 0.5, 0, b.where(x < 1.5, 1, b.where(x < 2.5, 2, b.where(x < 3.5, 3, b.constant(4, x.dtype))))
    )
    below = b.where(x < 0.5, x * (1 + x), x)
    above = b.where(x < 2.5, 1, b.where(x < 3.5, x - 1, (x - 1) * (x - 2)))
    return x - n, b.where(x < 1.5, below, above)


@scalar_function(result=floating, partials=lambda x, y: [y * psi(x)], samples=positive, cost=60)
def gamma(xp, x):
    """The gamma function, (x - 1)! for whole x > 0.  int8, int16 -> float32; complex stays complex."""
    return scipy_value("gamma", x)


@gamma.llvm
def _(b, x):
    """exp((x - 1/2) log x - x + log(2 pi) / 2 + s(x)) from 4.5 on, the exponent in double length."""
    t, f = brought_to_2(b, x)
    g = polynomial(b, "gamma", t)
    near = b.where(x < 1.5, g / f, g * f)
    end = GAMMA_END[x.dtype]
    u = b.where(x > end, end, x)
    high, low = long_log(b, u)
    p, e = two_product(b, u - 0.5, high)
    inverse = 1 / u
    total, rest = two_sum(b, p, -u)
    rest = rest + b.muladd(u - 0.5, low, e)
    total, more = two_sum(b, total, inverse * polynomial(b, "gammaln.far", inverse * inverse) + HALF_LOG_2PI)
    shifted, r = reduced(b, clamped(b, total, *EXP_RANGE[x.dtype]))
    s, q = powers_of_two(b, shifted)
    far = (1 + expm1_near_0(b, r + (rest + more))) * s * q
    return b.rarely(x < 0, "tgamma", x, b.where(x < STIRLING_FROM, near, far))


@scalar_function(result=real_floating, partials=lambda x, y: [psi(x)], samples=positive, cost=60)
def gammaln(xp, x):
    """log |gamma(x)|.  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("gammaln", x)


@gammaln.llvm
def _(b, x):
    """t p(t) -+ log f, x = 2 + t brought near; (x - 1/2) (log x - 1) + (log(2 pi) - 1) / 2 + s(x) from 4.5 on."""
    t, f = brought_to_2(b, x)
    is_near = x < STIRLING_FROM
    l = b.log(b.where(is_near, f, x))
    near = b.muladd(t, polynomial(b, "gammaln", t), b.where(x < 1.5, -l, l))
    inverse = 1 / x
    rest = b.muladd(inverse, polynomial(b, "gammaln.far", inverse * inverse), HALF_LOG_2PI - 0.5)
    far = b.muladd(x - 0.5, l - 1, rest)
    value = b.rarely(x < 0, "lgamma", x, b.where(is_near, near, far))
    return b.where(x == -math.inf, x, value)  # as SciPy; the C library has inf


@scalar_function(
    result=floating,
    partials=lambda x, y: [UNDEFINED if is_complex(x) else tri_gamma(x)],  # tri_gamma is for real numbers
    samples=positive,
    cost=60,
)
def psi(xp, x):
    """The digamma function, the derivative of log gamma(x).  int8, int16 -> float32; complex stays complex."""
    return scipy_value("psi", x)


def _psi_of_positive(b: Any, x: Any) -> Any:
    """(x - root) p(x) in [1, 2], to which [0, 3] is brought; log x - 1 / 2x - s(x) from 3 on."""
    t = x - b.where(x < 1, 0, b.where(x < 2, 1, b.constant(2, x.dtype)))
    high, low = PSI_ROOT[x.dtype]
    inverse = 1 / b.where(x < 1, x, b.where(x < 3, x - 1, x))
    step = b.where(x < 1, -inverse, b.where(x < 2, 0, inverse))
    near = b.muladd((t - high) - low, polynomial(b, "psi", t - 0.5), step)
    v = inverse * inverse
    far = b.log(x) - b.muladd(v, polynomial(b, "psi.far", v), 0.5 * inverse)
    return b.where(x < 3, near, far)


def _fraction_of_turn(b: Any, x: Any) -> Any:
    """pi (x - the nearest whole number); NaN for whole x, the poles."""
    f = x - b.rint(x)
    return b.where(f == 0, math.nan, f) * math.pi


@psi.llvm
def _(b, x):
    """psi(1 - x) - pi / tan(pi x) below 0."""
    return b.rarely(
        x < 0,
        "psi",
        x,
        _psi_of_positive(b, x),
        lambda b, x: _psi_of_positive(b, 1 - x) - math.pi / b.tan(_fraction_of_turn(b, x)),
    )


@scalar_function(result=real_floating, partials=lambda x, y: [polygamma(2, x)], samples=positive, cost=60)
def tri_gamma(xp, x):
    """The derivative of psi(x).  int8, int16 -> float32; TypeError for complex."""
    return scipy_value("polygamma", 1, x)


def _tri_gamma_of_positive(b: Any, x: Any) -> Any:
    """1 / y + 1 / 2y**2 + s(y), y = x from 4 on; below y = x + 4, and 1 / x**2 + ... + 1 / (x + 3)**2 more."""
    is_small = x < 4
    inverse = 1 / b.where(is_small, x + 4, x)
    v = inverse * inverse
    far = inverse + v * b.muladd(inverse, polynomial(b, "tri_gamma.far", v), 0.5)
    first, (p, q, r) = 1 / x, ((x + k) * (x + k) for k in (1, 2, 3))
    others = b.muladd(p, q + r, q * r) / (p * q * r)
    return b.where(is_small, b.muladd(first, first, others + far), far)


@tri_gamma.llvm
def _(b, x):
    """pi**2 / sin(pi x)**2 - tri_gamma(1 - x) below 0, inf at the poles."""

    def reflected(b: Any, x: Any) -> Any:
        s = math.pi / b.sin((x - b.rint(x)) * math.pi)
        return b.where(x == -math.inf, math.inf, s * s - _tri_gamma_of_positive(b, 1 - x))

    return b.rarely(x < 0, "tri_gamma", x, _tri_gamma_of_positive(b, x), reflected)


@scalar_function(
    result=real_floating,
    partials=lambda n, x, y: [UNDEFINED, polygamma(n + 1, x)],
    samples=(WholeNumbers(0, 4), positive),
    cost=200,
)
def polygamma(xp, n, x):
    """The n-th derivative of psi(x), n = 0, 1, ...; NaN for other n.  TypeError for complex."""
    whole = xp.where((n >= 0) & (n == xp.floor(n)), n, 0)
    return xp.where(whole == n, scipy_value("polygamma", whole, x), xp.nan)


@scalar_function(
    result=real_floating,
    partials=lambda a, b, y: [psi(a) - psi(a + b), psi(b) - psi(a + b)],
    samples=(positive, positive),
    cost=100,
)
def betaln(xp, a, b):
    """log |B(a, b)| = log |gamma(a) gamma(b) / gamma(a + b)|.  TypeError for complex."""
    return scipy_value("betaln", a, b)


betaln.llvm(by_pointer("betaln"))
