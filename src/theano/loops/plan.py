"""Storage: from a schedule to a program.  Buffers, their lifetimes, and updates written into the state's own memory.

A value gets a buffer when another step reads it, or when it leaves the program.  What is scattered or accumulated into
another value takes over its buffer; so does a value that only the loop of an output reads, element by element.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from theano.loops.definitions import (
    Definition,
    Fold,
    Pointwise,
    Requirement,
    Reshaped,
    Scatter,
    Selected,
    Stored,
)
from theano.loops.expand import rebuilt
from theano.loops.expressions import Buffer, Call, Expression, Literal, Load, computed_in
from theano.loops.in_place import Row, in_order, rows_in_place
from theano.loops.kernelize import kernelize
from theano.loops.lifetimes import is_known_early
from theano.loops.overwrite import written_over
from theano.loops.program import (
    BranchCall,
    Check,
    HostCall,
    LibraryCall,
    LoopCall,
    Program,
    RoutineCall,
    Step,
)
from theano.loops.results import (
    BranchResult,
    Choice,
    HostResult,
    LibraryResult,
    Loop,
    LoopResult,
    Routine,
    RoutineResult,
    base_of,
)
from theano.loops.schedule import Group, Schedule, schedule
from theano.loops.shared_kernels import with_shared_kernels
from theano.loops.turned import turned_groups


def make_program(
    inputs: Sequence[Stored],
    states: Sequence[Stored],
    constants: Sequence[tuple[Stored, Any]],
    definitions: Sequence[Definition],
    outputs: Sequence[Definition],
    updates: Sequence[tuple[Stored, Definition]],
    fuses: bool = True,
    turns: bool = False,
) -> Program:
    """Fuse (unless told not to), order and place ``definitions``, given in topological order.

    turns  outputs may be made as transposes
    """
    wanted = [*outputs, *(new for _, new in updates)]
    plan = schedule(definitions, wanted, fuses)
    turned = turned_groups(plan, outputs, (new for _, new in updates)) if turns else set()
    return _Planner(plan, inputs, states, constants, outputs, updates, turned).run()


class _Planner:
    def __init__(
        self,
        plan: Schedule,
        inputs: Sequence[Stored],
        states: Sequence[Stored],
        constants: Sequence[tuple[Stored, Any]],
        outputs: Sequence[Definition],
        updates: Sequence[tuple[Stored, Definition]],
        turned: Collection[Group],
    ) -> None:
        self.plan, self.turned = plan, turned
        self.inputs, self.states, self.constants = inputs, states, constants
        self.outputs, self.updates = outputs, updates
        self.buffer_of: dict[Definition, Buffer] = {}
        self.host_results: dict[Any, list[HostResult]] = {}
        self.results_of: dict[Loop | Choice | Routine, list[LoopResult | BranchResult | RoutineResult]] = {}
        self.length_memo: dict[Expression, Expression] = {}

    def run(self) -> Program:
        self._make_buffers()
        units = in_order(self.plan, self._write_in_place(), self._requires_memory)
        leaving = [*self.outputs, *(new for _, new in self.updates)]
        self.buffer_of.update(written_over(self.plan, units, leaving, self.buffer_of))
        host_calls: set[Any] = set()
        checks = _Checks(self.plan.requirements)
        steps: list[Step] = [self._check(r) for r in checks.at_once]
        for unit in units:
            steps += self._steps(unit, host_calls)
            steps += [self._check(r) for r in checks.after(unit)]
        updates = tuple((state.buffer, self.buffer_of[new]) for state, new in self.updates)
        return Program(
            tuple(s.buffer for s in self.inputs),
            tuple(s.buffer for s in self.states),
            tuple((s.buffer, array) for s, array in self.constants),
            with_shared_kernels(steps),
            tuple(self.buffer_of[o] for o in self.outputs),
            updates,
            self.in_place,
        )

    def _check(self, requirement: Requirement) -> Check:
        left, right = self._raw(requirement.left), self._raw(requirement.right)
        return Check(replace(requirement, left=left, right=right))

    # -- buffers ---------------------------------------------------------------------------------------------------

    def _make_buffers(self) -> None:
        kinds: dict[Definition, str] = {}
        for _, new in self.updates:
            kinds[new] = "update"
        for output in self.outputs:
            kinds[output] = "output"
        for stored in [*self.inputs, *self.states, *(s for s, _ in self.constants)]:
            self.buffer_of[stored] = stored.buffer
        members = [d for u in self.plan.units for d in (u.members if isinstance(u, Group) else [u])]
        last = _last_of_rows(members)
        shown = self._shown_in_other_shapes(members, kinds, last)
        for number, definition in enumerate(members):
            final = last.get(definition)
            if isinstance(definition, (LoopResult, BranchResult, RoutineResult)):
                self.results_of.setdefault(definition.whole, []).append(definition)
            if definition in self.buffer_of:
                continue
            if final in self.buffer_of:
                self.buffer_of[definition] = self.buffer_of[final]
                continue
            if definition not in self.plan.stored and isinstance(definition, (Pointwise, Fold, Selected)):
                continue
            if isinstance(definition, Stored):
                continue
            if isinstance(definition, (LoopResult, BranchResult)) and definition.buffer is not None:
                self.buffer_of[definition] = definition.buffer
                continue
            if isinstance(definition, HostResult):
                self.buffer_of[definition] = definition.buffer
                self.host_results.setdefault(definition.node, []).append(definition)
                continue
            kind = kinds.get(final or definition, "temporary")
            shape = tuple(self._length(n) for n in definition.shape)
            is_turned = self.plan.group.get(definition) in self.turned
            buffer = Buffer(definition.dtype, shape[::-1] if is_turned else shape, kind, f"v{number}", turned=is_turned)
            reshaped = shown.get(final or definition)
            if reshaped is not None:
                shape = tuple(self._length(n) for n in reshaped.shape)
                buffer.alias = Buffer(definition.dtype, shape, kinds[reshaped], f"v{number}.shown")
                self.buffer_of[reshaped] = buffer.alias
            if isinstance(definition, Reshaped):
                buffer.alias, buffer.start = self.buffer_of[definition.source], self._length(definition.start)
            self.buffer_of[definition] = buffer
            if final is not None:
                self.buffer_of[final] = buffer

    def _shown_in_other_shapes(
        self, members: Sequence[Definition], kinds: Mapping[Definition, str], rows: Mapping[Definition, Definition]
    ) -> dict[Definition, Reshaped]:
        """For what leaves the program in another shape alone, that: it is made where it leaves, and no copy taken."""
        found: dict[Definition, Reshaped] = {}
        for reshaped in members:
            match reshaped:
                case Reshaped(source=LibraryResult() | Pointwise() | Fold() | Scatter() as made) if reshaped in kinds:
                    is_alone = made not in kinds and rows.get(made) in (None, made) and reshaped not in rows
                    lengths = [self.plan.sizes.canonical(n) for n in (*reshaped.shape, *made.shape)]
                    if is_alone and reshaped.start == Literal(0) and all(map(is_known_early, lengths)):
                        found.setdefault(made, reshaped)
        return found

    def _length(self, length: Expression) -> Expression:
        """A length in terms of buffers, with the one that stands for all equal ones."""
        return self._raw(self.plan.sizes.canonical(length))

    def _raw(self, length: Expression) -> Expression:
        """The same length: loads from definitions become loads from their buffers."""
        found = self.length_memo.get(length)
        if found is None:
            match length:
                case Load(source, index, dtype):
                    moved = tuple(self._raw(i) for i in index)
                    found = Load(self.buffer_of.get(source, source), moved, dtype)
                case Call(function, arguments, dtype):
                    found = rebuilt(function, tuple(self._raw(a) for a in arguments), dtype)
                case _:
                    found = length
            self.length_memo[length] = found
        return found

    def _write_in_place(self) -> list[Row]:
        """Put updates into their states' memory where that may be."""
        rows = rows_in_place(self.plan, self.outputs, self.updates)
        self.in_place = frozenset(row.state.buffer for row in rows)
        for row in rows:
            self.buffer_of.update(dict.fromkeys(row.definitions, row.state.buffer))
            if row.copy is not None:
                del self.buffer_of[row.copy]
                self.plan.group[row.copy].members.remove(row.copy)
        return rows

    def _requires_memory(self, unit: Group | Definition) -> bool:
        """Whether a unit's results are in memory that is not known to be there from the beginning."""
        written = [self.buffer_of[d] for d in (unit.members if isinstance(unit, Group) else [unit]) if d in self.buffer_of]
        return any(buffer.kind == "temporary" and not all(map(is_known_early, buffer.shape)) for buffer in written)

    # -- steps -----------------------------------------------------------------------------------------------------

    def _steps(self, unit: Group | Definition, host_calls: set[Any]) -> list[Step]:
        match unit:
            case Group():
                if not unit.members:
                    return []
                plan, is_turned = self.plan, unit in self.turned
                launch = kernelize(unit, plan.element, plan.loads, self.buffer_of, plan.sizes, is_turned)
                launch.sizes = tuple(self._length(n) for n in launch.sizes)
                return [launch] if launch.kernel.stores else []
            case LibraryResult(routine=routine, operands=operands, flags=flags, factor=factor, base=base):
                read = tuple(self.buffer_of[o] for o in operands)
                scale = factor if isinstance(factor, Literal) else self.buffer_of[factor.source]
                result = self.buffer_of[unit]
                accumulates = base is not None
                return [LibraryCall(routine, read, result, flags, scale, accumulates, unit.origin, unit.requirement)]
            case HostResult(node=node, operands=operands):
                if node in host_calls:
                    return []
                host_calls.add(node)
                results = sorted((d.position, d.buffer) for d in self.host_results[node])
                return [HostCall(node, tuple(self.buffer_of[o] for o in operands), tuple(results))]
            case LoopResult(whole=whole) | BranchResult(whole=whole) | RoutineResult(whole=whole):
                if whole in host_calls:
                    return []
                host_calls.add(whole)
                return [self._call(whole)]
        return []

    def _call(self, whole: Loop | Choice | Routine) -> Step:
        match whole:
            case Loop():
                return self._loop_call(whole)
            case Choice():
                return self._branch_call(whole)
            case Routine(lengths=lengths, operands=operands):
                shapes = [[self._length(n) for n in shape] for shape in whole.shapes]
                own = tuple(self._length(n) for n in lengths)
                return RoutineCall(whole, own, self._buffers(operands), self._result_buffers(whole, shapes))

    def _loop_call(self, loop: Loop) -> LoopCall:
        """The run of a loop; results that nobody wants get room all the same."""
        shapes = tuple(tuple(self._length(n) for n in shape) for shape in loop.shapes)
        return LoopCall(
            loop,
            self._length(loop.steps),
            tuple(self._length(walk.first) for walk in loop.walks),
            self._buffers(loop.sequences),
            self._buffers(loop.initial),
            self._buffers(loop.carried),
            self._buffers(loop.others),
            shapes,
            self._result_buffers(loop, shapes),
        )

    def _branch_call(self, choice: Choice) -> BranchCall:
        """The run of one branch; results that nobody wants get room all the same."""
        shapes = tuple(tuple(None if n is None else self._length(n) for n in shape) for shape in choice.shapes)
        (condition,) = self._buffers([choice.condition])
        return BranchCall(choice, condition, self._buffers(choice.operands), shapes, self._result_buffers(choice, shapes))

    def _buffers(self, operands: Sequence[Definition]) -> tuple[Buffer, ...]:
        return tuple(self.buffer_of[d] for d in operands)

    def _result_buffers(self, whole: Loop | Choice | Routine, shapes: Sequence[Sequence[Any]]) -> tuple[Buffer, ...]:
        wanted = {d.position: self.buffer_of[d] for d in self.results_of[whole]}
        results = []
        for position, (dtype, shape) in enumerate(zip(whole.dtypes, shapes, strict=True)):
            kind = "temporary" if None not in shape and dtype != "object" else "host"
            results.append(wanted.get(position) or Buffer(dtype, tuple(shape), kind, f"r{position}"))
        return tuple(results)


