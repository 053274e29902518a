"""A number in a register: an LLVM value that answers to Python's operators as NumPy's numbers do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


class Value:
    """A number known when the code runs.

    builder  the Builder that emits what is done with it
    ir       the LLVM value: i1 for bool, iN, half, float, double; a pair (real, imaginary) if complex
    dtype    NumPy's name of its type

    Operators follow NumPy: operands of two dtypes are brought to the common one, Python numbers to that of
    the other operand; integers wrap; integer ``//`` and ``%`` by zero give 0; float16 is computed in float32
    and rounded.
    """

    __slots__ = ("builder", "dtype", "ir")
    __hash__ = object.__hash__

    def __init__(self, builder: Builder, ir: Any, dtype: str) -> None:
        self.builder = builder
        self.ir = ir
        self.dtype = dtype

    def __repr__(self) -> str:
        return f"<{self.dtype} {self.ir}>"

    def __scalar_function__(self, function: Any, arguments: tuple) -> Value:
        """A function of numbers applied to values emits its code."""
        return self.builder.apply(function, *arguments)

    @property
    def real(self) -> Value:
        return self.builder.real(self)

    @property
    def imag(self) -> Value:
        return self.builder.imag(self)

    def astype(self, dtype: str) -> Value:
        return self.builder.astype(self, dtype)

    def __bool__(self) -> bool:
        raise TypeError("the truth of a number is not known until the code runs: use where")

    def __add__(self, other: Any) -> Value:
        return self.builder.add(self, other)

    def __radd__(self, other: Any) -> Value:
        return self.builder.add(other, self)

    def __sub__(self, other: Any) -> Value:
        return self.builder.subtract(self, other)

    def __rsub__(self, other: Any) -> Value:
        return self.builder.subtract(other, self)

    def __mul__(self, other: Any) -> Value:
        return self.builder.multiply(self, other)

    def __rmul__(self, other: Any) -> Value:
        return self.builder.multiply(other, self)

    def __truediv__(self, other: Any) -> Value:
        return self.builder.divide(self, other)

    def __rtruediv__(self, other: Any) -> Value:
        return self.builder.divide(other, self)

    def __floordiv__(self, other: Any) -> Value:
        return self.builder.floor_divide(self, other)

    def __rfloordiv__(self, other: Any) -> Value:
        return self.builder.floor_divide(other, self)

    def __mod__(self, other: Any) -> Value:
        return self.builder.remainder(self, other)

    def __rmod__(self, other: Any) -> Value:
        return self.builder.remainder(other, self)

    def __pow__(self, other: Any) -> Value:
        return self.builder.power(self, other)

    def __rpow__(self, other: Any) -> Value:
        return self.builder.power(other, self)

    def __and__(self, other: Any) -> Value:
        return self.builder.bitwise_and(self, other)

    def __rand__(self, other: Any) -> Value:
        return self.builder.bitwise_and(other, self)

    def __or__(self, other: Any) -> Value:
        return self.builder.bitwise_or(self, other)

    def __ror__(self, other: Any) -> Value:
        return self.builder.bitwise_or(other, self)

    def __xor__(self, other: Any) -> Value:
        return self.builder.bitwise_xor(self, other)

    def __rxor__(self, other: Any) -> Value:
        return self.builder.bitwise_xor(other, self)

    def __lshift__(self, other: Any) -> Value:
        return self.builder.left_shift(self, other)

    def __rlshift__(self, other: Any) -> Value:
        return self.builder.left_shift(other, self)

    def __rshift__(self, other: Any) -> Value:
        return self.builder.right_shift(self, other)

    def __rrshift__(self, other: Any) -> Value:
        return self.builder.right_shift(other, self)

    def __neg__(self) -> Value:
        return self.builder.negative(self)

    def __pos__(self) -> Value:
        return self

    def __invert__(self) -> Value:
        return self.builder.invert(self)

    def __abs__(self) -> Value:
        return self.builder.abs(self)

    def __lt__(self, other: Any) -> Value:
        return self.builder.compare("<", self, other)

    def __le__(self, other: Any) -> Value:
        return self.builder.compare("<=", self, other)

    def __gt__(self, other: Any) -> Value:
        return self.builder.compare(">", self, other)

    def __ge__(self, other: Any) -> Value:
        return self.builder.compare(">=", self, other)

    def __eq__(self, other: object) -> Value:  # type: ignore[override]
        return self.builder.compare("==", self, other)

    def __ne__(self, other: object) -> Value:  # type: ignore[override]
        return self.builder.compare("!=", self, other)
