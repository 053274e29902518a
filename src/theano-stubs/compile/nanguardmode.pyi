"""NanGuardMode: functions that look at every number they compute, and tell which line made the first bad one."""

from collections.abc import Callable
from theano.compile.mode import Mode
from theano.graph import Apply
from typing import Any

class NanGuardMode(Mode):
    """A mode in which arguments, shared variables, and the results of every step are searched for bad numbers."""
    nan_is_error: Any
    inf_is_error: Any
    big_is_error: Any
    def __init__(self, nan_is_error: bool | None = None, inf_is_error: bool | None = None, big_is_error: bool | None = None, optimizer: Any = 'default', linker: Any = None) -> None: ...
    def clone(self, link_kwargs: dict[Any, Any] | None = None, optimizer: Any = '', **kwargs: Any) -> Mode: ...
    def compile(self, task: Any) -> Callable[..., Any]: ...
def contains_inf(arr: Any, node: Apply | None = None, var: Any = None) -> bool:
    """Whether a value is an array with an infinity in it."""
def contains_nan(arr: Any, node: Apply | None = None, var: Any = None) -> bool:
    """Whether a value is an array with a NaN in it."""
logger: Any
from theano.compile.mode import get_mode as get_mode
