"""Makes ``theano/scalar/coefficients.py``: ``python -m benchmarks.minimax [NAME ...]`` prints it.

Remez's exchange in mpmath: the polynomial p of a degree for which max |p(t) - f(t)| weight(t) on [low, high]
is least.  The printed errors are those of the coefficients before they are rounded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from mpmath import mp, mpf

mp.dps = 50

Real = Callable[[mpf], mpf]


@dataclass(frozen=True)
class Fit:
    """f on [low, high], to a degree in float64 and one in float32, by powers of (t - center)."""

    f: Real
    low: mpf
    high: mpf
    degree64: int
    degree32: int
    weight: Real = lambda t: mpf(1)
    high32: mpf | None = None
    center: float = 0.0


def minimax(
    f: Real, degree: int, low: mpf, high: mpf, weight: Real, center: float = 0.0
) -> tuple[list[mpf], mpf]:
    """The coefficients, constant first, and the largest weighted error."""
    count = degree + 2
    middle, half = (low + high) / 2, (high - low) / 2
    grid = [middle - half * mp.cos(mp.pi * i / (24 * count)) for i in range(24 * count + 1)]
    values, weights = [f(t) for t in grid], [weight(t) for t in grid]
    chosen = [24 * count * i // (count - 1) for i in range(count)]
    for _ in range(12):
        system = mp.matrix(count, count)
        right = mp.matrix(count, 1)
        for row, i in enumerate(chosen):
            for j in range(degree + 1):
                system[row, j] = ((grid[i] - middle) / half) ** j
            system[row, degree + 1] = (-1) ** row / weights[i]
            right[row] = values[i]
        solution = mp.lu_solve(system, right)
        inner = list(solution[: degree + 1])
        errors = [
            (mp.polyval(inner[::-1], (t - middle) / half) - v) * w
            for t, v, w in zip(grid, values, weights, strict=True)
        ]
        exchanged = _alternating(errors, count)
        if exchanged == chosen or len(exchanged) < count:
            break
        chosen = exchanged
    return _shifted(inner, middle - center, half), max(abs(e) for e in errors)


def _alternating(errors: list[mpf], count: int) -> list[int]:
    """Positions of the largest error between changes of sign; ``count`` neighbouring ones of them."""
    positions: list[int] = []
    for i, e in enumerate(errors):
        if positions and (e > 0) == (errors[positions[-1]] > 0):
            if abs(e) > abs(errors[positions[-1]]):
                positions[-1] = i
        else:
            positions.append(i)
    while len(positions) > count:
        positions.pop(0 if abs(errors[positions[0]]) < abs(errors[positions[-1]]) else -1)
    return positions


def _shifted(inner: list[mpf], middle: mpf, half: mpf) -> list[mpf]:
    """Coefficients in t of a polynomial in (t - middle) / half."""
    outer = [mpf(0)]
    for c in reversed(inner):
        multiplied = [mpf(0)] * (len(outer) + 1)
        for j, o in enumerate(outer):
            multiplied[j] -= o * middle / half
            multiplied[j + 1] += o / half
        multiplied[0] += c
        outer = multiplied
    return outer[: len(inner)]


def _series(first: Callable[[mpf], mpf], terms: Callable[[int], mpf]) -> Real:
    """f, but near 0, where its formula cancels, the sum of terms(n) t**n."""

    def value(t: mpf) -> mpf:
        if abs(t) < mpf("1e-4"):
            return mp.fsum(terms(n) * t**n for n in range(14))
        return first(t)

    return value


def _asin_term(n: int) -> mpf:
    n += 1
    return mp.binomial(2 * n, n) / mpf(4) ** n / (2 * n + 1)


def _scaled_erfcx(t: mpf) -> mpf:
    """(1 + 2x) exp(x**2) erfc(x) at x = 3 (1 + t) / (1 - t)."""
    if t > 1 - mpf("1e-30"):
        return 2 / mp.sqrt(mp.pi)
    x = 3 * (1 + t) / (1 - t)
    if x < 200:
        return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)
    tail = mp.fsum((-1) ** n * mp.fac2(2 * n - 1) / (2 * x * x) ** n for n in range(1, 12)) + 1
    return (1 + 2 * x) / (x * mp.sqrt(mp.pi)) * tail


def _erfinv_quotient(w: mpf) -> mpf:
    """erfinv(x) / x at w = -log(1 - x**2)."""
    if w < mpf("1e-20"):
        return mp.sqrt(mp.pi) / 2
    x = mp.sqrt(-mp.expm1(-w))
    q = mp.exp(-w) / (1 + x)  # 1 - x
    y = mp.erfinv(x) if w < 3 else mp.sqrt(w)
    for _ in range(6):  # Newton's method for log erfc(y) = log q
        y += mp.log(mp.erfc(y) / q) * mp.sqrt(mp.pi) / 2 * mp.exp(y * y) * mp.erfc(y)
    return y / x


def _erfinv_tail(v: mpf) -> mpf:
    """v erfinv(x) / x at v = 1 / sqrt(w)."""
    return v * _erfinv_quotient(1 / v**2)


def _logarithm_of_gamma(t: mpf) -> mpf:
    """log gamma(2 + t) / t"""
    return mp.loggamma(2 + t) / t if abs(t) > mpf("1e-25") else mp.psi(0, 2)


def _of_stirling(difference: Real, order: int, terms: Callable[[int], mpf]) -> Real:
    """x**order difference(x) at x = 1 / sqrt(v); for large x the sum of terms(n) v**n."""

    def value(v: mpf) -> mpf:
        if v < mpf("1e-3"):
            return mp.fsum(terms(n) * v**n for n in range(20))
        x = 1 / mp.sqrt(v)
        return x**order * difference(x)

    return value


PSI_ROOT = mp.findroot(lambda x: mp.psi(0, x), mpf("1.46163214496836"))


def _psi_without_root(t: mpf) -> mpf:
    """psi(1 + t) / (1 + t - its root)"""
    distance = 1 + t - PSI_ROOT
    return mp.psi(0, 1 + t) / distance if abs(distance) > mpf("1e-25") else mp.psi(1, PSI_ROOT)


def _bessel_near(order: int) -> Real:
    """I(x) / x**order at x = sqrt(s)"""
    return lambda s: mp.besseli(order, mp.sqrt(s)) / mp.sqrt(s) ** order if s else mpf(1) / 2**order


def _bessel_far(order: int) -> Real:
    """sqrt(x) exp(-x) I(x) at x = 1 / u"""

    def value(u: mpf) -> mpf:
        if u < mpf("1e-12"):
            return 1 / mp.sqrt(2 * mp.pi)
        return mp.sqrt(1 / u) * mp.exp(-1 / u) * mp.besseli(order, 1 / u)

    return value


HALF_LN2 = mp.log(2) / 2 * mpf("1.001")
FITS = {
    "exp": Fit(
        _series(lambda r: (mp.expm1(r) - r) / r**2, lambda n: 1 / mp.factorial(n + 2)),
        -HALF_LN2,
        HALF_LN2,
        9,
        4,
    ),
    "log": Fit(
        _series(lambda z: (2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z) - 2) / z, lambda n: mpf(2) / (2 * n + 3)),
        mpf(0),
        mpf("0.02945"),
        6,
        2,
    ),
    "log.tail": Fit(  # what follows 2/3 s**3, for the logarithm in pow
        _series(
            lambda z: (2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z) - 2 - 2 * z / 3) / z**2,
            lambda n: mpf(2) / (2 * n + 5),
        ),
        mpf(0),
        mpf("0.02945"),
        7,
        2,
    ),
    "sin": Fit(
        _series(
            lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z,
            lambda n: (-1) ** (n + 1) / mp.factorial(2 * n + 3),
        ),
        mpf(0),
        (mp.pi / 2) ** 2 * mpf("1.001"),
        7,
        4,
    ),
    "tan": Fit(
        _series(
            lambda z: (mp.tan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z,
            lambda n: mp.taylor(mp.tan, 0, 2 * n + 3)[2 * n + 3],
        ),
        mpf("1e-9"),
        (mp.pi / 4) ** 2 * mpf("1.001"),
        14,
        6,
    ),
    "atan": Fit(
        _series(
            lambda z: (mp.atan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda n: mpf((-1) ** (n + 1)) / (2 * n + 3)
        ),
        mpf(0),
        mpf("0.2501"),
        11,
        4,
    ),
    "asin": Fit(
        _series(lambda z: (mp.asin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, _asin_term),
        mpf(0),
        mpf("0.2501"),
        12,
        4,
    ),
    "erf": Fit(
        _series(
            lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1,
            lambda n: 2 / mp.sqrt(mp.pi) * (-1) ** n / mp.factorial(n) / (2 * n + 1) - (n == 0),
        ),
        mpf(0),
        mpf("1.001"),
        11,
        6,
    ),
    "erf.large": Fit(
        lambda x: -mp.log(mp.erfc(x)),
        mpf("0.9999"),
        mpf("5.93"),
        16,
        5,
        lambda x: mp.erfc(x),
        mpf("3.95"),
        1.0,
    ),
    "erfcx": Fit(_scaled_erfcx, mpf(-1), mpf(1), 25, 11),
    "erfinv": Fit(_erfinv_quotient, mpf(0), mpf(5), 22, 9, center=2.5),
    "erfinv.middle": Fit(_erfinv_tail, mpf("0.2499"), 1 / mp.sqrt(5), 21, 8, center=0.35),  # of 1 / sqrt(w)
    "erfinv.tail": Fit(_erfinv_tail, mpf("0.1249"), mpf("0.2501"), 19, 6, center=0.1875),
    "erfinv.far": Fit(_erfinv_tail, mpf("0.0363"), mpf("0.1251"), 20, 6, center=0.0825),
    "gamma": Fit(lambda t: mp.gamma(2 + t), mpf("-0.5"), mpf("0.5"), 18, 8),
    "gammaln": Fit(_logarithm_of_gamma, mpf("-0.5"), mpf("0.5"), 17, 7),
    "gammaln.far": Fit(
        _of_stirling(
            lambda x: mp.loggamma(x) - (x - 0.5) * mp.log(x) + x - mp.log(2 * mp.pi) / 2,
            1,
            lambda n: mp.bernoulli(2 * n + 2) / ((2 * n + 1) * (2 * n + 2)),
        ),
        mpf(0),
        1 / mpf("4.5") ** 2,
        7,
        2,
    ),
    "psi": Fit(_psi_without_root, mpf(0), mpf(1), 21, 9, center=0.5),
    "psi.far": Fit(
        _of_stirling(
            lambda x: mp.log(x) - 1 / (2 * x) - mp.psi(0, x),
            2,
            lambda n: mp.bernoulli(2 * n + 2) / (2 * n + 2),
        ),
        mpf(0),
        mpf(1) / 9,
        10,
        3,
    ),
    "tri_gamma.far": Fit(
        _of_stirling(
            lambda x: mp.psi(1, x) - 1 / x - 1 / (2 * x**2),
            3,
            lambda n: mp.bernoulli(2 * n + 2),
        ),
        mpf(0),
        mpf(1) / 16,
        9,
        3,
    ),
    "i0": Fit(_bessel_near(0), mpf(0), mpf(64), 15, 9, lambda s: 1 / _bessel_near(0)(s)),
    "i0.far": Fit(_bessel_far(0), mpf(0), mpf(1) / 8, 22, 6, center=0.0625),
    "i1": Fit(_bessel_near(1), mpf(0), mpf(64), 14, 9, lambda s: 1 / _bessel_near(1)(s)),
    "i1.far": Fit(_bessel_far(1), mpf(0), mpf(1) / 8, 22, 6, center=0.0625),
}


HEADER = '''"""Coefficients of polynomials, constant first, of the functions in this room.

