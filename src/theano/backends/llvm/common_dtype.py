"""Operands as values of one dtype: Python numbers follow the values beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from theano.backends.llvm.value import Value
from theano.scalar import dtype as dtypes

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


def valued(b: Builder, *operands: Any) -> list[Value]:
    """Operands as values; a Python number takes the dtype of the first value."""
    given = next((o.dtype for o in operands if isinstance(o, Value)), "float64")
    return [o if isinstance(o, Value) else b.constant(o, _with_number(given, o)) for o in operands]


def matched(b: Builder, *operands: Any) -> list[Value]:
    """Operands brought to their common dtype; Python numbers follow the values."""
    given = [o.dtype for o in operands if isinstance(o, Value)]
    common = dtypes.upcast(*given) if given else _of_numbers(operands)
    for operand in operands:
        if not isinstance(operand, Value):
            common = _with_number(common, operand)
    return [b.astype(o, common) if isinstance(o, Value) else b.constant(o, common) for o in operands]


def _of_numbers(operands: Sequence[Any]) -> str:
    """The dtype of Python numbers alone."""
    return np.result_type(*[np.asarray(o) for o in operands]).name


def _with_number(dtype: str, number: Any) -> str:
    """The dtype of a value with a Python number: the value's, unless the number is of a higher kind."""
    match number:
        case bool() | np.bool_():
            return dtype
        case int() | np.integer():
            return "int64" if dtype == "bool" else dtype
        case float() | np.floating():
            return "float64" if dtype in dtypes.DISCRETE else dtype
        case complex() | np.complexfloating():
            return {"float16": "complex64", "float32": "complex64", "complex64": "complex64"}.get(
                dtype, "complex128"
            )
    raise TypeError(f"{number!r} is no number")
