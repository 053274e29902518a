"""Graphs as flat lists, so that pickling a deep one is no deep recursion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from theano.graph import Apply, Constant, FunctionGraph, Op, Type, Variable


@dataclass(frozen=True)
class FlatGraph:
    """A FunctionGraph by places in one list of variables: inputs, then constants, then what the steps give.

    inputs     (type, name) of each
    constants  (type, value, name) of each
    steps      (op, places of its inputs, (type, name) of its outputs), in order
    outputs    places
    """

    inputs: tuple[tuple[Type, str | None], ...]
    constants: tuple[tuple[Type, Any, str | None], ...]
    steps: tuple[tuple[Op, tuple[int, ...], tuple[tuple[Type, str | None], ...]], ...]
    outputs: tuple[int, ...]


def flattened(graph: FunctionGraph) -> FlatGraph:
    """``graph`` as a list.  Where the user made what is not kept."""
    nodes = graph.toposort()
    used = dict.fromkeys([v for node in nodes for v in node.inputs] + graph.outputs)
    constants = [v for v in used if isinstance(v, Constant)]
    computed = [v for node in nodes for v in node.outputs]
    place = {v: k for k, v in enumerate([*graph.inputs, *constants, *computed])}
    return FlatGraph(
        inputs=tuple((v.type, v.name) for v in graph.inputs),
        constants=tuple((v.type, v.data, v.name) for v in constants),
        steps=tuple(
            (node.op, tuple(place[v] for v in node.inputs), tuple((v.type, v.name) for v in node.outputs))
            for node in nodes
        ),
        outputs=tuple(place[v] for v in graph.outputs),
    )


def unflattened(flat: FlatGraph) -> FunctionGraph:
    """The graph of which ``flat`` is the list."""
    variables: list[Variable] = [kind.make_variable(name) for kind, name in flat.inputs]
    inputs = variables.copy()
    variables += [kind.make_constant(value, name) for kind, value, name in flat.constants]
    for op, takes, gives in flat.steps:
        outputs = [kind.make_variable(name) for kind, name in gives]
        Apply(op, [variables[k] for k in takes], outputs)
        variables += outputs
    return FunctionGraph(inputs, [variables[k] for k in flat.outputs], clone=False)
