"""Lengths that are known to agree."""

from __future__ import annotations

from collections.abc import Sequence

from theano.loops.expressions import Expression, Extent, Literal
from theano.loops.lifetimes import is_known_early


class Sizes:
    """Lengths that are known to agree, from the requirements of the program."""

    def __init__(self) -> None:
        self._representative: dict[Expression, Expression] = {}

    def canonical(self, length: Expression) -> Expression:
        """The length that stands for all those known to be equal to this one."""
        seen = []
        while (next_ := self._representative.get(length)) is not None:
            seen.append(length)
            length = next_
        for other in seen[:-1]:
            self._representative[other] = length
        return length

    def equate(self, left: Expression, right: Expression) -> bool:
        """Note that two lengths agree; whether that was news."""
        a, b = self.canonical(left), self.canonical(right)
        if a == b:
            return False
        if _lateness(a) < _lateness(b):
            a, b = b, a
        if isinstance(a, Literal):
            return True  # two different constants: stays a requirement, which fails
        if is_known_early(b):  # else it might be asked for before it is known
            self._representative[a] = b
        return True

    def domain(self, lengths: Sequence[Expression]) -> tuple[Expression, ...]:
        return tuple(self.canonical(n) for n in lengths)


def _lateness(length: Expression) -> tuple[int, int]:
    """How late a length is known: the earlier one stands for both."""
    match length:
        case Literal():
            return 0, 0
        case Extent(buffer):
            return (1 if buffer.source is None else 2), buffer.order
    return 3, 0
