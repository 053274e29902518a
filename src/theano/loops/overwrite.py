"""Values written over: what only the loop of an output reads, element by element, is made in the output's own memory.

    e = exp(x)                  out = exp(x)
    out = e / s          ->     out = out / s
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from theano.loops.definitions import Definition, Pointwise
from theano.loops.expand import is_identity
from theano.loops.expressions import Buffer, Load
from theano.loops.schedule import Group, Schedule

Unit = Group | Definition


def written_over(
    plan: Schedule,
    units: Sequence[Unit],
    leaving: Iterable[Definition],
    buffer_of: Mapping[Definition, Buffer],
) -> dict[Definition, Buffer]:
    """For temporaries that are written over, the buffers of the outputs and new values of states that do so.

    units      in the order in which they run
    leaving    the outputs and the new values
    buffer_of  where everything was to be
    """
    last_reader = {source: unit for unit in units for source in _sources(plan, unit)}
    times = Counter(buffer_of.values())
    single = {buffer for buffer, n in times.items() if n == 1} - {buffer.alias for buffer in times}
    measured = {source for definition in buffer_of for source in definition.counts}
    found: dict[Definition, Buffer] = {}

    def is_free(source: Definition, group: Group, reads: Sequence[Load], dtype: str) -> bool:
        own = buffer_of.get(source)
        return (
            own in single
            and (own.kind, own.alias, own.dtype) == ("temporary", None, dtype)
            and source not in found
            and source not in measured
            and source not in group.members
            and last_reader[source] is group
            and plan.sizes.domain(source.shape) == group.domain
            and all(is_identity(read.index, len(group.domain)) for read in reads if read.source is source)
        )

    for output in dict.fromkeys(leaving):
        group, buffer = plan.group.get(output), buffer_of[output]
        if group is None or not isinstance(output, Pointwise) or buffer not in single:
            continue
        if buffer.kind not in ("output", "update") or plan.sizes.domain(output.shape) != group.domain:
            continue
        reads = [read for member in group.members for read in plan.loads[member]]
        sources = dict.fromkeys(read.source for read in reads)
        free = next((source for source in sources if is_free(source, group, reads, buffer.dtype)), None)
        if free is not None:
            found[free] = buffer
    return found


def _sources(plan: Schedule, unit: Unit) -> list[Definition]:
    if not isinstance(unit, Group):
        return list(unit.operands_read)
    loaded = [read.source for member in unit.members for read in plan.loads[member]]
    return loaded + [source for member in unit.members for source in member.operands_read]
