"""Terms of entropies: x log(y), continued by 0 to x = 0, and of cross entropies with a sigmoid."""

from __future__ import annotations

from theano.scalar.activation import sigmoid
from theano.scalar.dtype import floating, real_floating
from theano.scalar.exponential import log, log1p
from theano.scalar.function import positive, reals, scalar_function


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


@scalar_function(
    result=real_floating, partials=lambda x, y, z: [log(y), x / y], samples=(positive, positive), cost=20
)  # nan at (0, 0)
def xlogy(xp, x, y):
    """x log(y), 0 where x is 0, but NaN for a y of NaN.  int8, int16 -> float32; TypeError for complex."""
    return xp.where((x == 0) & ~xp.isnan(y), 0, x * xp.log(y))


@scalar_function(
    result=real_floating, partials=lambda x, y, z: [log1p(y), x / (1 + y)], samples=(positive, positive), cost=20
)  # nan at (0, -1)
def xlog1py(xp, x, y):
    """x log(1 + y), 0 where x is 0, but NaN for a y of NaN.  int8, int16 -> float32; TypeError for complex."""
    return xp.where((x == 0) & ~xp.isnan(y), 0, x * xp.log1p(y))


@scalar_function(
    result=real_floating, partials=lambda x, t, y: [sigmoid(x) - t, -x], samples=(reals, reals), cost=40
)
def logistic_loss(xp, x, t):
    """log(1 + exp(x)) - t x, the cross entropy of a target t with sigmoid(x).  int8, int16 -> float32.

    As log1p(exp(-|x|)) + x ((x > 0) - t), where no digits are lost for t = 0 and t = 1.  TypeError for complex.
    """
    return xp.log1p(xp.exp(-abs(x))) + x * (xp.where(x > 0, 1, 0) - t)
