"""Choices: rules for those that are known, and the pass that moves into each branch what it alone needs.

    ifelse(c, f(x), g(y))   ->   LazyIfElse(c, x, y), with the graphs f(x) and g(y)

Choices with one condition that do not need each other become one.  Where one needs another, as a gradient does, what
both need belongs to the first, which gives it to the second as a further result.  It is nothing in the other branch::

    h = exp(x),  y = ifelse(c, h, x),  dx = ifelse(c, dy * h, dy)

    ->   y, h' = LazyIfElse(c, x):  exp(x), exp(x)  or  x, []         dx = LazyIfElse(c, dy, h'):  dy * h'  or  dy
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.control_flow.branch_op import IfElse
from theano.control_flow.lazy_branch import LazyIfElse
from theano.graph import Apply, Constant, FunctionGraph, Variable, inherited_origin
from theano.graph.guard import Guard, Guards
from theano.graph.walk import clone_with_replacements
from theano.rewrite.engine import RuleBook
from theano.scalar.type import ScalarType
from theano.tensor.constant import constant
from theano.tensor.type import TensorType

branches = RuleBook("branches")


@branches.on(IfElse)
def ifelse_of_constant(node: Apply) -> list[Variable] | None:
    """ifelse(number, x, y) -> x or y"""
    condition, there, elsewhere = node.op.split(node.inputs)  # type: ignore[attr-defined]
    if not isinstance(condition, Constant):
        return None
    return list(there if condition.data else elsewhere)


@branches.on(IfElse)
def ifelse_of_equal(node: Apply) -> list[Variable | None] | None:
    """ifelse(c, x, x) -> x"""
    _, there, elsewhere = node.op.split(node.inputs)  # type: ignore[attr-defined]
    found = [a if a is b else None for a, b in zip(there, elsewhere, strict=True)]
    return found if any(found) else None


def lazy_branches(fgraph: FunctionGraph) -> int:
    """Make every choice lazy, those within branches first; how many there are then."""
    made = 0
    pinned: set[Apply] = set()  # their results can be given from one choice to another by no stand-in
    while any(isinstance(node.op, IfElse) for node in fgraph.apply_nodes):
        nodes = fgraph.toposort()
        guards = Guards(nodes, fgraph.outputs, pinned)
        choices = [node for node in nodes if isinstance(node.op, IfElse)]
        if _take_known(fgraph, choices, guards):
            continue
        members = _independent(nodes, _innermost(choices, guards))
        with inherited_origin(members[0].origin):
            objects = _make_lazy(fgraph, guards, members)
        pinned |= objects
        made += not objects
    return made


def _take_known(fgraph: FunctionGraph, choices: Sequence[Apply], guards: Guards) -> bool:
    """Replace choices whose condition is known where they are made; whether there were any."""
    for node in choices:
        condition, there, elsewhere = node.op.split(node.inputs)  # type: ignore[attr-defined]
        guard = guards.of_node(node)
        while guard is not None and guard.condition is not condition:
            guard = guard.parent
        if guard is not None:
            fgraph.replace_all(zip(node.outputs, there if guard.side else elsewhere, strict=True), reason="lazy_branches")
            return True
    return False


def _innermost(choices: Sequence[Apply], guards: Guards) -> list[Apply]:
    """Choices with one condition in whose branches there are no others."""

    def depth(node: Apply) -> int:
        guard = guards.of_node(node)
        return 0 if guard is None else guard.depth

    first = max(choices, key=depth)
    return [
        node
        for node in choices
        if node.inputs[0] is first.inputs[0] and guards.of_node(node) is guards.of_node(first)
    ]


def _independent(nodes: Sequence[Apply], members: Sequence[Apply]) -> list[Apply]:
    """Those of the choices that need none of the others."""
    if len(members) == 1:
        return list(members)
    among, after = set(members), set()
    for node in nodes:
        if any(v.owner in among or v.owner in after for v in node.inputs):
            after.add(node)
    return [node for node in members if node not in after]


def _make_lazy(fgraph: FunctionGraph, guards: Guards, members: Sequence[Apply]) -> set[Apply]:
    """Replace choices by one with graphs; nothing is done where applications are returned, which cannot be moved."""
    outs: dict[Variable, tuple[Variable, Variable]] = {}
    for node in members:
        _, there, elsewhere = node.op.split(node.inputs)  # type: ignore[attr-defined]
        pairs = zip(node.outputs, zip(there, elsewhere, strict=True), strict=True)
        outs.update((out, pair) for out, pair in pairs if fgraph.uses(out))
    values = {True: [a for a, _ in outs.values()], False: [b for _, b in outs.values()]}
    regions: dict[bool, dict[Apply, None]] = {}
    given: list[Variable] = []
    for position, side in ((1, True), (1 + members[0].op.n_outs, False)):  # type: ignore[attr-defined]
        guard = guards.of_use(members[0], position)
        assert guard is not None
        regions[side] = _region(values[side], guard, guards)
        within = {*regions[side], *members}
        further = [v for node in regions[side] for v in node.outputs if not within.issuperset(c for c, _ in fgraph.clients(v))]
        objects = {v.owner for v in further if not isinstance(v.type, (TensorType, ScalarType))}
        if objects:
            return objects  # type: ignore[return-value]
        for v in further:
            values[side].append(v)
            values[not side].append(_nothing(v))
        given += further
    operands = _operands(values, regions)
    own = {v: v.type() for v in operands}
    for v, inner in own.items():
        inner.name = v.name
    sides = {side: clone_with_replacements(of_side, dict(own))[0] for side, of_side in values.items()}
    op = LazyIfElse(list(own.values()), sides[True], sides[False], next((n.op.name for n in members if n.op.name), ""))  # type: ignore
    results = op(members[0].inputs[0], *operands, return_list=True)
    fgraph.replace_all(list(zip((*outs, *given), results, strict=True)), reason="lazy_branches")
    return set()


def _region(values: Sequence[Variable], guard: Guard, guards: Guards) -> dict[Apply, None]:
    """What a branch alone needs for its values."""
    found: dict[Apply, None] = {}
    stack = list(reversed(values))
    while stack:
        node = stack.pop().owner
        if node is not None and node not in found and _lies_in(guards.of_node(node), guard):
            found[node] = None
            stack += reversed(node.inputs)
    return found


def _lies_in(inner: Guard | None, outer: Guard) -> bool:
    while inner is not None and inner is not outer:
        inner = inner.parent
    return inner is outer


def _operands(values: dict[bool, list[Variable]], regions: dict[bool, dict[Apply, None]]) -> list[Variable]:
    """What the branches take from outside, constants left aside."""
    found: dict[Variable, None] = {}
    for side, region in regions.items():
        taken = [v for node in region for v in node.inputs] + values[side]
        found.update(dict.fromkeys(v for v in taken if v.owner not in region and not isinstance(v, Constant)))
    return list(found)


def _nothing(v: Any) -> Variable:
    """A value of the type of ``v`` that nobody reads, as small as can be."""
    if isinstance(v.type, ScalarType):
        return v.type.make_constant(0)
    return constant(np.zeros([int(b) for b in v.type.broadcastable], v.type.dtype))