Each is the polynomial of least largest error on an interval, found by Remez's exchange; the comment has both.
Printed by ``python -m benchmarks.minimax``, which has the approximated functions.  ``center`` is what the
argument's powers are taken from.
"""

# fmt: off
COEFFICIENTS: dict[str, dict[str, tuple[float, ...]]] = {'''


def main(names: list[str]) -> None:
    print(HEADER)
    for name in names or list(FITS):
        fit = FITS[name]
        print(f'    "{name}": {{' + (f"  # center {fit.center}" if fit.center else ""))
        for dtype, degree, high in (
            ("float32", fit.degree32, fit.high32 or fit.high),
            ("float64", fit.degree64, fit.high),
        ):
            coefficients, error = minimax(fit.f, degree, fit.low, high, fit.weight, fit.center)
            kind = np.dtype(dtype).type
            digits = [repr(float(c)) if dtype == "float64" else str(kind(c)) for c in coefficients]
            print(
                f'        "{dtype}": (  # {mp.nstr(error, 2)} on [{mp.nstr(fit.low, 4)}, {mp.nstr(high, 4)}]'
            )
            for row in range(0, len(digits), 4):
                print("            " + " ".join(d + "," for d in digits[row : row + 4]))
            print("        ),")
        print("    },", flush=True)
    print("}")


if __name__ == "__main__":
    main(sys.argv[1:])
