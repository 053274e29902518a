"""The shape pass: lengths are computed from lengths, so that nothing is computed for the sake of its shape alone.

    (x + y).shape[0]  ->  length of x along 0

Each op says through ``infer_shape`` what it makes of the lengths of its inputs; where it cannot, its own result is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, FunctionGraph, Variable, inherited_origin
from theano.rewrite.terms import converted
from theano.tensor.constant import constant
from theano.tensor.lengths import KnownLengths, OnShapeError
from theano.tensor.shape import MakeVector, Shape, Shape_i
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import Subtensor


def infer_lengths(fgraph: FunctionGraph, on_error: OnShapeError | None = None) -> int:
    """Replace every Shape, Shape_i and Shape[i] of a computed variable by what its length follows from; how many.

    on_error  told of an exception that an op's ``infer_shape`` raised, and the op's own result is asked; without it
              the exception goes on
    """
    known = KnownLengths(on_error)
    replaced = 0
    for node in [n for n in fgraph.toposort() if type(n.op) in (Shape, Shape_i)]:
        if node not in fgraph.apply_nodes:
            continue
        with inherited_origin(node.origin):
            replaced += _replace(fgraph, node, known)
    return replaced


def _replace(fgraph: FunctionGraph, node: Apply, known: KnownLengths) -> int:
    x, out = node.inputs[0], node.outputs[0]
    lengths = known.of(x)
    if lengths is None:
        return 0
    if isinstance(node.op, Shape_i):
        new = as_length(lengths[node.op.i])
        if new.owner is not None and new.owner.op == node.op and new.owner.inputs[0] is x:
            return 0
        fgraph.replace(out, new, reason="infer_lengths")
        return 1
    replaced = 0
    for client, position in fgraph.clients(out):
        k = _entry_taken(client, position)
        if k is not None and client in fgraph.apply_nodes and -len(lengths) <= k < len(lengths):
            fgraph.replace(client.outputs[0], as_length(lengths[k]), reason="infer_lengths")  # type: ignore[union-attr]
            replaced += 1
    if out in fgraph:
        fgraph.replace(out, as_shape(lengths, out), reason="infer_lengths")
        replaced += 1
    return replaced


def _entry_taken(client: Apply | str, position: int) -> int | None:
    """k where the client is shape[k]."""
    if isinstance(client, str) or position != 0 or not isinstance(client.op, Subtensor):
        return None
    if len(client.op.idx_list) != 1 or isinstance(client.op.idx_list[0], slice):
        return None
    return known_integer(client.inputs[1])


def as_length(n: Any) -> Variable:
    """A length as a 0-d int64."""
    return converted(n, "int64") if isinstance(n, Variable) else constant(int(n), dtype="int64")


def as_shape(lengths: Sequence[Any], out: Variable) -> Variable:
    """Lengths as a vector of int64, of the type of ``out``."""
    known = [known_integer(n) for n in lengths]
    if None not in known:
        return out.type.filter_variable(constant(known, dtype="int64"))
    return out.type.filter_variable(MakeVector("int64")(*[as_length(n) for n in lengths]))
