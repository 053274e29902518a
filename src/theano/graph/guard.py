"""Guards: which branch of a choice alone needs an application.

An op that uses some of its inputs under a condition only says so in a method::

    branches(node) -> (condition, side of each input)

where the side is True or False for an input that is used only where the condition has that truth, else None.  What is
needed by one side alone of choices with one condition has a guard, within that of the choices themselves::

    ifelse(c, f(x), ifelse(d, g(x), h(x)))        f under (c, True), g under (c, False) (d, True), h under ... (d, False)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from theano.data_classes import dataclass
from theano.graph.op import Op
from theano.graph.variable import Apply, Variable


@dataclass(frozen=True, eq=False)
class Guard:
    """Something is needed only where ``condition`` has this truth, as far as ``parent`` holds.

    parent  the guard of the choice itself; None where it is always made
    op      of the choice, or of one of them
    depth   how many guards there are, this one included
    """

    parent: Guard | None
    condition: Variable
    side: bool
    op: Op
    depth: int


class Guards:
    """The guards of the applications of a graph.

    nodes   in topological order
    needed  variables that are needed in any case
    pinned  applications that are to have no guard
    """

    def __init__(self, nodes: Sequence[Apply], needed: Iterable[Variable], pinned: Collection[Apply] = ()) -> None:
        self._branches = {n: n.op.branches(n) for n in nodes if hasattr(n.op, "branches")}  # type: ignore[attr-defined]
        self._made: dict[tuple[Guard | None, Variable, bool], Guard] = {}
        self._of: dict[Apply, Guard | None] = {}
        if self._branches:
            self._find(nodes, {v.owner for v in needed}, pinned)

    def _find(self, nodes: Sequence[Apply], needed: Collection[Apply | None], pinned: Collection[Apply]) -> None:
        found, present = self._of, set(nodes)
        for node in reversed(nodes):
            if node in needed or node in pinned or node not in found:
                found[node] = None
            for position, v in enumerate(node.inputs):
                if v.owner in present:
                    use = self.of_use(node, position)
                    found[v.owner] = _common(found[v.owner], use) if v.owner in found else use

    def of(self, v: Variable) -> Guard | None:
        """Of the application that computes ``v``; None where it is needed in any case, and for what is not computed."""
        return None if v.owner is None else self._of.get(v.owner)

    def of_node(self, node: Apply) -> Guard | None:
        return self._of.get(node)

    def of_use(self, node: Apply, position: int) -> Guard | None:
        """Of what is used as this input of ``node`` and nowhere else."""
        outer = self._of.get(node)
        if node not in self._branches:
            return outer
        condition, sides = self._branches[node]
        side = sides[position]
        return outer if side is None else self._guard(outer, condition, side, node.op)

    def other_side(self, guard: Guard) -> Guard:
        return self._guard(guard.parent, guard.condition, not guard.side, guard.op)

    def _guard(self, parent: Guard | None, condition: Variable, side: bool, op: Op) -> Guard:
        key = (parent, condition, side)
        if key not in self._made:
            self._made[key] = Guard(parent, condition, side, op, 1 if parent is None else parent.depth + 1)
        return self._made[key]


def _common(a: Guard | None, b: Guard | None) -> Guard | None:
    """The innermost guard that both are or lie in."""
    while a is not b:
        if a is None or b is None:
            return None
        if a.depth >= b.depth:
            a, b = a.parent, b
        else:
            b = b.parent
    return a
