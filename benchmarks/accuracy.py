"""Errors and speed of the mathematics that loops are made of: ``python -m benchmarks.accuracy [NAME ...]``.

Errors are in ulp of the exact value, which mpmath gives; speed is that of one thread over arrays that fit in
the cache, beside NumPy's and SciPy's.  ``--samples N`` sets at how many arguments each function is tried.
The table goes into ``docs/accuracy.md``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
from mpmath import mp

import theano.scalar.activation  # noqa: F401  defines sigmoid and softplus
from theano.backends.llvm.probe import probe
from theano.scalar.function import scalar_function_named

DTYPES = ("float64", "float32")
LENGTH = 4096  # of arrays that are timed


@dataclass(frozen=True)
class Domain:
    """Where a function is tried: evenly in [low, high], and with exponents in [10**least, 10**most], of the sign given."""

    exact: Callable[..., Any]
    low: float = -10.0
    high: float = 10.0
    least: float = -6.0
    most: float = 0.0
    signed: bool = True
    sign: int = 1
    arguments: int = 1

    def draw(self, rng: np.random.Generator, size: int, dtype: str) -> list[np.ndarray]:
        with np.errstate(over="ignore"):
            return [self._one(rng, size).astype(dtype) for _ in range(self.arguments)]

    def _one(self, rng: np.random.Generator, size: int) -> np.ndarray:
        spread = 10 ** rng.uniform(self.least, self.most, size - size // 2)
        spread *= self.sign
        if self.signed and self.sign > 0:
            spread *= rng.choice([-1, 1], spread.size)
        x = np.concatenate([rng.uniform(self.low, self.high, size // 2), spread])
        rng.shuffle(x)
        return x


def _inverse_of_erf(complement: mpmath.mpf, y: mpmath.mpf) -> mpmath.mpf:
    """The y near the given one with erfc(y) = complement, by Newton's method for log erfc(y)."""
    for _ in range(4):
        y += mp.log(mp.erfc(y) / complement) * mp.sqrt(mp.pi) / 2 * mp.exp(y * y) * mp.erfc(y)
    return y


def _erfinv(x: mpmath.mpf) -> mpmath.mpf:
    import scipy.special

    if x == 0:
        return x
    return mp.sign(x) * _inverse_of_erf(1 - abs(x), mp.mpf(float(scipy.special.erfinv(float(abs(x))))))


def _erfcinv(x: mpmath.mpf) -> mpmath.mpf:
    import scipy.special

    start = mp.mpf(float(scipy.special.erfcinv(float(x))))
    return _inverse_of_erf(x, start) if x < 1 else -_inverse_of_erf(2 - x, -start)


def _erfcx(x: mpmath.mpf) -> mpmath.mpf:
    if x < 1000:
        return mp.exp(x * x) * mp.erfc(x)
    return (1 - 1 / (2 * x * x) + 3 / (4 * x**4) - 15 / (8 * x**6)) / (x * mp.sqrt(mp.pi))


REAL_LINE = {"least": -300.0, "most": 300.0}
DOMAINS = {
    "exp": Domain(mp.exp, -80, 80),
    "exp2": Domain(lambda x: mp.mpf(2) ** x, -120, 120),
    "expm1": Domain(mp.expm1, -20, 80, least=-30),
    "log": Domain(mp.log, 0.1, 3, signed=False, **REAL_LINE),
    "log2": Domain(lambda x: mp.log(x) / mp.log(2), 0.1, 3, signed=False, **REAL_LINE),
    "log10": Domain(lambda x: mp.log(x) / mp.log(10), 0.1, 3, signed=False, **REAL_LINE),
    "log1p": Domain(lambda x: mp.log1p(x), -0.99, 3, least=-30, most=30, signed=False),
    "sqrt": Domain(mp.sqrt, 0, 10, signed=False, **REAL_LINE),
    "sin": Domain(mp.sin, -20, 20, least=-6, most=5.7),
    "cos": Domain(mp.cos, -20, 20, least=-6, most=5.7),
    "tan": Domain(mp.tan, -20, 20, least=-6, most=5.7),
    "arcsin": Domain(mp.asin, -1, 1),
    "arccos": Domain(mp.acos, -1, 1),
    "arctan": Domain(mp.atan, -5, 5, least=-10, most=10),
    "sinh": Domain(mp.sinh, -20, 20, most=1.9),
    "cosh": Domain(mp.cosh, -20, 20, most=1.9),
    "tanh": Domain(mp.tanh, -10, 10),
    "arcsinh": Domain(mp.asinh, -5, 5, least=-10, most=30),
    "arccosh": Domain(mp.acosh, 1, 10, least=0, most=30, signed=False),
    "arctanh": Domain(mp.atanh, -1, 1, least=-10, most=-0.001),
    "erf": Domain(mp.erf, -6, 6),
    "erfc": Domain(mp.erfc, -5, 9),
    "erfcx": Domain(_erfcx, -9, 20, most=0.9),
    "erfinv": Domain(_erfinv, -1, 1, most=-1e-6),
    "erfcinv": Domain(_erfcinv, 0.001, 1.999, least=-30, most=-1e-6, signed=False),
    "ndtr": Domain(mp.ncdf, -9, 6),
    "log_ndtr": Domain(lambda x: mp.log(mp.ncdf(x)) if x < 5 else mp.log1p(-mp.ncdf(-x)), -30, 9, most=1.5),
    "ndtri": Domain(
        lambda p: -mp.sqrt(2) * _erfcinv(2 * p), 0.001, 0.999, least=-30, most=-1e-6, signed=False
    ),
    "gamma": Domain(mp.gamma, 0, 34, least=-30, most=1.5, signed=False),
    "gammaln": Domain(mp.loggamma, 0, 20, least=-30, most=30, signed=False),
    "psi": Domain(lambda x: mp.psi(0, x), 0, 10, least=-30, most=30, signed=False),
    "tri_gamma": Domain(lambda x: mp.psi(1, x), 0, 10, least=-15, most=15, signed=False),
    "i0": Domain(lambda x: mp.besseli(0, x), -20, 20, most=1.9),
    "i1": Domain(lambda x: mp.besseli(1, x), -20, 20, most=1.9),
    "i0e": Domain(lambda x: mp.exp(-abs(x)) * mp.besseli(0, x), -20, 20, most=4),
    "i1e": Domain(lambda x: mp.exp(-abs(x)) * mp.besseli(1, x), -20, 20, most=4),
    "log1mexp": Domain(lambda x: mp.log(-mp.expm1(x)), -20, -0.01, least=-20, most=1.5, sign=-1),
    "xlogy": Domain(lambda x, y: x * mp.log(y), 0, 5, least=-5, most=5, signed=False, arguments=2),
    "sigmoid": Domain(lambda x: 1 / (1 + mp.exp(-x)), -40, 40),
    "softplus": Domain(lambda x: mp.log1p(mp.exp(x)), -40, 40),
    "pow": Domain(mp.power, 0.01, 10, least=-3, most=1.4, signed=False, arguments=2),
    "arctan2": Domain(mp.atan2, -5, 5, least=-3, most=3, arguments=2),
}


