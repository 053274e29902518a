"""What a back end tells of the time that a function takes: its calls, and its steps as they were run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from theano.data_classes import dataclass
from theano.graph import Apply
from theano.graph.phases import Phase, Phases


@dataclass
class TimedStep:
    """A step of a compiled function, and what its runs took together.

    kind           "loop", "rows", "BLAS", "convolution", "sparse", "LAPACK", "python", "scan", "branch"
    nodes          the applications that it carries out, in the graph or in the step of a loop
    within         the position of the loop or branch that it is a step of; -1 for a step of the function itself
    calls, seconds runs, and the time of all of them; of a loop with that of its steps
    read, written  bytes that went in and out, each array counted once for a run
    operations     floating-point operations, where they are known; a function such as exp counts one
    room           bytes of the temporaries that a loop has for its steps
    note           what else there is to say: the way in which a convolution is computed
    """

    kind: str
    nodes: tuple[Apply, ...]
    within: int = -1
    calls: int = 0
    seconds: float = 0.0
    read: int = 0
    written: int = 0
    operations: int = 0
    room: int = 0
    note: str = ""


@dataclass
class Total:
    """Of whole calls: how many, their seconds, bytes of the outputs of all, and of the most temporaries of one."""

    calls: int = 0
    seconds: float = 0.0
    output_bytes: int = 0
    room: int = 0


class Times(Protocol):
    """Where the times of one compiled function are read, at any moment."""

    def total(self) -> Total: ...

    def steps(self) -> Sequence[TimedStep]: ...

    def reset(self) -> None: ...


class Profile(Protocol):
    """Who wants to know times.

    phases        told of the making of the function; None when it has been made
    times_steps   whether each step is to be timed, or calls alone
    times_rules   whether each rewrite is to be timed
    """

    phases: Phases | None
    times_steps: bool
    times_rules: bool

    def add(self, times: Times, name: str) -> None: ...


@contextmanager
def phase_of(profile: Any, name: str) -> Iterator[Phase | None]:
    """A phase of the making of a function, where somebody wants to know."""
    phases = None if profile is None else profile.phases
    if phases is None:
        yield None
        return
    with phases.phase(name) as found:
        yield found
