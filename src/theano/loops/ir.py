"""The loop IR's grammar.

A *program* is a short list of steps over buffers whose sizes are known at run time::

    program   = inputs, states, constants, steps, outputs, updates
    step      = Launch(kernel, buffers, sizes)       run a loop nest
              | LibraryCall(routine, ...)            BLAS, LAPACK
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

*Index expressions* are what lowerings write: sums and products of loop indices, lengths and loaded integers.
They answer to Python's operators and to the functions of ``theano.scalar``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count
from typing import Any

from theano.graph import ShapeMismatch
from theano.scalar import arithmetic
from theano.scalar.function import ScalarFunction

INDEX = "int64"


# -- expressions: values of single numbers, as lowerings write them ------------------------------------------------------


class Expression:
    """A number known at run time.  Frozen; trees of these stay shallow, because each op writes only its own."""

    dtype: str
    __slots__ = ()

    def __scalar_function__(self, function: ScalarFunction, arguments: Sequence[Any]) -> Expression:
        return apply(function, *arguments)

    def __add__(self, other: Any) -> Expression:
        return apply(arithmetic.add, self, other)

    def __radd__(self, other: Any) -> Expression:
        return apply(arithmetic.add, other, self)

    def __sub__(self, other: Any) -> Expression:
        return apply(arithmetic.sub, self, other)

    def __rsub__(self, other: Any) -> Expression:
        return apply(arithmetic.sub, other, self)

    def __mul__(self, other: Any) -> Expression:
        return apply(arithmetic.mul, self, other)

    def __rmul__(self, other: Any) -> Expression:
        return apply(arithmetic.mul, other, self)

    def __floordiv__(self, other: Any) -> Expression:
        return apply(arithmetic.int_div, self, other)

    def __mod__(self, other: Any) -> Expression:
        return apply(arithmetic.mod, self, other)

    def __neg__(self) -> Expression:
        return apply(arithmetic.neg, self)


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A known number."""

    value: Any
    dtype: str = INDEX


@dataclass(frozen=True, slots=True)
class Axis(Expression):
    """The index of the surrounding loop over axis ``position``."""

    position: int
    dtype: str = INDEX


@cache
def axes_of(ndim: int) -> tuple[Axis, ...]:
    """The indices of a loop nest of so many axes."""
    return tuple(Axis(k) for k in range(ndim))


@dataclass(frozen=True, slots=True)
class Extent(Expression):
    """The length of a buffer along an axis."""

    buffer: Buffer
    axis: int
    dtype: str = INDEX


