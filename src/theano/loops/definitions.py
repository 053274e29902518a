"""Definitions of the loop IR: what a lowering says that one output of one node is.  Loops and storage come later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

from theano.data_classes import dataclass
from theano.graph import ShapeMismatch
from theano.loops.expressions import Buffer, Expression, Literal, Load, computed_in, expression, reads_of
from theano.scalar.function import ScalarFunction


@dataclass(eq=False)
class Definition:
    """The value of one output of one node.

    dtype   of its elements
    shape   one expression for each dimension
    origin        the node that it comes from, for error messages and profiles
    requirements  what must hold at run time before it may be computed
    entries       the numbers of a short integer vector, where they are known as expressions: a shape
    """

    dtype: str
    shape: tuple[Expression, ...]
    origin: Any = field(kw_only=True, default=None)
    requirements: tuple[Requirement, ...] = field(kw_only=True, default=())
    entries: tuple[Expression, ...] | None = field(kw_only=True, default=None)

    @property
    def ndim(self) -> int:
        return len(self.shape)

    def __getitem__(self, index: Any) -> Expression:
        index = index if isinstance(index, tuple) else (index,)
        assert len(index) == len(self.shape), f"{len(index)} indices for {len(self.shape)} dimensions"
        return Load(self, tuple(map(expression, index)), self.dtype)

    @property
    def elements(self) -> tuple[Expression, ...]:
        """The expressions that are computed in a loop."""
        return ()

    @property
    def domain(self) -> tuple[Expression, ...]:
        """The lengths of that loop."""
        return self.shape

    @property
    def lengths(self) -> tuple[Expression, ...]:
        """Those of the loop and of the result."""
        return self.domain

    def place(self, axes: Sequence[Expression]) -> Sequence[Expression]:
        """Where in the result the loop puts a number, for the indices of the loop."""
        return axes[: self.ndim]

    @property
    def company(self) -> Any:
        """What the definitions that may share a loop with this one have in common, beside its domain."""
        return None

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        """What is read in another way than by the elements."""
        return ()

    @cached_property
    def reads(self) -> tuple[list[Load], list[Definition]]:
        """What the elements read, as the lowering wrote them: see ``reads_of``."""
        return reads_of(self.elements)

    @cached_property
    def parts(self) -> dict[Any, Any]:
        """What lowerings have made of this definition, under names of theirs, for other nodes that need it too."""
        return {}

    @cached_property
    def counts(self) -> list[Definition]:
        """The definitions on whose values the lengths and the requirements depend."""
        lengths = [*self.lengths]
        for requirement in self.requirements:
            lengths += [requirement.left, requirement.right]
        return [source for source in computed_in(lengths) if source is not self]

    @property
    def sources(self) -> list[Definition]:
        """All definitions that this one reads."""
        loads, measured = self.reads
        return [*(read.source for read in loads), *measured, *self.counts, *self.operands_read]


@dataclass(eq=False)
class Stored(Definition):
    """A value that is in a buffer when the program begins: an input, a state, a constant."""

    buffer: Buffer = field(kw_only=True)


@dataclass(eq=False)
class Pointwise(Definition):
    """out[i0, i1, ...] = element, an expression of the axes and of loads from other definitions."""

    element: Expression = field(kw_only=True)

    def __getitem__(self, index: Any) -> Expression:
        """A number that fills an array is written out at once."""
        return self.element if type(self.element) is Literal else super().__getitem__(index)

    @property
    def elements(self) -> tuple[Expression, ...]:
        return (self.element,)


@dataclass(eq=False)
class Fold(Definition):
    """out[i0, ...] = final value of an accumulator, after all iterations over the folded axes.

    extents    lengths of the folded axes, which are numbered after those of ``shape``
    initial    the accumulators' values before the first iteration, which no folded axis has a part in
    following  their values after an iteration, expressions with ``Carried``
    chosen     which accumulator is the result
    loop       what the results of one loop have in common.  They carry the same accumulators, ``following`` being the
               same tuple, and nothing else is computed in that loop; None where accumulators are its own
    """

    extents: tuple[Expression, ...] = field(kw_only=True)
    initial: tuple[Expression, ...] = field(kw_only=True)
    following: tuple[Expression, ...] = field(kw_only=True)
    chosen: int = field(kw_only=True, default=0)
    loop: Any = field(kw_only=True, default=None)

    @property
    def elements(self) -> tuple[Expression, ...]:
        return self.following + self.initial

    @property
    def company(self) -> Any:
        return self.loop

    @property
    def domain(self) -> tuple[Expression, ...]:
        return self.shape + self.extents


@dataclass(eq=False)
class Running(Fold):
    """out[..., k, ...] = value of the accumulator after iteration k: a fold along one axis that keeps every value.

    axis  the axis of the result that is folded; ``extents`` is its length

    Along rows each iteration waits for the one before, so nothing else is computed in its loop.
    """

    axis: int = field(kw_only=True)

    @property
    def company(self) -> Any:
        return self

    @property
    def domain(self) -> tuple[Expression, ...]:
        return self.shape[: self.axis] + self.shape[self.axis + 1 :] + self.extents

    def place(self, axes: Sequence[Expression]) -> Sequence[Expression]:
        *others, last = axes
        return (*others[: self.axis], last, *others[self.axis :])


@dataclass(eq=False)
class Interleaved(Fold):
    """What recurrences side by side give on their way, dealt out in turn::

        for i in count:
            carried = initial(i)
            for k in extents:
                out[i + k * count] = value(i, k, carried)
                carried = following(i, k, carried)

    count  how many recurrences there are
    shape  (length,), at least count * extents; the elements beyond are left to a scatter
    value  what is dealt out, in terms of what is carried before the iteration

    Neighbouring recurrences are computed together: their values are neighbours in memory.
    """

    count: Expression = field(kw_only=True)
    value: Expression = field(kw_only=True)

    @property
    def elements(self) -> tuple[Expression, ...]:
        return (*super().elements, self.value)

    @property
    def domain(self) -> tuple[Expression, ...]:
        return (self.count, *self.extents)

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return self.shape + self.domain

    def place(self, axes: Sequence[Expression]) -> Sequence[Expression]:
        i, k = axes
        return (i + k * self.count,)


@dataclass(eq=False)
class Selected(Definition):
    """The values of those iterations for which a condition holds, in order::

        k = 0
        for i in extents:
            if condition(i):
                out[k] = value(i)
                k += 1

    The length of the result is how often the condition holds, which is counted before.  Each iteration waits for the
    one before, so only other results of the same node are computed in its loop.
    """

    extents: tuple[Expression, ...] = field(kw_only=True)
    condition: Expression = field(kw_only=True)
    value: Expression = field(kw_only=True)

    @property
    def elements(self) -> tuple[Expression, ...]:
        return self.value, self.condition

    @property
    def domain(self) -> tuple[Expression, ...]:
        return self.extents

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return self.shape + self.extents

    @property
    def company(self) -> Any:
        return self.origin


@dataclass(eq=False)
class Scatter(Definition):
    """A copy of ``base`` with numbers put at, or combined into, places of it::

        out = base
        for i in extents:
            out[index(i)] = combine(out[index(i)], value(i))

    base      a definition of the same shape that nothing else reads, since its memory becomes the result's; or None,
              where every element is put
    extents   lengths of the loop
    value     what is put, an expression of its axes
    index     where, one expression for each dimension of the result
    combine   a function of two numbers, or None to put the value itself
    distinct  no two iterations meet at one element, so that they may run in any order
    apart     it puts where none of the scatters that its base is made of has put, so that they may share a loop
    """

    base: Definition | None = field(kw_only=True)
    extents: tuple[Expression, ...] = field(kw_only=True)
    value: Expression = field(kw_only=True)
    index: tuple[Expression, ...] = field(kw_only=True)
    combine: ScalarFunction | None = field(kw_only=True, default=None)
    distinct: bool = field(kw_only=True, default=False)
    apart: bool = field(kw_only=True, default=False)

    @property
    def elements(self) -> tuple[Expression, ...]:
        return self.value, *self.index

    @property
    def domain(self) -> tuple[Expression, ...]:
        return self.extents

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return () if self.base is None else (self.base,)

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return self.shape + self.extents


@dataclass(eq=False)
class Reshaped(Definition):
    """Elements of ``source``, in C order and one after the other from ``start`` on, under another shape.

    after  definitions that are computed before anything that reads this one
    """

    source: Definition = field(kw_only=True)
    start: Expression = field(kw_only=True, default=Literal(0))
    after: tuple[Definition, ...] = field(kw_only=True, default=())

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return *self.shape, self.start

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return self.source, *self.after


@dataclass(frozen=True)
class Requirement:
    """What must hold of two numbers at run time.

    message   a format of the two numbers, "{left}" and "{right}"
    error     the exception raised otherwise
    relation  "=="; ">"; "zero": left is 0, and right is what the message tells besides; or "index": left is an index, perhaps negative, of an axis of length right
    """

    left: Expression
    right: Expression
    message: str
    origin: Any
    error: type[Exception] = ShapeMismatch
    relation: str = "=="
