"""Where the time of compiled functions goes: in calls, by step and by application; and in compiling."""

from collections.abc import Callable
from collections.abc import Iterator
from theano.graph import Apply
from theano.graph import Op
from typing import Any
from typing import TextIO

__all__ = ['ProfileStats', 'ScanProfileStats', 'count_globally', 'print_global_stats', 'register_profiler_printer', 'totals']
class ProfileStats:
    """The times of one function, or of all functions that were made with it."""
    flag_time_thunks: Any
    message: str | None
    line_width: Any
    making_phases: Any
    phases: Any
    times_steps: Any
    times_rules: Any
    sources: list[tuple[str, Any]]
    tasks: list[Any]
    def __init__(self, atexit_print: bool = True, flag_time_thunks: bool | None = None, gpu_checks: bool = True, **kwargs: Any) -> None: ...
    def add(self, times: Any, name: str) -> None:
        """Take in the times of another function."""
    def making(self, task: Any) -> Iterator[None]:
        """A function is made inside the ``with`` block."""
    def reset(self) -> None:
        """Forget all calls."""
    def total(self) -> Any:
        """Of the calls of all functions together; of memory the most that one of them takes."""
    def steps(self) -> list[Any]:
        """The steps of all functions, those of a loop after it."""
    @property
    def fct_callcount(self) -> int: ...
    @property
    def fct_call_time(self) -> float:
        """Seconds in all calls."""
    @property
    def vm_call_time(self) -> float:
        """The same: a call is native code from its first instruction on."""
    def compute_total_times(self) -> dict[Apply, float]:
        """Of each application, its seconds and those of all that it needs."""
    def fill_node_total_time(self, node: Apply, total_times: dict[Apply, float]) -> None:
        """Enter the seconds of an application and of all that it needs, each counted once, into ``total_times``."""
    @property
    def apply_time(self) -> dict[Apply, float]:
        """Seconds of each application.  What one loop computes shares its time by the costs of what each adds to it."""
    @property
    def apply_callcount(self) -> dict[Apply, int]: ...
    @property
    def apply_cimpl(self) -> dict[Apply, bool]:
        """Whether it is carried out by machine code."""
    def op_time(self) -> dict[Op, float]:
        """Seconds of each op."""
    def op_callcount(self) -> dict[Op, int]:
        """How often each op was carried out."""
    def op_nodes(self) -> dict[Op, int]:
        """How many applications each op has."""
    def op_impl(self) -> dict[Op, str]:
        """"C " for machine code, "Py" for what Python performs."""
    def class_time(self) -> dict[type[Any], float]:
        """Seconds of each class of ops."""
    def class_callcount(self) -> dict[type[Any], int]: ...
    def class_nodes(self) -> dict[type[Any], int]: ...
    def class_impl(self) -> dict[type[Any], str]: ...
    @property
    def compile_time(self) -> float:
        """Seconds for the making of all functions."""
    @property
    def optimizer_time(self) -> float:
        """Seconds of that for rewriting; none where finished code was found."""
    @property
    def linker_time(self) -> float:
        """Seconds of that for everything after rewriting: lowering, LLVM, reading and writing the disk cache."""
    validate_time: Any
    import_time: Any
    @property
    def linker_node_make_thunks(self) -> float:
        """Seconds for machine code: lowering and LLVM."""
    @property
    def nb_nodes(self) -> int:
        """Applications of all functions, after rewriting."""
    def summary(self, file: TextIO = ..., n_ops_to_print: int | None = None, n_apply_to_print: int | None = None) -> None:
        """Print everything; of ops and applications as many as asked for, by default as the flags say."""
    def summary_function(self, file: TextIO) -> None:
        """Calls and compiling."""
    def summary_globals(self, file: TextIO) -> None:
        """Of all functions of the process."""
    def summary_class(self, file: TextIO = ..., N: int | None = None) -> None:
        """The classes of ops that take the most time."""
    def summary_ops(self, file: TextIO = ..., N: int | None = None) -> None:
        """The ops that take the most time."""
    def summary_nodes(self, file: TextIO = ..., N: int | None = None) -> None:
        """The applications that take the most time."""
    def summary_steps(self, file: TextIO = ..., N: int | None = None) -> None:
        """The steps that take the most time: loops with all that is computed in them, calls of libraries."""
    def summary_rewrites(self, file: TextIO = ..., N: int | None = None) -> None:
        """The phases of compiling, and the rewrites."""
    def summary_memory(self, file: TextIO, N: int | None = None) -> None:
        """Memory of a call."""
    def print_extra(self, file: TextIO) -> None:
        """What functions given to ``register_profiler_printer`` print."""
    def print_tips(self, file: TextIO) -> None:
        """What could be made faster."""
    def to_dict(self) -> dict[str, Any]:
        """Everything as lists, dicts, strings and numbers."""
    def to_json(self, path: Any = None) -> str:
        """The same as JSON; also written to a file where ``path`` is given."""
    def to_html(self, path: Any = None) -> str:
        """A page with a flame chart, which needs nothing beside it; also written to a file where ``path`` is given."""
class ScanProfileStats(ProfileStats):
    """A ProfileStats of another class: here a loop's steps are told in the profile of the function that runs it."""
    name: str | None
    def __init__(self, atexit_print: bool = True, name: str | None = None, **kwargs: Any) -> None: ...
    def summary_globals(self, file: TextIO) -> None:
        """Nothing: the function around tells it."""
def count_globally(profile: Any) -> None:
    """Add a profile to the totals of all functions, which are printed at exit under ``print_global_stats``."""
def print_global_stats() -> None:
    """Print the seconds of all functions together, to where ``config.profiling.destination`` says."""
def register_profiler_printer(fct: Callable[..., Any]) -> Callable[..., Any]:
    """Have ``fct(message, compile_time, fct_call_time, apply_time, apply_cimpl, outputs_size, file)`` called whenever a summary is printed.  A decorator."""
def totals() -> Any:
    """Of all profiles that are printed at exit, or counted."""
