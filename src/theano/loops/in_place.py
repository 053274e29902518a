"""Updates in place: which states get their new values written into their own memory, and when.

A new value is made by a *row* of definitions, each in the memory of the one before it: a loop over all elements, then
what is scattered or accumulated into these.  Where the loop only copies the state, there is nothing to copy.  A row
may be written into the state's memory when

* it cannot fail, since nothing can be taken back once a state has begun to change;
* what it computes is read by steps that run last too, and by nothing else;
* every step that reads the old value comes before, or is the one that first writes, element by element.

These steps run last: once a state has begun to change nothing may fail any more, and Python's lock is held, so that no
other thread sees a state half changed.  Where the program computes things a second time to save memory, they run as
soon as may be instead, since what they read has to be kept until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Pointwise, Reshaped, Scatter, Stored
from theano.loops.expand import has_checks, is_identity
from theano.loops.expressions import Load, computed_in
from theano.loops.results import BranchResult, HostResult, LoopResult, RoutineResult, base_of
from theano.loops.schedule import Group, Schedule

Unit = Group | Definition


@dataclass(frozen=True)
class Row:
    """A new value of a state.

    definitions  those whose memory is the state's
    units        what computes them, in order
    copy         the definition that copies the state for them, and is not needed in place
    """

    state: Stored
    definitions: tuple[Definition, ...]
    units: tuple[Unit, ...]
    copy: Definition | None


def rows_in_place(
    plan: Schedule, outputs: Sequence[Definition], updates: Sequence[tuple[Stored, Definition]]
) -> list[Row]:
    """The rows to be written into their states' memory, by units that run when ``in_order`` says."""
    rows = _rows(plan, outputs, updates)
    return _Choice(plan, outputs, updates).of(rows) if rows else []


def in_order(plan: Schedule, rows: Sequence[Row], requires_memory: Callable[[Unit], bool]) -> list[Unit]:
    """All units of the plan in the order in which they run.

    requires_memory  whether a unit may fail because there is no memory for its result
    """
    late = {unit for row in rows for unit in row.units}
    others = [unit for unit in plan.units if unit not in late]
    if not any(isinstance(unit, Reshaped) and unit.after for unit in others):
        return others + [unit for unit in plan.units if unit in late]
    choice = _Choice(plan, (), ())
    place = choice.place
    free = max((place[u] for u in others if choice.may_fail(u) or requires_memory(u)), default=0)
    for row in rows:
        free_of_row = max((place[u] for u in choice.readers.get(row.state, ()) if u not in late), default=0)
        for unit in row.units:
            place[unit] = max(place[unit], free, free_of_row)
    for unit in (u for u in plan.units if u in late):  # they keep their order among themselves
        place[unit] = free = max(place[unit], free)
    return sorted(plan.units, key=lambda unit: (place[unit], unit in late))


def _rows(
    plan: Schedule, outputs: Sequence[Definition], updates: Sequence[tuple[Stored, Definition]]
) -> list[Row]:
    """New values that have the form and the shape for it."""
    taken: set[Definition] = set(outputs)
    rows = []
    for state, new in updates:
        first, *rest = row = _row_of(new)
        fits = isinstance(first, Pointwise) and first in plan.group and new.ndim > 0
        if new in taken or not fits or plan.sizes.domain(new.shape) != plan.sizes.domain(state.shape):
            continue
        taken.add(new)
        copy = first if rest and _copies(plan.element[first], state) else None
        written = rest if copy is not None else row
        units = tuple(dict.fromkeys(plan.group.get(d, d) for d in written))
        rows.append(Row(state, tuple(written), units, copy))
    return rows


def _row_of(new: Definition) -> list[Definition]:
    row = [new]
    while (base := base_of(row[-1])) is not None:
        row.append(base)
    return row[::-1]


def _copies(elements: Sequence[object], state: Stored) -> bool:
    match elements:
        case (Load(source, index),):
            return source is state and is_identity(index, state.ndim)
    return False


class _Choice:
    def __init__(
        self, plan: Schedule, outputs: Sequence[Definition], updates: Sequence[tuple[Stored, Definition]]
    ) -> None:
        self.plan = plan
        self.place = {unit: k for k, unit in enumerate(plan.units)}
        self.readers: dict[Definition | Unit, set[Unit]] = {}
        self.states_read: dict[Unit, set[Definition]] = {}
        for unit in plan.units:
            for source in self._sources(unit):
                if isinstance(source, Stored):
                    self.states_read.setdefault(unit, set()).add(source)
                key = plan.group.get(source, source)
                if key is not unit:
                    self.readers.setdefault(key, set()).add(unit)
        self.demanded = {
            plan.group.get(d, d) for r in plan.requirements for d in computed_in([r.left, r.right])
        }
        # what must stay as it is to the end: it leaves the program, perhaps in another shape
        self.kept = {root for leaving in (*outputs, *(new for _, new in updates)) for root in _lying_in(leaving)}
        self.late: set[Unit] = set()
        self.writer: dict[Stored, Unit] = {}

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that fit, decided from the last to the first, so that what reads a row has been decided before it."""
        chosen = []
        for row in sorted(rows, key=lambda row: self.place[row.units[-1]], reverse=True):
            if self._fits(row):
                self.late.update(row.units)
                self.writer[row.state] = row.units[0]
                chosen.append(row)
        return chosen

    def _fits(self, row: Row) -> bool:
        late = self.late.union(row.units)
        if row.state in self.kept or any(self.may_fail(unit) for unit in row.units):
            return False
        if not all(self.readers.get(unit, set()) <= late for unit in row.units):
            return False
        writer = row.units[0]
        for unit in self.readers.get(row.state, set()) & late:
            if unit is writer:
                if not self._is_read_in_place(row, writer):
                    return False
            elif self.place[unit] > self.place[writer]:
                return False
        for unit in row.units:
            for state in self.states_read.get(unit, ()):
                other = self.writer.get(state)  # type: ignore[call-overload]
                if other is not None and self.place[unit] > self.place[other]:
                    return False
        return True

    def may_fail(self, unit: Unit) -> bool:
        if isinstance(unit, (HostResult, LoopResult, BranchResult, RoutineResult)):
            return True
        members = unit.members if isinstance(unit, Group) else []
        return unit in self.demanded or any(has_checks(self.plan.element[d]) for d in members)

    def _is_read_in_place(self, row: Row, writer: Unit) -> bool:
        """Whether the unit that writes a state reads the old value element by element, or only to copy it."""
        if not isinstance(writer, Group):
            return False
        reads = [read for d in writer.members for read in self.plan.loads[d] if row.state in _lying_in(read.source)]
        if any(isinstance(d, Scatter) for d in writer.members):
            return not reads
        return all(read.source is row.state and is_identity(read.index, len(writer.domain)) for read in reads)

    def _sources(self, unit: Unit) -> list[Definition]:
        """What a unit reads, and what the memory of this and its place in that are found from."""
        members = unit.members if isinstance(unit, Group) else [unit]
        found = [read.source for d in members for read in self.plan.loads.get(d, ())]
        found += [source for d in members for source in (*d.operands_read, *d.counts)]
        lying_in = [whole for source in found if isinstance(source, Reshaped) for whole in _lying_in(source)]
        return found + lying_in + [source for whole in lying_in for source in whole.counts]


def _lying_in(definition: Definition) -> list[Definition]:
    """A definition, and those in whose memory it is."""
    found = [definition]
    while isinstance(definition, Reshaped):
        definition = definition.source
        found.append(definition)
    return found
