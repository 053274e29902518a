"""The dtypes of arrays and the rules by which functions of numbers choose among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from theano.configuration import config

BOOL = ("bool",)
SIGNED = ("int8", "int16", "int32", "int64")
UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
INTEGER = SIGNED + UNSIGNED
DISCRETE = BOOL + INTEGER
FLOAT = ("float16", "float32", "float64")
COMPLEX = ("complex64", "complex128")
CONTINUOUS = FLOAT + COMPLEX
ALL = DISCRETE + CONTINUOUS

_PROMOTED = {(a, b): np.promote_types(a, b).name for a in ALL for b in ALL}


def upcast(*dtypes: str) -> str:
    """The smallest dtype that holds all of ``dtypes``, by NumPy's table.

    int32 with float32 is float64, uint64 with int64 is float64.  Under ``cast_policy=numpy+floatX`` a float dtype that
    no argument asked for is no wider than floatX.
    """
    result = dtypes[0]
    for dtype in dtypes[1:]:
        result = _PROMOTED[result, dtype]
    if result in ("float32", "float64") and config.cast_policy == "numpy+floatX":
        asked_for = max([config.floatX, *(d for d in dtypes if d in FLOAT)], key=FLOAT.index)
        return min(result, asked_for, key=FLOAT.index)
    return result


@cache
def floating_of(dtype: str) -> str:
    """The dtype in which floating-point mathematics on ``dtype`` is done: int8, int16 -> float32, int32 -> float64."""
    if dtype in CONTINUOUS:
        return dtype
    return "float32" if np.dtype(dtype).itemsize <= 2 else "float64"


@cache
def real_of(dtype: str) -> str:
    """complex64 -> float32, complex128 -> float64; every other dtype is its own."""
    return {"complex64": "float32", "complex128": "float64"}.get(dtype, dtype)


def is_discrete(dtype: str) -> bool:
    return dtype in DISCRETE


def is_complex(dtype: str) -> bool:
    return dtype in COMPLEX


_INT_DTYPES = (("int8", 7), ("int16", 15), ("int32", 31), ("int64", 63))


def number_dtype(value: int | float | complex) -> str:
    """The dtype of a Python number.

    An int takes the smallest signed dtype that holds it (2**63 and up uint64).  A float takes floatX, except that
    under floatX=float64 it takes float32 when float32 holds it exactly.  A complex is complex128.  Under
    ``cast_policy=numpy+floatX`` an int takes int64 at least, and a float always floatX.
    """
    if isinstance(value, int):
        return integer_dtype(value, 63 if config.cast_policy == "numpy+floatX" else 7)
    if isinstance(value, complex):
        return "complex128"
    if config.cast_policy == "numpy+floatX":
        return config.floatX
    if config.floatX != "float64":
        return config.floatX
    with np.errstate(over="ignore"):
        return "float32" if float(np.float32(value)) == value else "float64"


def integer_dtype(value: int, least: int = 7) -> str:
    """The smallest signed dtype, of at least so many bits beside the sign, that holds a Python int; or uint64."""
    for dtype, bits in _INT_DTYPES:
        if bits >= least and -(1 << bits) <= value < 1 << bits:
            return dtype
    if 0 <= value < 1 << 64:
        return "uint64"
    raise OverflowError(f"{value} does not fit into any integer dtype")


def dtype_of(x: Any) -> str:
    """The dtype of a variable, an array, an index expression or a Python number."""
    dtype = getattr(x, "dtype", None)
    return str(np.asarray(x).dtype if dtype is None else dtype)


def number_like(x: Any, value: complex) -> Any:
    """``value`` in the floating dtype of ``x``, so that a product with ``x`` is no wider than ``x``."""
    dtype = floating_of(dtype_of(x))
    if isinstance(value, complex):
        dtype = _PROMOTED[dtype, "complex64"]
    return np.dtype(dtype).type(value)


def refuse_complex(dtypes: Sequence[str]) -> None:
    """TypeError when one of ``dtypes`` is complex."""
    if any(d in COMPLEX for d in dtypes):
        raise TypeError(f"complex arguments are not supported, found {', '.join(dtypes)}")


# -- rules: from the dtypes of the arguments to the dtype of the result -------------------------------------------------


def same(*dtypes: str) -> str:
    """The common dtype of the arguments: int8 and float32 -> float32."""
    return upcast(*dtypes)


def at_least_int8(*dtypes: str) -> str:
    """``same``, but bool counts as int8."""
    return upcast("int8", *dtypes) if all(d == "bool" for d in dtypes) else upcast(*dtypes)


def not_bool(*dtypes: str) -> str:
    """``same``; TypeError when the result would be bool."""
    result = upcast(*dtypes)
    if result == "bool":
        part = "input" if len(dtypes) == 1 else "output"
        raise TypeError(f"bool {part} not supported\n    cast to int8, or use bitwise operations")
    return result


def floating(*dtypes: str) -> str:
    """The common dtype made floating: int8 -> float32, int32 -> float64; complex stays complex."""
    return floating_of(upcast(*dtypes))


def real_floating(*dtypes: str) -> str:
    """``floating``; TypeError for complex arguments."""
    refuse_complex(dtypes)
    return floating(*dtypes)


def real_same(*dtypes: str) -> str:
    """The real dtype of a complex argument, else the dtype itself: complex64 -> float32, int8 -> int8."""
    return real_of(upcast(*dtypes))


def signed_real(*dtypes: str) -> str:
    """``not_bool``; TypeError for complex arguments."""
    refuse_complex(dtypes)
    return not_bool(*dtypes)


def only_float(*dtypes: str) -> str:
    """The common dtype; TypeError unless it is float16, float32 or float64."""
    result = upcast(*dtypes)
    if result not in FLOAT:
        raise TypeError(f"floating-point arguments are needed, found {', '.join(dtypes)}")
    return result


def double(*dtypes: str) -> str:
    """float64, whatever the arguments."""
    return "float64"


def real_double(*dtypes: str) -> str:
    """float64; TypeError for complex arguments."""
    refuse_complex(dtypes)
    return "float64"


def complex_of(*dtypes: str) -> str:
    """The complex dtype whose parts hold the real arguments: float32 -> complex64, int32 -> complex128."""
    refuse_complex(dtypes)
    return upcast("complex64", *dtypes)


def quotient(*dtypes: str) -> str:
    """floatX for bools and integers, else the common dtype: int64 / int64 -> floatX, int8 / float32 -> float32."""
    return config.floatX if all(d in DISCRETE for d in dtypes) else upcast(*dtypes)


def boolean(*dtypes: str) -> str:
    """bool, whatever the arguments."""
    return "bool"


def bitwise(*dtypes: str) -> str:
    """The common dtype; TypeError unless all arguments are bool or integers."""
    if not all(d in DISCRETE for d in dtypes):
        raise TypeError(f"bitwise operations need bool or integer arguments, found {', '.join(dtypes)}")
    return upcast(*dtypes)
