"""Expressions as rules see them: numbers that fill arrays, sums as signed terms, products as factors and divisors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Constant, Variable
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import Alloc
from theano.tensor.constant import constant
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise, elemwise_of
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import MakeVector, Shape_i
from theano.tensor.static_value import known_integer
from theano.tensor.type import TensorType, tensor_type

Signed = tuple[Variable, int]  # v and 1: v;  v and -1: -v, or 1 / v among factors

_WIDEST = 8  # terms looked at in a nested sum or product, so that long chains stay cheap


def function_of(v: Variable) -> Any:
    """The function of numbers that computes ``v``, or None."""
    owner = v.owner
    return owner.op.scalar_op if owner is not None and type(owner.op) is Elemwise else None


def argument_of(v: Variable, function: Any) -> Variable | None:
    """x where ``v`` is function(x), else None."""
    owner = v.owner
    if owner is None or type(owner.op) is not Elemwise or owner.op.scalar_op is not function:
        return None
    return owner.inputs[0]


def dtype_of(v: Variable) -> str:
    return v.type.dtype  # type: ignore[attr-defined]


def pattern_of(v: Variable) -> tuple[bool, ...]:
    return v.type.broadcastable  # type: ignore[attr-defined]


def is_real(v: Variable) -> bool:
    """Whether ``v`` is a tensor of floating-point numbers."""
    return isinstance(v.type, TensorType) and v.type.dtype in dtypes.FLOAT


def converted(v: Variable, dtype: str) -> Variable:
    """``v`` in this dtype."""
    return v if dtype_of(v) == dtype else elemwise_of(casts[dtype])(v)


# -- numbers -----------------------------------------------------------------------------------------------------------


def number_in(v: Variable) -> Any:
    """The number that all elements of ``v`` are known to be, a NumPy scalar, or None.

    Looks through what repeats a number: second, Alloc, DimShuffle.
    """
    for _ in range(_WIDEST):
        if isinstance(v, Constant):
            return _repeated(v.data) if isinstance(v.data, np.ndarray) else None
        owner = v.owner
        if owner is None:
            return None
        op = owner.op
        if type(op) is Elemwise and op.scalar_op is scalar.second:
            v = owner.inputs[1]
        elif isinstance(op, (DimShuffle, Alloc)):
            v = owner.inputs[0]
        else:
            return None
    return None


def _repeated(data: np.ndarray) -> Any:
    if data.ndim == 0:
        return data[()]
    if data.size == 0:
        return None
    first = data.item(0)
    if data.item(data.size - 1) != first or (data.size > 2 and not (data == first).all()):
        return None
    return data.reshape(-1)[0]


def is_number(v: Variable, value: float) -> bool:
    """Whether all elements of ``v`` are known to be ``value``."""
    found = number_in(v)
    return found is not None and bool(found == value)


def number(value: Any, dtype: str, ndim: int = 0) -> Variable:
    """A constant of this dtype with ``ndim`` dimensions of length 1."""
    array = np.asarray(value).astype(dtype).reshape((1,) * ndim)
    return (
        constant(array[()], dtype=dtype)
        if not ndim
        else tensor_type(dtype, (True,) * ndim).make_constant(array)
    )


def of_ndim(c: Variable, ndim: int) -> Variable:
    """``c``, whose dimensions are all 1, with another number of them."""
    if len(pattern_of(c)) == ndim:
        return c
    value = number_in(c)
    if value is not None:
        return number(value, dtype_of(c), ndim)
    if c.owner is not None and isinstance(c.owner.op, DimShuffle) and len(pattern_of(c.owner.inputs[0])) == ndim:
        return c.owner.inputs[0]
    return DimShuffle(pattern_of(c), ["x"] * ndim)(c)


def filled(out: Variable, value: Any, models: Sequence[Variable]) -> Variable | None:
    """``value``, a number or a variable, with the type of ``out`` and the shape of ``models`` together."""
    result = value if isinstance(value, Variable) else number(value, dtype_of(out), len(pattern_of(out)))
    result = converted(result, dtype_of(out))
    for model in models:
        if pattern_of(result) == pattern_of(out):
            break
        joined = tuple(a and b for a, b in zip(pattern_of(result), pattern_of(model), strict=True))
        if joined != pattern_of(result):
            result = elemwise_of(scalar.second)(model, result)
    return result if pattern_of(result) == pattern_of(out) else None


def known_length(v: Variable, axis: int) -> int | None:
    """The length of ``v`` along ``axis`` where its type, its data or the op that makes it tells it."""
    for _ in range(_WIDEST):
        if pattern_of(v)[axis]:
            return 1
        if isinstance(v, Constant):
            return v.data.shape[axis]
        owner = v.owner
        if owner is None:
            return None
        op = owner.op
        if isinstance(op, MakeVector):
            return len(owner.inputs)
        if isinstance(op, Alloc):
            return known_integer(owner.inputs[1 + axis])
        if isinstance(op, DimShuffle):
            axis = op.new_order[axis]  # type: ignore[assignment]
            v = owner.inputs[0]
        elif isinstance(op, Elemwise):
            v = next(x for x in owner.inputs if not pattern_of(x)[axis])
        else:
            return None
    return None


def is_length(n: Variable, x: Variable, axis: int) -> bool:
    """Whether ``n`` is the length of ``x`` along ``axis``."""
    if pattern_of(x)[axis]:
        return is_number(n, 1)
    owner = n.owner
    return owner is not None and type(owner.op) is Shape_i and owner.op.i == axis and owner.inputs[0] is x


# -- sums and products -------------------------------------------------------------------------------------------------


def unsigned(v: Variable, sign: int = 1) -> Signed:
    """sign * v without the negations around v."""
    for _ in range(_WIDEST):
        inner = argument_of(v, scalar.neg)
        if inner is None:
            break
        v, sign = inner, -sign
    return v, sign


def signed(v: Variable, sign: int) -> Variable:
    return v if sign > 0 else elemwise_of(scalar.neg)(v)


def terms_of(v: Variable, sign: int = 1) -> list[Signed]:
    """sign * v as a sum of terms of its dtype: nested sums, differences and negations taken apart."""
    dtype, done = dtype_of(v), list[Signed]()
    stack = [(v, sign)]
    while stack:
        w, s = stack.pop()
        w, s = unsigned(w, s)
        function = function_of(w)
        if function in (scalar.add, scalar.sub) and dtype_of(w) == dtype and len(stack) + len(done) < _WIDEST:
            inputs = w.owner.inputs  # type: ignore[union-attr]
            signs = [s] * len(inputs) if function is scalar.add else [s, -s]
            stack += reversed(list(zip(inputs, signs, strict=True)))
        else:
            done.append((w, s))
    return done


def factors_of(v: Variable, sign: int = 1) -> tuple[list[Signed], int]:
    """sign * v as a product: factors with the exponents 1 and -1, and the sign of all."""
    dtype, done = dtype_of(v), list[Signed]()
    stack = [(v, 1)]
    while stack:
        w, exponent = stack.pop()
        w, sign = unsigned(w, sign)
        function = function_of(w)
        inner = _factors(w, function) if dtype_of(w) == dtype and len(stack) + len(done) < _WIDEST else None
        if inner is None:
            done.append((w, exponent))
        else:
            stack += [(x, e * exponent) for x, e in reversed(inner)]
    return done, sign


def _factors(w: Variable, function: Any) -> list[Signed] | None:
    if function is scalar.mul:
        return [(x, 1) for x in w.owner.inputs]  # type: ignore[union-attr]
    if function is scalar.true_div:
        x, y = w.owner.inputs  # type: ignore[union-attr]
        return [(x, 1), (y, -1)]
    if function is scalar.inv:
        return [(w.owner.inputs[0], -1)]  # type: ignore[union-attr]
    if function is scalar.sqr:
        return [(w.owner.inputs[0], 1)] * 2  # type: ignore[union-attr]
    return None


def sum_of(terms: Sequence[Signed]) -> Variable:
    """The terms added in their order; those to be subtracted come after the first that is not."""
    (first, sign), *rest = terms
    if sign < 0:
        k = next((k for k, (_, s) in enumerate(rest) if s > 0), None)
        if k is not None:
            rest = [(first, sign), *rest[:k], *rest[k + 1 :]]
            first, sign = terms[k + 1]
    total = signed(first, sign)
    for v, s in rest:
        total = elemwise_of(scalar.add if s > 0 else scalar.sub)(total, v)
    return total


def product_of(factors: Sequence[Signed], sign: int, dtype: str) -> Variable:
    """The factors multiplied in their order, divided by the product of the divisors."""
    above = [v for v, e in factors if e > 0]
    below = [v for v, e in factors if e < 0]
    result = _multiplied(above) if above else None
    if below:
        divisor = _multiplied(below)
        if result is None:
            result = number(sign, dtype, len(pattern_of(divisor)))
            sign = 1
        result = elemwise_of(scalar.true_div)(result, divisor)
    return number(sign, dtype) if result is None else signed(result, sign)


def _multiplied(variables: Sequence[Variable]) -> Variable:
    return variables[0] if len(variables) == 1 else elemwise_of(scalar.mul)(*variables)


def fitted(v: Any, out: Variable) -> Variable | None:
    """``v`` with the pattern of ``out``; None where the dtype is another."""
    return patternbroadcast(v, pattern_of(out)) if dtype_of(v) == dtype_of(out) else None
