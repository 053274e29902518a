"""The numbers that the functions of a convolution share: 64-bit words in memory, named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import Builder
from theano.backends.llvm.convolution.registers import Registers
from theano.backends.llvm.kernel_code import for_range
from theano.backends.llvm.module_text import make_glue
from theano.backends.llvm.named_words import NamedWords
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import NULL
from theano.backends.llvm.value import Value
from theano.loops.expressions import INDEX as INDEX_DTYPE

AXES = 3  # convolution along two axes has a first one of length 1
ALIGNMENT = 64


def along(name: str) -> tuple[str, ...]:
    """The names of a number for each axis: "n0", "n1", "n2"."""
    return tuple(f"{name}{axis}" for axis in range(AXES))


# What a caller fills in: addresses, lengths, and the settings of the op.
GIVEN = (
    "image", "kernel", "top", "batch", "groups", "channels", "filters",
    *along("image"), *along("kernel"), *along("top"), *along("step"), *along("dilation"), *along("before"), "flip", "method",
)  # fmt: skip

# What the functions that begin work out from them.
DERIVED = (
    *along("laid"), *along("phases"),  # the layout of the image
    "is_across",  # filters stand side by side
    "is_turned",  # image and top have changed places
    "is_in_place",  # the image is its own layout
    "volume",  # elements of a kernel
    "places",  # over how many places of top, counted as in the layout, one inner loop runs
    "memory",  # what is to be given back
    "offsets", "packed",  # tables
    "shares", "slices",  # how the work is divided
    "partials", "block", "is_outer",  # of the adjoint for kernels
    "is_winograd", "source", "result", "sources", "targets",  # of Winograd's way: addresses, channels of both,
    *along("shift"), *along("length"), *along("target"),  # and lengths
)  # fmt: skip
WORDS = GIVEN + DERIVED


def share_of(
    b: ir.IRBuilder, count: ir.Value, shares: ir.Value, number: ir.Value
) -> tuple[ir.Value, ir.Value]:
    """The range of share ``number`` of so many things that are divided evenly."""
    first, last = (b.udiv(b.mul(count, n), shares) for n in (number, b.add(number, INDEX(1))))
    return first, last


class Frame(NamedWords):
    """The words at an address, as numbers to calculate with."""

    def __init__(self, builder: Builder, address: ir.Value) -> None:
        super().__init__(builder.irbuilder, WORDS, address)
        self.builder = builder

    def __getitem__(self, name: str) -> Value:
        return self.builder.value(self.get(name), INDEX_DTYPE)

    def __setitem__(self, name: str, value: Any) -> None:
        number = value if isinstance(value, Value) else self.builder.constant(value, INDEX_DTYPE)
        self.set(name, self.b.zext(number.ir, INDEX) if number.dtype == "bool" else number.ir)

    def pointer(self, name: str) -> ir.Value:
        return self.get(name, POINTER)

    def set_each(self, name: str, values: Sequence[Any]) -> None:
        for word, value in zip(along(name), values, strict=True):
            self[word] = value

    def each(self, name: str) -> list[Value]:
        """A number for each axis."""
        return [self[word] for word in along(name)]


class Code:
    """A function being emitted: arithmetic on indices that reads as such, loops, memory."""

    def __init__(
        self, module: ir.Module, name: str, result: ir.Type, kinds: Sequence[ir.Type], dtype: str
    ) -> None:
        self.module, self.dtype = module, dtype
        self.function = ir.Function(module, ir.FunctionType(result, kinds), name)
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))
        self.builder = Builder(self.b)
        self.itemsize = np.dtype(dtype).itemsize
        self.registers = Registers(module.processor, dtype)

    def index(self, register: ir.Value | int) -> Value:
        if isinstance(register, int):
            return self.builder.constant(register, INDEX_DTYPE)
        return self.builder.value(register, INDEX_DTYPE)

    def argument(self, position: int) -> Value:
        return self.index(self.function.args[position])

    def quotient(self, x: Any, y: Any) -> Value:
        """x // y of numbers that are not negative."""
        return self.index(self.b.udiv(self._ir(x), self._ir(y)))

    def quotient_up(self, x: Any, y: Any) -> Value:
        """x / y rounded up, of numbers that are not negative."""
        return self.quotient(x + y - 1, y)

    def rest(self, x: Any, y: Any) -> Value:
        """x % y of numbers that are not negative."""
        return self.index(self.b.urem(self._ir(x), self._ir(y)))

    def _ir(self, x: Any) -> ir.Value:
        return x.ir if isinstance(x, Value) else INDEX(x)

    def minimum(self, x: Any, y: Any) -> Value:
        return self.builder.minimum(x, y)

    def maximum(self, x: Any, y: Any) -> Value:
        return self.builder.maximum(x, y)

    def where(self, condition: Value, x: Any, y: Any) -> Value:
        return self.builder.where(condition, x, y)

    @contextmanager
    def loop(self, start: Any, stop: Any, name: str, step: int = 1) -> Iterator[Value]:
        with for_range(self.b, self._ir(start), self._ir(stop), name, step) as i:
            yield self.index(i)

    def when(self, condition: Value) -> Any:
        return self.b.if_then(condition.ir)

    @contextmanager
    def unless(self, condition: Value) -> Iterator[None]:
        with self.b.if_then(self.b.not_(condition.ir)):
            yield

    def otherwise(self, condition: Value) -> Any:
        """``with otherwise(c) as (yes, no): with yes: ...; with no: ...``"""
        return self.b.if_else(condition.ir)

    def element(self, address: ir.Value, position: Value) -> ir.Value:
        """The address of a number of the part's dtype."""
        return self.builder.element(address, position, self.dtype)

    def load_word(self, address: ir.Value, position: Value) -> Value:
        return self.builder.load(self.builder.element(address, position, INDEX_DTYPE), INDEX_DTYPE)

    def store_word(self, value: Value, address: ir.Value, position: Value) -> None:
        self.builder.store(value, self.builder.element(address, position, INDEX_DTYPE))

    def share(self, count: Value, shares: Value, number: Value) -> tuple[Value, Value]:
        """The range of share ``number`` of so many things that are divided evenly."""
        first, last = share_of(self.b, count.ir, shares.ir, number.ir)
        return self.index(first), self.index(last)

    def call_c(self, name: str, result: ir.Type, *arguments: ir.Value) -> ir.Value:
        function = self.module.globals.get(name)
        if function is None:
            function = ir.Function(self.module, ir.FunctionType(result, [a.type for a in arguments]), name)
        return self.b.call(function, arguments)

    def memory(self, size: Value, otherwise: int) -> ir.Value:
        """New memory of so many bytes; where there is none, the function returns ``otherwise``."""
        memory = self.call_c("malloc", POINTER, (size + ALIGNMENT).ir)
        with self.b.if_then(self.b.icmp_unsigned("==", memory, NULL), likely=False):
            self.b.ret(INDEX(otherwise))
        return memory

    def aligned(self, address: ir.Value) -> ir.Value:
        """The first address from here on that begins a cache line."""
        word = self.b.ptrtoint(address, INDEX)
        rounded = self.b.and_(self.b.add(word, INDEX(ALIGNMENT - 1)), INDEX(-ALIGNMENT))
        return self.b.inttoptr(rounded, POINTER)

    def free(self, address: ir.Value) -> None:
        self.call_c("free", ir.VoidType(), address)

    def clear(self, address: ir.Value, count: Value) -> None:
        """Zeros for so many numbers."""
        self.call_c("memset", POINTER, address, ir.IntType(32)(0), (count * self.itemsize).ir)

    def copy(self, target: ir.Value, source: ir.Value, count: Value) -> None:
        """So many numbers, one after the other."""
        self.call_c("memcpy", POINTER, target, source, (count * self.itemsize).ir)


def of_frame(
    module: ir.Module, name: str, result: ir.Type, kinds: Sequence[ir.Type], dtype: str
) -> tuple[Code, Frame]:
    """A function of a frame, and of what else ``kinds`` says, that mostly calls others."""
    code = Code(module, name, result, [POINTER, *kinds], dtype)
    make_glue(code.function)
    return code, Frame(code.builder, code.function.args[0])


def task_of_frame(module: ir.Module, name: str, dtype: str) -> tuple[Code, Frame]:
    """status task(frame, part)"""
    return of_frame(module, name, INDEX, [INDEX], dtype)
