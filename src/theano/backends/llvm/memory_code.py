"""Numbers in memory: loads, stores, addresses of elements, tables of constants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm.number_types import INDEX, MEMORY_TYPES, PART
from theano.backends.llvm.value import Value
from theano.scalar import dtype as dtypes

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


def load(b: Builder, pointer: ir.Value, dtype: str) -> Value:
    """The number of type ``dtype`` at an address."""
    if dtype in PART:
        part = PART[dtype]
        second = b.irbuilder.gep(pointer, [INDEX(1)], inbounds=True, source_etype=MEMORY_TYPES[part])
        return Value(b, (b.load(pointer, part).ir, b.load(second, part).ir), dtype)
    word = b.irbuilder.load(pointer, typ=MEMORY_TYPES[dtype])
    word.align = np.dtype(dtype).alignment
    if dtype == "bool":
        return Value(b, b.irbuilder.icmp_unsigned("!=", word, MEMORY_TYPES["bool"](0)), dtype)
    return Value(b, word, dtype)


def store(b: Builder, value: Value, pointer: ir.Value) -> None:
    """Write a number, in its own dtype, to an address."""
    if value.dtype in PART:
        part = PART[value.dtype]
        second = b.irbuilder.gep(pointer, [INDEX(1)], inbounds=True, source_etype=MEMORY_TYPES[part])
        b.store(b.real(value), pointer)
        b.store(b.imag(value), second)
        return
    word = b.irbuilder.zext(value.ir, MEMORY_TYPES["bool"]) if value.dtype == "bool" else value.ir
    b.irbuilder.store(word, pointer, align=np.dtype(value.dtype).alignment)


def element(b: Builder, pointer: ir.Value, index: Value | ir.Value, dtype: str) -> ir.Value:
    """The address of element ``index`` of a dense array of ``dtype``."""
    position = index.ir if isinstance(index, Value) else index
    part = dtypes.real_of(dtype)
    if dtype in PART:
        position = b.irbuilder.shl(position, INDEX(1))
    return b.irbuilder.gep(pointer, [position], inbounds=True, source_etype=MEMORY_TYPES[part])


def table(b: Builder, name: str, numbers: Sequence[Any], dtype: str) -> ir.Value:
    """The address of a constant array, put into the module once under ``name``."""
    known = b.module.globals.get(name)
    if known is None:
        kind = ir.ArrayType(MEMORY_TYPES[dtype], len(numbers))
        known = ir.GlobalVariable(b.module, kind, name)
        known.global_constant, known.linkage = True, "internal"
        known.initializer = ir.Constant(kind, [b.constant(n, dtype).ir for n in numbers])
    return known


def gather(b: Builder, table: ir.Value, index: Value, dtype: str) -> Value:
    """Element ``index``, which must lie inside, of a table."""
    return b.load(b.element(table, b.astype(index, "int64"), dtype), dtype)
