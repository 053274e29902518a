"""Control flow as ``with`` blocks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from llvmlite import ir

from theano.backends.llvm.builder import INDEX


@contextmanager
def for_range(b: ir.IRBuilder, start: ir.Value, stop: ir.Value, name: str, step: int = 1, lanes: int = 0) -> Iterator[ir.Value]:
    """Emit ``for name in range(start, stop, step)`` around the code emitted inside the ``with`` block.

    lanes  how many iterations LLVM is to take at once; 0 where it may choose
    """
    head, body, done = (b.append_basic_block(f"{name}.{part}") for part in ("head", "body", "done"))
    entry = b.block
    b.branch(head)
    b.position_at_end(head)
    i = b.phi(INDEX, name)
    i.add_incoming(start, entry)
    b.cbranch(b.icmp_signed("<", i, stop), body, done)
    b.position_at_end(body)
    yield i
    i.add_incoming(b.add(i, INDEX(step), flags=["nsw"]), b.block)
    back = b.branch(head)
    if lanes:
        back.set_metadata("llvm.loop", _taken_at_once(b.module, lanes))
    b.position_at_end(done)


def _taken_at_once(module: ir.Module, lanes: int) -> ir.MDValue:
    """The properties of a loop, whose node names itself first, so that no two loops have one in common."""
    width = module.add_metadata([ir.MetaDataString(module, "llvm.loop.vectorize.width"), ir.Constant(ir.IntType(32), lanes)])
    node = ir.MDValue(module, [width], name=str(len(module.metadata)))
    node.operands = node, width
    return node
