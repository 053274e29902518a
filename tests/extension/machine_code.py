"""C functions to try: of the C library, and made here by LLVM as a C compiler would make them."""

from __future__ import annotations

import ctypes
from typing import Any

from llvmlite import ir

from theano.backends.llvm.image import link, load
from theano.backends.llvm.machine import module_for_host, object_code

libm = ctypes.CDLL("libm.so.6")
DOUBLE, LONG, INT, POINTER = ir.DoubleType(), ir.IntType(64), ir.IntType(32), ir.PointerType()


def made(result: ir.Type, arguments: list[ir.Type], body: Any) -> Any:
    """The loaded machine code of ``body(builder, *arguments)``; its function is at ``.address("f")``."""
    module = module_for_host("user")
    function = ir.Function(module, ir.FunctionType(result, arguments), "f")
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    body(builder, *function.args)
    return load(link(*object_code(module)))


def scaled_sum() -> Any:
    """double f(double x, int n): x * n + 1"""
    return made(
        DOUBLE,
        [DOUBLE, INT],
        lambda b, x, n: b.ret(b.fadd(b.fmul(x, b.sitofp(n, DOUBLE)), DOUBLE(1.0))),
    )


def row_sums() -> Any:
    """int64 f(x of a matrix, out of a vector): out[i] = sum over j of x[i, j], by strides; 7 where x has no columns."""

    def body(
        b: ir.IRBuilder, x: Any, shape: Any, strides: Any, out: Any, out_shape: Any, out_strides: Any
    ) -> None:
        def entry(table: Any, k: int) -> Any:
            return b.load(b.gep(table, [LONG(k)], source_etype=LONG), typ=LONG)

        def element(base: Any, offset: Any) -> Any:
            return b.gep(base, [offset], source_etype=ir.IntType(8))

        m, n = entry(shape, 0), entry(shape, 1)
        s0, s1, t0 = entry(strides, 0), entry(strides, 1), entry(out_strides, 0)
        with b.if_then(b.icmp_signed("==", n, LONG(0))):
            b.ret(LONG(7))
        begin = b.block
        rows, columns, row_end, done = (
            b.append_basic_block(name) for name in ("rows", "columns", "row_end", "done")
        )
        b.branch(rows)
        b.position_at_end(rows)
        i = b.phi(LONG)
        i.add_incoming(LONG(0), begin)
        some = b.append_basic_block("some")
        b.cbranch(b.icmp_signed("<", i, m), some, done)
        b.position_at_end(some)
        b.branch(columns)
        b.position_at_end(columns)
        j, total = b.phi(LONG), b.phi(DOUBLE)
        j.add_incoming(LONG(0), some)
        total.add_incoming(DOUBLE(0.0), some)
        value = b.load(element(x, b.add(b.mul(i, s0), b.mul(j, s1))), typ=DOUBLE)
        following, after = b.fadd(total, value), b.add(j, LONG(1))
        j.add_incoming(after, columns)
        total.add_incoming(following, columns)
        b.cbranch(b.icmp_signed("<", after, n), columns, row_end)
        b.position_at_end(row_end)
        b.store(following, element(out, b.mul(i, t0)))
        after_row = b.add(i, LONG(1))
        i.add_incoming(after_row, row_end)
        b.branch(rows)
        b.position_at_end(done)
        b.ret(LONG(0))

    return made(LONG, [POINTER] * 6, body)
