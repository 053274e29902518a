"""A product on several threads, which a process has once for each dtype:

    multiply(frame)           result = factor * x @ w (+ result)
    status task(frame, part)  some of its columns or rows

Columns are dealt out where there are panels enough: then each number of w is read by one thread only.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.lengths_code import quotient_up, smaller
from theano.backends.llvm.machine import Module
from theano.backends.llvm.named_words import NamedWords
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import NULL
from theano.backends.llvm.pool_code import TASK, Callee, emit_alone
from theano.backends.llvm.product.blocked import blocked_product
from theano.backends.llvm.product.tiles import tile_rows
from theano.backends.llvm.product.vectors import FLOATS, panel_columns

GIVEN = ("result", "x", "w", "m", "n", "k", "row", "column", "w_row", "w_column", "accumulates", "factor", "threads", "run")
WORDS = (*GIVEN, "by_rows", "step")
"""Words of a frame: what a caller gives (``run`` is the pool's function, or NULL), and how the work is divided."""

PARTS_PER_THREAD = 4  # so that a thread which comes late does less


def emit_shared_product(module: Module, dtype: str) -> None:
    """Put both functions for numbers of ``dtype`` into an empty module."""
    _emit_multiply(module, dtype, _emit_task(module, dtype))


def _emit_multiply(module: Module, dtype: str, task: ir.Function) -> None:
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), [POINTER]), "multiply")
    b = ir.IRBuilder(function.append_basic_block("entry"))
    (address,) = function.args
    frame = NamedWords(b, WORDS, address)
    columns, rows = INDEX(panel_columns(module.processor, dtype)), INDEX(tile_rows(module.processor)[0])
    threads = frame.get("threads")
    panels, tiles = quotient_up(b, frame.get("n"), columns), quotient_up(b, frame.get("m"), rows)
    by_rows = b.and_(b.icmp_signed("<", panels, b.mul(threads, INDEX(2))), b.icmp_signed(">", tiles, panels))
    units = b.select(by_rows, tiles, panels)
    run = frame.get("run", POINTER)
    is_shared = b.and_(b.icmp_signed(">", threads, INDEX(1)), b.icmp_unsigned("!=", run, NULL))
    parts = b.select(is_shared, b.mul(threads, INDEX(PARTS_PER_THREAD)), INDEX(1))
    step = quotient_up(b, units, parts)
    frame.set("by_rows", b.zext(by_rows, INDEX))
    frame.set("step", b.mul(step, b.select(by_rows, rows, columns)))
    count = quotient_up(b, units, step)
    with b.if_else(b.and_(is_shared, b.icmp_signed(">", count, INDEX(1)))) as (shared, alone):
        with shared:
            kind = ir.FunctionType(INDEX, [POINTER, POINTER, INDEX, INDEX])
            b.call(Callee(run, kind), [task, address, count, threads])
        with alone:
            emit_alone(b, task, address, count)
    b.ret_void()


def _emit_task(module: Module, dtype: str) -> ir.Function:
    blocked = blocked_product(module, dtype)
    task = ir.Function(module, TASK, "task")
    task.linkage = "internal"
    address, part = task.args
    b = ir.IRBuilder(task.append_basic_block("entry"))
    frame = NamedWords(b, WORDS, address)
    result, x, w = (frame.get(name, POINTER) for name in ("result", "x", "w"))
    m, n, k, row, column, w_row, w_column, step = (
        frame.get(name) for name in ("m", "n", "k", "row", "column", "w_row", "w_column", "step")
    )
    number = FLOATS[dtype]
    first = b.mul(part, step)
    by_rows = b.icmp_signed("!=", frame.get("by_rows"), INDEX(0))
    i, j = b.select(by_rows, first, INDEX(0)), b.select(by_rows, INDEX(0), first)

    def share(whole: ir.Value, is_divided: ir.Value) -> ir.Value:
        left = b.sub(whole, first)
        return b.select(is_divided, smaller(b, left, step), whole)

    def moved(pointer: ir.Value, distance: ir.Value) -> ir.Value:
        return b.gep(pointer, [distance], inbounds=True, source_etype=number)

    rows, columns = share(m, by_rows), share(n, b.not_(by_rows))
    given = [
        moved(result, b.add(b.mul(i, n), j)), moved(x, b.mul(i, row)), moved(w, b.mul(j, w_column)), rows, columns, k,
        row, column, w_row, w_column, n, frame.get("factor", number),
        b.icmp_signed("!=", frame.get("accumulates"), INDEX(0)),
    ]  # fmt: skip
    b.call(blocked, given)
    b.ret(INDEX(0))
    return task
