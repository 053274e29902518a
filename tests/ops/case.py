"""Case: one application of an op with values for its inputs.  Tests are generated from lists of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import theano.tensor as T

# Relative and absolute, in each dtype: sums may be grouped differently, functions may round differently.
TOLERANCE = {"float16": 1e-2, "float32": 1e-5, "complex64": 1e-5}


@dataclass(frozen=True, eq=False)
class Case:
    """One application of an op, or a small expression.

    name       what is tried: the test is called after it
    build      symbolic inputs -> symbolic output, or a list of them
    inputs     a value for each input
    gradient   positions of the inputs with respect to which the outputs of float dtype are differentiable
    tolerance  relative and absolute difference allowed between the value of a back end and the performed one
    patterns   broadcastable pattern of an input, where some length of 1 is declared
    """

    name: str
    build: Callable[..., Any]
    inputs: tuple[np.ndarray, ...]
    gradient: tuple[int, ...] = ()
    tolerance: float = 1e-9
    patterns: Mapping[int, tuple[bool, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def variables(self) -> list[Any]:
        """New symbolic variables of the inputs' types."""
        return [
            T.TensorType(value.dtype.name, self.patterns.get(k, (False,) * value.ndim))(f"x{k}")
            for k, value in enumerate(self.inputs)
        ]

    def outputs(self, variables: list[Any]) -> list[Any]:
        """The symbolic outputs for symbolic inputs."""
        made = self.build(*variables)
        return list(made) if isinstance(made, (list, tuple)) else [made]


def case(
    name: str,
    build: Callable[..., Any],
    *inputs: Any,
    gradient: tuple[int, ...] | None = None,
    tolerance: float | None = None,
    patterns: Mapping[int, tuple[bool, ...]] | None = None,
) -> Case:
    """A Case; unless told, its gradient is checked for all inputs of float64 that are not empty."""
    values = tuple(np.asarray(value) for value in inputs)
    if gradient is None:
        gradient = tuple(k for k, value in enumerate(values) if value.dtype == np.float64 and value.size)
    if tolerance is None:
        tolerance = max([1e-9, *(TOLERANCE.get(value.dtype.name, 0.0) for value in values)])
    return Case(name, build, values, gradient, tolerance, patterns or {})


def sample(*shape: int, dtype: str = "float64") -> np.ndarray:
    """Numbers of both signs, the same at every call; floats lie 0.1 apart and are not 0, integers may be."""
    n = int(np.prod(shape))
    order = np.random.RandomState(n).permutation(n)
    if np.dtype(dtype).kind == "f":
        return (0.15 * (order - n // 2) + 0.07).reshape(shape).astype(dtype)
    return ((order % 5) - 2).reshape(shape).astype(dtype)
