"""From Python values to tensor variables: the dtypes that numbers, lists and arrays get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from theano.configuration import config
from theano.graph import Constant, Variable
from theano.scalar.dtype import number_dtype
from theano.scalar.type import ScalarType
from theano.tensor.type import TensorType, tensor_type


class AsTensorError(TypeError):
    """A value, or a variable of another kind, cannot stand for a tensor."""


_CACHED: dict[Any, Constant] = {}
_CACHE_LIMIT = 10_000


def as_array(value: Any, dtype: str | None = None) -> np.ndarray:
    """A Python or NumPy value as an array, by the rules for constants."""
    if dtype is not None:
        return np.asarray(value).astype(config.floatX if dtype == "floatX" else dtype)
    if isinstance(value, (bool, int, float, complex)) and not isinstance(value, np.generic):
        value = int(value) if isinstance(value, bool) else value
        return np.array(value, dtype=number_dtype(value))
    if isinstance(value, range):
        value = list(value)
    array = np.asarray(value)
    if isinstance(value, (list, tuple)) and array.size == 0 and array.dtype == np.float64:
        array = array.astype(config.floatX)
    return array


def constant(x: Any, name: str | None = None, ndim: int | None = None, dtype: str | None = None) -> Constant:
    """A tensor constant with the value ``x``.

    Small values without a name are made once and shared.  Raises TypeError when ``x`` is not numeric, or when
    ``ndim`` is given and is not that of ``x``.
    """
    if isinstance(x, Variable):
        raise TypeError(f"Could not convert {x} to TensorType", type(x))
    try:
        array = as_array(x, dtype)
    except (TypeError, ValueError, OverflowError) as problem:
        raise TypeError(f"Could not convert {x} to TensorType", type(x)) from problem
    if array.dtype.name not in _SUPPORTED:
        raise TypeError(f"Could not convert {x} to TensorType", type(x))
    if ndim is not None and array.ndim != ndim:
        raise TypeError(f"Could not convert {x} to TensorType: it has {array.ndim} dimensions, not {ndim}", type(x))
    if name is None and array.size <= 8 and not isinstance(x, np.ndarray):
        key = (array.dtype.name, array.shape, array.tobytes())
        found = _CACHED.get(key)
        if found is None:
            found = tensor_type(array.dtype.name, [n == 1 for n in array.shape]).make_constant(array.copy())
            found._origin = None  # shared by all who write this number
            if len(_CACHED) < _CACHE_LIMIT:
                _CACHED[key] = found
        return found
    return tensor_type(array.dtype.name, [n == 1 for n in array.shape]).make_constant(array, name)


_SUPPORTED = frozenset(
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
)

# Conversions that are defined further down the room: lists that hold variables, change of rank.
_stack: Callable[..., Variable]
_pad_left: Callable[..., Variable]
_tensor_from_scalar: Callable[[Variable], Variable]


def set_conversions(stack: Callable, pad_left: Callable, tensor_from_scalar: Callable) -> None:
    """Given once by theano.tensor, when the ops that convert exist."""
    global _stack, _pad_left, _tensor_from_scalar
    _stack, _pad_left, _tensor_from_scalar = stack, pad_left, tensor_from_scalar


def as_tensor_variable(x: Any, name: str | None = None, ndim: int | None = None) -> Variable:
    """``x`` as a tensor variable: variables stay, numbers and arrays become constants, lists are stacked.

    ndim  the number of dimensions wanted: missing ones are added on the left, leading broadcastable ones dropped

    Raises AsTensorError for a value that is no tensor; ValueError when ``ndim`` cannot be had.
    """
    if hasattr(x, "_as_TensorVariable"):
        return x._as_TensorVariable()
    if isinstance(x, Variable):
        if isinstance(x.type, ScalarType):
            x = _tensor_from_scalar(x)
        if not isinstance(x.type, TensorType):
            raise AsTensorError(f"Variable type field must be a TensorType. {x} has type {x.type}.", x)
        if ndim is None or x.type.ndim == ndim:
            return x
        return _with_ndim(x, ndim)
    if isinstance(x, bool):
        raise AsTensorError(
            "Cannot cast True or False as a tensor variable. Please use numpy.array(True) or numpy.array(False) "
            "if you need these constants. This error might be caused by using the == operator on Variables. "
            "v == w does not do what you think it does, use theano.tensor.eq(v, w) instead."
        )
    if isinstance(x, (list, tuple)) and any(isinstance(i, Variable) for i in _flat(x)):
        items = [as_tensor_variable(i) if not isinstance(i, Variable) else i for i in x]
        try:
            return _stack(items)
        except (TypeError, ValueError) as problem:
            raise AsTensorError(f"Cannot convert {x} to TensorType: {problem}", type(x)) from problem
    try:
        return constant(x, name=name, ndim=ndim)
    except TypeError as problem:
        raise AsTensorError(f"Cannot convert {x} to TensorType", type(x)) from problem


def _flat(items: Any) -> Any:
    stack = list(items)
    while stack:
        item = stack.pop()
        if isinstance(item, (list, tuple)):
            stack.extend(item)
        else:
            yield item


def _with_ndim(x: Variable, ndim: int) -> Variable:
    pattern = x.type.broadcastable  # type: ignore[attr-defined]
    if len(pattern) > ndim:
        if not all(pattern[: len(pattern) - ndim]):
            raise ValueError(f"TensorType could not be cast to have {ndim} dimensions", x.type)
        return x.dimshuffle(*range(len(pattern) - ndim, len(pattern)))  # type: ignore[attr-defined]
    return _pad_left(x, n_ones=ndim - len(pattern))
