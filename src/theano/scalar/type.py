"""ScalarType: single numbers as graph variables, the element type of elementwise ops."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.graph import Constant, Type, Variable
from theano.scalar import dtype as dtypes


class ScalarType(Type):
    """Numbers of one dtype; values are NumPy scalars."""

    ndim = 0

    def __init__(self, dtype: str) -> None:
        if dtype not in dtypes.ALL:
            raise TypeError(f"Unsupported dtype for Scalar: {dtype}")
        self.dtype = dtype

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        try:
            converted = np.dtype(self.dtype).type(value)
        except (OverflowError, ValueError) as problem:
            if not allow_downcast or isinstance(problem, ValueError):
                raise TypeError(f"Could not convert {value!r} to {self.dtype}: {problem}") from problem
            return np.asarray(value).astype(self.dtype)[()]  # wraps
        if allow_downcast or (isinstance(value, float) and self.dtype in dtypes.FLOAT):
            return converted
        if strict and getattr(value, "dtype", None) != self.dtype:
            raise TypeError(f"{self} expected a {self.dtype}, got {value!r} of type {type(value).__name__}")
        if not (converted == value or (converted != converted and value != value)):
            raise TypeError(f"Value cannot accurately be converted to dtype ({self.dtype}) and allow_downcast is not True")
        return converted

    def make_variable(self, name: str | None = None) -> Variable:
        return ScalarVariable(self, name=name)

    def make_constant(self, value: Any, name: str | None = None) -> Constant:
        return ScalarConstant(self, value, name=name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.dtype == other.dtype  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((ScalarType, self.dtype))

    def __str__(self) -> str:
        return self.dtype

    def __repr__(self) -> str:
        return f"Scalar({self.dtype})"


class ScalarVariable(Variable):
    """A single number in a graph.  Arithmetic on it goes through the functions of this room."""

    @property
    def dtype(self) -> str:
        return self.type.dtype  # type: ignore[attr-defined]

    def zeros_like(self, dtype: str | None = None) -> Variable:
        """0, in ``dtype`` or its own; elementwise, of the shape of what it stands for."""
        return self._filled(0, dtype)

    def ones_like(self, dtype: str | None = None) -> Variable:
        """1, as ``zeros_like``."""
        return self._filled(1, dtype)

    def _filled(self, number: int, dtype: str | None) -> Variable:
        from theano.scalar.arithmetic import second  # which is defined on variables of this kind

        return second(self, ScalarType(dtype or self.dtype).make_constant(number))

    def __scalar_function__(self, function: Any, arguments: tuple) -> Variable:
        return function.of_scalars(*arguments)


class ScalarConstant(Constant, ScalarVariable):
    """A known number in a graph of scalars."""

    def __str__(self) -> str:
        return f"Constant{{{self.data}}}"


def as_scalar(x: Any, name: str | None = None) -> Variable:
    """A number, a scalar variable, or a 0-d tensor variable, as a scalar variable; ``name`` for a new one."""
    if isinstance(x, Variable):
        if isinstance(x.type, ScalarType):
            return x
        convert = getattr(x, "as_scalar_variable", None)
        if convert is not None:
            return convert()
        raise TypeError(f"Cannot convert {x} of type {x.type} to Scalar")
    array = np.asarray(x)
    if array.ndim:
        raise TypeError(f"Cannot convert {x!r} to Scalar: it has {array.ndim} dimensions")
    dtype = array.dtype.name
    if isinstance(x, (int, float, complex)) and not isinstance(x, np.generic):
        dtype = dtypes.number_dtype(x)
    return ScalarType(dtype).make_constant(x, name)