def _last_of_rows(members: Sequence[Definition]) -> dict[Definition, Definition]:
    """For what is scattered or accumulated into, and for what does it, the last of the row: all are in one buffer."""
    last: dict[Definition, Definition] = {}
    for definition in reversed(members):
        base = base_of(definition)
        if base is not None:
            last[base] = last.setdefault(definition, definition)
        elif isinstance(definition, Scatter):
            last.setdefault(definition, definition)
    return last


class _Checks:
    """Requirements, and after which units each can be checked: when all numbers that it compares are known."""

    def __init__(self, requirements: Sequence[Requirement]) -> None:
        self.at_once: list[Requirement] = []
        self._missing: list[int] = []
        self._waiting: list[Requirement] = []
        self._waits_for: dict[Definition, list[int]] = {}
        for requirement in requirements:
            sources = computed_in([requirement.left, requirement.right])
            missing = {s for s in sources if not isinstance(s, Stored)}
            if not missing:
                self.at_once.append(requirement)
                continue
            for source in missing:
                self._waits_for.setdefault(source, []).append(len(self._waiting))
            self._waiting.append(requirement)
            self._missing.append(len(missing))

    def after(self, unit: Group | Definition) -> list[Requirement]:
        """The requirements that can be checked once ``unit`` is done, and could not before."""
        ready = []
        for definition in unit.members if isinstance(unit, Group) else [unit]:
            for k in self._waits_for.pop(definition, ()):
                self._missing[k] -= 1
                if not self._missing[k]:
                    ready.append(self._waiting[k])
        return ready
