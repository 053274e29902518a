"""Carrying out a graph by its ops' own ``perform``, in order.  Written to be obviously right, not to be fast.

Calls keep nothing between them, so several threads may call one function at the same time; calls of a function with
updates wait for each other, so that none is lost.  Two functions that update one shared variable do not wait.
"""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from theano.backends.explanation import explain
from theano.backends.interface import Task
from theano.backends.python.observer import Observer
from theano.backends.python.times import CallTimes, PerformTimes
from theano.backends.timing import phase_of
from theano.configuration import config
from theano.data_classes import dataclass
from theano.graph import Apply, Constant
from theano.graph.performing import checked_value, require_performable


@dataclass(frozen=True)
class Step:
    """One application, by places in the list of values.

    takes       of the inputs
    gives       of the outputs
    overwrites  positions among the inputs that the op writes into, or that its results hold: it gets copies
    drops       places that no later step reads
    """

    node: Apply
    takes: tuple[int, ...]
    gives: tuple[int, ...]
    overwrites: tuple[int, ...]
    drops: tuple[int, ...]


def compile_task(task: Task, observer: Observer | None = None) -> Callable[..., Any]:
    """The back end: a function of the arguments in order; ``observer`` is told of every step."""
    with phase_of(task.profile, "rewrite"):
        graph = task.rewritten()
    nodes = graph.toposort()
    for node in nodes:
        require_performable(node)
    place = {variable: k for k, variable in enumerate(graph.inputs)}
    initial: list[Any] = [None] * len(place)
    for variable in [v for node in nodes for v in node.inputs] + graph.outputs:
        if variable not in place and isinstance(variable, Constant):
            place[variable] = len(initial)
            initial.append(variable.data)
    for node in nodes:
        for output in node.outputs:
            place[output] = len(initial)
            initial.append(None)
    results = [place[v] for v in graph.outputs]
    steps = _steps(nodes, place, keep=set(results) if task.allow_gc else None)
    return _Program(task, steps, initial, results, observer or Observer())


def _steps(nodes: list[Apply], place: dict, keep: set[int] | None) -> list[Step]:
    """The steps in order; ``keep`` are the places read at the end, None drops nothing."""
    drops: list[list[int]] = [[] for _ in nodes]
    read = set(keep or ())
    if keep is not None:
        for k in range(len(nodes) - 1, -1, -1):
            for variable in (*nodes[k].outputs, *nodes[k].inputs):
                if place[variable] not in read and not isinstance(variable, Constant):
                    read.add(place[variable])
                    drops[k].append(place[variable])
    return [
        Step(
            node,
            tuple(place[v] for v in node.inputs),
            tuple(place[v] for v in node.outputs),
            (*(i for positions in node.op.destroy_map.values() for i in positions), *getattr(node.op, "held", ())),
            tuple(drops[k]),
        )
        for k, node in enumerate(nodes)
    ]


class _Program:
    """A callable that runs steps, then hands out results and exchanges states."""

    def __init__(
        self,
        task: Task,
        steps: list[Step],
        initial: list[Any],
        results: list[int],
        observer: Observer,
    ) -> None:
        self.task = task
        self.steps = steps
        self.initial = initial
        self.results = results
        self.observer = observer
        self.times: PerformTimes | None = None
        if task.profile is not None:
            self.times = PerformTimes(
                steps if task.profile.times_steps else [], bool(config.profiling.ignore_first_call)
            )
            task.profile.add(self.times, task.name)
        self.turn: AbstractContextManager = threading.RLock() if task.updates else nullcontext()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        task = self.task
        if kwargs or len(args) != task.arguments:
            return task.irregular(*args, **kwargs)
        begun = time.perf_counter()
        given = [task.convert(k, value) for k, value in enumerate(args)]
        with self.turn:
            values = self.initial.copy()
            inputs = [*given, *(cell[0] for cell in task.states)]
            values[: len(inputs)] = inputs
            self.observer.start(inputs)
            call = None if self.times is None else CallTimes(self.times)
            with np.errstate(all="ignore"):
                self._run(values, call)
                self.observer.end([values[k] for k in self.results])
            results = self._unshared([values[k] for k in self.results], inputs)
            for position, value in zip(task.updates, results[task.returned :], strict=True):
                task.states[position][0] = value
        returned = results[: task.returned]
        if self.times is not None and call is not None:
            self.times.end(call, time.perf_counter() - begun, results)
        return returned[0] if task.single else returned

    def _run(self, values: list[Any], call: CallTimes | None) -> None:
        for position, step in enumerate(self.steps):
            inputs = [values[k] for k in step.takes]
            for k in step.overwrites:
                inputs[k] = copy.deepcopy(inputs[k])
            start = time.perf_counter()
            try:
                results = self.observer.perform(position, step.node, inputs)
                outputs = [checked_value(value, step.node, i) for i, value in enumerate(results)]
            except Exception as error:
                explain(error, step.node, position, inputs)
                raise
            if call is not None:
                call.count(position, time.perf_counter() - start, inputs, outputs)
            self.observer.step(position, step.node, inputs, outputs)
            for k, value in zip(step.gives, outputs, strict=True):
                values[k] = value
            for k in step.drops:
                values[k] = None
            if call is not None:
                call.drop(step.drops)

    def _unshared(self, results: list[Any], inputs: list[Any]) -> list[Any]:
        """Results that share memory with nothing the caller or a state can see, copied where they would.

        A borrowed output may be the value of a state, and a state may stay what it is.
        """
        task = self.task
        taken = {id(value) for value in inputs} | {id(value) for value in self.initial}
        given = [v for k, v in enumerate(inputs[: task.arguments]) if k not in task.mutable]
        for k, value in enumerate(results):
            if k in task.borrowed and not _shares_memory(value, given):
                continue
            if k >= task.returned:
                own = task.states[task.updates[k - task.returned]][0]
                if value is own and not any(value is other for other in results[:k]):
                    continue
                if isinstance(value, np.ndarray) and not value.flags.c_contiguous:
                    value = np.ascontiguousarray(value)
            if id(value) in taken or (isinstance(value, np.ndarray) and not value.flags.owndata):
                value = value.copy() if isinstance(value, np.ndarray) else copy.deepcopy(value)
            results[k] = value
            taken.add(id(value))
        return results


def _shares_memory(value: Any, others: list[Any]) -> bool:
    if not isinstance(value, np.ndarray):
        return any(value is other for other in others)
    return any(isinstance(other, np.ndarray) and np.may_share_memory(value, other) for other in others)
