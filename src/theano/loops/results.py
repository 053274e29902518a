"""Definitions of what is computed as a whole, not element by element: by library routines, Python, loops and branches."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Requirement, Scatter
from theano.loops.expressions import Buffer, Expression, Literal, Load

if TYPE_CHECKING:
    from theano.loops.program import Program


@dataclass(eq=False)
class LibraryResult(Definition):
    """The result of a library routine, such as a matrix product: base + factor * routine(operands).

    routine   a name that the back end knows: "gemm"
    operands  what it reads
    flags     further settings, such as which operands are transposed
    factor    what the result is multiplied by: a literal or the value of a 0-d definition
    base      what it is added to: a definition of the same shape that nothing else reads, since its memory becomes the
              result's; or None
    requirement  what tells of operands that the routine finds wrong; None where it finds nothing
    """

    routine: str = field(kw_only=True)
    operands: tuple[Definition, ...] = field(kw_only=True)
    flags: tuple[Any, ...] = field(kw_only=True, default=())
    factor: Literal | Load = field(kw_only=True)
    base: Definition | None = field(kw_only=True, default=None)
    requirement: Requirement | None = field(kw_only=True, default=None)

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        others = [self.base] if self.base is not None else []
        others += [self.factor.source] if isinstance(self.factor, Load) else []
        return *self.operands, *others


def base_of(definition: Definition) -> Definition | None:
    """The definition whose memory this one changes and takes over."""
    match definition:
        case Scatter(base=base) | LibraryResult(base=base):
            return base
    return None


@dataclass(eq=False)
class Routine:
    """A library routine with several results, carried out for each matrix of its operands in turn.

    name      what the back end knows it by: "cholesky"
    flags     further settings
    operands  what it reads
    cores     of each operand, then of each result, how many of the last axes one matrix has
    lengths   of one matrix, in the order that the routine wants
    shapes, dtypes
              of its results, of which the last is a number: 0, or where it failed
    """

    name: str
    flags: tuple[Any, ...]
    operands: tuple[Definition, ...]
    cores: tuple[int, ...]
    lengths: tuple[Expression, ...]
    shapes: tuple[tuple[Expression, ...], ...]
    dtypes: tuple[str, ...]
    node: Any


@dataclass(eq=False)
class RoutineResult(Definition):
    """One of the results of a routine; all of them come from one call."""

    routine: Routine = field(kw_only=True)
    position: int = field(kw_only=True)

    @property
    def whole(self) -> Routine:
        return self.routine

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return self.routine.operands

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return *self.routine.lengths, *(n for shape in self.routine.shapes for n in shape)


@dataclass(eq=False)
class HostResult(Definition):
    """Output ``position`` of a node whose op is called back; all outputs of the node come from one call.

    Its shape is the extents of the buffer that the call brings.  Values that are not arrays (an RNG's state, a
    sparse matrix) travel as objects: ``dtype`` is then "object".
    """

    buffer: Buffer = field(kw_only=True)
    node: Any = field(kw_only=True)
    position: int = field(kw_only=True)
    operands: tuple[Definition, ...] = field(kw_only=True)

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return self.operands


@dataclass(frozen=True)
class Walk:
    """Which entries of an array a loop goes over: step i takes entry first + i * stride."""

    first: Expression
    stride: int


@dataclass(eq=False)
class Loop:
    """A loop whose step is a program::

        for i in range(steps):
            step(an entry of each sequence, entries i + r of states, carried, others)
                -> entries i + w of states, what is collected, carried, whether to stop

    steps      how many
    form       which inputs and outputs of the step are what
    body       the program of a step
    sequences, initial, carried, others
               what the loop is given; of each state the first entries, or all of them
    shapes     of its results: arrays of states, what is collected, what was carried last
    walks      for each sequence the entries that are gone over
    node       the node that it comes from
    """

    steps: Expression
    form: Any
    body: Program
    sequences: tuple[Definition, ...]
    walks: tuple[Walk, ...]
    initial: tuple[Definition, ...]
    carried: tuple[Definition, ...]
    others: tuple[Definition, ...]
    shapes: tuple[tuple[Expression, ...], ...]
    dtypes: tuple[str, ...]
    node: Any

    @property
    def operands(self) -> tuple[Definition, ...]:
        return (*self.sequences, *self.initial, *self.carried, *self.others)


@dataclass(eq=False)
class LoopResult(Definition):
    """One of the results of a loop; all of them come from one run of it.

    buffer  where the loop may stop early, or carries objects: the buffer that it brings, with its length
    """

    loop: Loop = field(kw_only=True)
    position: int = field(kw_only=True)
    buffer: Buffer | None = field(kw_only=True, default=None)

    @property
    def whole(self) -> Loop:
        return self.loop

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return self.loop.operands

    @property
    def lengths(self) -> tuple[Expression, ...]:
        own = () if self.buffer is not None else self.shape
        firsts = (walk.first for walk in self.loop.walks)
        return (*own, self.loop.steps, *firsts, *(n for shape in self.loop.shapes for n in shape))


@dataclass(eq=False)
class Choice:
    """Two programs, of which one is run: results = there(operands) if condition else elsewhere(operands).

    shapes  of the results, in terms of the operands; None for lengths that are known only when one has run
    node    the node that it comes from
    """

    condition: Definition
    there: Program
    elsewhere: Program
    operands: tuple[Definition, ...]
    shapes: tuple[tuple[Expression | None, ...], ...]
    dtypes: tuple[str, ...]
    node: Any


@dataclass(eq=False)
class BranchResult(Definition):
    """One of the results of a choice; all of them come from one run of it.

    buffer  where not all lengths are known before, or for an object: the buffer that it brings
    """

    choice: Choice = field(kw_only=True)
    position: int = field(kw_only=True)
    buffer: Buffer | None = field(kw_only=True, default=None)

    @property
    def whole(self) -> Choice:
        return self.choice

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return (self.choice.condition, *self.choice.operands)

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return tuple(n for shape in self.choice.shapes for n in shape if n is not None)
