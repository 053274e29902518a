"""Graphs evaluated node by node with ``perform``, before and after rewriting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from theano.graph import FunctionGraph, Variable
from theano.graph.performing import perform_node
from theano.graph.walk import equal_computations
from theano.rewrite.canonical import canonical
from theano.rewrite.engine import to_fixpoint
from theano.rewrite.passes import rewriter


def values(fgraph: FunctionGraph, arguments: Sequence[np.ndarray]) -> list[np.ndarray]:
    known: dict[Variable, np.ndarray] = dict(zip(fgraph.inputs, arguments, strict=True))

    def value(v: Variable) -> np.ndarray:
        return known[v] if v in known else v.data  # type: ignore[attr-defined]

    with np.errstate(all="ignore"):
        for node in fgraph.toposort():
            known.update(zip(node.outputs, perform_node(node, [value(v) for v in node.inputs]), strict=True))
    return [value(v) for v in fgraph.outputs]


def rewritten(
    inputs: Sequence[Variable],
    outputs: Sequence[Variable],
    rewrite: Callable[[FunctionGraph], object] | None = None,
) -> FunctionGraph:
    fgraph = FunctionGraph(inputs, outputs)
    (rewrite or rewriter("fast_run"))(fgraph)
    return fgraph


def check(
    inputs: Sequence[Variable],
    before: Variable,
    after: Variable,
    rewrite: Callable[[FunctionGraph], object] | None = None,
) -> None:
    """Rewriting turns ``before`` into the very graph ``after``, in which constants are folded."""
    graph, wanted = rewritten(inputs, [before], rewrite), FunctionGraph(inputs, [after])
    for each in (graph, wanted):
        to_fixpoint(each, canonical.selected(lambda rule: rule.name == "constant_folding"))
    assert equal_computations(graph.outputs, wanted.outputs, graph.inputs, wanted.inputs), (
        f"found {list(graph)}, wanted {list(wanted)}"
    )
    assert graph.outputs[0].type == before.type
