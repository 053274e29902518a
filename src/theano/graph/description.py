"""What identifies a graph whatever its variables are called: equal graphs have equal descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from theano.graph.op import Op
from theano.graph.variable import Constant, Variable
from theano.graph.walk import io_toposort


def description(inputs: Sequence[Variable], outputs: Sequence[Variable]) -> tuple:
    """A hashable tuple of the ops, types and constants between ``inputs`` and ``outputs``, and how they hang together."""
    number: dict[Variable, int] = {}
    parts: list[Any] = [tuple(v.type for v in inputs)]

    def place(v: Variable) -> int:
        if v not in number:
            number[v] = len(number)
            parts.append((v.type, _content(v)))
        return number[v]

    for v in inputs:
        number[v] = len(number)
    for node in io_toposort(list(inputs), outputs):
        taken = tuple(map(place, node.inputs))
        parts.append((node.op, taken, tuple(v.type for v in node.outputs)))
        for v in node.outputs:
            number[v] = len(number)
    parts.append(tuple(map(place, outputs)))
    return tuple(parts)


def _content(v: Variable) -> Any:
    """A constant by its value; any other leaf, and a constant that is no array, by itself."""
    if isinstance(v, Constant) and isinstance(v.data, (np.ndarray, np.generic)):
        data = np.asarray(v.data)
        return data.dtype.str, data.shape, data.tobytes()
    return v


class DescribedOp(Op):
    """An op that holds graphs: two are equal when what describes them is, which is made once."""

    def describe(self) -> tuple:
        """What identifies the op besides its class, with a ``description`` of its graphs."""
        raise NotImplementedError(f"{type(self).__name__} gives no describe()")

    @cached_property
    def _description(self) -> tuple:
        return (type(self), *self.describe())

    @cached_property
    def _hash(self) -> int:
        return hash(self._description)

    def _identity(self) -> tuple:
        return self._description

    def __getstate__(self) -> dict[str, Any]:
        kept = self.__dict__.copy()
        for name in ("_description", "_hash"):  # the hash of a string is another one in each process
            kept.pop(name, None)
        return kept

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, DescribedOp) and self._hash == other._hash and self._description == other._description

    def __hash__(self) -> int:
        return self._hash
