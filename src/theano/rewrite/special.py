"""Rules that replace general functions by cheaper special ones.

Powers by multiplication differ from those of the C library by an ulp for each multiplication; x ** 0.5 becomes sqrt(x),
which is NaN at -inf, where the power is inf, and -0.0 at -0.0.  The other rules keep every digit, but for sums that
overflow without their factor.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.terms import converted, dtype_of, filled, function_of, number, number_in, pattern_of
from theano.scalar import dtype as dtypes
from theano.scalar import inv, mul, sqr, sqrt
from theano.tensor.extremum import Argmax, MaxAndArgmax
from theano.tensor.reduction import CAReduce, Sum

LARGEST_POWER = 16

special = RuleBook("specialize")


@special.on(scalar.pow)
def power_0_1(node: Apply) -> Variable | None:
    """x ** 0 -> 1;  x ** 1 -> x"""
    (x, exponent), out = node.inputs, node.outputs[0]
    n = _whole(exponent)
    if n not in (0, 1) or pattern_of(x) != pattern_of(out):
        return None
    return filled(out, 1, [x]) if n == 0 else converted(x, dtype_of(out))


@special.on(scalar.pow)
def power_by_squaring(node: Apply) -> Variable | None:
    """x ** n -> about log2(n) multiplications, for a constant integer n, 2 <= |n| <= 16; 1 over that for n < 0"""
    (x, exponent), out = node.inputs, node.outputs[0]
    n = _whole(exponent)
    if n is None or abs(n) > LARGEST_POWER or n in (0, 1) or pattern_of(x) != pattern_of(out):
        return None
    dtype = dtype_of(out)
    if dtype in dtypes.BOOL or (n < 0 and dtype not in dtypes.CONTINUOUS):
        return None
    result = _repeated_square(converted(x, dtype), abs(n))
    return inv(result) if n < 0 else result


@special.on(scalar.pow)
def power_of_half(node: Apply) -> Variable | None:
    """x ** 0.5 -> sqrt(x);  x ** -0.5 -> 1 / sqrt(x)"""
    (x, exponent), out = node.inputs, node.outputs[0]
    n = number_in(exponent)
    if n is None or abs(n) != 0.5 or dtype_of(out) not in dtypes.FLOAT or pattern_of(x) != pattern_of(out):
        return None
    root = sqrt(converted(x, dtype_of(out)))
    return root if n > 0 else inv(root)


@special.on(mul)
def square(node: Apply) -> Variable | None:
    """x * x -> x^2;  x * x * y -> x^2 * y"""
    if len(node.inputs) < 2:
        return None
    x, y, *rest = node.inputs
    if x is not y or dtype_of(x) != dtype_of(node.outputs[0]) or dtype_of(x) == "bool":
        return None
    return mul(sqr(x), *rest) if rest else sqr(x)


@special.on(scalar.true_div)
def divide_by_power_of_two(node: Apply) -> Variable | None:
    """x / 2^k -> x * 2^-k"""
    x, y = node.inputs
    dtype = dtype_of(node.outputs[0])
    value = number_in(y)
    if value is None or not all(pattern_of(y)) or {dtype, dtype_of(x)} - set(dtypes.FLOAT):
        return None
    with np.errstate(all="ignore"):
        fraction, _ = math.frexp(float(value))
        reciprocal = np.dtype(dtype).type(1) / np.dtype(dtype).type(value)
    if abs(fraction) != 0.5 or not np.isfinite(reciprocal) or abs(reciprocal) < np.finfo(dtype).tiny:
        return None
    return mul(x, number(reciprocal, dtype, len(pattern_of(y))))


@special.on(Sum)
def sum_of_scaled(node: Apply) -> Variable | None:
    """sum(c * x) -> c * sum(x), for a constant c that is a power of two, so that no digit changes, or an integer"""
    v, out = node.inputs[0], node.outputs[0]
    dtype = dtype_of(out)
    if function_of(v) is not mul or dtype_of(v) != dtype or len(v.owner.inputs) != 2:  # type: ignore[union-attr]
        return None
    x, c = v.owner.inputs  # type: ignore[union-attr]
    if number_in(c) is None:
        x, c = c, x
    value = number_in(c)
    if value is None or not all(pattern_of(c)) or dtype_of(x) != dtype or pattern_of(x) != pattern_of(v):
        return None
    if dtype not in dtypes.INTEGER and not (dtype in dtypes.FLOAT and _is_power_of_two(value)):
        return None
    return mul(number(value, dtype, len(pattern_of(out))), node.op(x))


@special.on(MaxAndArgmax, sees_graph=True)
def local_max_and_argmax(node: Apply, fgraph: FunctionGraph) -> list[Variable | None] | None:
    """max and argmax, of which one is used -> that one alone; of complex numbers both stay"""
    (x,), (largest, place) = node.inputs, node.outputs
    if dtype_of(x) in dtypes.COMPLEX:
        return None
    axes = node.op.axes(len(pattern_of(x)))  # type: ignore[attr-defined]
    if axes and not fgraph.uses(place):
        return [CAReduce(scalar.maximum, axes)(x), None]
    if not fgraph.uses(largest):
        return [None, Argmax(axes)(x)]
    return None


def _is_power_of_two(value: Any) -> bool:
    return bool(np.isfinite(value)) and abs(math.frexp(float(value))[0]) == 0.5


def _whole(v: Variable) -> int | None:
    """The integer that ``v`` is known to be, in whatever dtype."""
    value: Any = number_in(v)
    if (
        value is None
        or isinstance(value, np.complexfloating)
        or not np.isfinite(value)
        or value != int(value)
    ):
        return None
    return int(value)


def _repeated_square(x: Variable, n: int) -> Variable:
    """x ** n: the product of those of x, x^2, x^4, ... that the bits of n name."""
    result, power = None, x
    while n:
        if n & 1:
            result = power if result is None else mul(result, power)
        n >>= 1
        power = sqr(power) if n else power
    assert result is not None
    return result
