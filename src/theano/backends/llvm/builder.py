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

from theano.backends.llvm import complex_code, conversion, rare_path, scalar_code
from theano.backends.llvm.machine import Module
from theano.backends.llvm.number_types import INDEX, MEMORY_TYPES, PART, POINTER, REGISTER_TYPES  # noqa: F401
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

    def load(self, pointer: ir.Value, dtype: str) -> Value:
        """The number of type ``dtype`` at an address."""
        if dtype in PART:
            part = PART[dtype]
            second = self.irbuilder.gep(pointer, [INDEX(1)], inbounds=True, source_etype=MEMORY_TYPES[part])
            return Value(self, (self.load(pointer, part).ir, self.load(second, part).ir), dtype)
        word = self.irbuilder.load(pointer, typ=MEMORY_TYPES[dtype])
        word.align = np.dtype(dtype).alignment
        if dtype == "bool":
            return Value(self, self.irbuilder.icmp_unsigned("!=", word, MEMORY_TYPES["bool"](0)), dtype)
        return Value(self, word, dtype)

    def store(self, value: Value, pointer: ir.Value) -> None:
        """Write a number, in its own dtype, to an address."""
        if value.dtype in PART:
            part = PART[value.dtype]
            second = self.irbuilder.gep(pointer, [INDEX(1)], inbounds=True, source_etype=MEMORY_TYPES[part])
            self.store(self.real(value), pointer)
            self.store(self.imag(value), second)
            return
        word = self.irbuilder.zext(value.ir, MEMORY_TYPES["bool"]) if value.dtype == "bool" else value.ir
        self.irbuilder.store(word, pointer, align=np.dtype(value.dtype).alignment)

    def element(self, pointer: ir.Value, index: Value | ir.Value, dtype: str) -> ir.Value:
        """The address of element ``index`` of a dense array of ``dtype``."""
        position = index.ir if isinstance(index, Value) else index
        part = dtypes.real_of(dtype)
        if dtype in PART:
            position = self.irbuilder.shl(position, INDEX(1))
        return self.irbuilder.gep(pointer, [position], inbounds=True, source_etype=MEMORY_TYPES[part])

    def table(self, name: str, numbers: Sequence[Any], dtype: str) -> ir.Value:
        """The address of a constant array, put into the module once under ``name``."""
        known = self.module.globals.get(name)
        if known is None:
            kind = ir.ArrayType(MEMORY_TYPES[dtype], len(numbers))
            known = ir.GlobalVariable(self.module, kind, name)
            known.global_constant, known.linkage = True, "internal"
            known.initializer = ir.Constant(kind, [self.constant(n, dtype).ir for n in numbers])
        return known

    def gather(self, table: ir.Value, index: Value, dtype: str) -> Value:
        """Element ``index``, which must lie inside, of a table."""
        return self.load(self.element(table, self.astype(index, "int64"), dtype), dtype)

    def valued(self, *operands: Any) -> list[Value]:
        """Operands as values; a Python number takes the dtype of the first value."""
        given = next((o.dtype for o in operands if isinstance(o, Value)), "float64")
        return [o if isinstance(o, Value) else self.constant(o, _with_number(given, o)) for o in operands]

    def matched(self, *operands: Any) -> list[Value]:
        """Operands brought to their common dtype; Python numbers follow the values."""
        given = [o.dtype for o in operands if isinstance(o, Value)]
        common = dtypes.upcast(*given) if given else _of_numbers(operands)
        for operand in operands:
            if not isinstance(operand, Value):
                common = _with_number(common, operand)
        return [
            self.astype(o, common) if isinstance(o, Value) else self.constant(o, common) for o in operands
        ]

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
                return self._widened(lambda u, v: self._arithmetic(integer, floating, boolean, u, v), x, y)
            case "float32" | "float64":
                instruction = floating
            case _:
                instruction = integer
        return Value(self, getattr(self.irbuilder, instruction)(x.ir, y.ir), x.dtype)

    def _widened(self, operation: Callable[..., Value], *operands: Value) -> Value:
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
            return self._widened(self.divide, x, y)
        return Value(self, self.irbuilder.fdiv(x.ir, y.ir), x.dtype)

    def negative(self, x: Value) -> Value:
        if x.dtype in PART:
            return self.complex(-self.real(x), -self.imag(x))
        if x.dtype in dtypes.FLOAT:
            return Value(self, self.irbuilder.fneg(x.ir), x.dtype)
        assert x.dtype != "bool", "a bool has no negative"
        return Value(self, self.irbuilder.sub(x.ir.type(0), x.ir), x.dtype)

    def floor_divide(self, x: Any, y: Any) -> Value:
        """x // y rounded to minus infinity; 0 for an integer y of 0; for floats np.floor_divide."""
        x, y = self.matched(x, y)
        if x.dtype == "bool":
            return x & y  # x // True is x, x // False is 0
        if x.dtype in dtypes.FLOAT:
            return (
                self._widened(self.floor_divide, x, y) if x.dtype == "float16" else self._floor_divide(x, y)
            )
        quotient, remainder, divisor = self._integer_division(x, y)
        if x.dtype in dtypes.SIGNED:
            is_rounded_up = (remainder != 0) & ((remainder ^ divisor) < 0)
            quotient = quotient - self.astype(is_rounded_up, x.dtype)
        return self.where(y == 0, 0, quotient)

    def remainder(self, x: Any, y: Any) -> Value:
        """x % y with the sign of y; 0 for an integer y of 0; for floats np.remainder."""
        x, y = self.matched(x, y)
        if x.dtype == "bool":
            return self.constant(0, "bool")
        if x.dtype in dtypes.FLOAT:
            return (
                self._widened(self.remainder, x, y) if x.dtype == "float16" else self._float_remainder(x, y)
            )
        _, remainder, divisor = self._integer_division(x, y)
        if x.dtype in dtypes.SIGNED:
            has_wrong_sign = (remainder != 0) & ((remainder ^ divisor) < 0)
            remainder = remainder + self.where(has_wrong_sign, divisor, 0)
        return remainder

    mod = remainder

    def _integer_division(self, x: Value, y: Value) -> tuple[Value, Value, Value]:
        """Quotient and remainder cut to zero, and the divisor: 1 for 0, and for -1 under the lowest."""
        traps = y == 0
        if x.dtype in dtypes.SIGNED:
            lowest = self.constant(np.iinfo(x.dtype).min, x.dtype)
            traps = traps | ((x == lowest) & (y == -1))
        divisor = self.where(traps, 1, y)
        signed = x.dtype in dtypes.SIGNED
        divide, rest = (
            (self.irbuilder.sdiv, self.irbuilder.srem)
            if signed
            else (self.irbuilder.udiv, self.irbuilder.urem)
        )
        quotient = Value(self, divide(x.ir, divisor.ir), x.dtype)
        return quotient, Value(self, rest(x.ir, divisor.ir), x.dtype), divisor

    def _floor_divide(self, x: Value, y: Value) -> Value:
        rest = self.fmod(x, y)
        needs_shift = (rest != 0) & ((rest < 0) ^ (y < 0))
        quotient = (x - rest) / y - self.where(needs_shift, 1.0, 0.0).astype(x.dtype)
        whole = self.floor(quotient)
        whole = whole + self.where(quotient - whole > 0.5, 1.0, 0.0).astype(x.dtype)
        whole = self.where(quotient != 0, whole, self.copysign(self.constant(0, x.dtype), x / y))
        return self.where(y == 0, x / y, whole)

    def _float_remainder(self, x: Value, y: Value) -> Value:
        rest = self.fmod(x, y)
        has_wrong_sign = (rest != 0) & ((rest < 0) ^ (y < 0))
        shifted = self.where(has_wrong_sign, rest + y, rest)
        return self.where(rest == 0, self.copysign(rest, y), shifted)

    def fmod(self, x: Any, y: Any) -> Value:
        """x - y trunc(x / y), exactly, with the sign of x: C's fmod."""
        x, y = self.matched(x, y)
        return Value(self, self.irbuilder.frem(x.ir, y.ir), x.dtype)

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
            return self._widened(lambda *wide: self.intrinsic(name, *wide), *values)
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

    def declare(self, name: str, result: ir.Type, arguments: Sequence[ir.Type]) -> ir.Function:
        """The function of that name in the module, declared if new."""
        known = self.module.globals.get(name)
        if known is None:
            known = ir.Function(self.module, ir.FunctionType(result, arguments), name)
            if not name.startswith("llvm."):
                known.attributes.add("nounwind")
        return known

    def call_c(self, name: str, *arguments: Any) -> Value:
        """A function of the C library, such as lgamma, of float64 numbers; float32 goes through float64."""
        values = self.matched(*arguments)
        double = REGISTER_TYPES["float64"]
        function = self.declare(name, double, [double] * len(values))
        wide = [self.astype(v, "float64").ir for v in values]
        return self.astype(Value(self, self.irbuilder.call(function, wide), "float64"), values[0].dtype)

    def call_external(self, name: str, *arguments: Any) -> Value:
        """SciPy's C function ``scipy:name`` of float64 numbers; float32 goes through float64."""
        values = self.matched(*arguments)
        double, word = REGISTER_TYPES["float64"], ir.IntType(32)
        function = self.declare(name, double, [double] * len(values) + [word])
        wide = [self.astype(v, "float64").ir for v in values]
        found = Value(self, self.irbuilder.call(function, [*wide, word(0)]), "float64")  # 0: as for a call within Cython
        return self.astype(found, values[0].dtype)

    def call_pointer(self, address: int, result: str, *arguments: Value) -> Value:
        """A user's pure C function of numbers; other calls of it may be left out."""
        kinds = [REGISTER_TYPES[a.dtype] for a in arguments]
        function = self.declare(f"foreign:{address}", REGISTER_TYPES[result], kinds)
        for attribute in ("readnone", "nounwind"):
            function.attributes.add(attribute)
        return Value(self, self.irbuilder.call(function, [a.ir for a in arguments]), result)

    def rarely(
        self,
        condition: Value,
        name: str,
        x: Value,
        usual: Value,
        body: Callable[[Builder, Value], Value] | None = None,
    ) -> Value:
        """A pure function of x where ``condition``, else ``usual``: ``body``, or the C library's ``name``.

        It is called only then; loops are widened nevertheless.
        """
        b = self.irbuilder
        rare_body = body or (lambda b, value: b.call_c(name, value))
        function = rare_path.rare_function(self, f"{name}.{x.dtype}.rare", rare_body, x)
        rare, join = (b.append_basic_block(f"{name}.{part}") for part in ("rare", "join"))
        entry = b.block
        b.cbranch(condition.ir, rare, join)
        b.position_at_end(rare)
        asked = b.call(function, [x.ir])
        b.branch(join)
        b.position_at_end(join)
        phi = b.phi(usual.ir.type)
        phi.add_incoming(asked, rare)
        phi.add_incoming(usual.ir, entry)
        return Value(self, phi, usual.dtype)

    def outlined(
        self, name: str, body: Callable[..., Value], arguments: Sequence[Value], result: str
    ) -> Value:
        """A call of the function ``name``, made of ``body(b, *values)`` on its first use and inlined by LLVM.

        All calls under one name have the same body and argument types.
        """
        function = self.internal_function(name, ("alwaysinline", "nounwind"), body, arguments, result)
        return Value(self, self.irbuilder.call(function, [a.ir for a in arguments]), result)

    def internal_function(
        self,
        name: str,
        attributes: Sequence[str],
        body: Callable[..., Value],
        arguments: Sequence[Value],
        result: str,
    ) -> ir.Function:
        """The function of that name in this module, made if new; seen only in the module."""
        function = self.module.globals.get(name)
        if function is None:
            kinds = [REGISTER_TYPES[a.dtype] for a in arguments]
            function = ir.Function(self.module, ir.FunctionType(REGISTER_TYPES[result], kinds), name)
            function.linkage = "internal"
            for attribute in attributes:
                function.attributes.add(attribute)
            inner = Builder(ir.IRBuilder(function.append_basic_block("entry")))
            values = [Value(inner, p, a.dtype) for p, a in zip(function.args, arguments, strict=True)]
            inner.irbuilder.ret(inner.astype(body(inner, *values), result).ir)
        return function

    def iterate(
        self, condition: Callable[..., Value], step: Callable[..., Sequence[Value]], *initial: Value
    ) -> list[Value]:
        """``while condition(*state): state = step(*state)``, the final state.  A true loop."""
        b = self.irbuilder
        head, body, done = (b.append_basic_block(f"iterate.{part}") for part in ("head", "body", "done"))
        entry = b.block
        b.branch(head)
        b.position_at_end(head)
        phis = [b.phi(v.ir.type) for v in initial]
        for phi, value in zip(phis, initial, strict=True):
            phi.add_incoming(value.ir, entry)
        state = [Value(self, phi, v.dtype) for phi, v in zip(phis, initial, strict=True)]
        b.cbranch(condition(*state).ir, body, done)
        b.position_at_end(body)
        for phi, value in zip(phis, step(*state), strict=True):
            phi.add_incoming(value.ir, b.block)
        b.branch(head)
        b.position_at_end(done)
        return state


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
