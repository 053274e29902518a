"""Arrays of the states of a loop: how much of them is used, and what of them is there before."""

from __future__ import annotations

from typing import Any

from theano.control_flow.scan_form import State
from theano.graph import FunctionGraph, Variable
from theano.rewrite.loop_draft import Draft, StateDraft
from theano.rewrite.terms import dtype_of, function_of, is_number, number, pattern_of
from theano.scalar.arithmetic import add
from theano.tensor.alloc import AllocEmpty, alloc, zeros_like
from theano.tensor.elementwise import minimum
from theano.tensor.indexing import set_subtensor
from theano.tensor.lengths import KnownLengths
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import IncSubtensor, Subtensor


def begin_with_few(draft: Draft) -> None:
    """A state to whose entries each step adds something is a recurrence where they are zeros to begin with::

        h[i + 1] = h[i + 1] + f(h[i]), with h[1:] zeros   ->   h[i + 1] = f(h[i])
    """
    zeros: dict[Variable, Variable] = {}
    for s in draft.states:
        if sorted(s.of.reads) != [0, 1] or s.of.writes != (1,) or not _is_written_whole(draft, s):
            continue
        first = _first_alone(s.outer)
        if first is None:
            continue
        before, added = (s.reads[s.of.reads.index(r)] for r in (0, 1))
        zeros[added] = zeros_like(before)
        s.of, s.reads = State((0,), (1,)), [before]
        lengths = [1 if b else s.outer.shape[axis] for axis, b in enumerate(pattern_of(s.outer))]
        room: Any = AllocEmpty(dtype_of(s.outer))(*lengths)
        s.outer = set_subtensor(room[:1], first)
    draft.exchange(zeros)


def _is_written_whole(draft: Draft, s: StateDraft) -> bool:
    """Whether nobody is to see an entry behind those that the steps write."""
    if pattern_of(s.outer)[0]:
        return False
    if s.last_used == 0:
        return True
    length = KnownLengths().of(s.outer)[0]  # type: ignore[index]
    if not isinstance(length, Variable) or function_of(length) is not add:
        return False
    rest = [v for v in length.owner.inputs if not is_number(v, 1)]  # type: ignore[union-attr]
    return draft.condition is None and rest == [draft.steps]


def _first_alone(x: Any, last: bool = False) -> Any:
    """The first (or the last) entry of an array, with its axis, where all others are known to be zeros; else None."""
    if is_number(x, 0):
        lengths = [1 if b else x.shape[axis] for axis, b in enumerate(pattern_of(x))]
        return alloc(number(0, dtype_of(x)), minimum(lengths[0], 1), *lengths[1:])
    node = x.owner
    if node is None or not isinstance(node.op, (Subtensor, IncSubtensor)):
        return None
    first = 1 if isinstance(node.op, Subtensor) else 2
    index, *rest = node.op.indices([known_integer(v) for v in node.inputs[first:]])
    if rest:
        return None
    if isinstance(node.op, Subtensor):
        return _first_alone(node.inputs[0], not last) if index == slice(None, None, -1) else None
    below, y = node.inputs[:2]
    if index == (-1 if last else 0):
        entry = _first_alone(below, last)
        return None if entry is None else node.op(entry, *node.inputs[1:])
    is_rest = isinstance(index, slice) and index.start is not None and index.stop is None and index.step is None
    if last and is_rest and is_number(below, 0) and y.type.ndim == x.type.ndim and not pattern_of(y)[0]:
        return _first_alone(y, last) if pattern_of(y) == pattern_of(x) else None
    return None


def last_used(fgraph: FunctionGraph, out: Variable, before: int = 0) -> int | None:
    """How many entries at the end of an array are used; None for all.

    before  how many entries at its begin are left out first, in ``out[before:][-1]``, and count as used
    """
    most = 0
    for client, position in fgraph.clients(out):
        if isinstance(client, str) or position != 0 or not isinstance(client.op, Subtensor):
            return None
        first = client.op.idx_list[0]
        if isinstance(first, slice):
            is_rest = len(client.op.idx_list) == 1 and first.stop is None and first.step is None
            if not before or not is_rest or known_integer(client.inputs[1]) != before:
                return None
            used = last_used(fgraph, client.outputs[0])
            if used is None:
                return None
            most = max(most, before + used)
            continue
        place = known_integer(client.inputs[1])
        if place is None or place >= 0:
            return None
        most = max(most, -place)
    return most


def initial_values(s: StateDraft) -> Any:
    """The entries of a state's array that are there before the loop, where the others are just room."""
    node = s.outer.owner
    if node is None or not isinstance(node.op, IncSubtensor) or not node.op.set_instead_of_inc:
        return None
    empty = node.inputs[0].owner
    (place, *rest) = node.op.idx_list
    starts = isinstance(place, slice) and place.start is None and place.step is None and not rest
    return node.inputs[1] if starts and empty is not None and isinstance(empty.op, AllocEmpty) else None


def keep_last(draft: Draft) -> None:
    """Arrays of which the last entries alone are used become as short as that."""
    for s in draft.states:
        initial = initial_values(s)
        if s.last_used is None or initial is None or not s.of.is_recurrence:
            continue
        empty = s.outer.owner.inputs[0].owner
        rows, *rest = empty.inputs
        short = AllocEmpty(empty.op.dtype)(minimum(rows, max(s.last_used, s.of.extra + 1)), *rest)
        s.outer = set_subtensor(short[: initial.shape[0]], initial)
    for z in draft.collected:
        if z.last_used is not None:
            z.length = minimum(z.length, z.last_used)
