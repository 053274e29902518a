"""The pass that writes inner graphs out, so that all others see through them."""

from __future__ import annotations

from theano.graph import FunctionGraph, inherited_origin
from theano.graph.inner_graph import InnerGraph


def inline_graphs(fgraph: FunctionGraph) -> int:
    """Replace every op that is a graph by the graph, nested ones too; how many."""
    replaced = 0
    while nodes := [(node, node.op) for node in fgraph.toposort() if isinstance(node.op, InnerGraph)]:
        for node, op in nodes:
            with inherited_origin(node.origin):
                written_out = op.inlined(node.inputs)
            pairs = zip(node.outputs, written_out, strict=True)
            fgraph.replace_all([(old, new) for old, new in pairs if old in fgraph], reason="inline_graphs")
        replaced += len(nodes)
    return replaced
