"""Mode: how a function is made, that is by which back end and after which rewrites."""

from collections.abc import Callable
from theano.graph import FunctionGraph
from typing import Any

from theano.compile import AddDestroyHandler as AddDestroyHandler
from theano.compile import AddFeatureOptimizer as AddFeatureOptimizer
FAST_COMPILE: Mode
FAST_RUN: Mode
class Mode:
    """A back end and a level of rewriting."""
    provided_linker: str | Linker | None
    provided_optimizer: str | Query | None
    linker: Any
    optimizer: Any
    def __init__(self, linker: str | Linker | None = None, optimizer: str | Query | None = 'default') -> None: ...
    call_time: Any
    fn_time: Any
    def get_linker_optimizer(self, linker: str | Linker | None, optimizer: str | Query | None) -> tuple[Linker, Query]:
        """The Linker and the Query that two arguments of Mode stand for."""
    def including(self, *tags: str) -> Mode:
        """This mode with the rewrites so named besides."""
    def excluding(self, *tags: str) -> Mode:
        """This mode without the rewrites so named."""
    def requiring(self, *tags: str) -> Mode:
        """This mode, with those rewrites only that carry all these names."""
    def register(self, *optimizations: tuple[Any, float]) -> Mode:
        """This mode with steps of the program's own, see ``Query.register``."""
    def clone(self, link_kwargs: dict[Any, Any] | None = None, optimizer: Any = '', **kwargs: Any) -> Mode:
        """A copy, with another ``optimizer`` unless that is "", and with ``link_kwargs`` (``allow_gc``) exchanged."""
    def prepare(self, task: Any) -> None:
        """Called before a Task's graph is rewritten: modes that watch rewriting begin here."""
    def compile(self, task: Any) -> Callable[..., Any]:
        """Hand a Task to the back end.  Modes that check or watch what is computed do their part here."""
    @property
    def allow_gc(self) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
OPT_FAST_COMPILE: Query
OPT_FAST_RUN: Query
OPT_FAST_RUN_STABLE: Query
OPT_MERGE: Query
OPT_NONE: Query
OPT_O2: Query
OPT_O3: Query
OPT_STABILIZE: Query
OPT_UNSAFE: Query
from theano.compile import PrintCurrentFunctionGraph as PrintCurrentFunctionGraph
def get_default_mode() -> Mode:
    """The mode of functions that are given none: what the flags mode, linker and optimizer tell."""
def get_mode(orig_string: str | Mode | None) -> Mode:
    """The mode of this name; None is the one that the flags tell."""
instantiated_default_mode: Mode
from theano.compile import optdb as optdb
predefined_linkers: dict[Any, Any]
predefined_modes: dict[Any, Any]
predefined_optimizers: dict[Any, Any]
def register_linker(name: str, linker: Linker) -> None:
    """Let ``Mode(linker=name)`` be understood.  ValueError when the name is taken."""
def register_mode(name: str, mode: Mode) -> None:
    """Let ``mode=name`` be understood.  ValueError when the name is taken."""
def register_optimizer(name: str, opt: Query) -> None:
    """Let ``Mode(optimizer=name)`` be understood.  ValueError when the name is taken."""
class Linker:
    """A way to carry out a graph; old names of linkers stand for a back end and a choice about memory."""
    back_end: str
    def __init__(self, back_end: str, allow_gc: bool | None = None) -> None: ...
    allow_gc: bool | None
    def load(self) -> Callable[[Any], Callable[..., Any]]:
        """The back end itself, imported when it is needed first."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class Query:
    """Which rewrites are done: a level, and names of passes and rules added, left out, or required of every one."""
    level: str
    def __init__(self, level: str, include: tuple[str, ...] = ..., exclude: tuple[str, ...] = ..., require: tuple[str, ...] = ..., position_cutoff: float = ..., more: tuple[Any, ...] = ...) -> None: ...
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    require: tuple[str, ...]
    position_cutoff: float
    more: tuple[Any, ...]
    def rewriter(self, profile: Any = None) -> Callable[[FunctionGraph], None]:
        """The function that rewrites a graph in this way, and tells ``profile`` of the time."""
    def including(self, *tags: str) -> Query:
        """This one with the rewrites so named besides."""
    def excluding(self, *tags: str) -> Query:
        """This one without the rewrites so named."""
    def requiring(self, *tags: str) -> Query:
        """This one, with those rewrites only that carry all these names."""
    def register(self, *optimizations: tuple[Any, float]) -> Query:
        """This one with steps of the program's own: pairs of an object with ``optimize(fgraph)`` and its position."""
    @property
    def has_own_rules(self) -> bool:
        """Whether rewrites take part that the program has registered: no name tells what they do."""
    @property
    def fuses(self) -> bool:
        """Whether chains of elementwise operations become one loop."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
