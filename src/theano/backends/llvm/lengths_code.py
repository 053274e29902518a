"""Arithmetic of lengths: of signed 64-bit integers."""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.number_types import INDEX


def smaller(b: ir.IRBuilder, x: ir.Value, y: ir.Value) -> ir.Value:
    return b.select(b.icmp_signed("<", x, y), x, y)


def larger(b: ir.IRBuilder, x: ir.Value, y: ir.Value) -> ir.Value:
    return b.select(b.icmp_signed(">", x, y), x, y)


def quotient_up(b: ir.IRBuilder, x: ir.Value, y: ir.Value) -> ir.Value:
    """x / y, rounded up, of positive numbers."""
    return b.sdiv(b.add(x, b.sub(y, INDEX(1))), y)
