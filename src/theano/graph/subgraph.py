"""What lies between given inputs and outputs of a graph: its variables, its applications, copies of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from theano.graph.variable import Apply, Variable
from theano.graph.walk import ancestors, io_toposort, variables_of


def variables_and_orphans(i: Iterable[Variable], o: Iterable[Variable]) -> tuple[list[Variable], list[Variable]]:
    """The variables that ``o`` are computed from, looking no further than ``i``; and those of them that are neither
    in ``i`` nor computed."""
    i = list(i)
    between = ancestors(o, i)
    given = set(i)
    return between, [v for v in between if v.owner is None and v not in given]


def variables(i: Iterable[Variable], o: Iterable[Variable]) -> list[Variable]:
    """The variables that ``o`` are computed from, looking no further than ``i``, those of ``i`` included."""
    i = list(i)
    return list(dict.fromkeys([*variables_and_orphans(i, o)[0], *i]))


def orphans(i: Iterable[Variable], o: Iterable[Variable]) -> list[Variable]:
    """The variables without an owner that ``o`` are computed from and that are not in ``i``: constants too."""
    return variables_and_orphans(i, o)[1]


def ops(i: Iterable[Variable], o: Iterable[Variable]) -> set[Apply]:
    """The applications between ``i`` and ``o``."""
    return set(io_toposort(list(i), list(o)))


def list_of_nodes(inputs: Iterable[Variable], outputs: Iterable[Variable]) -> list[Apply]:
    """The applications between ``inputs`` and ``outputs``, in an order of computation."""
    return io_toposort(list(inputs), list(outputs))


def is_in_ancestors(l_node: Apply, f_node: Apply) -> bool:
    """Whether the application ``l_node`` is ``f_node`` or computed from it."""
    return any(v.owner is f_node for v in ancestors(l_node.outputs))


def view_roots(r: Variable) -> list[Variable]:
    """The variables that ``r`` is a view of, by the ``view_map`` of ops; ``r`` alone where it is none."""
    roots: list[Variable] = []
    stack = [r]
    while stack:
        v = stack.pop()
        viewed = getattr(v.owner.op, "view_map", {}).get(v.index, ()) if v.owner is not None else ()
        stack += [v.owner.inputs[k] for k in reversed(viewed)]  # type: ignore[union-attr]
        if not viewed:
            roots.append(v)
    return roots


def io_connection_pattern(inputs: Sequence[Variable], outputs: Sequence[Variable]) -> list[list[bool]]:
    """[input][output] -> whether a gradient flows, by the ``connection_pattern`` of the ops between."""
    sources: dict[Variable, set[int]] = {}
    for position, v in enumerate(inputs):
        sources.setdefault(v, set()).add(position)
    for node in io_toposort(list(inputs), list(outputs)):
        pattern = connection_pattern(node)
        for k, output in enumerate(node.outputs):
            reached = sources.setdefault(output, set())
            for row, v in zip(pattern, node.inputs, strict=True):
                if row[k]:
                    reached |= sources.get(v, set())
    return [[position in sources.get(o, ()) for o in outputs] for position in range(len(inputs))]


def connection_pattern(node: Apply) -> list[list[bool]]:
    """[input][output] -> whether a gradient flows; everywhere, unless the op says otherwise."""
    declared = getattr(node.op, "connection_pattern", None)
    if declared is None:
        return [[True] * len(node.outputs) for _ in node.inputs]
    pattern = declared(node)
    if len(pattern) != len(node.inputs) or any(len(row) != len(node.outputs) for row in pattern):
        raise ValueError(
            f"{node.op}.connection_pattern needs one row for each of {len(node.inputs)} inputs with one bool for each of "
            f"{len(node.outputs)} outputs, found {pattern}"
        )
    return pattern


# -- copies ------------------------------------------------------------------------------------------------------------


def clone(
    i: Sequence[Variable], o: Sequence[Variable], copy_inputs: bool = True, copy_orphans: bool | None = None
) -> tuple[list[Variable], list[Variable]]:
    """A copy of the graph between ``i`` and ``o``: (new inputs, new outputs).

    copy_orphans  whether constants and shared variables are copied too; as ``copy_inputs`` unless told
    """
    equiv = clone_get_equiv(i, o, copy_inputs, copy_inputs if copy_orphans is None else copy_orphans)
    return [equiv[v] for v in i], [equiv[v] for v in o]


def clone_get_equiv(
    inputs: Sequence[Variable],
    outputs: Sequence[Variable],
    copy_inputs: bool = True,
    copy_orphans: bool = True,
    memo: dict[Any, Any] | None = None,
) -> dict[Any, Any]:
    """From each variable and application between ``inputs`` and ``outputs`` to its copy.

    memo  copies that exist already; it is completed and returned
    """
    equiv: dict[Any, Any] = {} if memo is None else memo
    for v in inputs:
        equiv.setdefault(v, v.clone() if copy_inputs else v)
    nodes = io_toposort(list(inputs), list(outputs))
    for v in [*variables_of(nodes), *outputs]:
        if v.owner is None:
            equiv.setdefault(v, v.clone() if copy_orphans else v)
    for node in nodes:
        if node not in equiv:
            equiv[node] = node.clone_with_new_inputs([equiv.setdefault(v, v) for v in node.inputs])
        for old, new in zip(node.outputs, equiv[node].outputs, strict=True):
            equiv.setdefault(old, new)
    for v in outputs:
        equiv.setdefault(v, v)
    return equiv


# -- enquiries of old programs -----------------------------------------------------------------------------------------


def stack_search(
    start: Iterable[Any], expand: Callable[[Any], Iterable[Any] | None], mode: str = "bfs", build_inv: bool = False
) -> Any:
    """All that ``expand`` leads to from ``start``, each once, breadth ("bfs") or depth ("dfs") first.

    With ``build_inv`` also the map from each thing to those whose expansion has it.
    """
    if mode not in ("bfs", "dfs"):
        raise ValueError(f"mode should be bfs or dfs, found {mode!r}")
    waiting, seen, found = deque(start), set(), []
    came_from: dict[Any, list[Any]] = {}
    while waiting:
        thing = waiting.popleft() if mode == "bfs" else waiting.pop()
        if thing in seen:
            continue
        seen.add(thing)
        found.append(thing)
        further = list(expand(thing) or ())
        for other in further:
            came_from.setdefault(other, []).append(thing)
        waiting += further
    return (found, came_from) if build_inv else found


def default_node_formatter(op: Any, argstrings: Sequence[str]) -> str:
    """``op(arguments)``."""
    return f"{op.op}({', '.join(argstrings)})"


def op_as_string(
    i: Sequence[Variable],
    op: Apply,
    leaf_formatter: Callable[[Variable], str] = str,
    node_formatter: Callable[[Apply, Sequence[str]], str] = default_node_formatter,
) -> str:
    """One application, its arguments written out as far as ``i``."""
    return node_formatter(op, as_string(i, op.inputs, leaf_formatter, node_formatter))


def as_string(
    i: Sequence[Variable],
    o: Sequence[Variable],
    leaf_formatter: Callable[[Variable], str] = str,
    node_formatter: Callable[[Apply, Sequence[str]], str] = default_node_formatter,
) -> list[str]:
    """Each of ``o`` as a term in ``i``; what occurs twice is marked ``*1 ->`` and then called ``*1``."""
    given = set(i)
    nodes = io_toposort(given, list(o))
    uses: dict[Variable, int] = {}
    for v in [v for node in nodes for v in node.inputs] + list(o):
        uses[v] = uses.get(v, 0) + 1
    made = {v for node in nodes for v in node.outputs}
    numbers: dict[Apply, int] = {}
    for node in nodes:
        if sum(uses.get(v, 0) for v in node.outputs) > 1:
            numbers[node] = len(numbers) + 1
    told: set[Apply] = set()
    finished: dict[Variable, str] = {}

    def text_of(v: Variable) -> str:
        node = v.owner
        if v in given or v not in made or node is None:
            return leaf_formatter(v)
        place = f"::{v.index}" if len(node.outputs) > 1 else ""
        if node in told:
            return f"*{numbers[node]}{place}"
        if node in numbers:
            told.add(node)
            return f"*{numbers[node]} -> {finished[v]}"
        return finished[v]

    for node in nodes:
        text = node_formatter(node, [text_of(v) for v in node.inputs])
        for v in node.outputs:
            finished[v] = text
    return [text_of(v) for v in o]
