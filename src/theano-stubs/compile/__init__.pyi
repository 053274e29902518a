"""Making functions: ``function``, shared variables, how arguments and results are handed over, modes."""

from collections import OrderedDict as _collections_OrderedDict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from theano.compat import OrderedDict
from theano.compile.mode import Linker
from theano.compile.mode import Mode as _mode_Mode
from theano.gof import Optimizer
from theano.gof.opt import FromFunctionLocalOptimizer
from theano.gradient import Barrier
from theano.graph import FunctionGraph
from theano.graph import Op
from theano.graph import Type
from theano.graph import Variable as _graph_Variable
from theano.legacy.adapters._optimizer_databases import _Passes
from theano.tensor._operators import _tensor_py_operators
from typing import Any

from theano.compile import builders as builders
from theano.compile import convolutions as convolutions
from theano.compile import debugmode as debugmode
from theano.compile import function_module as function_module
from theano.compile import io as io
from theano.compile import mode as mode
from theano.compile import monitormode as monitormode
from theano.compile import nanguardmode as nanguardmode
from theano.compile import ops as ops
from theano.compile import pfunc as pfunc
from theano.compile import profiling as profiling
from theano.compile import sharedvalue as sharedvalue
__all__ = ['FAST_COMPILE', 'FAST_RUN', 'Container', 'FromFunctionOp', 'Function', 'FunctionMaker', 'In', 'Mode', 'OrderedUpdates', 'Out', 'Param', 'RandomStateSharedVariable', 'ScalarSharedVariable', 'SharedVariable', 'SymbolicInput', 'SymbolicOutput', 'TensorSharedVariable', 'as_op', 'clone', 'function', 'get_default_mode', 'get_mode', 'predefined_linkers', 'predefined_modes', 'predefined_optimizers', 'register_linker', 'register_mode', 'register_optimizer', 'shared', 'shared_constructor']
from theano.compile.mode import FAST_COMPILE as FAST_COMPILE
from theano.compile.mode import FAST_RUN as FAST_RUN
class Container:
    """One value, filtered by a type as it comes in."""
    type: Type
    name: Any
    storage: list[Any]
    readonly: bool
    strict: bool
    allow_downcast: bool | None
    def __init__(self, r: _graph_Variable | Type, storage: list[Any], readonly: bool = False, strict: bool = False, allow_downcast: bool | None = None, name: str | None = None) -> None: ...
    def filter(self, value: Any) -> Any:
        """``value`` in the type's own form; the exception names the container when it cannot be."""
    @property
    def value(self) -> Any: ...
    @value.setter
    def value(self, value: Any) -> None: ...
    @property
    def data(self) -> Any: ...
    @data.setter
    def data(self, value: Any) -> None: ...
class FromFunctionOp(Op):
    """outputs = fn(*inputs), called back as it is."""
    fn: Callable[..., Any]
    itypes: Any
    otypes: Any
    infer_shape: Callable[..., Any] | None
    def __init__(self, fn: Callable[..., Any], itypes: Sequence[Type], otypes: Sequence[Type], infer_shape: Callable[..., Any] | None = None) -> None: ...
