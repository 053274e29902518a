"""The loop IR's grammar: programs, their steps, and the kernels that most of these run.

A *program* is a short list of steps over buffers whose sizes are known at run time::

    program   = inputs, states, constants, steps, outputs, updates
    step      = Launch(kernel, buffers, sizes)       run a loop nest
              | RowLoop(launches, head)              run loop nests over the same rows, block by block
              | LibraryCall(routine, ...)            BLAS, convolution
              | RoutineCall(routine, ...)            LAPACK, for each matrix of a batch
              | HostCall(node, ...)                  call an op's ``perform`` back
              | Check(left, right, ...)              two sizes must agree
              | LoopCall(loop, ...)                  scan: run a program again and again
              | BranchCall(choice, condition, ...)   ifelse: run one of two programs

A *kernel* is one perfect loop nest whose body is a straight line of instructions on single numbers::

    for i0 in range(n0):                    parallel axes: iterations are independent
        for i1 in range(n1):                folded axes: accumulators are carried from one iteration to the next
            v0 = Load(buffer 0, [i0, i1])
            v1 = Call(sqr, [v0])
            a0 = Call(add, [Carried 0, v1])
        Store(buffer 1, [i0], a0)

Kernels name their buffers and sizes by position, so that two loops of the same form are one kernel, compiled once.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from theano.data_classes import dataclass
from theano.graph import Apply
from theano.loops.definitions import Definition, Requirement
from theano.loops.expressions import Buffer, Expression, Literal, Load
from theano.loops.results import Choice, Loop, Routine
from theano.scalar.function import ScalarFunction


@dataclass(frozen=True, slots=True)
class Instruction:
    """One number computed in the body.

    code      "literal"  value is the number
              "axis"     the index of loop ``value``
              "size"     the length at position ``value`` of the launch's sizes
              "scalar"   the 0-d operand at position ``value`` of the launch's scalars and numbers
              "load"     the element of buffer ``value`` at the offset operands[0]
              "call"     the function ``value`` of the operands
              "carried"  accumulator ``value`` before this iteration
              "checked"  index operands[0] of an axis of length operands[1], negative ones counted from the end;
                         outside, the launch fails
    operands  positions of earlier instructions
    """

    code: str
    value: Any
    operands: tuple[int, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class Store:
    """body[value] goes to ``buffer`` at offset body[offset]; after the folded axes if ``after_fold``.

    With ``after_fold``, ``value`` is the position of an accumulator.  With ``combine``, what is there is combined
    with the value by this function.  With ``condition``, this happens only where body[condition] is true.
    """

    buffer: int
    offset: int
    value: int
    after_fold: bool
    combine: ScalarFunction | None = None
    condition: int | None = None


@dataclass(frozen=True, slots=True)
class Accumulator:
    """Carried over the folded axes: begins as body[initial], becomes body[following] after each iteration."""

    dtype: str
    initial: int
    following: int


@dataclass(frozen=True)
class Kernel:
    """A perfect loop nest.  Hashable: equal kernels are emitted once.

    extents       for each axis, outermost first, the position of its length among the launch's sizes
    folded        how many of the last axes are folded
    buffers       dtype of each buffer, and whether it is written
    scalars       dtype of each 0-d operand, passed by value
    body          straight-line code; operands are earlier positions
    accumulators  what the folded axes carry
    stores        what goes to memory
    by_columns    the innermost parallel axis, not the folded one, walks along memory: fold many columns at once
    ordered       iterations may meet at one element, so their order counts
    across        an axis other than the innermost along which some operand walks in memory, or -1: run in tiles
    """

    extents: tuple[int, ...]
    folded: int
    buffers: tuple[tuple[str, bool], ...]
    scalars: tuple[str, ...]
    body: tuple[Instruction, ...]
    accumulators: tuple[Accumulator, ...]
    stores: tuple[Store, ...]
    by_columns: bool = False
    ordered: bool = False
    across: int = -1

    @cached_property
    def _hash(self) -> int:
        return hash((self.extents, self.folded, self.buffers, self.scalars, self.body, self.stores))

    def __hash__(self) -> int:
        return self._hash

    @property
    def parallel(self) -> int:
        """How many axes are not folded."""
        return len(self.extents) - self.folded

    @cached_property
    def can_fail(self) -> bool:
        return any(i.code == "checked" for i in self.body)

    @property
    def size_count(self) -> int:
        """How many of the launch's sizes the loops and the body use: the first so many."""
        return max([*self.extents, *(i.value for i in self.body if i.code == "size")], default=-1) + 1

    @property
    def cost(self) -> int:
        """The work of one iteration, in additions; loads and stores count one."""
        calls = sum(i.value.cost for i in self.body if i.code == "call")
        return calls + sum(i.code == "load" for i in self.body) + len(self.stores)


