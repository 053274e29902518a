"""``python -m theano bench``: the same work by each library that is installed here.

Results are compared with NumPy's before anything is timed; a library whose result differs, or that fails, has no time.
Then all take turns, a batch of calls each, until the time is over, so that all see the machine in the same state.
Printed are the medians of the turns, and what they are of Theano's.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from statistics import geometric_mean, median
from typing import Any

import numpy as np

from theano.command_line.libraries import (
    Call,
    Formula,
    by_jax,
    by_numpy,
    by_pytensor,
    by_theano,
    by_torch,
    loop,
)
from theano.data_classes import dataclass

LIBRARIES: dict[str, Callable[..., Call]] = {
    "theano": by_theano,
    "numpy": by_numpy,
    "pytensor": by_pytensor,
    "jax": by_jax,
    "torch": by_torch,
}
BATCH_SECONDS = (
    0.05  # of calls of one library in a turn: long beside the clock, short beside what disturbs a machine
)
FEWEST_TURNS, MOST_TURNS = 3, 41


@dataclass(frozen=True)
class Case:
    """What is computed.

    formula  of a namespace and the arrays
    arrays   made anew, from a generator of random numbers
    wrt      positions of the arrays by which the value is differentiated too
    numpy    value and gradients by NumPy alone, where there are gradients
    """

    name: str
    formula: Formula
    arrays: Callable[[np.random.Generator], list[np.ndarray]]
    wrt: tuple[int, ...] = ()
    numpy: Formula | None = None


def _small(xp: Any, x: Any) -> Any:
    return x * 2.0 + 1.0


def _chain(xp: Any, x: Any, y: Any) -> Any:
    return xp.exp(-x * x) * xp.log1p(y) + xp.tanh(x * y) / xp.sqrt(y + 1.0)


def _log_sum_exp(xp: Any, x: Any) -> Any:
    return xp.log(xp.sum(xp.exp(x), axis=1))


def _standardized(xp: Any, x: Any) -> Any:
    count = x.shape[1]
    centred = x - xp.sum(x, axis=1, keepdims=True) / count
    return centred / xp.sqrt(xp.sum(centred * centred, axis=1, keepdims=True) / count + 1e-5)


def _product(xp: Any, x: Any, w: Any) -> Any:
    return x @ w


def _logistic_cost(xp: Any, x: Any, target: Any, w: Any) -> Any:
    score = x @ w
    return xp.sum(xp.log1p(xp.exp(-target * score))) + 0.01 * xp.sum(w * w)


def _logistic_cost_by_numpy(xp: Any, x: Any, target: Any, w: Any) -> Any:
    e = np.exp(-target * (x @ w))
    return [np.log1p(e).sum() + 0.01 * (w * w).sum(), x.T @ (-target * e / (1 + e)) + 0.02 * w]


def _net_cost(xp: Any, x: Any, target: Any, v: Any, w: Any) -> Any:
    error = xp.tanh(x @ v) @ w - target
    return xp.sum(error * error)


def _net_cost_by_numpy(xp: Any, x: Any, target: Any, v: Any, w: Any) -> Any:
    h = np.tanh(x @ v)
    error = h @ w - target
    return [(error * error).sum(), x.T @ ((2 * error @ w.T) * (1 - h * h)), h.T @ (2 * error)]


def _recurrent_step(xp: Any) -> Formula:
    return lambda row, state, w: xp.tanh(row + state @ w)


def _recurrent_cost(xp: Any, rows: Any, start: Any, w: Any) -> Any:
    last = loop(xp, _recurrent_step(xp), start, rows, w)
    return xp.sum(last * last)


def _recurrent_cost_by_numpy(xp: Any, rows: Any, start: Any, w: Any) -> Any:
    states = [start]
    for row in rows:
        states.append(np.tanh(row + states[-1] @ w))
    down, slope = 2 * states[-1], np.zeros_like(w)
    for before, state in zip(states[-2::-1], states[:0:-1], strict=True):
        within = down * (1 - state * state)
        slope += before.T @ within
        down = within @ w.T
    return [(states[-1] ** 2).sum(), slope]


CASES = (
    Case("2 x + 1 of 10 numbers", _small, lambda r: [r.normal(size=10)]),
    Case("formula of 5 functions, 1,000 numbers", _chain, lambda r: [r.normal(size=1000), r.random(1000)]),
    Case(
        "formula of 5 functions, 1,000,000 numbers", _chain, lambda r: [r.normal(size=10**6), r.random(10**6)]
    ),
    Case("log sum exp of 1,000 rows of 1,000", _log_sum_exp, lambda r: [r.normal(size=(1000, 1000))]),
    Case("standardized rows, 1,000 of 1,000", _standardized, lambda r: [r.normal(size=(1000, 1000))]),
    Case(
        "product of matrices, 700 x 700",
        _product,
        lambda r: [r.normal(size=(700, 700)), r.normal(size=(700, 700))],
    ),
    Case(
        "logistic regression, gradient, 1,000 x 20",
        _logistic_cost,
        lambda r: [r.normal(size=(1000, 20)), np.sign(r.normal(size=1000)), 0.1 * r.normal(size=20)],
        (2,),
        _logistic_cost_by_numpy,
    ),
    Case(
        "net of two layers, gradients, 64 x 256-256-10",
        _net_cost,
        lambda r: [
            r.normal(size=(64, 256)),
            r.normal(size=(64, 10)),
            0.1 * r.normal(size=(256, 256)),
            0.1 * r.normal(size=(256, 10)),
        ],
        (2, 3),
        _net_cost_by_numpy,
    ),
    Case(
        "recurrent net, gradient, 50 steps of 8 x 32",
        _recurrent_cost,
        lambda r: [r.normal(size=(50, 8, 32)), r.normal(size=(8, 32)), 0.2 * r.normal(size=(32, 32))],
        (2,),
        _recurrent_cost_by_numpy,
    ),
)


def bench(seconds: float, only: str, libraries: Sequence[str]) -> int:
    """Compare, and print a table as it grows; 1 when a result of Theano is wrong or nothing was compared."""
    from theano.command_line.installation import heading, lines

    cases = [case for case in CASES if only in case.name]
    if not cases:
        print(f"no comparison has {only!r} in its name: {'; '.join(case.name for case in CASES)}")
        return 1
    present = [name for name in LIBRARIES if name in libraries and find_spec(name) is not None]
    print("\n".join(heading()))
    print("\n".join(lines("load", _load())))
    print("\nfloat64, the median time of a call; in parentheses over Theano's: above 1 it is slower\n")
    print(f"{'':48}" + "".join(f"{name:>20}" for name in present), flush=True)
    ratios: dict[str, list[float]] = {name: [] for name in present}
    troubles: list[str] = []
    for case in cases:
        calls = prepared(case, present, troubles)
        medians = {name: median(times) for name, times in in_turns(calls, seconds / len(cases)).items()}
        ours = medians.get("theano")
        cells = []
        for name in present:
            if name in medians and ours is not None:
                ratios[name].append(medians[name] / ours)
            cells.append(cell(medians.get(name), ours if name != "theano" else None))
        print(f"{case.name:48}" + "".join(f"{text:>20}" for text in cells), flush=True)
    means = [
        f"({geometric_mean(ratios[name]):.2f})" if ratios[name] and name != "theano" else ""
        for name in present
    ]
    print(f"{'geometric mean':48}" + "".join(f"{text:>20}" for text in means))
    if troubles:
        print("\n" + "\n".join(troubles))
    return 1 if any(text.startswith("theano:") for text in troubles) else 0


def _load() -> Iterator[str]:
    """A word on a machine on which others compute: libraries whose threads wait for each other suffer most."""
    if hasattr(os, "getloadavg"):
        load, cores = os.getloadavg()[0], os.cpu_count() or 1
        yield f"{load:.1f} programs running in the last minute" + (
            f", on {cores} cores: times are those of a busy machine" if load > cores / 2 else ""
        )


def cell(seconds: float | None, ours: float | None) -> str:
    """A time, and what it is of ours: ``12.3 us (1.50)``."""
    if seconds is None:
        return "-"
    scale, unit = (1e6, "us") if seconds < 1e-3 else (1e3, "ms")
    return f"{seconds * scale:.3g} {unit}" + (f" ({seconds / ours:.2f})" if ours else "")


def prepared(case: Case, libraries: Sequence[str], troubles: list[str]) -> dict[str, Call]:
    """Calls whose results are NumPy's; what went wrong is added to ``troubles``."""
    arrays = case.arrays(np.random.default_rng(1))
    calls: dict[str, Call] = {}
    reference = by_numpy(case.numpy or case.formula, arrays)
    expected = reference()
    for name in libraries:
        try:
            call = reference if name == "numpy" else LIBRARIES[name](case.formula, arrays, case.wrt)
            trouble = difference(call(), expected)
        except Exception as error:  # a library that fails is left out of the comparison
            trouble = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
        if trouble:
            troubles.append(f"{name}: {case.name}: {trouble}")
        else:
            calls[name] = call
    return calls


