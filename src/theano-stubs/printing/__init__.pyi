"""Graphs as text, as pictures, and values printed when they are computed."""

import numpy
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from theano.graph import Op as _graph_Op
from theano.graph import Variable
from typing import Any

__all__ = ['VALID_ASSOC', 'DefaultPrinter', 'DimShufflePrinter', 'FunctionPrinter', 'IgnorePrinter', 'LeafPrinter', 'OperatorPrinter', 'PPrinter', 'PatternPrinter', 'Print', 'PrinterState', 'SubtensorPrinter', 'debugprint', 'default_colorCodes', 'default_printer', 'greek', 'hex_digest', 'leaf_printer', 'min_informative_str', 'position_independent_str', 'pp', 'pprint', 'pydot_imported', 'pydot_imported_msg', 'pydotprint', 'special', 'use_ascii', 'var_descriptor']
VALID_ASSOC: set[Any]
class DefaultPrinter:
    """``Op{properties}(x, y)``."""
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class DimShufflePrinter:
    """``x.T``; new axes in front are not told, as broadcasting makes them."""
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class FunctionPrinter:
    """``name(x, y)``; of an op with several outputs each has a name."""
    names: Any
    def __init__(self, *names: str) -> None: ...
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class IgnorePrinter:
    """The operand as it is."""
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class LeafPrinter:
    """A variable that nothing computes."""
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class OperatorPrinter:
    """``(x + y)``, or ``(-x)`` of one operand.  ``precedence`` and ``assoc`` are accepted: everything is in parentheses."""
    operator: Any
    precedence: Any
    assoc: Any
    def __init__(self, operator: str, precedence: int = 0, assoc: str = 'left') -> None: ...
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class PPrinter:
    """Printers with their conditions."""
    printers: list[tuple[Callable[[PrinterState, Variable], bool], Any]]
    def __init__(self) -> None: ...
    def assign(self, condition: Any, printer: Any) -> None:
        """Let a printer write variables for which ``condition(pstate, variable)`` holds; or those made by an op."""
    def process(self, r: Variable, pstate: PrinterState | None = None) -> str:
        """The formula of a variable."""
    def process_graph(self, inputs: Sequence[Variable], outputs: Variable | Sequence[Variable], updates: Mapping[Variable, Variable] | None = None, display_inputs: bool = False) -> str:
        """A line for each output, and for each update; in front, if wanted, one of the inputs."""
    def clone(self) -> PPrinter:
        """Another one with the same printers."""
    def clone_assign(self, condition: Any, printer: Any) -> PPrinter:
        """Another one with a printer more."""
    def __call__(self, *args: Any) -> str:
        """The formula of one variable; of several the inputs that they need, and their formulas."""
class PatternPrinter:
    """A text with ``%(0)s`` for the first operand, and so on; of an op with several outputs one for each."""
    patterns: Any
    def __init__(self, *patterns: str | tuple[Any, ...]) -> None: ...
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
class Print(_graph_Op):
    """Its argument, unchanged; when it is computed, attributes of it are printed."""
    message: str
    attrs: Any
    global_fn: Callable[[Print, Any], None]
    def __init__(self, message: str = '', attrs: Sequence[str] = ..., global_fn: Callable[[Print, Any], None] = ...) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class PrinterState:
    """What printers are handed: who asked them (``pprinter``), the texts found so far (``memo``), and what is given."""
    pprinter: PPrinter
    memo: dict[Variable, str]
    def __init__(self, props: Any = None, **more_props: Any) -> None: ...
    def clone(self, props: Any = None, **more_props: Any) -> PrinterState:
        """Another state with these attributes besides."""
class SubtensorPrinter:
    """``x[Constant{0}]``, ``x[int64:]``: of slices the types of the ends."""
    def process(self, output: Variable, pstate: PrinterState) -> str: ...
def debugprint(obj: Any, depth: int = -1, print_type: bool = False, file: Any = None, ids: str = 'CHAR', stop_on_name: bool = False, done: dict[Any, str] | None = None, print_storage: bool = False, print_clients: bool = False, used_ids: dict[Any, str] | None = None) -> Any:
    """Print a graph as a tree: every line is an application or a variable, below it stands what it is computed from."""
default_colorCodes: dict[Any, Any]
default_printer: DefaultPrinter
greek: dict[Any, Any]
def hex_digest(x: numpy.ndarray) -> str:
    """The SHA-256 digest of an array's elements, with its strides and its shape."""
leaf_printer: LeafPrinter
def min_informative_str(obj: Any, indent_level: int = 0, _prev_obs: dict[Any, str] | None = None, _tag_generator: Any = None) -> str:
    """``obj`` as a tree that ends at variables with names; what occurs again is called by its letter."""
def position_independent_str(obj: Any) -> str:
    """A text of a tensor's type that is the same for all variables of the type.  NotImplementedError for other objects."""
pp: PPrinter
pprint = pp
pydot_imported: bool
pydot_imported_msg: str
from theano.pictures import pydotprint as pydotprint
special: dict[Any, Any]
use_ascii: bool
def var_descriptor(obj: Any, _prev_obs: dict[Any, str] | None = None, _tag_generator: Iterator[str] | None = None) -> str:
    """One line that says how a variable is computed, the same in every process; what occurs again is called by its tag."""
from theano.compile import Function as Function
from theano.compile import SharedVariable as SharedVariable
from theano.configuration import config as config
from theano.graph import Apply as Apply
from theano.graph import Op as Op
