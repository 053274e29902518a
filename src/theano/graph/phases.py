"""A clock for the making of functions: phases, and phases within them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field

from theano.data_classes import dataclass


@dataclass
class Phase:
    """A part of the making of functions, with parts of its own.

    changes  of a rewrite, how often it changed something; -1 where that is not counted
    """

    name: str
    calls: int = 0
    seconds: float = 0.0
    changes: int = -1
    parts: dict[str, Phase] = field(default_factory=dict)

    def part(self, name: str) -> Phase:
        found = self.parts.get(name)
        if found is None:
            found = self.parts[name] = Phase(name)
        return found

    def change(self, times: int) -> None:
        """Count changes."""
        self.changes = max(self.changes, 0) + times

    def absorb(self, other: Phase) -> None:
        """Add what another phase took, part by part."""
        self.calls += other.calls
        self.seconds += other.seconds
        if other.changes >= 0:
            self.change(other.changes)
        for name, part in other.parts.items():
            self.part(name).absorb(part)


class Phases:
    """A clock for phases within phases."""

    def __init__(self) -> None:
        self.whole = Phase("compile")
        self._open = [self.whole]

    @property
    def open(self) -> Phase:
        """The phase that has begun last and not ended."""
        return self._open[-1]

    @contextmanager
    def phase(self, name: str) -> Iterator[Phase]:
        """Count the time of the ``with`` block as that of this part of the phase which is open."""
        found = self.open.part(name)
        self._open.append(found)
        begun = time.perf_counter()
        try:
            yield found
        finally:
            found.seconds += time.perf_counter() - begun
            found.calls += 1
            self._open.pop()

    def seconds(self, *names: str) -> float:
        """The time of the phase inside phases that these names lead to; 0 where there is none."""
        found = self.whole
        for name in names:
            if name not in found.parts:
                return 0.0
            found = found.parts[name]
        return found.seconds
