"""LazyIfElse: a choice whose branches are graphs of its own, of which one is carried out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from theano.control_flow.branch_op import common_lengths
from theano.graph import Apply, Variable
from theano.graph.description import DescribedOp, description
from theano.graph.inner_graph import perform_graph
from theano.graph.walk import clone_with_replacements, io_toposort
from theano.tensor.lengths import KnownLengths


class LazyIfElse(DescribedOp):
    """out = there(operands) if condition else elsewhere(operands).

    condition  0-d, 0 is false
    operands   of any types, what either graph takes
    out        as the graphs say, which have outputs of the same types

    It stands in place of IfElse in a graph that has been rewritten: see ``theano.rewrite.branches``.
    """

    def __init__(self, inputs: Sequence[Variable], there: Sequence[Variable], elsewhere: Sequence[Variable], name: str) -> None:
        """``inputs`` and what is computed from them belong to nobody else from here on."""
        self.inputs = list(inputs)
        self.sides = {True: list(there), False: list(elsewhere)}
        self.name = name
        for a, b in zip(there, elsewhere, strict=True):
            assert a.type == b.type, f"{a.type} in one branch, {b.type} in the other"

    def describe(self) -> tuple:
        return len(self.sides[True]), *description(self.inputs, [*self.sides[True], *self.sides[False]])

    @cached_property
    def orders(self) -> dict[bool, list[Apply]]:
        """The applications of each branch, in order."""
        return {side: io_toposort(self.inputs, outputs) for side, outputs in self.sides.items()}

    def make_node(self, condition: Any, *operands: Any) -> Apply:
        given = [own.type.filter_variable(v) for own, v in zip(self.inputs, operands, strict=True)]
        return Apply(self, [condition, *given], [v.type() for v in self.sides[True]])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        condition, *given = inputs
        side = bool(condition)
        found = perform_graph(self.orders[side], self.inputs, self.sides[side], given)
        for cell, value in zip(outputs, found, strict=True):
            cell[0] = value

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        """Lengths that both branches have in common; the others only the result tells."""
        known = KnownLengths(known=dict(zip(self.inputs, shapes[1:], strict=True)))
        operand_of = dict(zip(self.inputs, node.inputs[1:], strict=True))

        def lengths(v: Variable) -> list[Any] | None:
            found = known.of(v)
            inner = [n for n in found or () if isinstance(n, Variable)]
            moved = dict(zip(inner, clone_with_replacements(inner, operand_of)[0], strict=True))
            return None if found is None else [moved.get(n, n) if isinstance(n, Variable) else n for n in found]

        pairs = [(lengths(a), lengths(b)) for a, b in zip(self.sides[True], self.sides[False], strict=True)]
        return [
            None if a is None or b is None else common_lengths(out, a, b)
            for out, (a, b) in zip(node.outputs, pairs, strict=True)
        ]

    def do_constant_folding(self, node: Apply) -> bool:
        return False  # what it is made of is folded

    def __str__(self) -> str:
        return f"if{{{self.name}}}"
