"""Functions that compute with vectors as long as registers, some of them side by side: a panel of columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.machine import Module, Processor, vector_bytes
from theano.backends.llvm.number_types import INDEX, POINTER

PANEL_VECTORS = 2
FLOATS = {"float32": ir.FloatType(), "float64": ir.DoubleType()}
LANE = ir.IntType(32)


def panel_columns(processor: Processor, dtype: str) -> int:
    """How many columns a panel has, and with it a tile."""
    return PANEL_VECTORS * vector_bytes(processor) // np.dtype(dtype).itemsize


class Vectors:
    """A function under construction.  Pointers that it is given do not overlap."""

    def __init__(self, module: Module, dtype: str, name: str, kinds: Sequence[ir.Type]) -> None:
        self.number = FLOATS[dtype]
        self.itemsize = np.dtype(dtype).itemsize
        self.lanes = vector_bytes(module.processor) // self.itemsize
        self.columns = panel_columns(module.processor, dtype)
        self.vector = ir.VectorType(self.number, self.lanes)
        self.function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
        self.function.linkage = "internal"
        for attribute in ("noinline", "nounwind"):
            self.function.attributes.add(attribute)
        for argument in self.function.args:
            if argument.type == POINTER:
                argument.add_attribute("noalias")
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))

    def masks(self, left: ir.Value, count: int = PANEL_VECTORS) -> list[ir.Value]:
        """Which lanes of so many vectors are numbers, where so many numbers are left."""
        lane = ir.IntType(8 * self.itemsize)  # so that one comparison fills a register, and gives a mask of it
        kind = ir.VectorType(lane, self.lanes)
        left = smaller(self.b, left, INDEX(count * self.lanes))
        limit = self.repeated(left if lane == INDEX else self.b.trunc(left, lane), kind)
        parts = [range(c * self.lanes, (c + 1) * self.lanes) for c in range(count)]
        return [self.b.icmp_signed("<", ir.Constant(kind, [lane(number) for number in part]), limit) for part in parts]

    def copy_rows(
        self, target: ir.Value, source: ir.Value, line: ir.Value, count: ir.Value, masks: Sequence[ir.Value]
    ) -> None:
        """Copy rows of a panel, which are ``line`` apart, next to each other; masked columns become zeros."""
        b = self.b
        with for_range(b, INDEX(0), count, "copied") as p:
            row, copied = self.at(source, b.mul(p, line)), self.at(target, b.mul(p, INDEX(self.columns)))
            for c, mask in enumerate(masks):
                self.store_whole(self.load(self.at(row, INDEX(c * self.lanes)), mask), self.at(copied, INDEX(c * self.lanes)))

    def at(self, pointer: ir.Value, index: ir.Value) -> ir.Value:
        return self.b.gep(pointer, [index], inbounds=True, source_etype=self.number)

    def repeated(self, number: ir.Value, kind: ir.VectorType) -> ir.Value:
        b = self.b
        single = b.insert_element(ir.Constant(kind, ir.Undefined), number, LANE(0))
        places = ir.Constant(ir.VectorType(LANE, kind.count), None)
        return b.shuffle_vector(single, ir.Constant(kind, ir.Undefined), places)

    def fma(self, x: ir.Value, y: ir.Value, z: ir.Value) -> ir.Value:
        return self._intrinsic("fma", self.vector, [x, y, z])

    def load_whole(self, pointer: ir.Value) -> ir.Value:
        return self.b.load(pointer, typ=self.vector, align=self.itemsize)

    def store_whole(self, value: ir.Value, pointer: ir.Value) -> None:
        self.b.store(value, pointer, align=self.itemsize)

    def load(self, pointer: ir.Value, mask: ir.Value) -> ir.Value:
        """Numbers where the mask has bits, zeros elsewhere."""
        align, rest = LANE(self.itemsize), ir.Constant(self.vector, None)
        return self._intrinsic("masked.load", self.vector, [pointer, align, mask, rest])

    def store(self, value: ir.Value, pointer: ir.Value, mask: ir.Value) -> None:
        self._intrinsic("masked.store", ir.VoidType(), [value, pointer, LANE(self.itemsize), mask])

    def _intrinsic(self, name: str, result: ir.Type, arguments: Sequence[ir.Value]) -> ir.Value:
        module, kinds = self.b.module, [a.type for a in arguments]
        name = f"llvm.{name}.v{self.lanes}f{8 * self.itemsize}"
        function = module.globals.get(name) or ir.Function(module, ir.FunctionType(result, kinds), name)
        return self.b.call(function, arguments)
