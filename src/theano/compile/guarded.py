"""NanGuardMode's machine code: every number that a graph makes is looked at in the loop that makes it.

For each result of each application a flag, ``any(isnan(v) | isinf(v) | abs(v) > big)``, joins the graph, and so the fused
loops; one flag for all leaves the program.  Where it is up, the call is made again by NumPy, step by step, which finds the
step and its line.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import numpy as np

from theano import scalar
from theano.backends.interface import Task
from theano.data_classes import dataclass
from theano.graph import FunctionGraph, Variable
from theano.scalar import dtype as dtypes
from theano.scalar.type import ScalarType
from theano.tensor.alloc import AllocEmpty
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import elemwise_of
from theano.tensor.scalar_conversion import tensor_from_scalar
from theano.tensor.truth import any as any_of
from theano.tensor.type import TensorType


@dataclass(frozen=True)
class Faults:
    """Which numbers are faults.

    nan, inf  whether NaN is, and whether infinities are
    big       the magnitude above which finite numbers are, or None
    """

    nan: bool
    inf: bool
    big: float | None

    def flag(self, v: Variable) -> Variable | None:
        """Whether there is one in a variable's value; None where there can be none."""
        if isinstance(v.type, ScalarType) and v.type.dtype in dtypes.CONTINUOUS:
            v = tensor_from_scalar(v)
        if not isinstance(v.type, TensorType) or v.type.dtype not in dtypes.CONTINUOUS:
            return None
        marks = [
            elemwise_of(f)(v) for f, wanted in ((scalar.isnan, self.nan), (scalar.isinf, self.inf)) if wanted
        ]
        if self.big is not None:
            magnitude = elemwise_of(scalar.abs_)(v)
            is_big = elemwise_of(scalar.gt)(magnitude, as_tensor_variable(self.big))
            marks.append(
                elemwise_of(scalar.and_)(is_big, elemwise_of(scalar.invert)(elemwise_of(scalar.isinf)(v)))
            )
        found = _united(marks)
        return found if found is None or not v.type.ndim else any_of(found)


def _united(flags: Sequence[Variable]) -> Variable | None:
    """Whether one of several holds, pair by pair."""
    level = list(flags)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [elemwise_of(scalar.or_)(a, b) for a, b in zip(level[::2], level[1::2])] + odd
    return level[0] if level else None


def flagged(graph: FunctionGraph, faults: Faults) -> FunctionGraph:
    """A copy of a rewritten graph with one output more: whether there is a fault in any input or result."""
    copied = graph.clone()
    nodes = [node for node in copied.toposort() if not isinstance(node.op, AllocEmpty)]
    values = [*copied.inputs, *(v for node in nodes for v in node.outputs if copied.uses(v))]
    flags = [flag for flag in map(faults.flag, values) if flag is not None]
    whole = _united(flags)
    if whole is None:
        whole = as_tensor_variable(np.array(False))
    return FunctionGraph(copied.inputs, [*copied.outputs, whole], clone=False)


class Guarded:
    """A function that computes by machine code, and begins again by NumPy where it has found a fault.

    performed  makes the function that does a call by NumPy, and tells of faults
    """

    def __init__(
        self,
        task: Task,
        faults: Faults,
        native: Callable[[Task], Callable[..., Any]],
        performed: Callable[[], Callable[..., Any]],
    ) -> None:
        self.task, self.performed = task, performed
        graph = flagged(task.rewritten(), faults)
        twin = replace(
            task,
            fgraph=graph,
            rewrite=lambda g: None,
            returned=len(graph.outputs),
            updates=(),
            single=False,
            mutable=frozenset(),
            rewriting="",
        )
        self.native = native(twin)
        self.turn: AbstractContextManager = threading.RLock() if task.updates else nullcontext()
        self._by_numpy: Callable[..., Any] | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        task = self.task
        if kwargs or len(args) != task.arguments:
            return task.irregular(*args, **kwargs)
        given = [task.convert(k, value) for k, value in enumerate(args)]
        with self.turn:
            *results, is_bad = self.native(*given)
            if is_bad:
                if self._by_numpy is None:
                    self._by_numpy = self.performed()
                return self._by_numpy(*given)
            for position, value in zip(task.updates, results[task.returned :], strict=True):
                task.states[position][0] = value
        returned = results[: task.returned]
        return returned[0] if task.single else returned
