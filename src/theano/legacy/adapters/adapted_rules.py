"""Local optimizers as rules of this project's engine.

While one looks at a node, the node has ``fgraph``, and its inputs and outputs have ``clients``, as they had in 1.0.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from theano.graph import Apply, FunctionGraph, Variable
from theano.legacy.adapters.local_optimizers import LocalOptimizer, is_tracked
from theano.rewrite.engine import ANY, Rule
from theano.scalar.function import ScalarOp
from theano.tensor.elemwise import Elemwise

Pairs = dict[Variable, Variable]


@contextmanager
def shown(node: Apply, fgraph: FunctionGraph) -> Iterator[None]:
    """Inside the ``with`` block the node knows its graph, and the variables beside it know their clients."""
    beside = [v for v in (*node.inputs, *node.outputs) if v in fgraph]
    node.fgraph = fgraph  # type: ignore[attr-defined]
    for v in beside:
        v.clients = fgraph.clients(v)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del node.fgraph  # type: ignore[attr-defined]
        for v in beside:
            v.__dict__.pop("clients", None)


def replacements(local: LocalOptimizer, node: Apply, fgraph: FunctionGraph) -> Pairs:
    """What a local optimizer wants to replace by what; nothing where it does not apply.

    Raises TypeError where a replacement has another type, or their number is not that of the outputs.
    """
    if not is_tracked(local, node):
        return {}
    with shown(node, fgraph):
        result = local.transform(node)
    if result is False or result is None:
        return {}
    if isinstance(result, Mapping):
        pairs = {v: new for v, new in result.items() if v != "remove"}
    else:
        given = [result] if isinstance(result, Variable) else list(result)
        if len(given) != len(node.outputs):
            raise TypeError(
                f"{local} gave {len(given)} replacements for the {len(node.outputs)} outputs of {node}"
            )
        pairs = dict(zip(node.outputs, given, strict=True))
    return {
        v: v.type.filter_variable(new)
        for v, new in pairs.items()
        if new is not None and new is not v and v in fgraph
    }


def adapted_rule(local: LocalOptimizer, name: str) -> Rule:
    """A local optimizer as a rule of the engine."""

    def apply(node: Apply, fgraph: FunctionGraph) -> Pairs | None:
        return replacements(local, node, fgraph) or None

    tracks = local.tracks()
    heads = [ANY] if tracks is None else list(dict.fromkeys(_head(track) for track in tracks))
    return Rule(name, tuple(heads), apply, str(local), sees_graph=True)


def _head(track: Any) -> Any:
    if isinstance(track, type):
        return track
    return (
        track.scalar_op
        if isinstance(track, Elemwise) and isinstance(track.scalar_op, ScalarOp)
        else type(track)
    )
