"""theano.tests.unittest_tools: what tests of programs written for Theano 1.0.5 call."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.configuration import config
from theano.gradient.verify import verify_grad as _verify_grad


def fetch_seed(pseed: Any = None) -> int | None:
    """The seed for tests: ``pseed``, else ``config.unittests.rseed``, where "random" is None: a new one each time."""
    seed = config.unittests.rseed if pseed is None else pseed
    return None if seed == "random" else int(seed)


def seed_rng(pseed: Any = None) -> int | None:
    """Seed NumPy's global generator and return the seed."""
    seed = fetch_seed(pseed)
    if pseed is not None and seed != pseed:
        print(
            f"Warning: using seed given by config.unittests.rseed={seed} instead of {pseed}", file=sys.stderr
        )
    np.random.seed(seed)
    return seed


def verify_grad(
    op: Callable[..., Any],
    pt: Sequence[np.ndarray],
    n_tests: int = 2,
    rng: Any = None,
    *args: Any,
    **kwargs: Any,
) -> None:
    """``theano.gradient.verify_grad`` with a seeded generator."""
    if rng is None:
        seed_rng()
        rng = np.random
    _verify_grad(op, pt, n_tests, rng, *args, **kwargs)


verify_grad.E_grad = _verify_grad.E_grad  # type: ignore[attr-defined]


def assert_allclose(expected: Any, value: Any, rtol: float | None = None, atol: float | None = None) -> None:
    """AssertionError (WrongValue) unless the arrays agree; tolerances by their dtypes unless told."""
    expected, value = np.asarray(expected), np.asarray(value)
    narrow = (
        min(expected.dtype.itemsize, value.dtype.itemsize) <= 4
        and "f" in expected.dtype.kind + value.dtype.kind
    )
    rtol = (1e-5 if narrow else 1e-8) if rtol is None else rtol
    atol = (1e-5 if narrow else 1e-8) if atol is None else atol
    if expected.shape != value.shape or not np.allclose(
        expected, value, rtol=rtol, atol=atol, equal_nan=True
    ):
        raise WrongValue(expected, value, rtol, atol)


class WrongValue(AssertionError):
    """Two arrays that were to agree do not."""

    def __init__(self, expected_val: Any, val: Any, rtol: float, atol: float) -> None:
        super().__init__(expected_val, val, rtol, atol)
        self.val1, self.val2, self.rtol, self.atol = expected_val, val, rtol, atol

    def __str__(self) -> str:
        return str_diagnostic(self.val1, self.val2, self.rtol, self.atol)


def str_diagnostic(expected: Any, value: Any, rtol: float | None = None, atol: float | None = None) -> str:
    """Shapes, dtypes and largest differences of two arrays."""
    expected, value = np.asarray(expected), np.asarray(value)
    lines = [
        f"expected {expected.dtype}{list(expected.shape)} {expected.tolist()}",
        f"found    {value.dtype}{list(value.shape)} {value.tolist()}",
    ]
    if expected.shape == value.shape and expected.size:
        lines.append(f"largest difference {np.max(np.abs(expected - value))}, rtol {rtol}, atol {atol}")
    return "\n".join(lines)
