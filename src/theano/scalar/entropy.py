"""x log(y), continued by 0 to x = 0: terms of entropies."""

from __future__ import annotations

from theano.scalar.dtype import floating
from theano.scalar.exponential import log
from theano.scalar.function import positive, scalar_function


@scalar_function(result=floating, partials=lambda x, y: [1 + log(x)], samples=positive, cost=20)  # -inf at 0
def xlogx(xp, x):
    """x log(x), 0 at 0.  int8, int16 -> float32; int32, int64 -> float64."""
    return xp.where(x == 0, 0, x * xp.log(x))


@scalar_function(
    result=floating, partials=lambda x, y, z: [log(y), x / y], samples=(positive, positive), cost=20
)  # nan at (0, 0)
def xlogy0(xp, x, y):
    """x log(y), 0 where x is 0, whatever y.  int8, int16 -> float32; int32, int64 -> float64."""
    return xp.where(x == 0, 0, x * xp.log(y))