@dataclass(frozen=True, slots=True)
class Load(Expression):
    """The element of ``source`` at ``index``.

    source  the Buffer read, or the Definition whose value is wanted
    index   one expression for each dimension
    """

    source: Any
    index: tuple[Expression, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class Checked(Expression):
    """An index that came from the user, for an axis of ``length``: negative counts from the end, outside is an IndexError."""

    index: Expression
    length: Expression
    dtype: str = INDEX


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function of numbers applied to expressions, which are first converted as the function's dtype rule says."""

    function: ScalarFunction
    arguments: tuple[Expression, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class Carried(Expression):
    """The value of accumulator ``position`` before this iteration of the folded axes."""

    position: int
    dtype: str


def expression(value: Any) -> Expression:
    """A Python integer, or an expression as it is."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool):
        return Literal(value, "bool")
    return Literal(int(value))


def apply(function: ScalarFunction, *arguments: Any) -> Expression:
    """``function`` of expressions and integers; what is known already is computed now."""
    terms = tuple(map(expression, arguments))
    if all(t.dtype == INDEX for t in terms):
        match function.name, terms:
            case "add", (Literal(0), x) | (x, Literal(0)):
                return x
            case "sub", (x, Literal(0)):
                return x
            case "mul", (Literal(1), x) | (x, Literal(1)):
                return x
    (dtype,) = function.output_dtypes(*[t.dtype for t in terms])
    if all(isinstance(t, Literal) for t in terms):
        return Literal(function.of_numbers(*[_number(t) for t in terms]).item(), dtype)
    return Call(function, terms, dtype)


def _number(literal: Expression) -> Any:
    import numpy as np

    return np.dtype(literal.dtype).type(literal.value)  # type: ignore[attr-defined]


def reads_of(elements: Iterable[Expression]) -> tuple[list[Load], list[Definition]]:
    """All loads in expressions, those in indices of loads included; definitions whose lengths they take as numbers,
    where these are known only when the definition is computed."""
    loads: list[Load] = []
    measured: list[Definition] = []
    stack = list(elements)
    while stack:
        e = stack.pop()
        match e:
            case Call():
                stack.extend(e.arguments)
            case Load():
                loads.append(e)
                stack.extend(e.index)
            case Checked():
                stack += e.index, e.length
            case Extent() if e.buffer.source is not None:
                measured.append(e.buffer.source)
    return loads, measured


def computed_in(lengths: Iterable[Expression]) -> list[Definition]:
    """Definitions whose values the lengths of a shape depend on."""
    found = []
    stack = list(lengths)
    while stack:
        match stack.pop():
            case Extent(buffer):
                if buffer.source is not None:
                    found.append(buffer.source)
            case Load(source, index):
                found.append(source)
                stack.extend(index)
            case Call(_, arguments):
                stack.extend(arguments)
    return found


# -- buffers -------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Buffer:
    """A dense array in C order whose lengths are known at run time.

    dtype   of its elements
    shape   one expression for each dimension, in terms of the extents of inputs, states and host-called results;
            for those themselves the extents of the buffer
    kind    "input", "state", "constant", "temporary", "output", "update" (a new value of a state) or "host"
            (allocated by a called-back op or by the branch that is taken, or as long as a loop runs)
    name    how it is called in printed IR
    alias   the buffer whose memory it shares in another shape (reshape), or None
    source  of a "host" buffer the HostResult, LoopResult or BranchResult that brings it, and with it its lengths
    order   a number that grows from buffer to buffer: of two equal lengths the one known first stands for both
    """

    dtype: str
    shape: tuple[Expression, ...]
    kind: str
    name: str = ""
    alias: Buffer | None = None
    source: Any = None
    order: int = field(default_factory=count().__next__)

    @property
    def ndim(self) -> int:
        return len(self.shape)


# -- definitions: what a lowering says of one node's output ---------------------------------------------------------------


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
    """

    base: Definition | None = field(kw_only=True)
    extents: tuple[Expression, ...] = field(kw_only=True)
    value: Expression = field(kw_only=True)
    index: tuple[Expression, ...] = field(kw_only=True)
    combine: ScalarFunction | None = field(kw_only=True, default=None)
    distinct: bool = field(kw_only=True, default=False)

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
    """The elements of ``source``, in C order, under another shape."""

    source: Definition = field(kw_only=True)

    @property
    def operands_read(self) -> tuple[Definition, ...]:
        return (self.source,)


@dataclass(eq=False)
class LibraryResult(Definition):
    """The result of a library routine, such as a matrix product: base + factor * routine(operands).

    routine   a name that the back end knows: "gemm"
    operands  what it reads
    flags     further settings, such as which operands are transposed
    factor    what the result is multiplied by: a literal or the value of a 0-d definition
    base      what it is added to: a definition of the same shape that nothing else reads, since its memory becomes the
              result's; or None
    """

    routine: str = field(kw_only=True)
    operands: tuple[Definition, ...] = field(kw_only=True)
    flags: tuple[Any, ...] = field(kw_only=True, default=())
    factor: Literal | Load = field(kw_only=True)
    base: Definition | None = field(kw_only=True, default=None)

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


@dataclass(eq=False)
class Loop:
    """A loop whose step is a program::

        for i in range(steps):
            step(entry i of sequences, entries i + r of states, carried, others)
                -> entries i + w of states, what is collected, carried, whether to stop

    steps      how many
    form       which inputs and outputs of the step are what
    body       the program of a step
    sequences, initial, carried, others
               what the loop is given; of each state the first entries, or all of them
    shapes     of its results: arrays of states, what is collected, what was carried last
    node       the node that it comes from
    """

    steps: Expression
    form: Any
    body: Program
    sequences: tuple[Definition, ...]
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
    def operands_read(self) -> tuple[Definition, ...]:
        return self.loop.operands

    @property
    def lengths(self) -> tuple[Expression, ...]:
        own = () if self.buffer is not None else self.shape
        return (*own, self.loop.steps, *(n for shape in self.loop.shapes for n in shape))


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
    def operands_read(self) -> tuple[Definition, ...]:
        return (self.choice.condition, *self.choice.operands)

    @property
    def lengths(self) -> tuple[Expression, ...]:
        return tuple(n for shape in self.choice.shapes for n in shape if n is not None)


@dataclass(frozen=True)
class Requirement:
    """What must hold of two numbers at run time.

    message   a format of the two numbers, "{left}" and "{right}"
    error     the exception raised otherwise
    relation  "=="; ">"; or "index": left is an index, perhaps negative, of an axis of length right
    """

    left: Expression
    right: Expression
    message: str
    origin: Any
    error: type[Exception] = ShapeMismatch
    relation: str = "=="


# -- kernels ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Instruction:
    """One number computed in the body.

    code      "literal"  value is the number
              "axis"     the index of loop ``value``
              "size"     the length at position ``value`` of the launch's sizes
              "scalar"   the 0-d operand at position ``value`` of the launch's scalars
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
    """Run ``kernel`` on buffers and 0-d operands, with these sizes; ``origins`` are the nodes it came from."""

    kernel: Kernel
    buffers: tuple[Buffer, ...]
    scalars: tuple[Buffer, ...]
    sizes: tuple[Expression, ...]
    origins: tuple[Any, ...] = ()


@dataclass(eq=False)
class LibraryCall:
    """A library routine that reads ``operands`` and writes ``result``: factor * routine(operands).

    factor       a number, or the 0-d buffer where it is
    accumulates  it adds to what is in ``result``
    """

    routine: str
    operands: tuple[Buffer, ...]
    result: Buffer
    flags: tuple[Any, ...]
    factor: Literal | Buffer
    accumulates: bool = False
    origin: Any = None

    @property
    def buffers(self) -> tuple[Buffer, ...]:
        """All that it touches."""
        return self.result, *self.operands, *([self.factor] if isinstance(self.factor, Buffer) else [])


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
    shapes   of the results
    results  the buffers that they go to
    """

    loop: Loop
    steps: Expression
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


Step = Launch | LibraryCall | HostCall | LoopCall | BranchCall | Check


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
