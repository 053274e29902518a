"""Arithmetic: the four operations, powers, remainders, and what keeps or changes a dtype."""

from __future__ import annotations

import numpy as np

from theano.scalar import dtype as dtypes
from theano.scalar.dtype import bitwise, not_bool, same
from theano.scalar.function import ScalarFunction, reals, scalar_function

_COMPLEX_PARTS = {"complex64": "float32", "complex128": "float64"}

@scalar_function(result=same, partials=lambda *xy: [1] * (len(xy) - 1), variadic=True)
def add(xp, *terms):
    """x + y + ..., grouped from the left.  bool + bool is "or"."""
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total

@scalar_function(
    result=same,
    partials=lambda *xy: [_product(xy[:i] + xy[i + 1 : -1]) for i in range(len(xy) - 1)],
    variadic=True,
)
def mul(xp, *factors):
    """x * y * ..., grouped from the left.  bool * bool is "and"."""
    return _product(factors)

def _product(factors):
    """The product grouped from the left; 1 of nothing."""
    if not factors:
        return 1
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result

@scalar_function(result=not_bool, partials=lambda x, y, z: [1, -1], samples=(reals, reals))
def sub(xp, x, y):
    """x - y.  Undefined for two bools."""
    return x - y

@scalar_function(result=not_bool, partials=lambda x, y: [-1])
def neg(xp, x):
    """-x.  Undefined for bool."""
    return -x

@scalar_function(result=same, partials=lambda x, y: [2 * x])
def sqr(xp, x):
    """x * x, in the dtype of x."""
    return x * x

@scalar_function(result=same, partials=lambda x, y: [1], cost=0)
def identity(xp, x):
    """x itself: a copy, for arrays."""
    return x

@scalar_function(
    result=lambda condition, x, y: dtypes.upcast(x, y),
    partials=lambda c, x, y, z: [None, switch(c, 1, 0), switch(c, 0, 1)],
    samples=(reals, reals, reals),
    operands="given",
)
def switch(xp, condition, x, y):
    """x where condition is not 0, else y."""
    return xp.where(condition, x, y)

def _cast_to(dtype: str) -> ScalarFunction:
    def body(xp, x):
        return xp.astype(x, dtype) if xp is not np else np.asarray(x).astype(dtype)

    def result(given: str) -> str:
        if given in dtypes.COMPLEX and dtype not in dtypes.COMPLEX:
            raise dtypes.DTypeMismatch(
                f"Casting from complex to real is ambiguous: consider real(), imag(), angle() or abs() "
                f"(from {given} to {dtype})"
            )
        return dtype

    body.__name__ = f"Cast{{{dtype}}}"
    body.__doc__ = f"x converted to {dtype}: floats are truncated to integers, anything but 0 is True."
    partials = (lambda x, y: [1]) if dtype in dtypes.CONTINUOUS else None
    return scalar_function(result=result, partials=partials, operands="given", cost=0)(body)

casts: dict[str, ScalarFunction] = {dtype: _cast_to(dtype) for dtype in dtypes.ALL}

@scalar_function(result=bitwise, samples=(reals, reals))
def and_(xp, x, y):
    """Bitwise x & y; logical for bool."""
    return x & y