# -- steps --------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Launch:
    """Run ``kernel`` on buffers and 0-d operands, with these sizes.

    scalars  the buffers of the first 0-d operands
    numbers  the last 0-d operands, which are known
    members  the definitions that it computes
    loads    what these read, when other definitions have been written out in them
    """

    kernel: Kernel
    buffers: tuple[Buffer, ...]
    scalars: tuple[Buffer, ...]
    sizes: tuple[Expression, ...]
    members: tuple[Definition, ...] = ()
    loads: tuple[Load, ...] = ()
    numbers: tuple[Literal, ...] = ()

    @property
    def origins(self) -> tuple[Any, ...]:
        """The nodes that its members came from."""
        return tuple(d.origin for d in self.members)

    @property
    def nodes(self) -> tuple[Apply, ...]:
        """All that it carries out, in order: those of its members, and of what has been written out in them."""
        seen = {load.source for load in self.loads}.difference(self.members)
        stack = [(d, False) for d in reversed(self.members)]
        found: list[Any] = []
        while stack:
            definition, is_ready = stack.pop()
            if is_ready:
                found.append(definition.origin)
            elif isinstance(definition, Definition) and definition not in seen:
                seen.add(definition)
                stack.append((definition, True))
                stack += [(load.source, False) for load in definition.reads[0]]
        return tuple(dict.fromkeys(o for o in found if isinstance(o, Apply)))


@dataclass(eq=False)
class RowLoop:
    """Run loops over the same outermost axis, one after the other for each block of its rows.

    head  a convolution whose images are these rows, and whose parts come before the loops over them
    """

    launches: tuple[Launch, ...]
    head: LibraryCall | None = None

    @property
    def steps(self) -> tuple[Launch | LibraryCall, ...]:
        """What is run for each block, in order."""
        return self.launches if self.head is None else (self.head, *self.launches)


@dataclass(eq=False)
class LibraryCall:
    """A library routine that reads ``operands`` and writes ``result``: factor * routine(operands).

    factor       a number, or the 0-d buffer where it is
    accumulates  it adds to what is in ``result``
    requirement  what tells of operands that the routine finds wrong; None where it finds nothing
    """

    routine: str
    operands: tuple[Buffer, ...]
    result: Buffer
    flags: tuple[Any, ...]
    factor: Literal | Buffer
    accumulates: bool = False
    origin: Any = None
    requirement: Requirement | None = None

    @property
    def buffers(self) -> tuple[Buffer, ...]:
        """All that it touches."""
        return self.result, *self.operands, *([self.factor] if isinstance(self.factor, Buffer) else [])


@dataclass(eq=False)
class RoutineCall:
    """A routine of several results, of which the last is a number: 0, or where it failed."""

    routine: Routine
    lengths: tuple[Expression, ...]
    operands: tuple[Buffer, ...]
    results: tuple[Buffer, ...]


@dataclass(eq=False)
class HostCall:
    """``node.op.perform`` on arrays.

    results  (position of an output, the buffer that its array becomes), for the outputs that are used
    """

    node: Any
    operands: tuple[Buffer, ...]
    results: tuple[tuple[int, Buffer], ...]


@dataclass(eq=False)
class LoopCall:
    """Run a loop.

    steps    how many
    firsts   the entry of each sequence that the first step takes
    shapes   of the results
    results  the buffers that they go to
    """

    loop: Loop
    steps: Expression
    firsts: tuple[Expression, ...]
    sequences: tuple[Buffer, ...]
    initial: tuple[Buffer, ...]
    carried: tuple[Buffer, ...]
    others: tuple[Buffer, ...]
    shapes: tuple[tuple[Expression, ...], ...]
    results: tuple[Buffer, ...]


@dataclass(eq=False)
class BranchCall:
    """Run one of two programs.

    condition  a 0-d buffer
    shapes     of the results; None for lengths that the branch tells
    results    the buffers that they go to
    """

    choice: Choice
    condition: Buffer
    operands: tuple[Buffer, ...]
    shapes: tuple[tuple[Expression | None, ...], ...]
    results: tuple[Buffer, ...]


@dataclass(eq=False)
class Check:
    """Go on only if two numbers agree."""

    requirement: Requirement


Step = Launch | RowLoop | LibraryCall | RoutineCall | HostCall | LoopCall | BranchCall | Check


@dataclass(eq=False)
class Program:
    """Steps over buffers.

    inputs     buffers of the arguments, in order
    states     buffers of shared variables
    constants  (buffer, array) pairs: data too large for an instruction
    steps      in the order in which they run
    outputs    what is returned; may be an input, a state or a constant, and is then copied
    updates    (state, new value): exchanged, or copied, after all steps have succeeded
    in_place   states whose new values the last steps write into the state's own buffer; where somebody else holds
               that array, the steps work on a copy of it
    """

    inputs: tuple[Buffer, ...]
    states: tuple[Buffer, ...]
    constants: tuple[tuple[Buffer, Any], ...]
    steps: tuple[Step, ...]
    outputs: tuple[Buffer, ...]
    updates: tuple[tuple[Buffer, Buffer], ...]
    in_place: frozenset[Buffer] = frozenset()
