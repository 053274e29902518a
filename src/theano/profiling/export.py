"""A profile as lists, dicts, strings and numbers: what JSON and the page with the flame chart are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from theano.backends.timing import TimedStep, Total
from theano.graph import Apply
from theano.graph.origin import Origin, RecordedOrigin, recorded
from theano.graph.phases import Phase
from theano.profiling.summary import rates, tips_for

if TYPE_CHECKING:
    from theano.profiling.stats import ProfileStats


def as_dict(profile: ProfileStats) -> dict[str, Any]:
    """All of it.

    calls, seconds, output_bytes, temporary_bytes   of whole calls
    functions  the name, calls, seconds and bytes of each
    steps      each with its kind, the positions of its function and of the loop around ("within", -1 outside), times,
               bytes, rates, nodes
    compile    phases within phases
    """
    total = profile.total()
    return {
        "message": profile.message or "",
        **total_as_dict(total),
        "compile_seconds": profile.compile_time,
        "functions": [{"name": name, **total_as_dict(times.total())} for name, times in profile.sources],
        "steps": steps_as_dicts(profile) if profile.times_steps else [],
        "compile": phase_as_dict(profile.making_phases.whole),
        "tips": tips_for(profile),
    }


def total_as_dict(total: Total) -> dict[str, Any]:
    return {
        "calls": total.calls,
        "seconds": total.seconds,
        "output_bytes": total.output_bytes,
        "temporary_bytes": total.room,
    }


def steps_as_dicts(profile: ProfileStats) -> list[dict[str, Any]]:
    """Steps of all functions one after the other, each with the position of its function."""
    functions = [k for k, (_, times) in enumerate(profile.sources) for _ in times.steps()]
    return [{"function": k, **step_as_dict(step)} for k, step in zip(functions, profile.steps(), strict=True)]


def step_as_dict(step: TimedStep) -> dict[str, Any]:
    from theano.profiling.stats import shares_of

    moved, computed = rates(step)
    return {
        "kind": step.kind,
        "within": step.within,
        "calls": step.calls,
        "seconds": step.seconds,
        "bytes_read": step.read,
        "bytes_written": step.written,
        "operations": step.operations,
        "gigabytes_per_second": moved,
        "gigaflops": computed,
        "temporary_bytes": step.room,
        "note": step.note,
        "nodes": [{**node_as_dict(node), "share": share} for node, share in shares_of(step)],
    }


def node_as_dict(node: Apply) -> dict[str, Any]:
    """An application: its op, its text, and the user's line."""
    return {"op": str(node.op), "text": str(node)[:400], **place_of(node.origin)}


def place_of(origin: Origin | RecordedOrigin | None) -> dict[str, Any]:
    """File, line, function and text of a line of the user's; nothing where it is not known."""
    place = recorded(origin)  # which keeps what it has looked up
    if place is None:
        return {}
    return {"file": place.file, "line": place.line, "function": place.function, "source": place.source}


def phase_as_dict(phase: Phase) -> dict[str, Any]:
    found: dict[str, Any] = {"name": phase.name, "calls": phase.calls, "seconds": phase.seconds}
    if phase.changes >= 0:
        found["changes"] = phase.changes
    if phase.parts:
        found["parts"] = [phase_as_dict(part) for part in _longest_first(list(phase.parts.values()))]
    return found


def _longest_first(parts: Sequence[Phase]) -> list[Phase]:
    return sorted(parts, key=lambda part: -part.seconds)
