"""Quotients in whole numbers and their remainders, with NumPy's results where y is 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from theano.backends.llvm.value import Value
from theano.scalar import dtype as dtypes

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


def floor_divide(b: Builder, x: Any, y: Any) -> Value:
    """x // y rounded to minus infinity; 0 for an integer y of 0; for floats np.floor_divide."""
    x, y = b.matched(x, y)
    if x.dtype == "bool":
        return x & y  # x // True is x, x // False is 0
    if x.dtype in dtypes.FLOAT:
        return b.widened(b.floor_divide, x, y) if x.dtype == "float16" else _floor_divide(b, x, y)
    quotient, remainder, divisor = _integer_division(b, x, y)
    if x.dtype in dtypes.SIGNED:
        is_rounded_up = (remainder != 0) & ((remainder ^ divisor) < 0)
        quotient = quotient - b.astype(is_rounded_up, x.dtype)
    return b.where(y == 0, 0, quotient)


def remainder(b: Builder, x: Any, y: Any) -> Value:
    """x % y with the sign of y; 0 for an integer y of 0; for floats np.remainder."""
    x, y = b.matched(x, y)
    if x.dtype == "bool":
        return b.constant(0, "bool")
    if x.dtype in dtypes.FLOAT:
        return b.widened(b.remainder, x, y) if x.dtype == "float16" else _float_remainder(b, x, y)
    _, remainder, divisor = _integer_division(b, x, y)
    if x.dtype in dtypes.SIGNED:
        has_wrong_sign = (remainder != 0) & ((remainder ^ divisor) < 0)
        remainder = remainder + b.where(has_wrong_sign, divisor, 0)
    return remainder


def fmod(b: Builder, x: Any, y: Any) -> Value:
    """x - y trunc(x / y), exactly, with the sign of x: C's fmod."""
    x, y = b.matched(x, y)
    return Value(b, b.irbuilder.frem(x.ir, y.ir), x.dtype)


def _integer_division(b: Builder, x: Value, y: Value) -> tuple[Value, Value, Value]:
    """Quotient and remainder cut to zero, and the divisor: 1 for 0, and for -1 under the lowest."""
    traps = y == 0
    if x.dtype in dtypes.SIGNED:
        lowest = b.constant(np.iinfo(x.dtype).min, x.dtype)
        traps = traps | ((x == lowest) & (y == -1))
    divisor = b.where(traps, 1, y)
    signed = x.dtype in dtypes.SIGNED
    divide, rest = (b.irbuilder.sdiv, b.irbuilder.srem) if signed else (b.irbuilder.udiv, b.irbuilder.urem)
    quotient = Value(b, divide(x.ir, divisor.ir), x.dtype)
    return quotient, Value(b, rest(x.ir, divisor.ir), x.dtype), divisor


def _floor_divide(b: Builder, x: Value, y: Value) -> Value:
    rest = b.fmod(x, y)
    needs_shift = (rest != 0) & ((rest < 0) ^ (y < 0))
    quotient = (x - rest) / y - b.where(needs_shift, 1.0, 0.0).astype(x.dtype)
    whole = b.floor(quotient)
    whole = whole + b.where(quotient - whole > 0.5, 1.0, 0.0).astype(x.dtype)
    whole = b.where(quotient != 0, whole, b.copysign(b.constant(0, x.dtype), x / y))
    return b.where(y == 0, x / y, whole)


def _float_remainder(b: Builder, x: Value, y: Value) -> Value:
    rest = b.fmod(x, y)
    has_wrong_sign = (rest != 0) & ((rest < 0) ^ (y < 0))
    shifted = b.where(has_wrong_sign, rest + y, rest)
    return b.where(rest == 0, b.copysign(rest, y), shifted)
