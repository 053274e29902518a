"""Storage: from a schedule to a program.  Buffers, their lifetimes, and updates written into the state's own memory.

A value gets a buffer when another step reads it, or when it leaves the program.  An update takes its state's own
buffer when every step that reads the old value is the one that writes the new one, element by element, or comes
before it, or when only some places of the state change; such steps run last, so that nothing can fail once a state has begun to change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from theano.loops.expand import has_checks, is_identity, rebuilt
from theano.loops.ir import (
    Buffer,
    Call,
    Check,
    Definition,
    Expression,
    Fold,
    HostCall,
    HostResult,
    LibraryCall,
    LibraryResult,
    Load,
    Pointwise,
    Program,
    Requirement,
    Reshaped,
    Scatter,
    Step,
    Stored,
    computed_in,
)
from theano.loops.kernelize import kernelize
from theano.loops.schedule import Group, Schedule, schedule


def make_program(
    inputs: Sequence[Stored],
    states: Sequence[Stored],
    constants: Sequence[tuple[Stored, Any]],
    definitions: Sequence[Definition],
    outputs: Sequence[Definition],
    updates: Sequence[tuple[Stored, Definition]],
    fuses: bool = True,
) -> Program:
    """Fuse (unless told not to), order and place ``definitions``, given in topological order."""
    wanted = [*outputs, *(new for _, new in updates)]
    return _Planner(schedule(definitions, wanted, fuses), inputs, states, constants, outputs, updates).run()


class _Planner:
    def __init__(
        self,
        plan: Schedule,
        inputs: Sequence[Stored],
        states: Sequence[Stored],
        constants: Sequence[tuple[Stored, Any]],
        outputs: Sequence[Definition],
        updates: Sequence[tuple[Stored, Definition]],
    ) -> None:
        self.plan = plan
        self.inputs, self.states, self.constants = inputs, states, constants
        self.outputs, self.updates = outputs, updates
        self.buffer_of: dict[Definition, Buffer] = {}
        self.host_results: dict[Any, list[HostResult]] = {}
        self.length_memo: dict[Expression, Expression] = {}

    def run(self) -> Program:
        self._make_buffers()
        late = self._in_place_units()
        units = [u for u in self.plan.units if u not in late] + [u for u in self.plan.units if u in late]
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
            tuple(steps),
            tuple(self.buffer_of[o] for o in self.outputs),
            updates,
            frozenset(self.in_place),
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
        last = _last_scatters(members)
        for number, definition in enumerate(members):
            final = last.get(definition)
            if final in self.buffer_of:
                self.buffer_of[definition] = self.buffer_of[final]
                continue
            if definition not in self.plan.stored and isinstance(definition, (Pointwise, Fold)):
                continue
            if isinstance(definition, Stored):
                continue
            if isinstance(definition, HostResult):
                self.buffer_of[definition] = definition.buffer
                self.host_results.setdefault(definition.node, []).append(definition)
                continue
            kind = kinds.get(final or definition, "temporary")
            source = self.buffer_of[definition.source] if isinstance(definition, Reshaped) else None
            shape = tuple(self._length(n) for n in definition.shape)
            buffer = Buffer(definition.dtype, shape, kind, f"v{number}", alias=source)
            self.buffer_of[definition] = buffer
            if final is not None:
                self.buffer_of[final] = buffer

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

    # -- updates in place ------------------------------------------------------------------------------------------

    def _in_place_units(self) -> set[Group | Definition]:
        """Choose the updates that go into their states' memory; the units that write them, which run last."""
        self.in_place: set[Buffer] = set()
        candidates: dict[Group, list[tuple[Stored, Definition]]] = {}
        returned = set(self.outputs)
        seen: set[Definition] = set()
        for state, new in self.updates:
            group = self.plan.group.get(new)
            if group is None or new in returned or new in seen or new.ndim == 0:
                continue
            if not (isinstance(new, Pointwise) or self._scatters_into(new, state)):
                continue
            seen.add(new)
            if self.plan.sizes.domain(new.shape) == self.plan.sizes.domain(state.shape):
                candidates.setdefault(group, []).append((state, new))
        if not candidates:
            return set()
        late = self._leaves(set(candidates))
        kept, updaters = self._kept_values(), self._updaters()
        for group in list(candidates):
            if group not in late:
                continue
            for state, new in candidates[group]:
                alone = state not in kept and updaters.get(state, {group}) == {group}
                if alone and self._is_read_in_place(state, group):
                    self.in_place.add(state.buffer)
                    self.buffer_of[new] = state.buffer
                    if isinstance(new, Scatter) and new.base is not None:
                        self.buffer_of[new.base] = state.buffer
                        self.plan.group[new.base].members.remove(new.base)
        return {g for g in late if any(self.buffer_of[new] in self.in_place for _, new in candidates[g])}

    def _scatters_into(self, new: Definition, state: Stored) -> bool:
        """Whether a value is a copy of a state in which some places are changed."""
        if not isinstance(new, Scatter) or not isinstance(new.base, Pointwise):
            return False
        match self.plan.element[new.base]:
            case (Load(source, index),):
                return source is state and is_identity(index, state.ndim)
        return False

    def _leaves(self, groups: set[Group]) -> set[Group]:
        """Groups that no other unit reads from."""
        read: set[Group] = set()
        for unit in self.plan.units:
            for source in self._sources(unit):
                group = self.plan.group.get(source)
                if group is not None and group is not unit:
                    read.add(group)
        return {g for g in groups if g not in read and not self._has_checks(g)}

    def _has_checks(self, group: Group) -> bool:
        return any(has_checks(self.plan.element[d]) for d in group.members)

    def _sources(self, unit: Group | Definition) -> list[Definition]:
        if isinstance(unit, Group):
            loaded = [read.source for d in unit.members for read in self.plan.loads[d]]
            return loaded + [source for d in unit.members for source in d.operands_read]
        return list(unit.operands_read)

    def _is_read_in_place(self, state: Stored, writer: Group) -> bool:
        """Whether the loop that writes a state's new value reads the old one element by element, or not at all."""
        if any(isinstance(d, Scatter) for d in writer.members):
            return not any(read.source is state for d in writer.members for read in self.plan.loads[d])
        ndim = len(writer.domain)
        reads = (read for d in writer.members for read in self.plan.loads[d])
        return all(is_identity(read.index, ndim) for read in reads if read.source is state)

    def _kept_values(self) -> set[Definition]:
        """What must stay as it is to the end: it leaves the program, or another shape of it may be read."""
        kept: set[Definition] = {o for o in self.outputs if isinstance(o, Stored)} | {n for _, n in self.updates}
        return kept | {self._root(u) for u in self.plan.units if isinstance(u, Reshaped)}

    def _updaters(self) -> dict[Definition, set[Group]]:
        """For what is read by loops that compute new values of states: these loops."""
        new_values = {new for _, new in self.updates}
        found: dict[Definition, set[Group]] = {}
        for unit in self.plan.units:
            if isinstance(unit, Group) and any(isinstance(d, (Pointwise, Scatter)) and d in new_values for d in unit.members):
                for source in self._sources(unit):
                    found.setdefault(source, set()).add(unit)
        return found

    def _root(self, definition: Definition) -> Definition:
        while isinstance(definition, Reshaped):
            definition = definition.source
        return definition

    # -- steps -----------------------------------------------------------------------------------------------------

    def _steps(self, unit: Group | Definition, host_calls: set[Any]) -> list[Step]:
        match unit:
            case Group():
                if not unit.members:
                    return []
                launch = kernelize(unit, self.plan.element, self.plan.loads, self.buffer_of, self.plan.sizes)
                launch.sizes = tuple(self._length(n) for n in launch.sizes)
                return [launch] if launch.kernel.stores else []
            case LibraryResult(routine=routine, operands=operands, flags=flags):
                read = tuple(self.buffer_of[o] for o in operands)
                return [LibraryCall(routine, read, self.buffer_of[unit], flags, unit.origin)]
            case HostResult(node=node, operands=operands):
                if node in host_calls:
                    return []
                host_calls.add(node)
                results = sorted((d.position, d.buffer) for d in self.host_results[node])
                return [HostCall(node, tuple(self.buffer_of[o] for o in operands), tuple(results))]
        return []


def _last_scatters(members: Sequence[Definition]) -> dict[Definition, Definition]:
    """For what is scattered into, and for what does it, the last of the row: all of them are in one buffer."""
    last: dict[Definition, Definition] = {}
    for definition in reversed(members):
        if isinstance(definition, Scatter):
            final = last.setdefault(definition, definition)
            if definition.base is not None:
                last[definition.base] = final
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
