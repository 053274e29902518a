"""Lengths within a graph that an op holds, in terms of the op's operands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Stored
from theano.loops.expand import rebuilt
from theano.loops.expressions import Buffer, Call, Expression, Extent, Literal, Load


@dataclass(frozen=True)
class Outside:
    """From what is within to what is without; None for a length that does not follow from the operands.

    whole       inputs of the graph, and the operands that they are
    same_shape  inputs that have the shape of an operand, but not its value
    entry_of    inputs that are entries of operands along their first axes
    """

    whole: Mapping[Buffer, Definition]
    same_shape: Mapping[Buffer, Definition] = field(default_factory=dict)
    entry_of: Mapping[Buffer, Definition] = field(default_factory=dict)

    def of(self, n: Expression) -> Expression | None:
        match n:
            case Literal():
                return n
            case Extent(buffer, axis):
                if buffer in self.entry_of:
                    return self.entry_of[buffer].shape[axis + 1]
                operand = self.whole.get(buffer) or self.same_shape.get(buffer)
                return None if operand is None else operand.shape[axis]
            case Load(Stored(buffer=buffer), index, dtype) if buffer in self.whole:
                moved = self.all(index)
                return None if moved is None else Load(self.whole[buffer], moved, dtype)
            case Call(function, arguments, dtype):
                moved = self.all(arguments)
                return None if moved is None else rebuilt(function, moved, dtype)
        return None

    def all(self, lengths: Sequence[Expression]) -> tuple[Expression, ...] | None:
        """Several; None if one is."""
        found = [self.of(n) for n in lengths]
        return None if None in found else tuple(n for n in found if n is not None)
