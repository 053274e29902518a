"""Vectors of neighbouring numbers, and single numbers, under the same names: for code that goes over both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import Builder
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import INT
from theano.backends.llvm.value import Value


class Lanes:
    """Numbers of some neighbouring columns: a vector of floats, or a single number of any dtype.

    mask  which lanes are loaded and stored, where not all are
    """

    def __init__(self, builder: Builder, dtype: str, width: int) -> None:
        self.b, self.builder, self.dtype, self.width = builder.irbuilder, builder, dtype, width
        self.itemsize = np.dtype(dtype).itemsize
        self.mask: ir.Value | None = None

    @property
    def kind(self) -> ir.Type:
        return ir.VectorType(ir.FloatType() if self.dtype == "float32" else ir.DoubleType(), self.width)

    @property
    def integers(self) -> ir.Type:
        return ir.VectorType(INT, self.width)

    def nothing(self) -> object:
        return self.builder.constant(0, self.dtype) if self.width == 1 else ir.Constant(self.kind, None)

    def repeated(self, number: Value) -> object:
        return number if self.width == 1 else self._repeated(number.ir, self.kind)

    def all_of(self, number: ir.Value) -> ir.Value:
        """An integer of 32 bits in all lanes."""
        return self._repeated(number, self.integers)

    def _repeated(self, number: ir.Value, kind: ir.Type) -> ir.Value:
        single = self.b.insert_element(ir.Constant(kind, ir.Undefined), number, INT(0))
        return self.b.shuffle_vector(single, ir.Constant(kind, ir.Undefined), ir.Constant(self.integers, None))

    def mask_of(self, left: ir.Value) -> ir.Value:
        """Which lanes are below a length."""
        b, most = self.b, INDEX(self.width)
        limit = b.trunc(smaller(b, left, most), INT)
        return b.icmp_signed("<", ir.Constant(self.integers, [INT(k) for k in range(self.width)]), self.all_of(limit))

    def none_of(self, mask: ir.Value) -> ir.Value:
        """Whether no lane of a mask is set."""
        bits = self.b.bitcast(mask, ir.IntType(self.width))
        return self.b.icmp_unsigned("==", bits, bits.type(0))

    def load(self, pointer: ir.Value, mask: ir.Value | None = None) -> object:
        if self.width == 1:
            return self.builder.load(pointer, self.dtype)
        mask = self.mask if mask is None else mask
        if mask is not None:
            return self._masked("masked.load", self.kind, self.itemsize, pointer, mask)
        word = self.b.load(pointer, typ=self.kind)
        word.align = self.itemsize
        return word

    def load_integers(self, pointer: ir.Value, mask: ir.Value) -> ir.Value:
        """Integers of 32 bits; 0 where the mask is not set."""
        return self._masked("masked.load", self.integers, 4, pointer, mask)

    def gather(self, base: ir.Value, index: ir.Value, mask: ir.Value) -> ir.Value:
        """The numbers at places of an array; 0 where the mask is not set."""
        wide = self.b.sext(index, ir.VectorType(INDEX, self.width))
        places = self.b.gep(base, [wide], inbounds=True, source_etype=self.kind.element)
        places.type = ir.VectorType(POINTER, self.width)
        return self._masked("masked.gather", self.kind, self.itemsize, places, mask)

    def _masked(self, name: str, kind: ir.Type, align: int, pointer: ir.Value, mask: ir.Value) -> ir.Value:
        element = {"float32": "f32", "float64": "f64"}[self.dtype] if kind == self.kind else "i32"
        full = f"llvm.{name}.v{self.width}{element}.{f'v{self.width}p0' if name.endswith('gather') else 'p0'}"
        return self._intrinsic(full, kind, [pointer, INT(align), mask, ir.Constant(kind, None)])

    def _intrinsic(self, name: str, result: ir.Type, arguments: Sequence[ir.Value]) -> ir.Value:
        module, kinds = self.b.module, [a.type for a in arguments]
        function = module.globals.get(name) or ir.Function(module, ir.FunctionType(result, kinds), name)
        return self.b.call(function, arguments)

    def store(self, value: object, pointer: ir.Value) -> None:
        if self.width == 1:
            self.builder.store(value, pointer)  # type: ignore[arg-type]
        elif self.mask is not None:
            element = {"float32": "f32", "float64": "f64"}[self.dtype]
            name = f"llvm.masked.store.v{self.width}{element}.p0"
            self._intrinsic(name, ir.VoidType(), [value, pointer, INT(self.itemsize), self.mask])  # type: ignore[list-item]
        else:
            self.b.store(value, pointer, align=self.itemsize)

    def times(self, x: object, y: object) -> object:
        return self.builder.multiply(x, y) if self.width == 1 else self.b.fmul(x, y)

    def plus(self, x: object, y: object) -> object:
        return self.builder.add(x, y) if self.width == 1 else self.b.fadd(x, y)

    def sum_over(self, first: ir.Value, last: ir.Value, term: object, step: int = 1) -> object:
        """The sum of term(e) for e = first, first + step, ... below last, in this order."""
        b = self.b
        before = b.block
        head, body, done = (b.append_basic_block(f"sum.{part}") for part in ("head", "body", "done"))
        b.branch(head)
        b.position_at_end(head)
        e = b.phi(INDEX, "e")
        e.add_incoming(first, before)
        begun = _registers(self.nothing())
        carried = [b.phi(register.type) for register in begun]
        for phi, register in zip(carried, begun, strict=True):
            phi.add_incoming(register, before)
        b.cbranch(b.icmp_signed("<", e, last), body, done)
        b.position_at_end(body)
        total = self.plus(self._of(carried), term(e))  # type: ignore[operator]
        e.add_incoming(b.add(e, INDEX(step), flags=["nsw"]), b.block)
        for phi, register in zip(carried, _registers(total), strict=True):
            phi.add_incoming(register, b.block)
        b.branch(head)
        b.position_at_end(done)
        return self._of(carried)

    def _of(self, registers: Sequence[ir.Value]) -> object:
        if self.width > 1:
            return registers[0]
        return Value(self.builder, tuple(registers) if len(registers) == 2 else registers[0], self.dtype)

    def added_up(self, vector: object) -> Value:
        """The sum of the lanes, of halves first."""
        b, width = self.b, self.width
        if width == 1:
            return vector  # type: ignore[return-value]
        while width > 1:
            width //= 2
            kind = ir.VectorType(INT, width)
            halves = [
                b.shuffle_vector(
                    vector, ir.Constant(vector.type, ir.Undefined), ir.Constant(kind, [INT(k + part) for k in range(width)])  # type: ignore[attr-defined]
                )
                for part in (0, width)
            ]
            vector = b.fadd(*halves)
        return Value(self.builder, b.extract_element(vector, INT(0)), self.dtype)


def _registers(value: object) -> list[ir.Value]:
    if not isinstance(value, Value):
        return [value]
    return list(value.ir) if isinstance(value.ir, tuple) else [value.ir]
