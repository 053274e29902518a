"""inline_ofg_expansion of Theano 1.0.5: an OpFromGraph that was made with ``inline=True``, written out."""

from __future__ import annotations

from theano.gradient.op_from_graph import OpFromGraph
from theano.graph import Apply, Variable
from theano.legacy.adapters.local_optimizers import local_optimizer


@local_optimizer([OpFromGraph])
def inline_ofg_expansion(node: Apply) -> list[Variable] | bool:
    """The graph of an OpFromGraph in its place; False for one that is not inline.

    A function that is compiled writes all of them out, inline or not: this is for graphs that are rewritten by hand.
    """
    op = node.op
    return op.inlined(node.inputs) if isinstance(op, OpFromGraph) and op.is_inline else False
