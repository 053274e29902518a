"""Walks over expression graphs.  All are loops: a chain of 100,000 nodes is an ordinary graph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from theano.graph.variable import Apply, Constant, Node, Variable


def io_toposort(
    inputs: Collection[Variable],
    outputs: Iterable[Variable],
    orderings: dict[Apply, list[Apply]] | None = None,
) -> list[Apply]:
    """The applications between ``inputs`` and ``outputs``, every one after those that it needs.

    orderings  further nodes that must come before a node

    Raises ValueError when there is a cycle.
    """
    done = inputs if isinstance(inputs, (set, dict)) else set(inputs)
    order: list[Apply] = []
    stack: list[tuple[Apply, bool]] = [(v.owner, False) for v in reversed(list(outputs)) if v.owner and v not in done]
    finished: set[Apply] = set()
    opened: set[Apply] = set()
    while stack:
        node, expanded = stack.pop()
        if node in finished:
            continue
        if expanded:
            finished.add(node)
            order.append(node)
            continue
        if node in opened:
            raise ValueError("graph contains cycles")
        opened.add(node)
        stack.append((node, True))
        for variable in reversed(node.inputs):
            owner = variable.owner
            if owner is not None and owner not in finished and variable not in done:
                stack.append((owner, False))
        if orderings:
            stack += [(before, False) for before in orderings.get(node, ()) if before not in finished]
    return order


def ancestors(variable_list: Iterable[Variable], blockers: Iterable[Variable] | None = None) -> list[Variable]:
    """``variable_list`` and everything that they are computed from, not looking behind ``blockers``."""
    blocked = set(blockers or ())
    seen: set[Variable] = set()
    found: list[Variable] = []
    stack = list(reversed(list(variable_list)))
    while stack:
        variable = stack.pop()
        if variable in seen:
            continue
        seen.add(variable)
        found.append(variable)
        if variable.owner is not None and variable not in blocked:
            stack.extend(reversed(variable.owner.inputs))
    return found


def graph_inputs(variable_list: Iterable[Variable], blockers: Iterable[Variable] | None = None) -> list[Variable]:
    """The variables without an owner that ``variable_list`` are computed from, constants and shared ones included."""
    return [v for v in ancestors(variable_list, blockers) if v.owner is None]


def depends_on(variables: Iterable[Variable], others: Iterable[Variable]) -> bool:
    """Whether any of ``variables`` is computed from any of ``others`` (or is one)."""
    wanted = set(others)
    return any(v in wanted for v in ancestors(variables))


def clone_with_replacements(
    outputs: Sequence[Variable],
    replacements: dict[Variable, Variable],
    copy_inputs: bool = False,
    rebuild_strict: bool = True,
) -> tuple[list[Variable], dict[Variable, Variable]]:
    """Copy the graph that computes ``outputs``, with some variables exchanged for others.

    A replacement stands as it is, it is not cloned (nor are the replacements within it made); leaf variables are
    kept unless ``copy_inputs``.  Returns the new outputs and the map from old variables to new ones.
    """
    new: dict[Variable, Variable] = dict(replacements)
    for node in io_toposort(new, outputs):
        inputs = []
        for variable in node.inputs:
            if variable not in new:
                new[variable] = variable.clone() if copy_inputs and not isinstance(variable, Constant) else variable
            inputs.append(new[variable])
        copy = node.clone_with_new_inputs(inputs, strict=rebuild_strict)
        for old, fresh in zip(node.outputs, copy.outputs, strict=True):
            new.setdefault(old, fresh)
    for variable in outputs:
        if variable not in new:
            new[variable] = variable.clone() if copy_inputs and not isinstance(variable, Constant) else variable
    return [new[v] for v in outputs], new


def equal_computations(
    xs: Sequence[Variable],
    ys: Sequence[Variable],
    in_xs: Sequence[Variable] | None = None,
    in_ys: Sequence[Variable] | None = None,
) -> bool:
    """Whether two lists of expressions compute the same from ``in_xs`` and from ``in_ys`` respectively."""
    in_xs, in_ys = in_xs or (), in_ys or ()
    if len(xs) != len(ys) or len(in_xs) != len(in_ys):
        return False
    matched: dict[Variable, Variable] = dict(zip(in_xs, in_ys, strict=True))
    pairs = list(zip(xs, ys, strict=True))
    checked: set[tuple[Variable, Variable]] = set()
    while pairs:
        x, y = pairs.pop()
        if (x, y) in checked:
            continue
        checked.add((x, y))
        if x in matched:
            if matched[x] is not y:
                return False
            continue
        if x.type != y.type:
            return False
        if x.owner is None or y.owner is None:
            if x is not y and not (isinstance(x, Constant) and x.equals(y)):
                return False
            continue
        a, b = x.owner, y.owner
        if a.op != b.op or x.index != y.index or len(a.inputs) != len(b.inputs):
            return False
        pairs += zip(a.inputs, b.inputs, strict=True)
    return True


def is_same_graph(
    var1: Variable,
    var2: Variable,
    givens: dict[Variable, Variable] | Iterable[tuple[Variable, Variable]] | None = None,
    debug: bool = False,
) -> bool:
    """Whether two expressions are the same computation on the same inputs, after the replacements ``givens``."""
    replacements = dict(givens or {})
    (first, second), _ = clone_with_replacements([var1, var2], replacements)
    return equal_computations([first], [second])


def general_toposort(outputs: Iterable[Any], deps: Callable[[Any], Iterable[Any]]) -> list[Any]:
    """``outputs`` and all that ``deps`` leads to, dependencies first.  ValueError on a cycle."""
    order: list[Any] = []
    opened: set[Any] = set()
    finished: set[Any] = set()
    stack: list[tuple[Any, bool]] = [(o, False) for o in reversed(list(outputs))]
    while stack:
        thing, expanded = stack.pop()
        if thing in finished:
            continue
        if expanded:
            finished.add(thing)
            order.append(thing)
            continue
        if thing in opened:
            raise ValueError("graph contains cycles")
        opened.add(thing)
        stack.append((thing, True))
        stack += [(d, False) for d in reversed(list(deps(thing))) if d not in finished]
    return order


def variables_of(nodes: Iterable[Node]) -> list[Variable]:
    """All variables that the given applications take or give, each once."""
    seen: dict[Variable, None] = {}
    for node in nodes:
        if isinstance(node, Apply):
            seen.update(dict.fromkeys(node.inputs))
            seen.update(dict.fromkeys(node.outputs))
    return list(seen)
