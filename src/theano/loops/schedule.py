"""Fusion: which definitions share a loop, and in what order the loops run.

Every definition that is not written out in its consumers gets a *stage*.  A definition may run in the loop of a
producer of the same domain that it reads at the same index (stage of the producer); what it reads in any other way
must be finished (stage of the producer + 1).  All definitions of one stage and one domain then form one loop: their
dependencies lead from lower stages to higher ones, so no cycle can arise, and the whole takes linear time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from theano.data_classes import dataclass
from theano.loops.blocks import share_blocks
from theano.loops.definitions import (
    Definition,
    Fold,
    Interleaved,
    Pointwise,
    Requirement,
    Scatter,
    Selected,
    Stored,
)
from theano.loops.expand import (
    ABSORBED_COST,
    cost_of,
    has_checks,
    is_cheap,
    is_identity,
    is_trivial,
    repeats_no_element,
    substitute,
    unstretched,
)
from theano.loops.expressions import Expression, Literal, Load, axes_of, computed_in, reads_of
from theano.loops.results import LibraryResult, base_of
from theano.loops.sizes import Sizes

LOOP_CAPACITY = 192  # additions of one loop body; a longer chain is cut, so that compile time stays linear, and goes through memory there
SCATTERED_CAPACITY = 288  # of a loop and the scatters of what it makes

_Readers = Mapping[Definition, Sequence[tuple[bool, Definition]]]  # whether in the same loop, and what reads it


@dataclass(eq=False)
class Group:
    """Definitions computed in one loop."""

    stage: int
    domain: tuple[Expression, ...]
    folded: int
    members: list[Definition] = field(default_factory=list)
    cost: int = 0


@dataclass(eq=False)
class Schedule:
    """The loops and other steps, in order, and what each definition was found to be.

    units         groups, library results, host results and reshapes, in order of execution
    element       the expanded expressions of each definition
    loads         what these read
    group         the loop that computes a definition
    stored        definitions whose values must be in memory, because another step reads them
    requirements  what is checked first
    sizes         lengths known to agree
    """

    units: list[Group | Definition]
    element: dict[Definition, tuple[Expression, ...]]
    loads: dict[Definition, list[Load]]
    group: dict[Definition, Group]
    stored: set[Definition]
    requirements: list[Requirement]
    sizes: Sizes


def schedule(definitions: Sequence[Definition], wanted: Iterable[Definition], fuses: bool = True) -> Schedule:
    """Fuse ``definitions``, given in topological order, into loops; ``wanted`` must end in memory.

    Unless ``fuses``, no loop reads what it computes itself.
    """
    return _Scheduler(definitions, wanted, fuses).run()


class _Scheduler:
    def __init__(self, definitions: Sequence[Definition], wanted: Iterable[Definition], fuses: bool) -> None:
        self.definitions = definitions
        self.fuses = fuses
        self.wanted = set(wanted)
        self.sizes = Sizes()
        self.element: dict[Definition, tuple[Expression, ...]] = {}
        self.loads: dict[Definition, list[Load]] = {}
        self.measured: dict[Definition, list[Definition]] = {}
        self.cost: dict[Definition, int] = {}
        self.domain: dict[Definition, tuple[Expression, ...]] = {}
        self.stage: dict[Definition, int] = {}
        self.group: dict[Definition, Group] = {}
        self.row: dict[Group, list[Scatter]] = {}  # the scatters of a loop, each into the result of the one before
        self.requirements: list[Requirement] = []
        self.reads: dict[Definition, list[tuple[bool, Definition]]] = {}

    def run(self) -> Schedule:
        for definition in self.definitions:
            for requirement in definition.requirements:
                if requirement.relation != "==" or self.sizes.equate(requirement.left, requirement.right):
                    self.requirements.append(requirement)
                    self.wanted.update(computed_in([requirement.left, requirement.right]))
        self.definitions = share_blocks(self.definitions, self.wanted, self.sizes)
        self._expand()
        needed = self._needed()
        kept = [d for d in self.definitions if d in needed]
        self.reads = {d: self._reads(d) for d in kept}
        self._assign_stages(kept)
        self._sink(kept)
        stored = self._stored(kept)
        units = self._ordered(kept)
        return Schedule(units, self.element, self.loads, self.group, stored, self.requirements, self.sizes)

    # -- writing out -----------------------------------------------------------------------------------------------

    def _expand(self) -> None:
        """Write trivial and once-used producers out in their consumers."""
        uses: dict[Definition, int] = dict.fromkeys(self.wanted, 2)
        for definition in self.definitions:
            for producer in definition.sources:
                uses[producer] = uses.get(producer, 0) + 1
        known: set[object] = set()  # loops of several results, whose work is done once
        for definition in self.definitions:
            self.domain[definition] = self.sizes.domain(definition.domain)
            elements, (loads, measured) = definition.elements, definition.reads
            if isinstance(definition, Scatter):
                elements = self._unstretched(definition)
                loads, measured = reads_of(elements)
            if any(self._is_written_out(read, definition, uses, 0) for read in loads):
                elements = self._written_out(definition, elements, uses)
                loads, measured = reads_of(elements)
            self.element[definition], self.loads[definition] = elements, loads
            if measured:
                self.measured[definition] = measured
            loop = definition.loop if isinstance(definition, Fold) else None
            self.cost[definition] = 0 if loop in known else sum(map(cost_of, elements))
            known.update([] if loop is None else [loop])
        for definition in self.definitions:
            self._spare_copy(definition, uses)

    def _spare_copy(self, definition: Definition, uses: dict[Definition, int]) -> None:
        """Where the copy that a definition changes is all that reads a value, change that value itself."""
        base = base_of(definition)
        if base is None or uses[base] != 1 or not isinstance(base, Pointwise):
            return
        match self.element[base]:
            case (Load(source, index),) if isinstance(source, (LibraryResult, Scatter)) and uses[source] == 1:
                is_whole = self.sizes.domain(base.shape) == self.sizes.domain(source.shape)
                if is_whole and is_identity(index, base.ndim):
                    definition.base = source  # type: ignore[attr-defined]

    def _is_written_out(self, read: Load, consumer: Definition, uses: dict[Definition, int], cost: int) -> bool:
        """Whether the producer that is read becomes a part of the consumer, which has taken up ``cost`` before."""
        producer = read.source
        if not isinstance(producer, Pointwise):
            return False
        (element,) = self.element[producer]
        if isinstance(element, Literal) or (is_trivial(element) and producer not in self.wanted):
            return True
        ndim = len(self.domain[consumer])
        in_loop = is_identity(read.index, ndim) and self._same_domain(producer, consumer)
        if in_loop and self.fuses and is_cheap(element) and producer not in self.wanted:
            return self._may_join(producer, consumer)
        return (
            self.fuses
            and uses[producer] == 1
            and self._may_join(producer, consumer)
            and producer.ndim > 0
            and not in_loop
            and cost + self.cost[producer] <= ABSORBED_COST
            and repeats_no_element(read.index, ndim)
        )

    def _may_join(self, producer: Definition, target: Definition) -> bool:
        """Whether a producer may be computed in the loop of a target: what can fail, or reads a state, is finished before
        a scatter begins, which may then be written into the state's own memory."""
        if not isinstance(target, Scatter):
            return True
        sources = [read.source for read in self.loads[producer]]
        from_state = any(isinstance(s, Stored) and s.buffer.kind == "state" for s in sources)
        return not from_state and not has_checks(self.element[producer])

    def _unstretched(self, scatter: Scatter) -> tuple[Expression, ...]:
        """The elements of a scatter, whose value may stretch, as far as it is not known to be as long as the loop."""
        domain = self.domain[scatter]

        def is_whole(length: Expression, axis: int) -> bool:
            return self.sizes.canonical(length) == domain[axis]

        return tuple(unstretched(e, is_whole) for e in scatter.elements)

    def _written_out(
        self, consumer: Definition, elements: Sequence[Expression], uses: dict[Definition, int]
    ) -> tuple[Expression, ...]:
        cost = 0

        def load(read: Load) -> Expression:
            nonlocal cost
            if not self._is_written_out(read, consumer, uses, cost):
                return read
            (element,) = self.element[read.source]
            if not is_trivial(element):
                cost += self.cost[read.source]
            return substitute(element, read.index, load)  # what it reads in the order of its own domain, too

        axes = axes_of(len(self.domain[consumer]))
        return tuple(substitute(e, axes, load) for e in elements)

    def _same_domain(self, producer: Definition, consumer: Definition) -> bool:
        return self.sizes.domain(producer.shape) == self.domain[consumer]

    def _needed(self) -> set[Definition]:
        """What is still read by something, once producers have been written out."""
        needed: set[Definition] = set()
        stack = list(self.wanted)
        while stack:
            definition = stack.pop()
            if definition in needed:
                continue
            needed.add(definition)
            stack.extend(read.source for read in self.loads[definition])
            stack.extend(self.measured.get(definition, ()))
            stack.extend(definition.counts)
            stack.extend(definition.operands_read)
            stack.extend(computed_in(self._lengths(definition)))
        return needed

    def _lengths(self, definition: Definition) -> tuple[Expression, ...]:
        """What must be known before a definition is computed: the lengths of its loop, and of the array it goes to."""
        if isinstance(definition, (Scatter, Selected, Interleaved)):
            return self.sizes.domain(definition.lengths)
        return self.domain[definition]

    # -- stages ----------------------------------------------------------------------------------------------------

    def _assign_stages(self, kept: Sequence[Definition]) -> None:
        groups: dict[tuple[int, tuple[Expression, ...], Any], Group] = {}
        after: dict[Group, int] = {}  # for a group that is as good as full: the stage where there may be room
        for definition in kept:
            beside = self._group_beside(definition)
            stage = 0
            for read_in_loop, producer in self.reads[definition]:
                if beside is not None and producer is base_of(definition):
                    continue
                # a scatter has a loop of its own: what it reads may join that later, and what this reads comes before
                joins = isinstance(producer, Stored) if isinstance(definition, Scatter) else read_in_loop
                stage = max(stage, self.stage[producer] + (0 if joins else 1))
            if beside is not None:
                self._move(beside, max(stage, beside.stage))
                beside.cost += self.cost[definition]
                stage = beside.stage
                self.group[definition] = beside
                self.row[beside].append(definition)  # type: ignore[arg-type]
            elif isinstance(definition, Scatter):
                own = Group(stage, self.domain[definition], 0, cost=self.cost[definition])
                self.group[definition], self.row[own] = own, [definition]
            elif isinstance(definition, (Pointwise, Fold, Selected)):
                domain, cost, company = self.domain[definition], self.cost[definition], definition.company
                folded = len(definition.extents) if isinstance(definition, (Fold, Selected)) else 0
                passed: list[Group] = []
                while True:
                    group = groups.get((stage, domain, company))
                    if group is None:
                        group = groups[stage, domain, company] = Group(stage, domain, folded)
                    clash = folded and group.folded and folded != group.folded
                    has_room = group not in after and group.cost + cost <= max(LOOP_CAPACITY, cost)
                    if not clash and has_room:
                        break
                    if not has_room and max(group.cost, LOOP_CAPACITY - cost) > LOOP_CAPACITY // 2:
                        passed.append(group)
                    stage = after.get(group, stage + 1)
                after.update(dict.fromkeys(passed, stage))
                group.cost += cost
                group.folded = group.folded or folded
                self.group[definition] = group
            self.stage[definition] = stage

    def _group_beside(self, definition: Definition) -> Group | None:
        """The loop of the scatter that this one goes on with, where both may share it."""
        base = base_of(definition)
        if not isinstance(definition, Scatter) or not isinstance(base, Scatter):
            return None
        group = self.group[base]
        is_alike = definition.apart and definition.distinct and base.distinct and definition.combine is base.combine is None
        fits = self.domain[definition] == group.domain and group.cost + self.cost[definition] <= LOOP_CAPACITY
        return group if self.fuses and is_alike and fits else None

    def _move(self, group: Group, stage: int) -> None:
        """Run the loop of scatters later: nothing but the next scatter has read what it makes."""
        group.stage = stage
        self.stage.update(dict.fromkeys(self.row[group], stage))

    def _reads(self, definition: Definition) -> list[tuple[bool, Definition]]:
        """(whether it can be read in the same loop, producer) for everything that a definition reads."""
        if not isinstance(definition, (Pointwise, Fold, Scatter, Selected)):
            return [(isinstance(p, Stored), p) for p in (*definition.counts, *definition.operands_read)]
        domain = self.domain[definition]
        found = [(isinstance(p, Stored), p) for p in computed_in(self._lengths(definition))]
        for read in self.loads[definition]:
            producer = read.source
            in_loop = isinstance(producer, Stored) or (
                self.fuses
                and isinstance(producer, Pointwise)
                and definition.company is None
                and is_identity(read.index, len(domain))
                and self._same_domain(producer, definition)
            )
            found.append((in_loop, producer))
        found += [(False, producer) for producer in self.measured.get(definition, ())]
        found += [(False, producer) for producer in definition.operands_read]
        return found

    def _sink(self, kept: Sequence[Definition]) -> None:
        """Move a pointwise definition into the later loop that alone reads it: no memory between the two."""
        readers: dict[Definition, list[tuple[bool, Definition]]] = {d: [] for d in kept}
        for definition in kept:
            for in_loop, producer in self.reads[definition]:
                readers[producer].append((in_loop, definition))
        for definition in reversed(kept):
            if not isinstance(definition, Pointwise) or not readers[definition]:
                continue
            if not all(in_loop for in_loop, _ in readers[definition]):
                continue
            groups = {self.group[reader] for _, reader in readers[definition]}
            if len(groups) != 1:
                continue
            (target,) = groups
            group = self.group[definition]
            if target is group:
                continue
            if target in self.row and not self._may_join(definition, self.row[target][0]):
                continue
            cost = self.cost[definition]
            if target.cost + cost <= LOOP_CAPACITY:
                group.cost -= cost
                target.cost += cost
                self.group[definition] = target
                self.stage[definition] = target.stage
        self._join_scatters(kept, readers)

    def _join_scatters(self, kept: Sequence[Definition], readers: _Readers) -> None:
        """Run a loop together with that of the scatters that read what it makes: parts of a join, or of a gradient.  Loops
        that read it too come along, if nothing reads what they make."""
        members: dict[Group, list[Definition]] = {}
        for definition in kept:
            if definition in self.group:
                members.setdefault(self.group[definition], []).append(definition)
        for group in reversed(members):
            reading = self._groups_reading(group, members[group], readers)
            targets = [g for g in reading if g in self.row]
            if group.folded or group in self.row or len(targets) != 1:
                continue
            (target,) = targets
            others = [g for g in reading if g is not None and g is not target]
            if None in reading or not all(self._may_come_along(g, target, members[g], readers) for g in others):
                continue
            together = [group, *others]
            moved = [d for g in together for d in members[g]]
            scatters = self.row[target]
            cost = target.cost + sum(g.cost for g in together)
            may_join = all(isinstance(d, Pointwise) and self._may_join(d, scatters[0]) for d in moved)
            if cost <= SCATTERED_CAPACITY and may_join and all(s.distinct for s in scatters):
                target.cost = cost
                self.group.update(dict.fromkeys(moved, target))
                self.stage.update(dict.fromkeys(moved, target.stage))

    def _may_come_along(
        self, group: Group, target: Group, members: Sequence[Definition], readers: _Readers
    ) -> bool:
        """Whether nothing reads what a loop makes, and what it reads is there when the target runs."""
        is_ready = group.stage <= target.stage and not group.folded
        return is_ready and not self._groups_reading(group, members, readers)

    def _groups_reading(self, group: Group, members: Sequence[Definition], readers: _Readers) -> list[Group | None]:
        """The other loops that read what a loop makes; None for what reads it in another way."""
        found = [(in_loop, self.group.get(r)) for d in members for in_loop, r in readers[d]]
        return list(dict.fromkeys(g if in_loop else None for in_loop, g in found if g is not group))

    def _stored(self, kept: Sequence[Definition]) -> set[Definition]:
        stored = set(self.wanted)
        for definition in kept:
            own = self.group.get(definition)
            for in_loop, producer in self.reads[definition]:
                if not in_loop or own is None or self.group.get(producer) is not own:
                    stored.add(producer)
        return stored

    def _ordered(self, kept: Sequence[Definition]) -> list[Group | Definition]:
        """Groups and other steps by stage; within a stage in order of definition."""
        units: dict[Group | Definition, int] = {}
        for definition in kept:
            if isinstance(definition, Stored):
                continue
            group = self.group.get(definition)
            if group is None:
                units[definition] = self.stage[definition]
            else:
                group.members.append(definition)
                units[group] = group.stage
        return sorted(units, key=units.__getitem__)