def difference(found: Any, expected: Any) -> str:
    """How a result, or a list of them, differs from NumPy's; empty when it does not."""
    pairs = zip(found, expected, strict=True) if isinstance(expected, list) else [(found, expected)]
    for k, (one, other) in enumerate(pairs):
        values, wanted = np.asarray(one), np.asarray(other)
        if values.dtype != wanted.dtype or values.shape != wanted.shape:
            return f"result {k} is {values.dtype} {values.shape}, NumPy's {wanted.dtype} {wanted.shape}"
        scale = np.abs(wanted).max()
        far = np.abs(values - wanted).max() / scale
        if not far <= 1e-9:
            return f"result {k} differs from NumPy's by {far:.1e} of the largest entry"
    return ""


def in_turns(calls: dict[str, Call], seconds: float) -> dict[str, list[float]]:
    """Times of one call, one for each turn: batches of each in turn, until the time is over."""
    counts = {name: calls_in_batch(call) for name, call in calls.items()}
    times: dict[str, list[float]] = {name: [] for name in calls}
    end = time.perf_counter() + seconds
    order = list(calls)
    for turn in range(MOST_TURNS):
        if turn >= FEWEST_TURNS and time.perf_counter() > end:
            break
        for name in order:
            times[name].append(batch(calls[name], counts[name]))
        order.reverse()  # nobody always comes after the same one
    return times


def calls_in_batch(call: Call) -> int:
    """How many calls take BATCH_SECONDS; the first ones are warming up."""
    count = 1
    while (taken := batch(call, count) * count) < BATCH_SECONDS / 2:
        count = max(2 * count, int(count * BATCH_SECONDS / max(taken, 1e-9)) if count > 8 else 0)
    return count


def batch(call: Call, count: int) -> float:
    """Seconds of one call, over ``count`` of them."""
    start = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - start) / count
