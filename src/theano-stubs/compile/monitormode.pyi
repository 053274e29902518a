"""MonitorMode: functions of the user's own are called before and after every step of a compiled function."""

from collections.abc import Callable
from collections.abc import Sequence
from theano.compile.mode import Mode
from theano.graph import Apply
from typing import Any

class MonitorMode(Mode):
    """A mode that calls ``pre_func(i, node, fn)`` before, and ``post_func(i, node, fn)`` after each step."""
    pre_func: Any
    post_func: Any
    def __init__(self, pre_func: Callable[[int, Any, StepThunk], object] | None = None, post_func: Callable[[int, Any, StepThunk], object] | None = None, optimizer: Any = 'default', linker: Any = None) -> None: ...
    def clone(self, link_kwargs: dict[Any, Any] | None = None, optimizer: Any = '', **kwargs: Any) -> Mode: ...
    def compile(self, task: Any) -> Callable[..., Any]: ...
    def eval(self, i: int, node: Apply, fn: StepThunk) -> None:
        """Carry out a step between the two callbacks."""
def detect_nan(i: int, node: Apply, fn: StepThunk) -> None:
    """A ``post_func`` that prints a step which makes NaN: its graph, and the values of its inputs and outputs."""
class StepThunk:
    """What callbacks are given of a step; calling it carries the step out."""
    node: Apply
    inputs: list[list[Any]]
    outputs: list[list[Any]]
    def __init__(self, node: Apply, values: Sequence[Any]) -> None: ...
    def __call__(self) -> None: ...