class Function:
    """A compiled function.  ``f(...)`` takes the inputs by position or by name."""
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    maker: Any
    name: Any
    fn: Any
    trust_input: Any
    profile: Any
    unpack_single: Any
    return_none: Any
    output_keys: Any
    outputs: Any
    n_returned_outputs: Any
    nodes_with_inner_function: list[Any]
    def __init__(self, maker: Any, caller: Any) -> None: ...
    @property
    def value(self) -> Any:
        """Values of inputs: ``f.value['y']``."""
    @property
    def container(self) -> Any:
        """Containers of inputs: ``f.container['y'].value``."""
    @property
    def input_storage(self) -> list[Container]: ...
    @property
    def output_storage(self) -> list[Container]:
        """One empty container for each output: results belong to the caller, the function keeps none."""
    @property
    def finder(self) -> dict[Any, Container]:
        """Containers by name and by variable."""
    @property
    def inv_finder(self) -> dict[Container, In]: ...
    @property
    def defaults(self) -> list[tuple[bool, bool, Any]]:
        """(must be given, comes back after a call, default) of each input."""
    @property
    def indices(self) -> list[tuple[In, list[int], list[In]]]: ...
    def get_shared(self) -> list[SharedVariable]:
        """The shared variables that calls read or update."""
    def run(self, n: int, *args: Any, index: Any = None, cut: Mapping[Any, Any] | None = None, batch_size: int | None = None, start: int = 0, stack: bool = False, callback: Callable[[int, Any], Any] | None = None, every: int | None = None, progress: bool = False, **kwargs: Any) -> Any:
        """Call the function ``n`` times, in native code."""
    def free(self) -> None:
        """Give back the memory that calls leave to the next one; functions share it."""
    def sync_shared(self) -> None:
        """Wait until shared variables hold their values: they do when a call returns."""
    def copy(self, share_memory: bool = False, swap: dict[Any, SharedVariable] | None = None, delete_updates: bool = False, name: str | None = None, profile: Any = None) -> Function:
        """Another function of the same graph and the same shared variables."""
    def __contains__(self, key: Any) -> bool: ...
    def __getitem__(self, key: Any) -> Any:
        """The value of an input with a default, or of a state: by name, variable or place."""
    def __setitem__(self, key: Any, value: Any) -> None:
        """Set it: an argument for the next call, a state from now on."""
class FunctionMaker:
    """What a function is made of.  ``create()`` makes it."""
    graph: FunctionGraph
    inputs: list[In]
    arguments: list[int]
    states: list[int]
    updates: list[int]
    outputs: list[SymbolicOutput]
    mode: _mode_Mode
    name: str
    task: Any
    def __init__(self, graph: FunctionGraph, inputs: list[In], arguments: list[int], states: list[int], updates: list[int], outputs: list[SymbolicOutput], mode: _mode_Mode, name: str, output_keys: list[str] | None = None, unpack_single: bool = False, return_none: bool = False, on_unused_input: str = 'raise', profile: Any = None, is_rewritten: bool = False, identity: Any = None, accept_inplace: bool = False, function_builder: type[Function] = ...) -> None: ...
    output_keys: list[str] | None
    unpack_single: bool
    return_none: bool
    on_unused_input: str
    profile: Any
    is_rewritten: bool
    identity: Any
    accept_inplace: bool
    function_builder: type[Function]
    def create(self, input_storage: Sequence[Any] | None = None, trustme: bool = False, storage_map: Any = None) -> Function:
        """The function; ``input_storage`` gives containers for all inputs, by default those that the inputs tell."""
    @staticmethod
    def wrap_in(input: Any) -> In:
        """What an entry of the list of inputs stands for: a variable, an In, a pair of one and its value."""
    @staticmethod
    def wrap_out(output: Any) -> SymbolicOutput:
        """What an entry of the list of outputs stands for: a variable or an Out."""
    @staticmethod
    def expand_in(sinput: In, rinputs: Sequence[Any]) -> tuple[In, list[In]]:
        """An input and all that it stands for: itself."""
    @property
    def fgraph(self) -> FunctionGraph:
        """The graph that is carried out, after rewriting."""
    @property
    def linker(self) -> Linker: ...
    @property
    def indices(self) -> list[tuple[In, list[int], list[In]]]:
        """Each input with its position and itself, as programs of old read it."""
    @property
    def expanded_inputs(self) -> list[In]: ...
    @property
    def required(self) -> list[bool]:
        """For each input whether a call must give it."""
    @property
    def refeed(self) -> list[bool]:
        """For each input whether its default comes back after a call."""
class In(SymbolicInput):
    """An argument with what concerns its value besides."""
    value: Any
    borrow: Any
    shared: bool
    def __init__(self, variable: _graph_Variable, name: str | None = None, value: Any = None, update: _graph_Variable | None = None, mutable: bool | None = None, strict: bool = False, allow_downcast: bool | None = None, autoname: bool = True, implicit: bool | None = None, borrow: bool | None = None, shared: bool = False) -> None: ...
