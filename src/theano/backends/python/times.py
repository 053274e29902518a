"""Times of a graph that is carried out node by node, told as those of compiled code are: each node is a step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from theano.backends.timing import TimedStep, Total

if TYPE_CHECKING:
    from theano.backends.python.run import Step


class PerformTimes:
    """The times of all calls of one function.

    is_fresh  the first call is still to come, and is to be left out
    """

    def __init__(self, steps: Sequence[Step], is_fresh: bool) -> None:
        self.gives = [step.gives for step in steps]
        self.rows = [TimedStep("python", (step.node,)) for step in steps]
        self.whole = Total()
        self.is_fresh = is_fresh

    def total(self) -> Total:
        return Total(**vars(self.whole))

    def steps(self) -> list[TimedStep]:
        return [TimedStep(**vars(row)) for row in self.rows]

    def reset(self) -> None:
        self.rows = [TimedStep(row.kind, row.nodes) for row in self.rows]
        self.whole = Total()

    def end(self, call: CallTimes, seconds: float, results: Sequence[Any]) -> None:
        """Count a call that has succeeded."""
        if self.is_fresh:
            self.is_fresh = False
            self.reset()
            return
        self.whole.calls += 1
        self.whole.seconds += seconds
        self.whole.output_bytes += size_of(results)
        self.whole.room = max(self.whole.room, call.peak)


class CallTimes:
    """One call: what it keeps in memory at the moment, and the most that it has kept."""

    def __init__(self, times: PerformTimes) -> None:
        self.times = times
        self.sizes: dict[int, int] = {}
        self.live = self.peak = 0

    def count(self, position: int, seconds: float, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
        """Add a step that has run."""
        if not self.times.rows:
            return
        row = self.times.rows[position]
        row.calls += 1
        row.seconds += seconds
        row.read += size_of(inputs)
        row.written += size_of(outputs)
        for place, value in zip(self.times.gives[position], outputs, strict=True):
            self.sizes[place] = size_of([value])
            self.live += self.sizes[place]
        self.peak = max(self.peak, self.live)

    def drop(self, places: Sequence[int]) -> None:
        """These values are not kept any more."""
        for place in places:
            self.live -= self.sizes.pop(place, 0)


def size_of(values: Sequence[Any]) -> int:
    """Bytes of arrays; other objects count nothing."""
    return sum(getattr(value, "nbytes", 0) for value in values)
