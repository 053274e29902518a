"""From a group of definitions to a kernel: straight-line code over positions, and the launch that binds it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from theano.loops.definitions import Definition, Fold, Interleaved, Pointwise, Running, Scatter, Selected
from theano.loops.expand import has_checks, substitute
from theano.loops.expressions import (
    INDEX,
    Axis,
    Buffer,
    Call,
    Carried,
    Checked,
    Expression,
    Extent,
    Literal,
    Load,
    reads_of,
)
from theano.loops.merge_axes import Access, axes_in, merged_axes
from theano.loops.program import Accumulator, Instruction, Kernel, Launch, Store
from theano.loops.schedule import Group
from theano.loops.sizes import Sizes
from theano.scalar import arithmetic, comparison
from theano.scalar.dtype import DISCRETE
from theano.scalar.function import ScalarFunction

UNIT = Literal(1)


def kernelize(
    group: Group,
    element: dict[Definition, tuple[Expression, ...]],
    loads: dict[Definition, list[Load]],
    buffer_of: dict[Definition, Buffer],
    sizes: Sizes,
    is_turned: bool = False,
) -> Launch:
    """The launch that computes a group.

    element    the expanded expressions of each definition
    loads      what these read
    buffer_of  where the values are that are read from memory, or must go there
    is_turned  the loop is over matrices and makes their transposes
    """
    return _Kernelizer(group, element, loads, buffer_of, sizes, is_turned).run()


class _Kernelizer:
    def __init__(
        self,
        group: Group,
        element: dict[Definition, tuple[Expression, ...]],
        loads: dict[Definition, list[Load]],
        buffer_of: dict[Definition, Buffer],
        sizes: Sizes,
        is_turned: bool,
    ) -> None:
        self.group = group
        self.members = set(group.members)
        self.buffer_of = buffer_of
        self.canonical = sizes.canonical
        self.is_turned = is_turned
        self.domain = group.domain[::-1] if is_turned else group.domain
        self.ndim = len(group.domain)
        self.instructions: list[Instruction] = []
        self.known: dict[Instruction, int] = {}
        self.sizes: dict[Expression, int] = {}
        self.buffers: dict[Buffer, int] = {}
        self.scalars: dict[Buffer, int] = {}
        self.values: dict[Definition, int] = {}
        self.accumulators: list[Accumulator] = []
        self.carried: dict[object, int] = {}  # the first accumulator of a loop that several results have in common
        self.stores: list[Store] = []
        self.written: set[Buffer] = set()
        # an axis of length 1 has index 0
        axes = tuple(Literal(0) if n == UNIT else Axis(k) for k, n in enumerate(self.domain))
        self.axes = axes[::-1] if is_turned else axes
        if is_turned or UNIT in self.domain:
            self.element = {d: tuple(substitute(e, self.axes) for e in element[d]) for d in group.members}
            self.loads = [read for elements in self.element.values() for read in reads_of(elements)[0]]
        else:
            self.element = {d: element[d] for d in group.members}
            self.loads = [read for d in group.members for read in loads[d]]
        self.memory_loads = [read for read in self.loads if not self._in_loop(read)]

    def run(self) -> Launch:
        group, folded_from = self.group, self.ndim - self.group.folded
        self.runs = [[axis] for axis in range(self.ndim)]
        if self.ndim > 1:
            self.runs = merged_axes(self.domain, group.folded, self._accesses(), self._numbers())
        self.runs = [run for run in self.runs if not all(self.domain[k] == UNIT for k in run)]
        self.run_of = {axis: k for k, run in enumerate(self.runs) for axis in run}
        folded = sum(1 for run in self.runs if run[0] >= folded_from)
        extents = tuple(self._size(self._span(run)) for run in self.runs)
        for definition in group.members:
            self._compute(definition)
        kernel = Kernel(
            extents,
            folded,
            tuple((b.dtype, b in self.written) for b in self.buffers),
            tuple(b.dtype for b in self.scalars),
            tuple(self.instructions),
            tuple(self.accumulators),
            tuple(self.stores),
            self._walks_columns(folded),
            any(isinstance(d, Scatter) and not d.distinct for d in group.members),
            self._walks_across(folded),
        )
        operands = tuple(self.buffers), tuple(self.scalars), tuple(self.sizes)
        return Launch(kernel, *operands, tuple(group.members), tuple(self.loads))

    def _compute(self, definition: Definition) -> None:
        """The instructions of one definition, and where its numbers go."""
        base = len(self.accumulators)
        match definition:
            case Scatter(combine=combine):
                value, *index = self.element[definition]
                self._store(definition, index, self._emit(value, base), False, combine)
            case Selected():
                self._select(definition)
            case Fold(chosen=chosen):
                base = self._carry(definition)
                number, after_fold = base + chosen, True
                if isinstance(definition, Running):
                    number, after_fold = self.accumulators[number].following, False
                elif isinstance(definition, Interleaved):
                    number, after_fold = self._emit(self.element[definition][-1], base), False
                self._store(definition, self._place(definition), number, after_fold)
            case _:
                (element,) = self.element[definition]
                number = self.values[definition] = self._emit(element, base)
                self._store(definition, self._place(definition), number, False)

    def _place(self, definition: Definition) -> Sequence[Expression]:
        place = definition.place(self.axes)
        return place[::-1] if self.is_turned else place

    def _carry(self, definition: Fold) -> int:
        """The position of the first of the accumulators of a fold, which other results of its loop have in common."""
        known = None if definition.loop is None else self.carried.get(definition.loop)
        if known is not None:
            return known
        base, count = len(self.accumulators), len(definition.initial)
        self.accumulators += [Accumulator(i.dtype, -1, -1) for i in definition.initial]
        places = [self._emit(e, base) for e in self.element[definition][: 2 * count]]
        self.accumulators[base:] = [
            Accumulator(i.dtype, begun, following)
            for i, following, begun in zip(definition.initial, places[:count], places[count:], strict=True)
        ]
        if definition.loop is not None:
            self.carried[definition.loop] = base
        return base

    def _select(self, definition: Selected) -> None:
        """An accumulator counts how many have been found.  Every value goes to the place of the next one to be found,
        whether or not it counts, since what does not is overwritten by what does; the last of them closes the room.
        So no branch depends on the condition, and none is written out of bounds even if another thread changes it."""
        base = len(self.accumulators)
        value, condition = (self._emit(e, base) for e in self.element[definition])
        found = self._add("carried", base, (), INDEX)
        one = self._call(arithmetic.casts[INDEX], condition)
        begun = self._add("literal", 0, (), INDEX)
        self.accumulators.append(Accumulator(INDEX, begun, self._call(arithmetic.add, found, one)))
        has_room = self._add("call", comparison.lt, (found, self._length(self.canonical(definition.shape[0]))), "bool")
        self._store(definition, (Carried(0, INDEX),), value, False, condition=has_room)

    def _store(
        self,
        definition: Definition,
        index: Sequence[Expression],
        value: int,
        after_fold: bool,
        combine: ScalarFunction | None = None,
        condition: int | None = None,
    ) -> None:
        buffer = self.buffer_of.get(definition)
        if buffer is not None:
            offset = self._offset(buffer, index, len(self.accumulators) - 1)
            self.stores.append(Store(self._buffer(buffer), offset, value, after_fold, combine, condition))
            self.written.add(buffer)

    # -- what the loop touches -------------------------------------------------------------------------------------

    def _in_loop(self, read: Load) -> bool:
        """Whether a load is of a value computed by this very iteration."""
        source = read.source
        return (
            source in self.members
            and isinstance(source, Pointwise)
            and read.index == self.axes
        )

    def _accesses(self) -> list[Access]:
        written = [
            (d, self.element[d][1:] if isinstance(d, Scatter) else self._place(d))
            for d in self.group.members
            if d in self.buffer_of
        ]
        read = [(read.source, read.index) for read in self.memory_loads]
        return [self._dense(source, index) for source, index in [*written, *read]]

    def _dense(self, source: Definition, index: Sequence[Expression]) -> Access:
        """The index and the shape without dimensions of length 1, which do not keep neighbours apart."""
        shape = [self.canonical(n) for n in self._buffer_for(source).shape]
        kept = [(i, n) for i, n in zip(index, shape, strict=True) if n != UNIT]
        return [i for i, _ in kept], [n for _, n in kept]

    def _numbers(self) -> list[Expression]:
        found: list[Expression] = []
        for definition, elements in self.element.items():
            places = elements[1:] if isinstance(definition, Scatter) else ()
            found += [*elements[: len(elements) - len(places)], *(i for i in places if not isinstance(i, Axis))]
        return found + [i for read in self.loads for i in read.index if not isinstance(i, Axis)]

    def _walks_columns(self, folded: int) -> bool:
        """More loads would step over memory along the last folded axis than along the last parallel one."""
        parallel = len(self.runs) - folded
        if not folded or not parallel:
            return False
        if any(isinstance(d, Interleaved) for d in self.group.members):
            return True
        votes = 0
        for read in self.memory_loads:
            index = self._dense(read.source, read.index)[0]
            runs = [{self.run_of.get(k, -1) for k in axes_in(i, within_loads=False)} for i in index]
            moved = [max(found) for found in runs if found]
            if any(run >= parallel for run in moved):
                votes += (len(self.runs) - 1 in moved[:-1]) - (parallel - 1 in moved[:-1])
        return votes > 0

    def _walks_across(self, folded: int) -> int:
        """The axis that some operand has next to each other in memory, and the innermost one further apart; -1 if none."""
        last = len(self.runs) - 1
        if folded or last < 1:
            return -1
        for index, _ in self._accesses():
            runs = [{self.run_of.get(k, -1) for k in axes_in(i, within_loads=False)} for i in index]
            moved = [max(found) for found in runs if found]
            if last in moved[:-1] and 0 <= moved[-1] < last:
                return moved[-1]
        return -1

    # -- positions -------------------------------------------------------------------------------------------------

    def _buffer_for(self, source: Definition | Buffer) -> Buffer:
        return source if isinstance(source, Buffer) else self.buffer_of[source]

    def _buffer(self, buffer: Buffer) -> int:
        return self.buffers.setdefault(buffer, len(self.buffers))

    def _size(self, length: Expression) -> int:
        return self.sizes.setdefault(length, len(self.sizes))

    def _span(self, run: Sequence[int]) -> Expression:
        """The length of merged axes."""
        product: Expression = UNIT
        for axis in run:
            product = product * self.domain[axis]
        return product

    def _add(self, code: str, value: object, operands: tuple[int, ...], dtype: str) -> int:
        # a literal's Python value alone would confuse 0.0 with -0.0 and with False
        instruction = Instruction(code, value, operands, dtype)
        key = instruction if code != "literal" else Instruction(code, repr(value), operands, dtype)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = len(self.instructions)
            self.instructions.append(instruction)
        return found

    def _call(self, function: object, *operands: int) -> int:
        return self._add("call", function, operands, INDEX)

    # -- instructions ----------------------------------------------------------------------------------------------

    def _emit(self, e: Expression, base: int) -> int:
        """The position of the instruction that computes ``e``.  Trees are shallow: recursion is short."""
        match e:
            case Literal(0.0 as value, "float32" | "float64" as dtype) if math.copysign(1, value) < 0:
                # the instruction would equal that of 0.0, and so would a kernel of which it is all that is different
                return self._add("call", arithmetic.neg, (self._add("literal", 0.0, (), dtype),), dtype)
            case Literal(value, dtype):
                return self._add("literal", value, (), dtype)
            case Axis(position):
                return self._add("axis", self.run_of[position], (), INDEX)
            case Carried(position, dtype):
                return self._add("carried", base + position, (), dtype)
            case Extent():
                return self._add("size", self._size(self.canonical(e)), (), INDEX)
            case Call(function, arguments, dtype):
                return self._add("call", function, tuple(self._emit(a, base) for a in _as_taken(function, arguments)), dtype)
            case Checked(index, length):
                operands = self._emit(index, base), self._length(self.canonical(length))
                return self._add("checked", None, operands, INDEX)
            case Load(source, index, dtype):
                if self._in_loop(e) and source in self.values:
                    return self.values[source]
                buffer = self._buffer_for(source)
                if not index:
                    return self._add("scalar", self.scalars.setdefault(buffer, len(self.scalars)), (), dtype)
                return self._add("load", self._buffer(buffer), (self._offset(buffer, index, base),), dtype)
        raise AssertionError(f"not an expression: {e!r}")

    def _offset(self, buffer: Buffer, index: Sequence[Expression], base: int) -> int:
        """The position in C order of an element: ((i0 * n1) + i1) * n2 + i2, merged axes counting as one."""
        offset: int | None = None
        shape = [self.canonical(n) for n in buffer.shape]
        place = 0
        while place < len(index):
            i, length = index[place], shape[place]
            place += 1
            if isinstance(i, Axis):
                run = self.run_of[i.position]
                for _ in self.runs[run][1:]:  # merged axes count as one
                    while shape[place] == UNIT:
                        place += 1
                    length = length * shape[place]
                    place += 1
                term = self._add("axis", run, (), INDEX)
            elif length == UNIT and not has_checks([i]):
                continue
            else:
                term = self._emit(i, base)
            if offset is None:
                offset = term
            else:
                offset = self._call(arithmetic.add, self._call(arithmetic.mul, offset, self._length(length)), term)
        return self._add("literal", 0, (), INDEX) if offset is None else offset

    def _length(self, length: Expression) -> int:
        match length:
            case Literal(value):
                return self._add("literal", value, (), INDEX)
        return self._add("size", self._size(length), (), INDEX)


def _as_taken(function: ScalarFunction, arguments: Sequence[Expression]) -> Sequence[Expression]:
    """The arguments of a function, known ones converted as the function says: 2 and 0.5 are of one kind then."""
    if not any(isinstance(a, Literal) for a in arguments):
        return arguments
    taken = function.operand_dtypes(*[a.dtype for a in arguments])
    return [
        Literal(float(a.value), dtype)
        if isinstance(a, Literal) and dtype in ("float32", "float64") and a.dtype in (*DISCRETE, "float32")
        else a
        for a, dtype in zip(arguments, taken, strict=True)
    ]