from theano.compile.mode import Mode as Mode
class OrderedUpdates(OrderedDict, _collections_OrderedDict[Any, Any]):
    """A dict from shared variables to expressions.  ``a + b`` joins two that do not contradict each other."""
    def __init__(self, *key: Any, **kwargs: Any) -> None: ...
    def __add__(self, other: Any) -> OrderedUpdates: ...
    def __radd__(self, other: Any) -> OrderedUpdates: ...
    def __setitem__(self, key: SharedVariable, value: Any) -> None: ...
Out = SymbolicOutput
class Param(In):
    """The older form of In: ``default`` for ``value``."""
    def __init__(self, variable: _graph_Variable, default: Any = None, name: str | None = None, mutable: bool = False, strict: bool = False, allow_downcast: bool | None = None, implicit: bool | None = None, borrow: bool | None = None) -> None: ...
class RandomStateSharedVariable(SharedVariable):
    """A shared state of NumPy's legacy generator."""
    def get_value(self, borrow: bool = False, return_internal_type: bool = False) -> Any: ...
class ScalarSharedVariable(TensorSharedVariable):
    """A shared array of no dimensions, made from a number."""
class SharedVariable(_graph_Variable):
    """A variable with a value of its own."""
    container: Container
    def __init__(self, name: str | None, type: Type, value: Any, strict: bool | None, allow_downcast: bool | None = None, container: Container | None = None) -> None: ...
    is_changed_by_loops: bool
    def get_value(self, borrow: bool = False, return_internal_type: bool = False) -> Any:
        """The value of now; the very object that is held with ``borrow``, else a copy."""
    def set_value(self, new_value: Any, borrow: bool = False) -> None:
        """Give another value, in all functions that use the variable."""
    def zero(self, borrow: bool = False) -> None:
        """Set all elements to 0; with ``borrow`` within the array that is held."""
    @property
    def value(self) -> Any: ...
    @value.setter
    def value(self, value: Any) -> None: ...
    def clone(self) -> SharedVariable:
        """Another variable with the same value: setting one sets the other."""
class SymbolicInput:
    """An argument of a compiled function."""
    variable: _graph_Variable
    name: Any
    update: _graph_Variable | None
    mutable: Any
    strict: bool
    allow_downcast: bool | None
    implicit: bool | None
    def __init__(self, variable: _graph_Variable, name: str | None = None, update: _graph_Variable | None = None, mutable: bool | None = None, strict: bool = False, allow_downcast: bool | None = None, autoname: bool = True, implicit: bool | None = False) -> None: ...
    @property
    def updates_itself(self) -> bool:
        """Whether there is an update; the expression may be one that has not been read yet."""
class SymbolicOutput:
    """A result of a compiled function."""
    variable: _graph_Variable
    borrow: bool
    def __init__(self, variable: _graph_Variable, borrow: bool = False) -> None: ...
class TensorSharedVariable(_tensor_py_operators, SharedVariable):
    """A shared array.  What is held is contiguous in C order, aligned and writeable, so that native code may use it as it lies; an array that is not so is copied once, in spite of ``borrow``."""
    def get_value(self, borrow: bool = False, return_internal_type: bool = False) -> Any: ...
def as_op(itypes: Any, otypes: Any, infer_shape: Callable[..., Any] | None = None) -> Callable[[Callable[..., Any]], FromFunctionOp]:
    """Decorate a NumPy function to be used as an op on variables of the types ``itypes``."""
def clone(output: Any, replace: Mapping[Any, Any] | Iterable[Sequence[Any]] | None = None, strict: bool = True, share_inputs: bool = True, copy_inputs: bool | None = None) -> Any:
    """A copy of an expression, or of a list of them, with some variables exchanged for others."""
from theano.compile.function import function as function
from theano.compile.mode import get_default_mode as get_default_mode
from theano.compile.mode import get_mode as get_mode
predefined_linkers: dict[Any, Any]
predefined_modes: dict[Any, Any]
predefined_optimizers: dict[Any, Any]
from theano.compile.mode import register_linker as register_linker
from theano.compile.mode import register_mode as register_mode
from theano.compile.mode import register_optimizer as register_optimizer
from theano.compile._shared import shared as shared
def shared_constructor(ctor: Callable[..., Any], remove: bool = False) -> Callable[..., Any]:
    """Let ``shared`` ask ``ctor(value, name, strict, allow_downcast, **kwargs)``, before all that it knows already."""
