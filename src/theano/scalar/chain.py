"""The chain rule at one argument of a function of numbers, complex ones included.

The cotangent of a complex z = u + iv is df/du + i df/dv for a real f, its tangent is tu + i tv.  With p the partial
derivative of out by x:

    out        x          cotangent of x     tangent of out
    real       real       dout * p           p * tx
    complex    any        dout * conj(p)     p * tx              p the derivative; the real part for a real x
    real       complex    dout * p           re(conj(p) * tx)    p = dout/du + i dout/dv
    conj(x)    complex    conj(dout)         conj(tx)            p is CONJUGATE
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from theano.scalar.complex import conj, is_complex, real
from theano.scalar.function import CONJUGATE, Factors


def pulled_back(cotangent: Any, partial: Any, out: Any) -> Any:
    """What ``out`` with this cotangent contributes to that of the argument."""
    if partial is CONJUGATE:
        return conj(cotangent)
    return _times(cotangent, conjugated(partial) if is_complex(out) else partial)


def pushed_forward(tangent: Any, partial: Any, x: Any, out: Any) -> Any:
    """What ``x`` with this tangent contributes to that of ``out``."""
    if partial is CONJUGATE:
        return conj(tangent)
    if not is_complex(x) or is_complex(out):
        return _times(tangent, partial)
    return real(_times(tangent, conjugated(partial)))


def conjugated(x: Any) -> Any:
    """The complex conjugate; ``x`` itself where it is real."""
    if isinstance(x, Factors):
        return Factors(map(conjugated, x))
    return conj(x) if is_complex(x) else x


def _times(factor: Any, partial: Any) -> Any:
    if isinstance(partial, Factors):
        return reduce(_times, partial, factor)
    if isinstance(partial, (int, float)) and partial == 1:
        return factor
    if isinstance(partial, (int, float)) and partial == -1:
        return -factor
    return factor * partial
