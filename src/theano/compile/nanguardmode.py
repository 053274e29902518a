"""NanGuardMode: functions that look at every number they compute, and tell which line made the first bad one."""

from __future__ import annotations

import logging
import pdb
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.backends.explanation import described_step, described_surroundings
from theano.backends.interface import Task
from theano.backends.python.observer import Observer
from theano.backends.python.run import compile_task
from theano.compile.guarded import Faults, Guarded
from theano.compile.mode import Mode
from theano.configuration import config
from theano.graph import Apply
from theano.graph.inner_graph import watched
from theano.legacy import old_names
from theano.tensor.alloc import AllocEmpty

logger = logging.getLogger(__name__)

BIG = 1e10  # as in Theano 1.0.5


def contains_nan(arr: Any, node: Apply | None = None, var: Any = None) -> bool:
    """Whether a value is an array with a NaN in it."""
    return _is_inexact(arr) and bool(np.isnan(arr).any())


def contains_inf(arr: Any, node: Apply | None = None, var: Any = None) -> bool:
    """Whether a value is an array with an infinity in it."""
    return _is_inexact(arr) and bool(np.isinf(arr).any())


def _contains_big(arr: Any) -> bool:
    """Whether a value is an array with a finite number in it whose magnitude exceeds 1e10."""
    if not _is_inexact(arr):
        return False
    magnitude = np.abs(arr)
    return bool(((magnitude > BIG) & (magnitude < np.inf)).any())


def _is_inexact(arr: Any) -> bool:
    return isinstance(arr, (np.ndarray, np.inexact)) and np.issubdtype(arr.dtype, np.inexact)


class NanGuardMode(Mode):
    """A mode in which arguments, shared variables, and the results of every step are searched for bad numbers.

    Machine code looks at each number in the loop that makes it, also at those that never leave a fused loop; what it
    finds, NumPy finds again, step by step, to tell where.

    nan_is_error  NaN is a fault
    inf_is_error  an infinity is
    big_is_error  a finite number above 1e10 in magnitude is
    optimizer     as in ``Mode``
    linker        as in ``Mode``

    None leaves the choice to the flag of that name, ``NanGuardMode.nan_is_error`` and so on.  On a fault
    ``NanGuardMode.action`` says what happens: "raise" an AssertionError, "warn" through the module's logger, or "pdb".
    What is raised names the step, what it was given, and the line of the program that asked for it.  Arrays that
    have not been written yet (AllocEmpty) are not searched.
    """

    def __init__(
        self,
        nan_is_error: bool | None = None,
        inf_is_error: bool | None = None,
        big_is_error: bool | None = None,
        optimizer: Any = "default",
        linker: Any = None,
    ) -> None:
        super().__init__(linker, optimizer)
        self.nan_is_error, self.inf_is_error, self.big_is_error = nan_is_error, inf_is_error, big_is_error

    def clone(self, link_kwargs: dict | None = None, optimizer: Any = "", **kwargs: Any) -> Mode:
        twin = super().clone(link_kwargs, optimizer, **kwargs)
        for name in ("nan_is_error", "inf_is_error", "big_is_error"):
            setattr(twin, name, getattr(self, name))
        return twin

    def compile(self, task: Task) -> Callable[..., Any]:
        def performed() -> Callable[..., Any]:
            return compile_task(task, _Guard(task, self._searches()))

        if self.linker.back_end == "python" or task.profile is not None:
            return performed()
        return Guarded(task, self._faults(), self.linker.load(), performed)

    def _faults(self) -> Faults:
        chosen = {what for _, what in self._searches()}
        return Faults("NaN" in chosen, "Inf" in chosen, BIG if "Big value" in chosen else None)

    def _searches(self) -> list[tuple[Callable[[Any], bool], str]]:
        return [
            (is_bad, what)
            for wanted, default, is_bad, what in (
                (self.nan_is_error, config.NanGuardMode.nan_is_error, contains_nan, "NaN"),
                (self.inf_is_error, config.NanGuardMode.inf_is_error, contains_inf, "Inf"),
                (self.big_is_error, config.NanGuardMode.big_is_error, _contains_big, "Big value"),
            )
            if (default if wanted is None else wanted)
        ]


class _Guard(Observer):
    """Searches the arguments and states, then the results of each step.

    searches  functions of a value that tell whether it is bad, and what they look for
    """

    def __init__(self, task: Task, searches: Sequence[tuple[Callable[[Any], bool], str]]) -> None:
        self.name, self.searches = task.name, searches
        self.inputs = [v.name or str(v) for v in task.fgraph.inputs]

    def start(self, values: Sequence[Any]) -> None:
        for name, value in zip(self.inputs, values):
            for is_bad, what in self.searches:
                if is_bad(value):
                    _report(f"{what} detected\nin the input {name} of the function {self.name}")

    def perform(self, position: int, node: Apply, inputs: Sequence[Any]) -> list[Any]:
        def look(inner: Apply, taken: Sequence[Any], made: Sequence[Any]) -> None:
            self._search(inner, position, taken, made, described_surroundings(node))

        with watched(look):
            return super().perform(position, node, inputs)

    def step(self, position: int, node: Apply, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
        self._search(node, position, inputs, outputs)

    def _search(
        self, node: Apply, position: int, inputs: Sequence[Any], outputs: Sequence[Any], *further: str
    ) -> None:
        if isinstance(node.op, AllocEmpty):
            return
        for number, value in enumerate(outputs):
            for is_bad, what in self.searches:
                if is_bad(value):
                    step = described_step(node, position, inputs).replace("that caused the error", "that made it", 1)
                    _report("\n".join([f"{what} detected", f"in output {number}", step, *further]))


def _report(message: str) -> None:
    """Do what ``NanGuardMode.action`` asks for."""
    match config.NanGuardMode.action:
        case "raise":
            problem = AssertionError(message)
            problem.is_explained = True  # type: ignore[attr-defined]
            raise problem
        case "warn":
            logger.error(message)
        case "pdb":
            print(message)
            pdb.set_trace()


__getattr__ = old_names(__name__)
