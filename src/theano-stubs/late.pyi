"""Modules that are imported when they are first needed: those that deal with the ops of rare programs."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

def is_imported(module: str) -> bool:
    """Whether values of the classes of a module, or of one within it, may exist."""
class Dispatched:
    """A function of several bodies, of which the class of the first argument decides, as in ``functools.singledispatch``."""
    rooms: Mapping[str, str]
    register: Any
    registry: Any
    def __init__(self, default: Callable[..., Any], rooms: Mapping[str, str]) -> None: ...
    def dispatch(self, kind: type[Any]) -> Callable[..., Any]:
        """The body for a class, whose module is imported if it has not been."""
    def __call__(self, first: Any, *others: Any) -> Any: ...
def dispatched(rooms: Mapping[str, str]) -> Callable[[Callable[..., Any]], Dispatched]:
    """Decorator: the default of a ``Dispatched`` function."""
