"""Conversions between dtypes in registers, with NumPy's results at every edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from theano.backends.llvm.number_types import REGISTER_TYPES
from theano.backends.llvm.value import Value
from theano.scalar import dtype as dtypes

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


def convert(b: Builder, x: Value, dtype: str) -> Value:
    """x in another dtype.  Of a complex number the real part remains."""
    if dtype in dtypes.COMPLEX:
        return _to_complex(b, x, dtype)
    if x.dtype in dtypes.COMPLEX:
        return (b.real(x) != 0) | (b.imag(x) != 0) if dtype == "bool" else b.astype(b.real(x), dtype)
    if dtype == "bool":
        return x != 0
    if x.dtype in dtypes.FLOAT:
        return _between_floats(b, x, dtype) if dtype in dtypes.FLOAT else _float_to_integer(b, x, dtype)
    if (
        dtype == "float16"
    ):  # integers of up to 16 bits are exact in float32; rounding to odd keeps the rest right
        exact = "float32" if np.dtype(x.dtype).itemsize <= 2 else "float64"
        return b.astype(b.astype(x, exact), dtype)
    if dtype in dtypes.FLOAT:
        cast = b.irbuilder.sitofp if x.dtype in dtypes.SIGNED else b.irbuilder.uitofp
        return Value(b, cast(x.ir, REGISTER_TYPES[dtype]), dtype)
    return _between_integers(b, x, dtype)


def _to_complex(b: Builder, x: Value, dtype: str) -> Value:
    part = dtypes.real_of(dtype)
    return Value(b, (b.astype(b.real(x), part).ir, b.astype(_imaginary(b, x), part).ir), dtype)


def _imaginary(b: Builder, x: Value) -> Value:
    return b.imag(x) if x.dtype in dtypes.COMPLEX else b.constant(0, x.dtype)


def _between_integers(b: Builder, x: Value, dtype: str) -> Value:
    kind = REGISTER_TYPES[dtype]
    if kind.width == x.ir.type.width:
        return Value(b, x.ir, dtype)
    if kind.width < x.ir.type.width:
        return Value(b, b.irbuilder.trunc(x.ir, kind), dtype)
    widen = b.irbuilder.sext if x.dtype in dtypes.SIGNED else b.irbuilder.zext
    return Value(b, widen(x.ir, kind), dtype)


def _between_floats(b: Builder, x: Value, dtype: str) -> Value:
    kind = REGISTER_TYPES[dtype]
    if (x.dtype, dtype) == ("float64", "float16"):
        return b.astype(_to_odd_float32(b, x), dtype)
    if np.dtype(dtype).itemsize > np.dtype(x.dtype).itemsize:
        return Value(b, b.irbuilder.fpext(x.ir, kind), dtype)
    return Value(b, b.irbuilder.fptrunc(x.ir, kind), dtype)


def _to_odd_float32(b: Builder, x: Value) -> Value:
    """x in float32, cut towards zero, with the last bit set if it is not exact.

    Rounding that once more to float16 gives what rounding x itself gives (Boldo and Melquiond 2008,
    "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd").
    """
    rounded = b.astype(x, "float32")
    back = b.astype(rounded, "float64")
    cut = b.bits(rounded) - b.astype(b.fabs(back) > b.fabs(x), "int32")
    odd = b.from_bits(cut | 1)
    return b.where((back == x) | b.isnan(x), rounded, odd)


def _float_to_integer(b: Builder, x: Value, dtype: str) -> Value:
    """Cut to zero.  Out of range as C on x86-64 does it: the lowest int32 or int64, then its low bits.

    8 and 16 bits go through int32.  uint32 takes the upper half of its range from x - 2**31,
    uint64 from x - 2**63.
    """
    if x.dtype == "float16":
        x = b.astype(x, "float32")
    match dtype:
        case "int32" | "int64":
            return _to_signed(b, x, dtype)
        case "uint32" | "uint64":
            signed, top = dtype[1:], 1 << (np.iinfo(dtype).bits - 1)
            lower = b.astype(_to_signed(b, x, signed), dtype)
            upper = b.astype(_to_signed(b, x - float(top), signed), dtype) ^ top
            return b.where(x >= float(top), upper, lower)
        case _:
            return b.astype(_to_signed(b, x, "int32"), dtype)


def _to_signed(b: Builder, x: Value, dtype: str) -> Value:
    """int32 or int64; the lowest number for NaN and out of range.  The unchosen poison does no harm."""
    lowest = np.iinfo(dtype).min
    whole = Value(b, b.irbuilder.fptosi(x.ir, REGISTER_TYPES[dtype]), dtype)
    if dtype == "int32" and x.dtype == "float64":
        is_inside = (x > lowest - 1.0) & (x < -float(lowest))
    else:
        is_inside = (x >= float(lowest)) & (x < -float(lowest))
    return b.where(is_inside, whole, b.constant(lowest, dtype))
