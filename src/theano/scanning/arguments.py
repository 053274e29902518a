"""The arguments of scan in one form, whichever of many forms they were written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from theano.compile.shared import SharedVariable
from theano.compile.updates import OrderedUpdates
from theano.data_classes import dataclass
from theano.graph import Variable
from theano.tensor.constant import as_tensor_variable


class until:
    """``until(condition)``, returned by the step of a scan: the first step where it holds is the last one.

    condition  0-d tensor of any dtype: zero or not
    """

    def __init__(self, condition: Any) -> None:
        self.condition = as_tensor_variable(condition)
        if self.condition.type.ndim != 0:
            raise TypeError(f"until needs a 0-d condition, found {condition} of type {self.condition.type}")


@dataclass(frozen=True)
class SequenceArgument:
    """An array of which step i is given entry i + tap for each tap."""

    variable: Any
    taps: tuple[int, ...]


@dataclass(frozen=True)
class OutputArgument:
    """What is said of an output: its initial value, or values, and the taps; None and () where it does not feed back."""

    initial: Any
    taps: tuple[int, ...]

    @property
    def depth(self) -> int:
        """How many entries there are before the first step."""
        return -min(self.taps, default=0)


def as_list(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, (list, tuple)) else [given]


def sequence_argument(given: Any) -> SequenceArgument:
    """A variable, or a dict with ``input`` and ``taps``."""
    if not isinstance(given, Mapping):
        given = {"input": given}
    variable = _variable(given["input"], "sequence")
    if variable.type.ndim == 0:
        raise IndexError(f"too many indices for array: scan goes over a sequence, but {variable} is 0-d")
    return SequenceArgument(variable, _taps(given.get("taps"), 0))


def output_argument(given: Any) -> OutputArgument:
    """None, an initial value, or a dict with ``initial`` and ``taps``."""
    if given is None:
        return OutputArgument(None, ())
    if not isinstance(given, Mapping):
        return OutputArgument(_variable(given, "initial value"), (-1,))
    if "return_steps" in given:
        raise ValueError(
            "Using `return_steps` has been deprecated. Simply select the entries you need using a subtensor. Scan will "
            "optimize memory consumption, so do not worry about that.",
        )
    if given.get("initial") is None:
        if given.get("taps") is not None:
            raise ValueError("If you are using slices of an output you need to provide a initial state for it", given)
        return OutputArgument(None, ())
    taps = _taps(given["taps"], -1) if "taps" in given else (-1,)
    if given.get("taps", 0) is None or not taps:
        return OutputArgument(None, ())
    if max(taps) >= 0:
        raise ValueError("All the tap values must be smaller than 0.", given)
    initial = _variable(given["initial"], "initial value")
    if taps != (-1,) and initial.type.ndim == 0:
        raise ValueError(
            f"The initial value for taps {list(taps)} holds {-min(taps)} entries along its first axis, but {initial} is 0-d"
        )
    return OutputArgument(initial, taps)


def _taps(given: Any, default: int) -> tuple[int, ...]:
    if given is None:
        return (default,)
    taps = tuple(int(t) for t in given) if np.iterable(given) else (int(given),)
    if len(set(taps)) != len(taps):
        raise ValueError(f"Taps must differ, found {list(taps)}")
    return taps


def _variable(given: Any, what: str) -> Any:
    if isinstance(given, (int, float)) and what == "sequence":
        raise TypeError(f"{type(given).__name__!r} object is not subscriptable: scan needs arrays as sequences")
    return as_tensor_variable(given)


@dataclass(frozen=True)
class StepResult:
    """What a step returned."""

    outputs: list[Variable]
    updates: OrderedUpdates
    condition: Any


NO_GRAPH = (
    "The return value of your scan lambda expression may only be made of lists, tuples, or dictionaries containing Theano "
    "variables (or `theano.scan_module.until` objects for conditions). In particular if you need to use constant values, you "
    "can use `tensor.constant` to turn them into Theano variables."
)


def step_result(returned: Any) -> StepResult:
    """Outputs, updates and condition, in any order and any of the first two missing: ``[a, b], {w: w + 1}, until(c)``."""
    outputs: list[Variable] | None = None
    updates: OrderedUpdates | None = None
    condition: Any = None
    for part in _parts(returned):
        if isinstance(part, until):
            if condition is not None:
                raise ValueError("A step of scan returned two conditions")
            condition = part.condition
        elif _is_updates(part):
            if updates is not None:
                raise ValueError("A step of scan returned updates twice")
            updates = OrderedUpdates(part if isinstance(part, Mapping) else list(part))
        elif _is_outputs(part):
            if outputs is not None:
                raise ValueError(NO_GRAPH)
            outputs = as_list(part)
        else:
            raise ValueError(NO_GRAPH)
    return StepResult(outputs or [], OrderedUpdates() if updates is None else updates, condition)


def _parts(returned: Any) -> Sequence[Any]:
    """What was returned, taken apart where it holds more than outputs."""
    if isinstance(returned, (list, tuple)) and not _is_outputs(returned) and not _is_updates(returned):
        loose = [part for part in returned if isinstance(part, Variable)]
        return [*([loose] if loose else []), *(part for part in returned if not isinstance(part, Variable))]
    return [returned]


def _is_outputs(part: Any) -> bool:
    return isinstance(part, Variable) or (
        isinstance(part, (list, tuple)) and all(isinstance(v, Variable) for v in part)
    )


def _is_updates(part: Any) -> bool:
    if isinstance(part, Mapping):
        return True
    return (
        isinstance(part, (list, tuple))
        and len(part) > 0
        and all(isinstance(p, (list, tuple)) and len(p) == 2 and isinstance(p[0], SharedVariable) for p in part)
    )
