"""What SciPy computes for functions of this room, and loops over numbers that end for each at its own time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def scipy_value(name: str, *arguments: Any) -> Any:
    """``scipy.special.<name>`` of arrays; SciPy is imported when first needed."""
    import scipy.special

    return getattr(scipy.special, name)(*arguments)


def by_pointer(name: str) -> Callable[..., Any]:
    """Machine code that calls the C function behind ``scipy.special.<name>``, in float64, for each element."""
    return lambda b, *arguments: b.call_external(f"scipy:{name}", *arguments)


def iterate(
    xp: Any, condition: Callable[..., Any], step: Callable[..., Sequence[Any]], *initial: Any
) -> list[Any]:
    """``while condition(*state): state = step(*state)``, for each element on its own."""
    if xp is not np:
        return xp.iterate(condition, step, *initial)
    state = [np.array(s) for s in np.broadcast_arrays(*initial)]
    while np.any(going := condition(*state)):
        state = [np.where(going, new, old) for new, old in zip(step(*state), state, strict=True)]
    return state
