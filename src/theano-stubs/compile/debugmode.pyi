"""DebugMode: functions that check ops, rewrites and machine code while they compute."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from theano.compile import ViewOp
from theano.compile.mode import Mode as _mode_Mode
from theano.graph import Apply
from theano.graph import Variable
from typing import Any

__all__ = ['BadDestroyMap', 'BadOptimization', 'BadThunkOutput', 'BadViewMap', 'DebugMode', 'DebugModeError', 'InvalidValueError', 'NoDuplicateOptWarningFilter', 'StochasticOrder', 'check_eq']
class BadDestroyMap(DebugModeError):
    """An op has written into an operand that its ``destroy_map`` does not tell of."""
    node: Any
    idx: Any
    old_val: Any
    new_val: Any
    perform: Any
    def __init__(self, node: Apply, idx: int, old_val: Any, new_val: Any, perform: str) -> None: ...
class BadOptimization(DebugModeError):
    """A rewrite has changed a value."""
    old_r: Any
    new_r: Any
    old_r_val: Any
    new_r_val: Any
    reason: Any
    old_graph: Any
    new_graph: Any
    def __init__(self, old_r: Variable, new_r: Variable | None = None, old_r_val: Any = None, new_r_val: Any = None, reason: Any = None, old_graph: str | None = None, new_graph: str | None = None) -> None: ...
    def str_diagnostic(self) -> str:
        """Which rewrite changed what."""
class BadThunkOutput(DebugModeError):
    """Two ways to carry out one application give different values."""
    r: Any
    thunk1: Any
    val1: Any
    thunk2: Any
    val2: Any
    inputs_val: Sequence[Any]
    def __init__(self, r: Variable, thunk1: str, val1: Any, thunk2: str, val2: Any, inputs_val: Sequence[Any] = ...) -> None: ...
    def offending_op(self) -> type[Any] | None:
        """The class of the op."""
    def str_diagnostic(self) -> str:
        """What differs, and by how much."""
class BadViewMap(DebugModeError):
    """An output of an op lies in the memory of an operand, or of another output, and nothing tells of it."""
    node: Any
    output_idx: Any
    out_storage: Any
    in_alias_idx: Any
    out_alias_idx: Any
    def __init__(self, node: Apply, output_idx: int, out_storage: Any, in_alias_idx: Sequence[int] | None = None, out_alias_idx: Sequence[int] | None = None) -> None: ...
class DebugMode(_mode_Mode):
    """A mode in which every call checks itself.  It is slow."""
    stability_patience: int | None
    check_c_code: Any
    check_py_code: Any
    check_isfinite: Any
    check_preallocated_output: Any
    require_matching_strides: int | None
    def __init__(self, optimizer: Any = 'fast_run', stability_patience: int | None = None, check_c_code: bool | None = None, check_py_code: bool | None = None, check_isfinite: bool | None = None, check_preallocated_output: Sequence[str] | None = None, require_matching_strides: int | None = None, linker: Any = None) -> None: ...
    def clone(self, link_kwargs: dict[Any, Any] | None = None, optimizer: Any = '', **kwargs: Any) -> _mode_Mode: ...
    def prepare(self, task: Any) -> None: ...
    def compile(self, task: Any) -> Callable[..., Any]: ...
class DebugModeError(Exception):
    """Base of the errors that only DebugMode finds."""
class InvalidValueError(DebugModeError):
    """A value that is not of its variable's type, or NaN or an infinity where those are no values."""
    r: Any
    v: Any
    client_node: Any
    hint: Any
    specific_hint: Any
    def __init__(self, r: Variable, v: Any = None, client_node: Apply | None = None, hint: str = 'none', specific_hint: str = 'none') -> None: ...
class NoDuplicateOptWarningFilter:
    """A logging filter that lets a warning of rewriting through once."""
    seen: set[str]
    def __init__(self, name: str = '') -> None: ...
    def filter(self, record: Any) -> bool:
        """Whether the record is new, or no such warning."""
class StochasticOrder(DebugModeError):
    """Rewriting one graph twice gave two graphs."""
def check_eq(var: Variable, val1: Any, val2: Any) -> bool:
    """Whether two values of a variable are equal but for rounding; ``var.tag.values_eq_approx`` may say so."""
class DataDestroyed:
    """Stood, in 1.0.5, for values that an op had overwritten."""
def char_from_number(number: int) -> str:
    """``number`` in the digits A to Z."""
data_destroyed: DataDestroyed
def debugprint(r: Any, prefix: str = '', depth: int = -1, done: dict[Any, str] | None = None, print_type: bool = False, file: Any = None, print_destroy_map: bool = False, print_view_map: bool = False, order: Sequence[Apply] | None = None, ids: str = 'CHAR', stop_on_name: bool = False, prefix_child: str | None = None, scan_ops: Any = None, profile: Any = None, scan_inner_to_outer_inputs: Mapping[Variable, Variable] | None = None, smap: Mapping[Variable, Sequence[Any]] | None = None, used_ids: dict[Any, str] | None = None, print_clients: bool = False) -> Any:
    """Print a variable or an application as ``theano.printing.debugprint`` does; return the file."""
default_make_thunk: list[Any]
from theano.compile import Function as Function
from theano.compile import FunctionMaker as FunctionMaker
from theano.compile.mode import Mode as Mode
from theano.compile.mode import register_mode as register_mode
class OutputGuard(ViewOp):
    """What Theano 1.0.5 put around outputs to keep them from being overwritten; here storage is nobody's business."""
from theano.configuration import change_flags as change_flags
from theano.configuration import config as config
