"""DebugMode: functions that check ops, rewrites and machine code while they compute."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from logging import Filter
from typing import Any

from theano.backends.interface import Task
from theano.backends.python.observer import Observer
from theano.backends.python.run import compile_task
from theano.compile.debugmode_errors import (
    BadDestroyMap,
    BadOptimization,
    BadThunkOutput,
    BadViewMap,
    DebugModeError,
    InvalidValueError,
    StochasticOrder,
)
from theano.compile.debugmode_rewrites import Replacements, require_stable
from theano.compile.debugmode_steps import KINDS, Checks, close, kinds_of, native_graph
from theano.compile.mode import Mode
from theano.configuration import config
from theano.graph import Apply, Variable
from theano.graph.inner_graph import watched
from theano.legacy import old_names

__all__ = [
    "BadDestroyMap",
    "BadOptimization",
    "BadThunkOutput",
    "BadViewMap",
    "DebugMode",
    "DebugModeError",
    "InvalidValueError",
    "NoDuplicateOptWarningFilter",
    "StochasticOrder",
    "check_eq",
]


class DebugMode(Mode):
    """A mode in which every call checks itself.  It is slow.

    Every application of the rewritten graph is carried out by its op's ``perform`` and by machine code of its own, and
    the whole by fused machine code; what disagrees is a BadThunkOutput.  Every value that a rewrite has replaced is
    compared with what it was replaced by (BadOptimization).  Operands must stay what they are unless ``destroy_map``
    tells of it (BadDestroyMap); the outputs of users' ops may share memory only with what their maps tell of
    (BadViewMap).  Values must be of their variables' types, and finite (InvalidValueError).  Rewriting again must give
    the same graph (StochasticOrder).  Errors name the user's line.  What a call returns is what NumPy computed.

    optimizer                  as in ``Mode``
    stability_patience         how often the graph is rewritten
    check_c_code               compare with machine code
    check_py_code              check what ``perform`` does to memory
    check_isfinite             NaN and infinities are errors
    check_preallocated_output  kinds of arrays that are put where outputs go, to see that ``perform`` takes no notice: of
                               "initial", "previous", "c_contiguous", "f_contiguous", "strided", "wrong_size", or "ALL"
    require_matching_strides   strides of machine code's results: 0 not compared, 1 told, 2 must agree with NumPy's
    linker                     accepted, and not used

    None leaves a choice to the flag ``DebugMode.patience``, ``.check_c``, ``.check_py``, ``.check_finite``,
    ``.check_preallocated_output``, ``.check_strides``.  Raises ValueError where neither code is to be checked.
    """

    def __init__(
        self,
        optimizer: Any = "fast_run",
        stability_patience: int | None = None,
        check_c_code: bool | None = None,
        check_py_code: bool | None = None,
        check_isfinite: bool | None = None,
        check_preallocated_output: Sequence[str] | None = None,
        require_matching_strides: int | None = None,
        linker: Any = None,
    ) -> None:
        super().__init__("python", optimizer)
        if check_c_code is False and check_py_code is False:
            raise ValueError("DebugMode has to check at least one of c and py code")
        for kind in check_preallocated_output or ():
            if kind not in (*KINDS, "ALL"):
                raise ValueError(
                    f"check_preallocated_output knows {', '.join(KINDS)} and ALL, found {kind!r}"
                )
        self.stability_patience = stability_patience
        self.check_c_code, self.check_py_code, self.check_isfinite = (
            check_c_code,
            check_py_code,
            check_isfinite,
        )
        self.check_preallocated_output = (
            None if check_preallocated_output is None else tuple(check_preallocated_output)
        )
        self.require_matching_strides = require_matching_strides

    def clone(self, link_kwargs: dict | None = None, optimizer: Any = "", **kwargs: Any) -> Mode:
        twin = super().clone(link_kwargs, optimizer, **kwargs)
        twin.__dict__.update({name: value for name, value in vars(self).items() if name not in vars(twin)})
        return twin

    def prepare(self, task: Task) -> None:
        if not task._is_rewritten:
            require_stable(
                task.fgraph, task.rewrite, _chosen(self.stability_patience, config.DebugMode.patience)
            )
        task.fgraph.attach_feature(Replacements())

    def compile(self, task: Task) -> Callable[..., Any]:
        kinds = self.check_preallocated_output
        checks = Checks(
            native=_chosen(self.check_c_code, config.DebugMode.check_c),
            contracts=_chosen(self.check_py_code, config.DebugMode.check_py),
            finite=_chosen(self.check_isfinite, config.DebugMode.check_finite),
            preallocated=kinds_of(config.DebugMode.check_preallocated_output if kinds is None else kinds),
            strides=_chosen(self.require_matching_strides, config.DebugMode.check_strides),
        )
        if not (checks.native or checks.contracts):
            raise ValueError("DebugMode has to check at least one of c and py code")
        graph = task.rewritten()
        replacements = graph.feature_of(Replacements)
        graph.remove_feature(replacements)
        return compile_task(task, _Debugger(task, checks, replacements))


def _chosen(given: Any, flag: Any) -> Any:
    return flag if given is None else given


class _Call(threading.local):
    """The values of a call: of the graph's inputs, and of all variables."""

    inputs: list[Any]
    values: dict[Variable, Any]


