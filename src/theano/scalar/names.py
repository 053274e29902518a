"""Names of ``theano.scalar`` in Theano 1.0.5: a type for each dtype, dtype rules of types, makers of variables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from theano.configuration import config
from theano.scalar import arithmetic
from theano.scalar import dtype as dtypes
from theano.scalar.function import ScalarOp
from theano.scalar.type import ScalarConstant, ScalarType, ScalarVariable, as_scalar


@cache
def get_scalar_type(dtype: str) -> ScalarType:
    """The scalar type of a dtype; one object for each."""
    return ScalarType(dtype)


bool, int8, int16, int32, int64 = (get_scalar_type(d) for d in dtypes.BOOL + dtypes.SIGNED)
uint8, uint16, uint32, uint64 = (get_scalar_type(d) for d in dtypes.UNSIGNED)
float16, float32, float64 = (get_scalar_type(d) for d in dtypes.FLOAT)
complex64, complex128 = (get_scalar_type(d) for d in dtypes.COMPLEX)

int_types = (int8, int16, int32, int64)
uint_types = (uint8, uint16, uint32, uint64)
float_types = (float16, float32, float64)
complex_types = (complex64, complex128)
integer_types = int_types + uint_types
discrete_types = (bool, *integer_types)
continuous_types = float_types + complex_types
all_types = discrete_types + continuous_types


def constant(x: Any, name: str | None = None, dtype: str | None = None) -> ScalarConstant:
    """A scalar constant: of ``dtype``, or of the dtype that a number has by itself."""
    made = as_scalar(x)
    return get_scalar_type(dtype or made.type.dtype).make_constant(x, name)  # type: ignore[attr-defined, return-value]


def cast(x: Any, dtype: str) -> Any:
    """``x`` converted to ``dtype`` ("floatX" is the configured one).  TypeError from complex to real."""
    dtype = config.floatX if dtype == "floatX" else str(np.dtype(dtype))
    x = as_scalar(x)
    return x if x.type.dtype == dtype else arithmetic.casts[dtype](x)  # type: ignore[attr-defined]


class UnaryScalarOp(ScalarOp):
    """Base of a user's scalar ops of one argument."""

    nin = 1


class BinaryScalarOp(ScalarOp):
    """Base of a user's scalar ops of two arguments."""

    nin = 2


# -- dtype rules, of types: what a user's ScalarOp takes as ``output_types_preference`` ----------------------------------


def _of_types(rule: Callable[..., str], doc: str) -> Callable[..., tuple[ScalarType, ...]]:
    def preference(*types: ScalarType) -> tuple[ScalarType, ...]:
        return (get_scalar_type(rule(*[t.dtype for t in types])),)

    preference.__doc__ = doc
    return preference


def _real(rule: Callable[..., str]) -> Callable[..., str]:
    def checked(*given: str) -> str:
        dtypes.refuse_complex(given)
        return rule(*given)

    return checked


def _wide(*given: str) -> str:
    return "complex128" if any(d in dtypes.COMPLEX for d in given) else "float64"


upcast = dtypes.upcast
upcast_out = same_out = _of_types(dtypes.same, "The common type of the arguments.")
upcast_out_nobool = same_out_nobool = _of_types(
    dtypes.not_bool, "The common type; TypeError where it is bool."
)
upcast_out_min8 = same_out_min8 = _of_types(dtypes.at_least_int8, "The common type, but int8 for bool.")
upcast_out_no_complex = same_out_nocomplex = _of_types(
    _real(dtypes.same), "The common type; TypeError for complex."
)
same_out_float_only = _of_types(dtypes.only_float, "The common type; TypeError unless it is a float.")
upgrade_to_float = _of_types(
    dtypes.floating, "The common type made floating: int8 -> float32, int32 -> float64."
)
upgrade_to_float_no_complex = _of_types(dtypes.real_floating, "As upgrade_to_float; TypeError for complex.")
upgrade_to_float64 = _of_types(_real(_wide), "float64; TypeError for complex.")
float_out = _of_types(_wide, "float64, or complex128 where an argument is complex.")
float_out_nocomplex = _of_types(_real(lambda *given: config.floatX), "floatX; TypeError for complex.")
int_out = _of_types(lambda *given: "int64", "int64, whatever the arguments.")
int_out_nocomplex = _of_types(_real(lambda *given: "int64"), "int64; TypeError for complex.")
real_out = _of_types(dtypes.real_same, "The type of the real part.")


class specific_out:
    """The given types, whatever the arguments."""

    def __init__(self, *spec: ScalarType) -> None:
        self.spec = spec

    def __call__(self, *types: ScalarType) -> tuple[ScalarType, ...]:
        return self.spec

    def __eq__(self, other: object) -> Any:
        return type(self) is type(other) and self.spec == other.spec  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((specific_out, self.spec))


class transfer_type:
    """For each output the position of the argument whose type it takes (an int), or a type."""

    def __init__(self, *transfer: int | ScalarType) -> None:
        self.transfer = transfer

    def __call__(self, *types: ScalarType) -> tuple[ScalarType, ...]:
        return tuple(types[t] if isinstance(t, int) else t for t in self.transfer)

    def __eq__(self, other: object) -> Any:
        return type(self) is type(other) and self.transfer == other.transfer  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((transfer_type, self.transfer))


# -- variables -----------------------------------------------------------------------------------------------------------


def _maker(kind: ScalarType) -> Callable[[str | list[str]], list[ScalarVariable]]:
    def make(names: str | list[str]) -> list[ScalarVariable]:
        return [kind(name) for name in names]  # type: ignore[misc]

    make.__doc__ = f"Scalar variables of type {kind}, one for each name; each letter of a string is a name."
    return make


ints = _maker(int64)
floats = _maker(float64)
complexs = complexs128 = _maker(complex128)
complexs64 = _maker(complex64)
