"""A case of an op: how it is built and on what values.  ``test_ops.py`` makes all tests from lists of these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import theano.tensor as T


@dataclass(frozen=True)
class Case:
    """One expression and the values of its inputs.

    name       what is special about it
    build      from one variable for each input to the output, or a list of outputs
    inputs     the values: arrays; dtype and number of dimensions of the variables are theirs
    gradient   positions of the inputs with respect to which the gradient is compared with finite differences
    tolerance  of values between back ends: relative and absolute
    patterns   which dimensions of an input are declared broadcastable, by its position; else none
    """

    name: str
    build: Callable[..., Any]
    inputs: tuple[np.ndarray, ...]
    gradient: tuple[int, ...] = ()
    tolerance: float = 1e-12
    patterns: dict[int, tuple[bool, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def variables(self) -> list[Any]:
        """A fresh variable for each input."""
        return [
            T.TensorType(value.dtype.name, self.patterns.get(position, (False,) * value.ndim))(f"x{position}")
            for position, value in enumerate(self.inputs)
        ]

    def outputs(self, variables: Sequence[Any]) -> list[Any]:
        """The outputs, built on ``variables``."""
        built = self.build(*variables)
        return list(built) if isinstance(built, (list, tuple)) else [built]


def case(
    name: str,
    build: Callable[..., Any],
    *inputs: Any,
    gradient: str | tuple[int, ...] = "floats",
    tolerance: float = 1e-12,
    patterns: dict[int, tuple[bool, ...]] | None = None,
) -> Case:
    """A Case whose inputs are converted to arrays; by default gradients of all float64 inputs are compared."""
    arrays = tuple(np.asarray(i) for i in inputs)
    chosen = (
        gradient
        if isinstance(gradient, tuple)
        else tuple(k for k, a in enumerate(arrays) if a.dtype == "float64")
    )
    return Case(name, build, arrays, chosen, tolerance, patterns or {})


def sample(*shape: int, dtype: str = "float64") -> np.ndarray:
    """Distinct numbers between -2 and 2 that are no round ones; integers from -3 to 5."""
    n = int(np.prod(shape))
    values = (
        2 * np.sin(1 + 2.3 * np.arange(n)) if dtype.startswith("float") else (np.arange(n) * 5 + 2) % 9 - 3
    )
    return values.reshape(shape).astype(dtype)
