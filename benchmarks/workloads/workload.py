"""A workload: its cases, its inputs, and one builder per peer.

A builder has the signature ``builder(*libraries, parameters, inputs) -> Prepared``. The libraries are the modules its
peer lists in ``benchmarks.peers`` (``theano, T``; ``jax, jnp``; ``torch, compiled``; ``np``), imported by the worker
beforehand so that importing is never part of a compile time. Theano and PyTensor share one builder; so do torch and
torch_compile, where ``compiled`` is the identity or ``torch.compile``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

Parameters = Mapping[str, str | int | tuple[int, ...]]
Inputs = dict[str, np.ndarray]


@dataclass(frozen=True)
class Prepared:
    """A compiled computation, ready to be called.

    call        what is timed; returns only when the result is there
    arguments   ways to call it, by name: all are tried and the fastest is timed; the first one is checked
    to_numpy    from what ``call`` returns to an array, for the check
    """

    call: Callable[..., object]
    arguments: dict[str, tuple[object, ...]]
    to_numpy: Callable[[object], np.ndarray] = np.asarray


Builder = Callable[..., Prepared]


@dataclass(frozen=True)
class Case:
    """One set of parameters of a workload.

    tolerance      largest error accepted, relative to the largest entry of the reference
    checked_calls  calls whose results are compared: more than one where a call changes the state
    moved_bytes    least memory traffic of a call, reads and writes: gives GB/s
    flops          arithmetic operations of a call: gives GFLOP/s
    is_quick       whether ``--quick`` keeps it
    is_long        whether only ``--long`` runs it: some peer takes long to compile it
    """

    label: str
    parameters: Parameters
    tolerance: float = 1e-12
    checked_calls: int = 1
    moved_bytes: int | None = None
    flops: int | None = None
    is_quick: bool = True
    is_long: bool = False

    def is_wanted(self, *, quick: bool, long: bool) -> bool:
        """Whether a run with these options takes the case."""
        return (self.is_quick or not quick) and (long or not self.is_long)


@dataclass(frozen=True)
class Workload:
    """Cases of one computation, and how each peer does it.

    inputs     arrays of a case by name, always the same ones
    builders   by name of peer; "numpy" is also the reference
    threads    thread counts that make sense; others are left out
    compiled   cases whose compile time is measured too, by label
    """

    name: str
    cases: tuple[Case, ...]
    inputs: Callable[[Parameters], Inputs]
    builders: dict[str, Builder]
    threads: tuple[int, ...] = (1, 2)
    compiled: tuple[str, ...] = field(default=())

    def case(self, label: str) -> Case:
        """The case of that label."""
        return next(case for case in self.cases if case.label == label)


def reference(workload: Workload, case: Case) -> list[np.ndarray]:
    """What every peer must return from its first calls: NumPy's results."""
    prepared = workload.builders["numpy"](np, case.parameters, workload.inputs(case.parameters))
    return checked_results(prepared, case.checked_calls)


def checked_results(prepared: Prepared, calls: int) -> list[np.ndarray]:
    """Results of the first ``calls`` calls, copied as they come."""
    arguments = next(iter(prepared.arguments.values()))
    return [np.array(prepared.to_numpy(prepared.call(*arguments))) for _ in range(calls)]
