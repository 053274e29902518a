"""Rules for arrays of zeros into which something was added: a gradient with respect to rows that were looked up.

    W - lr * inc(zeros, g, i)  ->  inc(W, -(lr * g), i)

so a step costs the rows that it moves, and not the whole table.  What is added is the same; where a row is named
several times, the increments are added to W one after the other instead of to each other first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from theano import scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.terms import dtype_of, function_of, is_number, known_length, number, of_ndim, pattern_of
from theano.scalar import dtype as dtypes
from theano.tensor.advanced import AdvancedIncSubtensor, AdvancedIncSubtensor1
from theano.tensor.alloc import Alloc, AllocEmpty
from theano.tensor.elemwise import elemwise_of
from theano.tensor.places import covers_from_front, is_apart_from_those_below, puts_below
from theano.tensor.shape import Shape_i
from theano.tensor.subtensor import IncSubtensor, as_basic_index, template

scatter = RuleBook("scatter")  # a part of canonicalize
putting = RuleBook("putting")  # a part of specialize: what looks for increments has found them

_DEEPEST = 16  # increments of one array that are followed


def increments(v: Variable) -> list[Apply]:
    """The applications that add something into zeros, one after the other, ``v`` the result of the last; or none."""
    found: list[Apply] = []
    while v.owner is not None and len(found) < _DEEPEST:
        op: Any = v.owner.op
        if (
            not isinstance(op, (IncSubtensor, AdvancedIncSubtensor, AdvancedIncSubtensor1))
            or op.set_instead_of_inc
        ):
            break
        found.append(v.owner)
        v = v.owner.inputs[0]
    return found[::-1] if is_number(v, 0) and dtype_of(v) in dtypes.CONTINUOUS else []


def added_onto(x: Variable, nodes: Sequence[Apply]) -> Variable | None:
    """``x`` with the same added to it; None where that would change a dtype."""
    return _onto(x, nodes, lambda y: y)


def _onto(x: Variable, nodes: Sequence[Apply], of: Callable[[Variable], Variable]) -> Variable | None:
    """``of`` of each increment added to ``x``; None where that would change a dtype."""
    for node in nodes:
        _, y, *place = node.inputs
        value = of(y)
        if dtype_of(value) != dtype_of(x) or dtype_of(y) != dtype_of(x):
            return None
        x = node.op(x, value, *place)  # type: ignore[assignment]
    return x


@scatter.on(scalar.add)
def add_to_increments(node: Apply) -> Variable | None:
    """x + inc(zeros, y, i) -> inc(x, y, i)"""
    out = node.outputs[0]
    added = [(v, increments(v)) for v in node.inputs]
    rest = [v for v, nodes in added if not nodes]
    into = [(v, nodes) for v, nodes in added if nodes]
    if not into or len(node.inputs) < 2:
        return None
    if rest:
        x = rest[0] if len(rest) == 1 else node.op(*rest)
    else:
        x, into = into[0][0], into[1:]
    for _, nodes in into:
        x = _summed(x, out, nodes, lambda y: y)
        if x is None:
            return None
    return x


@scatter.on(scalar.sub)
def subtract_increments(node: Apply) -> Variable | None:
    """x - inc(zeros, y, i) -> inc(x, -y, i)"""
    x, v = node.inputs
    return _summed(x, node.outputs[0], increments(v), elemwise_of(scalar.neg))


def _summed(
    x: Variable, out: Variable, nodes: Sequence[Apply], of: Callable[[Variable], Variable]
) -> Variable | None:
    if not nodes or dtype_of(x) != dtype_of(out) or pattern_of(x) != pattern_of(out):
        return None
    if pattern_of(nodes[0].outputs[0]) != pattern_of(out):
        return None
    return _onto(x, nodes, of)


@scatter.on(scalar.neg)
def negate_increments(node: Apply) -> Variable | None:
    """-inc(zeros, y, i) -> inc(zeros, -y, i)"""
    return _scaled(node, 0, elemwise_of(scalar.neg))


@scatter.on(scalar.mul, sees_graph=True)
def scale_increments(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """c * inc(zeros, y, i) -> inc(zeros, c * y, i), for a number c, where nothing else uses the increments"""
    into = [k for k, v in enumerate(node.inputs) if increments(v)]
    if len(into) != 1 or fgraph.uses(node.inputs[into[0]]) != 1:
        return None
    (k,) = into
    if not all(all(pattern_of(c)) for j, c in enumerate(node.inputs) if j != k):
        return None

    def scaled(y: Variable) -> Variable:
        ndim = len(pattern_of(y))
        return node.op(*[y if j == k else of_ndim(c, ndim) for j, c in enumerate(node.inputs)])  # type: ignore

    return _scaled(node, k, scaled)


@scatter.on(scalar.true_div, sees_graph=True)
def divide_increments(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """inc(zeros, y, i) / c -> inc(zeros, y / c, i), for a number c, where nothing else uses the increments"""
    v, c = node.inputs
    if not all(pattern_of(c)) or not increments(v) or fgraph.uses(v) != 1:
        return None
    return _scaled(node, 0, lambda y: node.op(y, of_ndim(c, len(pattern_of(y)))))  # type: ignore[arg-type, return-value]


def _scaled(node: Apply, position: int, of: Callable[[Variable], Variable]) -> Variable | None:
    v, out = node.inputs[position], node.outputs[0]
    nodes = increments(v)
    if not nodes or pattern_of(v) != pattern_of(out) or dtype_of(v) != dtype_of(out):
        return None
    return _onto(nodes[0].inputs[0], nodes, of)


@putting.on(IncSubtensor, sees_graph=True)
def put_apart_into_zeros(node: Apply, fgraph: FunctionGraph) -> Variable | None:
    """inc(inc(zeros, x, [:2]), y, [2:4])  ->  set(set(set(room, 0, [4:]), x, [:2]), y, [2:4])

    What is added to zeros, at places that are known to be apart, is put there; zeros that are put over are not made.
    """
    puts = [node, *puts_below(node)]
    zeros = puts[-1].inputs[0]
    if not is_number(zeros, 0) or any(_goes_on(client, position) for client, position in fgraph.clients(node.outputs[0])):
        return None
    if any(fgraph.uses(put.outputs[0]) != 1 for put in puts[1:]) or not all(map(is_apart_from_those_below, puts)):
        return None
    room = _room_beyond(zeros, puts)
    if room is None and all(put.op.set_instead_of_inc for put in puts):  # type: ignore[attr-defined]
        return None
    x = zeros if room is None else room
    for put in reversed(puts):
        x = _put(x, put.inputs[1], put)
    return x


def _goes_on(client: Any, position: int) -> bool:
    return isinstance(client, Apply) and type(client.op) is IncSubtensor and position == 0


def _put(x: Variable, y: Variable, like: Apply) -> Variable:
    op = IncSubtensor(like.op.idx_list, set_instead_of_inc=True)  # type: ignore[attr-defined]
    return op(x, y, *like.inputs[2:])  # type: ignore[return-value]


def _room_beyond(zeros: Variable, puts: Sequence[Apply]) -> Variable | None:
    """Room for ``zeros``, of which only those are there that nothing is put over; None where that is not known."""
    covered = covers_from_front(puts)
    if covered is None:
        return None
    axis, end = covered
    shape = _shape_of(zeros)
    if shape is None:
        return None
    room: Any = AllocEmpty(dtype_of(zeros))(*shape)
    length = known_length(zeros, axis)
    if pattern_of(room) != pattern_of(zeros):
        return None
    if math.isinf(end) or (length is not None and length <= end):
        return room
    rest = [slice(None)] * axis + [slice(int(end), None)]
    idx_list, numbers = template([as_basic_index(index) for index in rest])
    return IncSubtensor(idx_list, set_instead_of_inc=True)(room, number(0, dtype_of(zeros)), *numbers)  # type: ignore


def _shape_of(zeros: Variable) -> list[Any] | None:
    """The lengths of an array of zeros, without the zeros."""
    owner = zeros.owner
    if owner is not None and isinstance(owner.op, Alloc):
        return owner.inputs[1:]
    if function_of(zeros) is scalar.second:
        model = owner.inputs[0]  # type: ignore[union-attr]
        if pattern_of(model) == pattern_of(zeros):
            return [1 if b else Shape_i(k)(model) for k, b in enumerate(pattern_of(zeros))]
    return None
