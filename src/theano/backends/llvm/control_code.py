"""Control flow: loops, as ``with`` blocks or of a state, and functions that are mostly that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from llvmlite import ir

from theano.backends.llvm.module_text import make_glue
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.value import Value

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


@contextmanager
def for_range(
    b: ir.IRBuilder,
    start: ir.Value,
    stop: ir.Value,
    name: str,
    step: int | ir.Value = 1,
    lanes: int = 0,
    vectors: int = 0,
    is_rest: bool = False,
    is_short: bool = False,
) -> Iterator[ir.Value]:
    """Emit ``for name in range(start, stop, step)`` around the code emitted inside the ``with`` block.

    lanes     how many iterations LLVM is to take at once, in one vector; 0 where it may choose
    vectors   how many vectors side by side; 0 where it may choose
    is_rest   there are few, not known how many: those that fill no vector are masked, not run one by one
    is_short  it has so few iterations that LLVM is not to make vectors of them
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
    i.add_incoming(b.add(i, INDEX(step) if isinstance(step, int) else step, flags=["nsw"]), b.block)
    back = b.branch(head)
    properties: dict[str, ir.Constant] = {}
    if lanes:
        properties["vectorize.width"] = ir.Constant(ir.IntType(32), lanes)
    if vectors:
        properties["interleave.count"] = ir.Constant(ir.IntType(32), vectors)
    if is_rest:
        properties["vectorize.predicate.enable"] = ir.Constant(ir.IntType(1), 1)
    if is_short or (is_rest and lanes):
        properties["vectorize.enable"] = ir.Constant(ir.IntType(1), int(is_rest))
    if properties:
        back.set_metadata("llvm.loop", _properties(b.module, properties))
    b.position_at_end(done)


def _properties(module: ir.Module, properties: Mapping[str, ir.Constant]) -> ir.MDValue:
    """The node of a loop, which names itself first, so that no two loops have one in common."""
    operands = [
        module.add_metadata([ir.MetaDataString(module, f"llvm.loop.{name}"), value])
        for name, value in properties.items()
    ]
    node = ir.MDValue(module, operands, name=str(len(module.metadata)))
    node.operands = node, *operands
    return node


def iterate(
    b: Builder, condition: Callable[..., Value], step: Callable[..., Sequence[Value]], *initial: Value
) -> list[Value]:
    """``while condition(*state): state = step(*state)``, the final state.  A true loop."""
    at = b.irbuilder
    head, body, done = (at.append_basic_block(f"iterate.{part}") for part in ("head", "body", "done"))
    entry = at.block
    at.branch(head)
    at.position_at_end(head)
    phis = [at.phi(v.ir.type) for v in initial]
    for phi, value in zip(phis, initial, strict=True):
        phi.add_incoming(value.ir, entry)
    state = [Value(b, phi, v.dtype) for phi, v in zip(phis, initial, strict=True)]
    at.cbranch(condition(*state).ir, body, done)
    at.position_at_end(body)
    for phi, value in zip(phis, step(*state), strict=True):
        phi.add_incoming(value.ir, at.block)
    at.branch(head)
    at.position_at_end(done)
    return state


def small_function(module: ir.Module, name: str, result: ir.Type, kinds: Sequence[ir.Type]) -> ir.Function:
    """A new function of the module that does little besides what it calls: glue, which LLVM translates as it is, in a fifth of
    the time (`module_text`), and which is slower by some nanoseconds."""
    function = ir.Function(module, ir.FunctionType(result, kinds), name)
    function.linkage = "internal"
    make_glue(function)
    return function