def largest_error(name: str, dtype: str, samples: int, seed: int = 0) -> tuple[float, list[float]]:
    """The largest error in ulp, and the arguments where it occurs."""
    domain, function = DOMAINS[name], scalar_function_named(name)
    arguments = domain.draw(np.random.default_rng(seed), samples, dtype)
    inside = [np.abs(a) < np.finfo(dtype).max for a in arguments]
    arguments = [a[np.logical_and.reduce(inside)] for a in arguments]
    with mp.workdps(60):
        values = probe(function, [dtype] * len(arguments))(*arguments)
        errors = np.array([
            _ulp(value, domain.exact(*[mp.mpf(float(n)) for n in numbers]), dtype)
            for value, *numbers in zip(values, *arguments, strict=True)
        ])  # fmt: skip
    worst = int(np.argmax(errors))
    return float(errors[worst]), [float(a[worst]) for a in arguments]


def _ulp(value: Any, exact: mpmath.mpf, dtype: str) -> float:
    """|value - exact| in units of the last place of ``exact``; beyond the largest number inf is right."""
    info = np.finfo(dtype)
    if abs(exact) > mp.mpf(float(info.max)):
        return 0.0 if np.isinf(value) else np.inf
    exponent = max(mp.frexp(exact)[1] - 1, int(info.minexp)) if exact else int(info.minexp)
    return float(abs(mp.mpf(float(value)) - exact) / mp.mpf(2) ** (exponent - info.nmant))


def nanoseconds(call: Callable[[], Any]) -> float:
    """Time an element, the best of several runs."""
    best = np.inf
    for _ in range(15):
        started = time.perf_counter()
        for _ in range(8):
            call()
        best = min(best, time.perf_counter() - started)
    return best / 8 / LENGTH * 1e9


def speeds(name: str, dtype: str) -> tuple[float, float]:
    """Nanoseconds an element, of the compiled loop and of NumPy or SciPy."""
    function = scalar_function_named(name)
    arguments = [s.draw(np.random.default_rng(1), LENGTH).astype(dtype) for s in function.samples]
    compiled = probe(function, [dtype] * len(arguments))
    out, loop = np.empty(LENGTH, dtype), compiled.raw()
    addresses = [a.ctypes.data for a in (*arguments, out)]
    return nanoseconds(lambda: loop(*addresses, LENGTH)), nanoseconds(lambda: function.body(np, *arguments))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", choices=[[], *DOMAINS], help="functions; all if none is given")
    parser.add_argument("--samples", type=int, default=20_000)
    options = parser.parse_args()
    print("| function | dtype | largest error, ulp | at | ns an element | NumPy or SciPy |")
    print("|---|---|---|---|---|---|")
    for name in options.names or DOMAINS:
        for dtype in DTYPES:
            error, where = largest_error(name, dtype, options.samples)
            ours, theirs = speeds(name, dtype)
            place = ", ".join(f"{w:.9g}" for w in where)
            print(f"| {name} | {dtype} | {error:.2f} | {place} | {ours:.2f} | {theirs:.2f} |", flush=True)


if __name__ == "__main__":
    main()
