"""Which places of an array indices name, as far as that is known without lengths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from theano.graph import Apply
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import IncSubtensor

FULL = slice(None)


def places_of(put: Apply) -> list[Any]:
    """The index of each axis of what an IncSubtensor changes: ints where they are known, FULL where there is none."""
    values = [v if (n := known_integer(v)) is None else n for v in put.inputs[2:]]
    indices = put.op.indices(values)  # type: ignore[attr-defined]
    return [*indices, *[FULL] * (put.inputs[0].type.ndim - len(indices))]  # type: ignore[attr-defined]


def span(index: Any) -> tuple[float, float]:
    """(first, end) of an index of one axis: it names nothing before ``first``, and nothing from ``end`` on."""
    if isinstance(index, slice):
        is_upwards = index.step is None or _is_natural(index.step)
        first = index.start if is_upwards and _is_natural(index.start) else 0
        end = index.stop if is_upwards and _is_natural(index.stop) else math.inf
        return first, max(first, end)
    return (index, index + 1) if _is_natural(index) else (0, math.inf)


def _is_natural(n: Any) -> bool:
    return isinstance(n, int) and n >= 0


def are_apart(some: Sequence[Any], others: Sequence[Any]) -> bool:
    """Whether it is known that no place is named by both, for the indices of all axes of one array."""
    for a, b in zip(some, others, strict=True):
        (first, end), (other_first, other_end) = span(a), span(b)
        if end <= other_first or other_end <= first:
            return True
    return False


def puts_below(put: Apply) -> list[Apply]:
    """The IncSubtensors into whose results ``put`` puts, the last one first."""
    found = []
    while (below := put.inputs[0].owner) is not None and type(below.op) is IncSubtensor:
        found.append(below)
        put = below
    return found


def is_apart_from_those_below(put: Apply) -> bool:
    """Whether an IncSubtensor changes no place that one below it has changed."""
    own = places_of(put)
    return all(are_apart(own, places_of(below)) for below in puts_below(put))


def covers_from_front(puts: Sequence[Apply]) -> tuple[int, float] | None:
    """(axis, end) where puts one after the other fill all up to ``end`` along an axis, and nothing else; else None."""
    found = [places_of(put) for put in puts]
    cut = {axis for places in found for axis, index in enumerate(places) if index != FULL}
    if len(cut) != 1:
        return None
    (axis,) = cut
    end: float = 0
    for first, stop in sorted(span(places[axis]) for places in found):
        if first != end:
            return None
        end = stop
    if not all(_is_filled(places[axis]) for places in found):
        return None
    return axis, end


def _is_filled(index: Any) -> bool:
    """Whether an index names all places of its span that there are."""
    if not isinstance(index, slice):
        return _is_natural(index)
    return index.step in (None, 1) and (index.start is None or _is_natural(index.start)) and (
        index.stop is None or _is_natural(index.stop)
    )
