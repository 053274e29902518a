"""scan and its common forms: from a Python function that builds a step to a loop."""

from collections.abc import Callable
from theano.compile import OrderedUpdates
from typing import Any

__all__ = ['foldl', 'foldr', 'loop', 'map', 'reduce', 'scan', 'scan_checkpoints', 'until']
def foldl(fn: Callable[..., Any], sequences: Any, outputs_info: Any, non_sequences: Any = None, mode: Any = None, name: str | None = None) -> tuple[Any, OrderedUpdates]:
    """``reduce`` from the first entry to the last."""
def foldr(fn: Callable[..., Any], sequences: Any, outputs_info: Any, non_sequences: Any = None, mode: Any = None, name: str | None = None) -> tuple[Any, OrderedUpdates]:
    """``reduce`` from the last entry to the first."""
def loop(step: Callable[..., Any], carry: Any, xs: Any = None, n: Any = None, while_: Callable[[Any], Any] | None = None, name: str = 'loop', checkpoint: Any = None) -> tuple[Any, Any]:
    """``carry, y = step(carry, x)`` for each entry x of ``xs``: the last carry, and the y of all steps stacked."""
def map(fn: Callable[..., Any], sequences: Any, non_sequences: Any = None, truncate_gradient: int = -1, go_backwards: bool = False, mode: Any = None, name: str | None = None) -> tuple[Any, OrderedUpdates]:
    """``fn`` of each entry of the sequences: (outputs, updates).  Arguments are as those of ``scan``."""
def reduce(fn: Callable[..., Any], sequences: Any, outputs_info: Any, non_sequences: Any = None, go_backwards: bool = False, mode: Any = None, name: str | None = None) -> tuple[Any, OrderedUpdates]:
    """The last results of ``fn``, which is given entries of the sequences and its own earlier results."""
def scan(fn: Callable[..., Any], sequences: Any = None, outputs_info: Any = None, non_sequences: Any = None, n_steps: Any = None, truncate_gradient: int = -1, go_backwards: bool = False, mode: Any = None, name: str | None = None, profile: Any = False, allow_gc: bool | None = None, strict: bool = False, return_list: bool = False) -> tuple[Any, OrderedUpdates]:
    """Call ``fn`` once to learn what a step does, and return the results of all steps, as expressions."""
def scan_checkpoints(fn: Callable[..., Any], sequences: Any = ..., outputs_info: Any = None, non_sequences: Any = ..., name: str = 'checkpointscan_fn', n_steps: Any = None, save_every_N: int = 10, padding: bool = True) -> tuple[Any, OrderedUpdates]:
    """A recurrence of which only every ``save_every_N``-th result is given, and kept for the gradient."""
class until:
    """``until(condition)``, returned by the step of a scan: the first step where it holds is the last one."""
    condition: Any
    def __init__(self, condition: Any) -> None: ...
