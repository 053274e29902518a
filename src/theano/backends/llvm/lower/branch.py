"""Lowering of LazyIfElse: each branch becomes a program of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.backends.llvm.lower.graph import LoweredGraph, lower_graph
from theano.backends.llvm.lower.outside import Outside
from theano.backends.llvm.lower.registry import lower
from theano.control_flow.lazy_branch import LazyIfElse
from theano.graph import FunctionGraph
from theano.loops.definitions import Definition
from theano.loops.expressions import Buffer, Expression, Extent
from theano.loops.plan import make_program
from theano.loops.results import BranchResult, Choice
from theano.loops.sizes import Sizes
from theano.scalar.type import ScalarType
from theano.tensor.type import TensorType


@lower.register
def lower_lazy_ifelse(op: LazyIfElse, node: Any, condition: Definition, *operands: Definition) -> Sequence[Definition]:
    there, elsewhere = (
        lower_graph(FunctionGraph(op.inputs, op.sides[side], clone=True), len(op.inputs)) for side in (True, False)
    )
    shapes = _common_shapes(there, elsewhere, operands)
    first, second = (make_program(g.inputs, g.states, g.constants, g.definitions, g.outputs, []) for g in (there, elsewhere))
    dtypes = tuple(v.type.dtype if isinstance(v.type, (TensorType, ScalarType)) else "object" for v in node.outputs)
    choice = Choice(condition, first, second, tuple(operands), shapes, dtypes, node)
    results = []
    for position, (dtype, shape) in enumerate(zip(dtypes, shapes, strict=True)):
        buffer = None
        if None in shape or dtype == "object":
            buffer = Buffer(dtype, (), "host", f"r{position}")
            buffer.shape = tuple(Extent(buffer, axis) if n is None else n for axis, n in enumerate(shape))
        known = tuple(n for n in shape if n is not None)
        result = BranchResult(dtype, known if buffer is None else buffer.shape, choice=choice, position=position, buffer=buffer)
        if buffer is not None:
            buffer.source = result
        results.append(result)
    return results


def _common_shapes(
    there: LoweredGraph, elsewhere: LoweredGraph, operands: Sequence[Definition]
) -> tuple[tuple[Expression | None, ...], ...]:
    """The shapes of the results in terms of the operands; None for lengths in which the branches may differ."""
    sides = [_Lengths(graph, operands) for graph in (there, elsewhere)]
    found = []
    for a, b in zip(there.outputs, elsewhere.outputs, strict=True):
        pairs = ((sides[0].known(n), sides[1].known(m)) for n, m in zip(a.shape, b.shape, strict=True))
        found.append(tuple(next((n for n in here if n in other), None) for here, other in pairs))
    return tuple(found)


class _Lengths:
    """The lengths of a branch, and which of them its requirements make equal."""

    def __init__(self, graph: LoweredGraph, operands: Sequence[Definition]) -> None:
        self.outside = Outside({own.buffer: given for own, given in zip(graph.inputs, operands, strict=True)})
        self.sizes = Sizes()
        for requirement in (r for d in graph.definitions for r in d.requirements):
            if requirement.relation == "==":
                self.sizes.equate(requirement.left, requirement.right)
        self.equal: dict[Expression, list[Expression]] = {}
        for own in graph.inputs:
            for n in own.shape:
                self.equal.setdefault(self.sizes.canonical(n), []).append(n)

    def known(self, n: Expression) -> list[Expression]:
        """A length of a result in terms of the operands, in all ways in which it can be told."""
        ways = [self.outside.of(m) for m in (n, *self.equal.get(self.sizes.canonical(n), ()))]
        return [m for m in ways if m is not None]
