"""Outputs of which everything is read the other way round: they are made that way, and leave as transposes.

    for i in range(m):                          for j in range(n):
        for j in range(n):              ->          for i in range(m):
            z[i, j] = x[j, i] + y[j, i]                 w[j, i] = x[j, i] + y[j, i]         z = w.T

The array z is dense in Fortran's order then, as NumPy makes it of x.T + y.T.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from theano.loops.definitions import Definition, Pointwise
from theano.loops.expressions import Axis, Expression, Literal, computed_in
from theano.loops.merge_axes import axes_in
from theano.loops.schedule import Group, Schedule

TURNED = 1, 0


def turned_groups(plan: Schedule, outputs: Iterable[Definition], updates: Iterable[Definition]) -> set[Group]:
    """The loops over matrices that make nothing but outputs, which nothing else reads, from transposes alone."""
    leaving = set(outputs).difference(updates)
    groups = {plan.group[d] for d in leaving if isinstance(d, Pointwise) and d.ndim == 2 and d in plan.group}
    groups = {group for group in groups if _reads_transposes(plan, group)}
    if not groups:
        return groups
    read = _read_elsewhere(plan, groups)
    return {g for g in groups if all(d in leaving and d not in read for d in g.members if d in plan.stored)}


def _reads_transposes(plan: Schedule, group: Group) -> bool:
    """Whether a loop is over matrices, and every load that moves along both axes is of a transpose."""
    if group.folded or len(group.domain) != 2 or Literal(1) in group.domain:
        return False
    loads = [read for d in group.members for read in plan.loads[d] if read.source not in group.members]
    both = [read.index for read in loads if len(set().union(*map(axes_in, read.index))) > 1]
    return all(isinstance(d, Pointwise) for d in group.members) and bool(both) and all(map(_is_turned, both))


def _is_turned(index: tuple[Expression, ...]) -> bool:
    return tuple(i.position if isinstance(i, Axis) else None for i in index) == TURNED


def _read_elsewhere(plan: Schedule, groups: Collection[Group]) -> set[Definition]:
    """What is read by anything but these loops themselves."""
    found: set[Definition] = set()
    for unit in plan.units:
        for definition in unit.members if isinstance(unit, Group) else [unit]:
            found.update(definition.operands_read, definition.counts)
            if isinstance(unit, Group):
                loads = plan.loads[definition]
                found.update(
                    read.source for read in loads if unit not in groups or read.source not in unit.members
                )
    lengths = [n for unit in plan.units if isinstance(unit, Group) for n in unit.domain]
    for requirement in plan.requirements:
        lengths += [requirement.left, requirement.right]
    return found.union(computed_in(lengths))