class AddDestroyHandler(Optimizer):
    """Storage is planned after rewriting, so there is nothing to guard."""
class AddFeatureOptimizer(Optimizer):
    """Attach a feature to the graph."""
    feature: Any
    def __init__(self, feature: Any) -> None: ...
    def add_requirements(self, fgraph: FunctionGraph) -> None: ...
from theano.compile.debugmode import DebugMode as DebugMode
class DeepCopyOp(ViewOp):
    """vjp: dout.  The result shares nothing with ``x``."""
from theano.gradient import DisconnectedType as DisconnectedType
from theano.compile.monitormode import MonitorMode as MonitorMode
from theano.gradient import NullType as NullType
from theano.compile.mode import OPT_FAST_COMPILE as OPT_FAST_COMPILE
from theano.compile.mode import OPT_FAST_RUN as OPT_FAST_RUN
from theano.compile.mode import OPT_FAST_RUN_STABLE as OPT_FAST_RUN_STABLE
from theano.compile.mode import OPT_MERGE as OPT_MERGE
from theano.compile.mode import OPT_NONE as OPT_NONE
from theano.compile.mode import OPT_O2 as OPT_O2
from theano.compile.mode import OPT_O3 as OPT_O3
from theano.compile.mode import OPT_STABILIZE as OPT_STABILIZE
from theano.compile.mode import OPT_UNSAFE as OPT_UNSAFE
from theano.gradient import OpFromGraph as OpFromGraph
class PrintCurrentFunctionGraph(Optimizer):
    """Print the applications of the graph, under a header."""
    header: str
    def __init__(self, header: str) -> None: ...
    def apply(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> None: ...
from theano.profiling import ProfileStats as ProfileStats
from theano.tensor import Rebroadcast as Rebroadcast
from theano.profiling import ScanProfileStats as ScanProfileStats
from theano.tensor import Shape as Shape
from theano.tensor import Shape_i as Shape_i
from theano.tensor import SpecifyShape as SpecifyShape
from theano.graph import UnusedInputError as UnusedInputError
from theano.graph import Variable as Variable
class ViewOp(Barrier):
    """vjp: dout.  The result is a variable of its own that shares the array of ``x``."""
from theano.configuration import config as config
def convert_function_input(parameter: Any, allow_downcast: bool | None = None) -> In:
    """What stands in a function's list of inputs, as an In."""
deep_copy_op: DeepCopyOp
from theano import function_dump as function_dump
inline_ofg_expansion: FromFunctionLocalOptimizer
instantiated_default_mode: _mode_Mode
def io_connection_pattern(inputs: Sequence[_graph_Variable], outputs: Sequence[_graph_Variable]) -> list[list[bool]]:
    """[input][output] -> whether a gradient flows, by the ``connection_pattern`` of the ops between."""
def is_same_graph(var1: _graph_Variable, var2: _graph_Variable, givens: dict[_graph_Variable, _graph_Variable] | Iterable[tuple[_graph_Variable, _graph_Variable]] | None = None, debug: bool = False) -> bool:
    """Whether two expressions are the same computation on the same inputs, after the replacements ``givens``."""
optdb: _Passes
def orig_function(inputs: Sequence[Any], outputs: Any, mode: Any = None, accept_inplace: bool = False, name: str | None = None, profile: Any = None, on_unused_input: str | None = None, output_keys: Sequence[str] | None = None) -> Any:
    """``theano.function`` of inputs whose updates and values stand in ``In``."""
def rebuild_collect_shared(outputs: Any, inputs: Sequence[Any] | None = None, replace: Any = None, updates: Any = None, rebuild_strict: bool = True, copy_inputs_over: bool = True, no_default_updates: Any = False) -> tuple[list[Any], Any, list[Any]]:
    """Copy a graph with replacements made, and find the shared variables in it and their updates."""
from theano.tensor._shape import shape as shape
from theano.tensor import specify_shape as specify_shape
view_op: ViewOp
