"""Arithmetic: sums, products, quotients, remainders, extremes, choice, and conversion of dtypes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.scalar import dtype as dtypes
from theano.scalar.dtype import not_bool, quotient, same
from theano.scalar.function import ScalarFunction, positive, reals, scalar_function


@scalar_function(result=same, partials=lambda *xy: [1] * (len(xy) - 1), variadic=True)
def add(xp, *terms):
    """x + y + ..., grouped from the left, in the common dtype.  bool + bool is "or"."""
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
    """x * y * ..., grouped from the left, in the common dtype.  bool * bool is "and"."""
    return _product(factors)


def _product(factors: Sequence[Any]) -> Any:
    """The product grouped from the left; 1 of nothing."""
    if not factors:
        return 1
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


@scalar_function(result=not_bool, partials=lambda x, y, z: [1, -1], samples=(reals, reals))
def sub(xp, x, y):
    """x - y, in the common dtype.  TypeError for two bools."""
    return x - y


@scalar_function(result=not_bool, partials=lambda x, y: [-1])
def neg(xp, x):
    """-x, in the dtype of x.  TypeError for bool."""
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
    result=lambda x, y: y,
    partials=lambda x, y, z: [None, 1],
    samples=(reals, reals),
    operands="given",
    cost=0,
)
def second(xp, x, y):
    """y, in its own dtype; of arrays: y in the shape of both."""
    return y


# -- quotients ---------------------------------------------------------------------------------------------------------


@scalar_function(
    result=quotient,
    partials=lambda x, y, z: [1 / y, -z / y],
    samples=(reals, positive),
    cost=8,
)
def true_div(xp, x, y):
    """x / y.  Two integers are divided in floatX; otherwise in the common dtype."""
    return x / y


@scalar_function(result=same, partials=lambda x, y, z: [None, None], samples=(reals, positive), cost=10)
def int_div(xp, x, y):
    """The floor of x / y, in the common dtype; an integer divided by 0 gives 0.  Derivatives are 0."""
    return x // y


@scalar_function(result=same, partials=lambda x, y, z: [1, -(x // y)], samples=(reals, positive), cost=12)
def mod(xp, x, y):
    """x - y * floor(x / y): of the sign of y, as in Python; an integer modulo 0 gives 0."""
    return x % y


# -- extremes ----------------------------------------------------------------------------------------------------------


@scalar_function(
    result=same,
    partials=lambda x, y, z: [switch(x >= y, 1, 0), switch(x >= y, 0, 1)],  # at a tie all to x
    samples=(reals, reals),
)
def maximum(xp, x, y):
    """The larger of x and y, NaN if one is NaN, in the common dtype."""
    return xp.maximum(x, y)


@scalar_function(
    result=same,
    partials=lambda x, y, z: [switch(x <= y, 1, 0), switch(x <= y, 0, 1)],  # at a tie all to x
    samples=(reals, reals),
)
def minimum(xp, x, y):
    """The smaller of x and y, NaN if one is NaN, in the common dtype."""
    return xp.minimum(x, y)


@scalar_function(
    result=same,
    partials=lambda x, y, z: [switch(x > y, 1, 0), switch(x > y, 0, 1)],
    samples=(reals, reals),
)
def larger(xp, x, y):
    """x if x > y, else y, so that y is what NaN gives: one instruction, where ``maximum`` takes several."""
    return xp.where(x > y, x, y)


@scalar_function(
    result=same,
    partials=lambda x, low, high, z: [
        switch(x < low, 0, switch(x > high, 0, 1)),  # 1 at the bounds
        switch(x < low, 1, 0),
        switch(x < low, 0, switch(x > high, 1, 0)),
    ],
    samples=(reals, reals, reals),
)
def clip(xp, x, low, high):
    """low where x < low, else high where x > high, else x, in the common dtype.  NaN stays.

    Where low > high this is not NumPy's, which gives high throughout.
    """
    return xp.where(x < low, low, xp.where(x > high, high, x))


# -- choice ------------------------------------------------------------------------------------------------------------


@scalar_function(
    result=lambda condition, x, y: dtypes.upcast(x, y),
    partials=lambda c, x, y, z: [None, switch(c, 1, 0), switch(c, 0, 1)],
    samples=(reals, reals, reals),
    operands="given",
    keeps_dtype=False,
)
def switch(xp, condition, x, y):
    """x where condition is not 0, else y, in the common dtype of x and y."""
    return xp.where(condition, x, y)


# -- conversion --------------------------------------------------------------------------------------------------------


def _cast_to(dtype: str) -> ScalarFunction:
    def body(xp, x):
        return x.astype(dtype)

    def result(given: str) -> str:
        if given in dtypes.COMPLEX and dtype not in dtypes.COMPLEX:
            raise TypeError(
                f"Casting from complex to real is ambiguous: consider real(), imag(), angle() or abs() "
                f"(from {given} to {dtype})"
            )
        return dtype

    body.__name__ = f"Cast{{{dtype}}}"
    body.__doc__ = f"x converted to {dtype}: floats are truncated to integers, anything but 0 is True."
    partial: Callable = (lambda x, y: [1]) if dtype in dtypes.CONTINUOUS else (lambda x, y: [None])
    return scalar_function(result=result, partials=partial, operands="given", cost=0)(body)


casts: dict[str, ScalarFunction] = {dtype: _cast_to(dtype) for dtype in dtypes.ALL}


class IntegerDivisionError(Exception):
    """Two integers were divided by ``x.__div__(y)``, and ``config.int_division`` forbids it."""


class ComplexError(NotImplementedError):
    """An operation that complex numbers do not have."""


def mod_check(x: Any, y: Any) -> Any:
    """``mod(x, y)``; ComplexError when an argument is complex."""
    if any(dtypes.dtype_of(v) in dtypes.COMPLEX for v in (x, y)):
        raise ComplexError(
            "Theano does not support the mod operator (%) on complex numbers, since numpy deprecated it."
        )
    return mod(x, y)
