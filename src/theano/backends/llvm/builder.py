"""The emission wrapper: NumPy's arithmetic on numbers in registers, written as LLVM instructions.

A `Builder` stands around an llvmlite ``IRBuilder`` and plays the part of the array namespace ``xp`` for the
bodies of scalar functions.  Nothing here branches (but ``iterate`` and ``rarely``), so loops over emitted
code can be widened to vectors.  No instruction carries fast-math flags: every back end gives the same digits
for + - * / and sqrt.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm import (
    call_code,
    common_dtype,
    complex_code,
    control_code,
    conversion,
    division_code,
    memory_code,
    rare_path,
    scalar_code,
)
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import PART, REGISTER_TYPES
from theano.backends.llvm.value import Value
from theano.scalar import dtype as dtypes
from theano.scalar.function import ScalarFunction, scalar_function_named

BITS = {"float16": "uint16", "float32": "int32", "float64": "int64"}
FROM_BITS = {"16": "float16", "32": "float32", "64": "float64"}
SHORT = {"float16": "f16", "float32": "f32", "float64": "f64"}
NAMES = {  # NumPy's names of functions that Theano calls otherwise
    "power": "pow", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "arctan2",
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
}  # fmt: skip


class Builder:
    """Emits instructions on `Value` operands at the position of ``irbuilder``.

    What takes more than a few instructions is a function of a builder, in another file, and a method here.

    irbuilder  llvmlite's builder; its module takes up the functions and tables that the code needs, and tells for
               which processor they are
    """

    pi = math.pi
    inf = math.inf
    nan = math.nan

    def __init__(self, irbuilder: ir.IRBuilder) -> None:
        self.irbuilder = irbuilder

    @property
    def module(self) -> Module:
        return self.irbuilder.module

    @property
    def fused(self) -> bool:
        """Whether ``fma`` is one instruction; if not, double-length products are made of halves."""
        return self.module.processor.fused

    def __getattr__(self, name: str) -> Callable[..., Value]:
        """``b.exp(x)``: the code of the scalar function of that name."""
        try:
            function = scalar_function_named(NAMES.get(name, name))
        except KeyError:
            raise AttributeError(f"neither the builder nor theano.scalar has a function {name!r}") from None
        return lambda *arguments: self.apply(function, *arguments)

    def apply(self, function: ScalarFunction, *arguments: Any) -> Value:
        """The code of a scalar function, its result in the dtype that its rule says."""
        values = self.matched(*arguments) if function.operands != "given" else self.valued(*arguments)
        (result,) = function.output_dtypes(*[v.dtype for v in values])
        return scalar_code.emit(self, function, values, result)

    # -- values in and out ----------------------------------------------------------------------------------

    valued = common_dtype.valued
    matched = common_dtype.matched
    load = memory_code.load
    store = memory_code.store
    element = memory_code.element
    table = memory_code.table
    gather = memory_code.gather

    def value(self, register: ir.Value, dtype: str) -> Value:
        """An LLVM value, already of the register's type for ``dtype``, as a `Value`."""
        return Value(self, register, dtype)

    def constant(self, number: Any, dtype: str) -> Value:
        """A known number; integers wrap into ``dtype``."""
        if dtype in PART:
            number, part = complex(number), PART[dtype]
            return Value(
                self, (self.constant(number.real, part).ir, self.constant(number.imag, part).ir), dtype
            )
        if dtype == "bool":
            return Value(self, ir.Constant(REGISTER_TYPES[dtype], int(bool(number))), dtype)
        kind = REGISTER_TYPES[dtype]
        if dtype in dtypes.INTEGER:
            return Value(self, ir.Constant(kind, int(number) & (1 << kind.width) - 1), dtype)
        return Value(self, ir.Constant(kind, float(np.dtype(dtype).type(number))), dtype)

    def astype(self, x: Any, dtype: str) -> Value:
        """x converted as NumPy converts: floats are cut to integers, what is not zero is True."""
        if not isinstance(x, Value):
            return self.constant(x, dtype)
        return x if x.dtype == dtype else conversion.convert(self, x, dtype)

    def bits(self, x: Value) -> Value:
        """The bits of a float as an integer of its length, signed (float16: unsigned)."""
        dtype = BITS[x.dtype]
        return Value(self, self.irbuilder.bitcast(x.ir, REGISTER_TYPES[dtype]), dtype)

    def from_bits(self, x: Value) -> Value:
        """The float that has these bits."""
        dtype = FROM_BITS[x.dtype[-2:]]
        return Value(self, self.irbuilder.bitcast(x.ir, REGISTER_TYPES[dtype]), dtype)

    # -- arithmetic -----------------------------------------------------------------------------------------

    def add(self, x: Any, y: Any) -> Value:
        """x + y; "or" of two bools."""
        return self._arithmetic("add", "fadd", "or_", x, y)

    def subtract(self, x: Any, y: Any) -> Value:
        """x - y; undefined for two bools."""
        return self._arithmetic("sub", "fsub", None, x, y)

    def multiply(self, x: Any, y: Any) -> Value:
        """x * y; "and" of two bools."""
        return self._arithmetic("mul", "fmul", "and_", x, y)

    def _arithmetic(self, integer: str, floating: str, boolean: str | None, x: Any, y: Any) -> Value:
        x, y = self.matched(x, y)
        match x.dtype:
            case "bool":
                assert boolean is not None, "two bools have no difference"
                instruction = boolean
            case "complex64" | "complex128":
                return complex_code.ARITHMETIC[integer](self, x, y)
            case "float16":
                return self.widened(lambda u, v: self._arithmetic(integer, floating, boolean, u, v), x, y)
            case "float32" | "float64":
                instruction = floating
            case _:
                instruction = integer
        return Value(self, getattr(self.irbuilder, instruction)(x.ir, y.ir), x.dtype)

    def widened(self, operation: Callable[..., Value], *operands: Value) -> Value:
        """An operation on float16 done in float32 and rounded."""
        return self.astype(operation(*[self.astype(o, "float32") for o in operands]), "float16")

    def divide(self, x: Any, y: Any) -> Value:
        """x / y; integers are made floating first."""
        x, y = self.matched(x, y)
        if x.dtype in dtypes.DISCRETE:
            x, y = (self.astype(v, dtypes.floating_of(v.dtype)) for v in (x, y))
        if x.dtype in PART:
            return complex_code.divide(self, x, y)
        if x.dtype == "float16":
            return self.widened(self.divide, x, y)
        return Value(self, self.irbuilder.fdiv(x.ir, y.ir), x.dtype)

    def negative(self, x: Value) -> Value:
        if x.dtype in PART:
            return self.complex(-self.real(x), -self.imag(x))
        if x.dtype in dtypes.FLOAT:
            return Value(self, self.irbuilder.fneg(x.ir), x.dtype)
        assert x.dtype != "bool", "a bool has no negative"
        return Value(self, self.irbuilder.sub(x.ir.type(0), x.ir), x.dtype)

    floor_divide = division_code.floor_divide
    remainder = mod = division_code.remainder
    fmod = division_code.fmod

    def power(self, x: Any, y: Any) -> Value:
        """x ** y, by the scalar function ``pow``."""
        return self.apply(scalar_function_named("pow"), x, y)

    def square(self, x: Value) -> Value:
        return x * x

    def reciprocal(self, x: Value) -> Value:
        return 1 / x

    # -- bits and logic -------------------------------------------------------------------------------------

    def bitwise_and(self, x: Any, y: Any) -> Value:
        return self._bitwise("and_", x, y)

    def bitwise_or(self, x: Any, y: Any) -> Value:
        return self._bitwise("or_", x, y)

    def bitwise_xor(self, x: Any, y: Any) -> Value:
        return self._bitwise("xor", x, y)

    def _bitwise(self, instruction: str, x: Any, y: Any) -> Value:
        x, y = self.matched(x, y)
        return Value(self, getattr(self.irbuilder, instruction)(x.ir, y.ir), x.dtype)

    def invert(self, x: Value) -> Value:
        """~x; "not" of a bool."""
        return Value(
            self, self.irbuilder.xor(x.ir, ir.Constant(x.ir.type, -1 if x.dtype != "bool" else 1)), x.dtype
        )

    def left_shift(self, x: Any, y: Any) -> Value:
        """x << y; 0 for shifts beyond the length."""
        if isinstance(y, int) and 0 <= y < x.ir.type.width:
            return Value(self, self.irbuilder.shl(x.ir, x.ir.type(y)), x.dtype)
        x, y, is_inside = self._shift(x, y)
        return self.where(is_inside, Value(self, self.irbuilder.shl(x.ir, y.ir), x.dtype), 0)

    def right_shift(self, x: Any, y: Any) -> Value:
        """x >> y with the sign spread; beyond the length only the sign remains."""
        if isinstance(y, int) and 0 <= y < x.ir.type.width:
            shift = self.irbuilder.ashr if x.dtype in dtypes.SIGNED else self.irbuilder.lshr
            return Value(self, shift(x.ir, x.ir.type(y)), x.dtype)
        x, y, is_inside = self._shift(x, y)
        if x.dtype not in dtypes.SIGNED:
            return self.where(is_inside, Value(self, self.irbuilder.lshr(x.ir, y.ir), x.dtype), 0)
        last = self.constant(x.ir.type.width - 1, x.dtype)
        return Value(self, self.irbuilder.ashr(x.ir, self.where(is_inside, y, last).ir), x.dtype)

    def _shift(self, x: Any, y: Any) -> tuple[Value, Value, Value]:
        x, y = self.matched(x, y)
        width = x.ir.type.width
        return x, y, Value(self, self.irbuilder.icmp_unsigned("<", y.ir, y.ir.type(width)), "bool")

    def logical_and(self, x: Any, y: Any) -> Value:
        return self.astype(x, "bool") & self.astype(y, "bool")

    def logical_or(self, x: Any, y: Any) -> Value:
        return self.astype(x, "bool") | self.astype(y, "bool")

    def logical_xor(self, x: Any, y: Any) -> Value:
        return self.astype(x, "bool") ^ self.astype(y, "bool")

    def logical_not(self, x: Any) -> Value:
        return ~self.astype(x, "bool")

    def compare(self, relation: str, x: Any, y: Any) -> Value:
        """A bool; with NaN only != is true.  Complex numbers can only be equal or not."""
        x, y = self.matched(x, y)
        if x.dtype in PART:
            assert relation in ("==", "!="), "complex numbers have no order"
            parts = self.compare(relation, x.real, y.real), self.compare(relation, x.imag, y.imag)
            return parts[0] & parts[1] if relation == "==" else parts[0] | parts[1]
        if x.dtype in dtypes.FLOAT:
            emit = self.irbuilder.fcmp_unordered if relation == "!=" else self.irbuilder.fcmp_ordered
        else:
            emit = self.irbuilder.icmp_signed if x.dtype in dtypes.SIGNED else self.irbuilder.icmp_unsigned
        return Value(self, emit(relation, x.ir, y.ir), "bool")

    def where(self, condition: Any, x: Any, y: Any) -> Value:
        """x where condition is true (not 0), else y; both are computed."""
        chosen = self.astype(condition, "bool").ir
        x, y = self.matched(x, y)
        if x.dtype in PART:
            parts = [self.irbuilder.select(chosen, u, v) for u, v in zip(x.ir, y.ir, strict=True)]
            return Value(self, tuple(parts), x.dtype)
        return Value(self, self.irbuilder.select(chosen, x.ir, y.ir), x.dtype)

    select = where

    # -- functions of one or two instructions ---------------------------------------------------------------

    def intrinsic(self, name: str, *operands: Any) -> Value:
        """LLVM's function ``llvm.name`` of float32 or float64 numbers of one dtype."""
        values = self.matched(*operands)
        dtype = values[0].dtype
        if dtype == "float16":
            return self.widened(lambda *wide: self.intrinsic(name, *wide), *values)
        kind = REGISTER_TYPES[dtype]
        suffix = SHORT.get(dtype) or f"i{kind.width}"
        function = self.declare(f"llvm.{name}.{suffix}", kind, [kind] * len(values))
        return Value(self, self.irbuilder.call(function, [v.ir for v in values]), dtype)

    def sqrt(self, x: Value) -> Value:
        if x.dtype in PART:
            return complex_code.FUNCTIONS["sqrt"](self, x)
        return self.intrinsic("sqrt", self.astype(x, dtypes.floating_of(x.dtype)))

    def fabs(self, x: Value) -> Value:
        return self.intrinsic("fabs", x)

    def abs(self, x: Value) -> Value:
        """|x|; for a complex number its modulus; the lowest integer stays what it is."""
        if x.dtype in PART:
            return complex_code.modulus(self, x)
        if x.dtype in dtypes.FLOAT:
            return self.fabs(x)
        return self.where(x < 0, -x, x) if x.dtype in dtypes.SIGNED else x

    absolute = abs

    def sign(self, x: Value) -> Value:
        """-1, 0 or 1; NaN for NaN."""
        if x.dtype in dtypes.SIGNED:
            return (x > 0).astype(x.dtype) - (x < 0).astype(x.dtype)
        one = self.constant(1, x.dtype)
        below = self.where(x < 0, -one, x * 0 + x) if x.dtype in dtypes.FLOAT else x
        signed = self.where(x > 0, one, below)
        return self.where(x == 0, 0, signed)

    def minimum(self, x: Any, y: Any) -> Value:
        """The smaller; NaN if either is."""
        return self._extreme("minimum", "<", x, y)

    def maximum(self, x: Any, y: Any) -> Value:
        """The larger; NaN if either is."""
        return self._extreme("maximum", ">", x, y)

    def _extreme(self, name: str, relation: str, x: Any, y: Any) -> Value:
        x, y = self.matched(x, y)
        if x.dtype in dtypes.FLOAT:
            return self.intrinsic(name, x, y)
        if x.dtype in PART:
            return complex_code.extreme(self, relation, x, y)
        return self.where(self.compare(relation, x, y), x, y)

    def floor(self, x: Value) -> Value:
        return self.intrinsic("floor", self.astype(x, dtypes.floating_of(x.dtype)))

    def ceil(self, x: Value) -> Value:
        return self.intrinsic("ceil", self.astype(x, dtypes.floating_of(x.dtype)))

    def trunc(self, x: Value) -> Value:
        return self.intrinsic("trunc", self.astype(x, dtypes.floating_of(x.dtype)))

    def rint(self, x: Value) -> Value:
        """The nearest whole number; the even one of two."""
        return self.intrinsic("rint", self.astype(x, dtypes.floating_of(x.dtype)))

    def copysign(self, x: Any, y: Any) -> Value:
        """|x| with the sign of y."""
        return self.intrinsic("copysign", x, y)

    def signbit(self, x: Value) -> Value:
        return self.bits(x) < 0 if x.dtype != "float16" else self.bits(x) > 0x7FFF

    def isnan(self, x: Value) -> Value:
        if x.dtype in PART:
            return self.isnan(x.real) | self.isnan(x.imag)
        return x != x if x.dtype in dtypes.FLOAT else self.constant(False, "bool")

    def isinf(self, x: Value) -> Value:
        if x.dtype in PART:
            return self.isinf(x.real) | self.isinf(x.imag)
        return self.fabs(x) == math.inf if x.dtype in dtypes.FLOAT else self.constant(False, "bool")

    def isfinite(self, x: Value) -> Value:
        if x.dtype in PART:
            return self.isfinite(x.real) & self.isfinite(x.imag)
        return self.fabs(x) < math.inf if x.dtype in dtypes.FLOAT else self.constant(True, "bool")

    def fma(self, x: Any, y: Any, z: Any) -> Value:
        """x * y + z with one rounding."""
        return self.intrinsic("fma", x, y, z)

    def muladd(self, x: Any, y: Any, z: Any) -> Value:
        """x * y + z, with one rounding where the machine can."""
        return self.intrinsic("fmuladd", x, y, z)

    def poly(self, x: Value, coefficients: Sequence[float]) -> Value:
        """coefficients[0] + coefficients[1] x + ...

        The higher terms in pairs of pairs (Estrin), so that chains stay short; the constant last: accuracy.
        """
        first: float = coefficients[0]
        terms: list[Any] = list(coefficients[1:])
        if not terms:
            return self.constant(first, x.dtype)
        power = x
        while len(terms) > 1:
            pairs = [self.muladd(power, terms[i + 1], terms[i]) for i in range(0, len(terms) - 1, 2)]
            terms = pairs + terms[len(pairs) * 2 :]
            if len(terms) > 1:
                power = power * power
        return self.muladd(x, terms[0], first)

    # -- complex numbers ------------------------------------------------------------------------------------

    def complex(self, real: Any, imaginary: Any) -> Value:
        """real + 1j imaginary."""
        real, imaginary = self.matched(real, imaginary)
        wide = "float64" if real.dtype not in ("float16", "float32") else "float32"
        parts = self.astype(real, wide).ir, self.astype(imaginary, wide).ir
        return Value(self, parts, "complex128" if wide == "float64" else "complex64")

    def real(self, x: Value) -> Value:
        return Value(self, x.ir[0], PART[x.dtype]) if x.dtype in PART else x

    def imag(self, x: Value) -> Value:
        return Value(self, x.ir[1], PART[x.dtype]) if x.dtype in PART else self.constant(0, x.dtype)

    def conj(self, x: Value) -> Value:
        return self.complex(x.real, -x.imag) if x.dtype in PART else x

    conjugate = conj

    # -- functions and control ------------------------------------------------------------------------------

    declare = call_code.declare
    call_c = call_code.call_c
    call_external = call_code.call_external
    call_pointer = call_code.call_pointer
    outlined = call_code.outlined
    internal_function = call_code.internal_function
    rarely = rare_path.rarely
    iterate = control_code.iterate
