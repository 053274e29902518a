"""The pass that writes out ops which are graphs of other ops, so that all others see through them."""

from __future__ import annotations

from theano.graph import FunctionGraph, inherited_origin


def inline_graphs(fgraph: FunctionGraph) -> int:
    """Replace every op that says of what it is made by that graph, nested ones too; how many.

    ``op.inlined(inputs)`` gives the outputs as expressions of the inputs; or None where they cannot be told so, and the
    op stays.
    """
    total = 0
    while replaced := _sweep(fgraph):
        total += replaced
    return total


def _sweep(fgraph: FunctionGraph) -> int:
    """Ask every op once; how many were replaced."""
    replaced = 0
    for node in [n for n in fgraph.toposort() if hasattr(n.op, "inlined")]:
        with inherited_origin(node.origin):
            written_out = node.op.inlined(node.inputs)  # type: ignore[attr-defined]
        if written_out is None:
            continue
        pairs = zip(node.outputs, written_out, strict=True)
        fgraph.replace_all([(old, new) for old, new in pairs if old in fgraph], reason="inline_graphs")
        replaced += 1
    return replaced