class _Debugger(Observer):
    """Checks each step, and after the last one the rewrites and the machine code of the whole."""

    def __init__(self, task: Task, checks: Checks, replacements: Replacements) -> None:
        self.task, self.checks, self.replacements = task, checks, replacements
        self.native: Callable[..., Any] | None = None
        self.call = _Call()

    def start(self, values: Sequence[Any]) -> None:
        graph = self.task.fgraph
        for v, value in zip(graph.inputs, values, strict=True):
            self.checks.require_valid(v, value, None)
        self.call.inputs = copy.deepcopy(list(values))
        self.call.values = dict(zip(graph.inputs, self.call.inputs, strict=True))

    def perform(self, position: int, node: Apply, inputs: Sequence[Any]) -> list[Any]:
        seen: set[Apply] = set()

        def look(inner: Apply, taken: Sequence[Any], made: Sequence[Any]) -> None:
            if inner in seen:  # in one step of a loop is enough
                return
            seen.add(inner)
            try:
                self.checks.look(inner, taken, made)
            except DebugModeError as problem:
                problem.inner_step = inner, taken  # type: ignore[attr-defined]
                raise

        with watched(look):
            return self.checks.perform(node, inputs)

    def step(self, position: int, node: Apply, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
        self.call.values.update(zip(node.outputs, copy.deepcopy(list(outputs)), strict=True))

    def end(self, values: Sequence[Any]) -> None:
        graph = self.task.fgraph
        if self.replacements.reasons:
            self.replacements.compare(graph, self.call.values)
        if self.checks.native and graph.apply_nodes:
            if self.native is None:
                self.native = native_graph(graph.clone(), self.task.name)
            found = self.native(*copy.deepcopy(self.call.inputs))
            for v, wanted, value in zip(graph.outputs, values, found, strict=True):
                if not close(v, wanted, value, [*self.call.inputs, *self.call.values.values()]):
                    raise BadThunkOutput(
                        v, "perform, step by step,", wanted, "machine code of the whole", value, self.call.inputs
                    )
        del self.call.values, self.call.inputs


def check_eq(var: Variable, val1: Any, val2: Any) -> bool:
    """Whether two values of a variable are equal but for rounding; ``var.tag.values_eq_approx`` may say so."""
    own = getattr(var.tag, "values_eq_approx", None)
    return bool(own(val1, val2)) if own is not None else close(var, val1, val2)


class NoDuplicateOptWarningFilter(Filter):
    """A logging filter that lets a warning of rewriting through once."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.seen: set[str] = set()

    def filter(self, record: Any) -> bool:
        """Whether the record is new, or no such warning."""
        text = record.getMessage()
        if "Optimization Warning" not in text:
            return True
        is_new = text not in self.seen
        self.seen.add(text)
        return is_new


__getattr__ = old_names(__name__)
