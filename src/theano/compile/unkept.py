"""Updates of loops that are not kept: a warning for who does not hand on what ``scan`` returned beside the outputs."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from theano.compile.shared import SharedVariable
from theano.graph import Apply, Variable
from theano.graph.origin import stacklevel
from theano.graph.walk import ancestors


class _Expected(threading.local):
    unkept = False


_expected = _Expected()


@contextmanager
def unkept_updates_are_expected() -> Iterator[None]:
    """No warnings inside: values are asked for, and nothing can be updated."""
    before, _expected.unkept = _expected.unkept, True
    try:
        yield
    finally:
        _expected.unkept = before


def warn_of_unkept_updates(
    whole: str,
    outputs: Iterable[Variable],
    updates: Mapping[SharedVariable, Variable],
    shared: Iterable[SharedVariable],
    left_out: bool | Collection[SharedVariable] = (),
) -> None:
    """Warn of shared variables that a loop changes in each step, where ``whole`` does not take over the last value.

    outputs   of the whole, in terms of shared variables
    updates   those of the whole, default ones included
    shared    the shared variables that occur
    left_out  those that are not to be updated, or True for all

    An update that the program wrote itself counts as meant; the default one of a random state does not, as it moves the
    state on by one draw, not by as many as there were steps.
    """
    if left_out is True or _expected.unkept:
        return
    changed = [v for v in shared if v.is_changed_by_loops and not (left_out and v in left_out)]
    missed = [v for v in changed if v not in updates or updates[v] is getattr(v, "default_update", None)]
    if not missed:
        return
    values = ancestors([*outputs, *updates.values()])
    known, found = set(values), dict[SharedVariable, tuple[Apply, Variable]]()
    for node in dict.fromkeys(v.owner for v in values if v.owner is not None and hasattr(v.owner.op, "carried_through")):
        for v, new, after in node.op.carried_through(node):  # type: ignore[attr-defined]
            if after in known:  # a gradient may make the same loop once more
                missed = [w for w in missed if w is not v]
            found.setdefault(v, (node, new))
    for v in missed:
        if v in found:
            warnings.warn(_message(whole, *found[v], v), stacklevel=stacklevel())


def _message(whole: str, node: Apply, new: Variable, target: SharedVariable) -> str:
    made = new.owner.origin if new.owner is not None else None
    there = "" if made is None else f" at {made}"
    called = f"the shared variable {target.name}" if target.name else f"a shared variable of {target.type}"
    if hasattr(target, "default_update"):
        called = f"the state of random draws, {called}"
    silenced = f"[{target.name}]" if target.name else "True"
    return (
        f"Each step of the loop {node.op}, made at {node.origin}, makes a new value{there} of {called}, but {whole} does not "
        "keep the last one: the next call begins with the old value again.\n"
        "    Hand on what scan returns beside the outputs: theano.function(..., updates=updates), or return it from the "
        f"step of a loop around.\n    If the value is to stay as it is, say so: no_default_updates={silenced}."
    )
