"""MonitorMode: functions of the user's own are called before and after every step of a compiled function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.backends.interface import Task
from theano.backends.python.observer import Observer
from theano.backends.python.run import compile_task
from theano.compile.mode import Mode
from theano.graph import Apply
from theano.graph.performing import perform_node
from theano.legacy import old_names

Callback = Callable[[int, Apply, "StepThunk"], object]


class StepThunk:
    """What callbacks are given of a step; calling it carries the step out.

    inputs, outputs  cells, lists of one value each: ``[cell[0] for cell in fn.inputs]``
    """

    def __init__(self, node: Apply, values: Sequence[Any]) -> None:
        self.node = node
        self.inputs: list[list] = [[v] for v in values]
        self.outputs: list[list] = [[None] for _ in node.outputs]

    def __call__(self) -> None:
        for cell, value in zip(
            self.outputs, perform_node(self.node, [c[0] for c in self.inputs]), strict=True
        ):
            cell[0] = value


class MonitorMode(Mode):
    """A mode that calls ``pre_func(i, node, fn)`` before, and ``post_func(i, node, fn)`` after each step.

    i     the place of the step among all
    node  the application
    fn    a StepThunk: ``fn.inputs`` and, after the step, ``fn.outputs`` are cells with the values

    The graph is carried out step by step by NumPy; ``excluding("local_elemwise_fusion", "inplace")``, which old programs
    add, changes nothing more.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> x = T.dscalar("x")
    >>> def tell(i, node, fn):
    ...     print(i, node.op, [float(c[0]) for c in fn.inputs], [float(c[0]) for c in fn.outputs])
    >>> f = theano.function([x], T.exp(x) * 2, mode=MonitorMode(post_func=tell))
    >>> y = f(0.0)
    0 Elemwise{exp,no_inplace} [0.0] [1.0]
    1 Elemwise{mul,no_inplace} [2.0, 1.0] [2.0]
    """

    def __init__(
        self,
        pre_func: Callback | None = None,
        post_func: Callback | None = None,
        optimizer: Any = "default",
        linker: Any = None,
    ) -> None:
        super().__init__(linker, optimizer)
        self.pre_func, self.post_func = pre_func, post_func

    def clone(self, link_kwargs: dict | None = None, optimizer: Any = "", **kwargs: Any) -> Mode:
        twin = super().clone(link_kwargs, optimizer, **kwargs)
        twin.pre_func, twin.post_func = self.pre_func, self.post_func  # type: ignore[attr-defined]
        return twin

    def compile(self, task: Task) -> Callable[..., Any]:
        return compile_task(task, _Monitor(self))

    def eval(self, i: int, node: Apply, fn: StepThunk) -> None:
        """Carry out a step between the two callbacks."""
        if self.pre_func is not None:
            self.pre_func(i, node, fn)
        fn()
        if self.post_func is not None:
            self.post_func(i, node, fn)


class _Monitor(Observer):
    def __init__(self, mode: MonitorMode) -> None:
        self.mode = mode

    def perform(self, position: int, node: Apply, inputs: Sequence[Any]) -> list[Any]:
        thunk = StepThunk(node, inputs)
        self.mode.eval(position, node, thunk)
        return [cell[0] for cell in thunk.outputs]


def detect_nan(i: int, node: Apply, fn: StepThunk) -> None:
    """A ``post_func`` that prints a step which makes NaN: its graph, and the values of its inputs and outputs."""
    from theano.printing import debugprint  # which stands above this room

    for (value,) in fn.outputs:
        if (
            isinstance(value, (np.ndarray, np.number))
            and np.issubdtype(value.dtype, np.inexact)
            and np.isnan(value).any()
        ):
            print("*** NaN detected ***")
            debugprint(node)
            print(f"Inputs : {[cell[0] for cell in fn.inputs]}")
            print(f"Outputs: {[cell[0] for cell in fn.outputs]}")
            return


__getattr__ = old_names(__name__)
