"""theano.gof of Theano 1.0.5."""

import builtins
from collections.abc import Callable
from collections.abc import Sequence
from theano.compile.mode import Query as _mode_Query
from theano.gof.opt import FromFunctionLocalOptimizer
from theano.gof.opt import FromFunctionOptimizer
from theano.graph import Apply as _graph_Apply
from theano.graph import FunctionGraph as _graph_FunctionGraph
from theano.graph import Op as _graph_Op
from theano.graph import Type as _graph_Type
from theano.graph import Variable as _graph_Variable
from typing import Any

from theano.gof import fg as fg
from theano.gof import graph as graph
from theano.gof import link as link
from theano.gof import null_type as null_type
from theano.gof import op as op
from theano.gof import opt as opt
from theano.gof import optdb as optdb
from theano.gof import params_type as params_type
from theano.gof import toolbox as toolbox
from theano.gof import type as type
from theano.gof import utils as utils
__all__ = ['DB', 'Apply', 'Bookkeeper', 'CEnumType', 'COp', 'Constant', 'Container', 'EnumList', 'EnumType', 'EquilibriumDB', 'EquilibriumOptimizer', 'Feature', 'FunctionGraph', 'Generic', 'History', 'InconsistencyError', 'Linker', 'LocalGroupDB', 'LocalOptGroup', 'LocalOptimizer', 'MergeOptimizer', 'MethodNotDefined', 'MissingInputError', 'NavigatorOptimizer', 'NodeFinder', 'Op', 'OpKeyOptimizer', 'OpRemove', 'OpSub', 'OpenMPOp', 'Optimizer', 'Params', 'ParamsType', 'PatternSub', 'PrintListener', 'ProxyDB', 'PureOp', 'Query', 'ReplaceValidate', 'ReplacementDidntRemovedError', 'SeqOptimizer', 'SequenceDB', 'TopoOptimizer', 'Type', 'Validator', 'Variable', 'fg', 'generic', 'graph', 'hashtype', 'inplace_optimizer', 'link', 'local_optimizer', 'null_type', 'object2', 'op', 'opt', 'optdb', 'optimizer', 'params_type', 'toolbox', 'type', 'utils', 'view_roots']
class DB:
    """Optimizers and databases by name, each with tags; its own name, and that of its class, are tags too."""
    def __init__(self) -> None: ...
    name: str | None
    def register(self, *args: Any, **kwargs: Any) -> Any:
        """Enter ``obj``."""
    def add_tags(self, name: str, *tags: str) -> None:
        """Let the object called ``name`` be selected by these tags too."""
    def remove_tags(self, name: str, *tags: str) -> None:
        """Let it not be selected by them any more."""
    def selected(self, query: _mode_Query) -> dict[str, Any]:
        """The objects that a query takes, by name; of a database among them what it gives for the same query."""
    def query(self, *tags: Any, **kwtags: Any) -> Any:
        """The optimizer made of what the tags select: "+a" any of these, "&a" all of these, "-a" none of these."""
    def assembled(self, query: _mode_Query) -> Any:
        """The selected objects as one."""
    def print_summary(self, stream: Any = ...) -> None:
        """Write names and tags."""
    def __contains__(self, name: str) -> bool: ...
    def __getitem__(self, name: str) -> Any: ...
from theano.graph import Apply as Apply
class Bookkeeper(Feature):
    """A feature that treats the nodes that are there as if they came in one by one."""
    def on_attach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_detach(self, fgraph: _graph_FunctionGraph) -> None: ...
class CEnumType(EnumList):
    """Constants of C, whose numbers are those of their order here: no C is compiled that would tell others."""
class COp(_graph_Op):
    """An op whose C code is in files.  A subclass is used by its ``perform``; without one, compiling it raises MethodNotDefined, which tells so."""
    func_files: Any
    func_name: str | None
    def __init__(self, func_files: str | Sequence[str], func_name: str | None = None) -> None: ...
    @classmethod
    def get_path(cls, f: str) -> str:
        """The path of a file that is named relative to the module of the class."""
    def c_code(self, node: _graph_Apply, name: str, inp: Sequence[str], out: Sequence[str], sub: dict[str, str]) -> str:
        """The text of the files: for subclasses that extend it."""
from theano.graph import Constant as Constant
from theano.compile import Container as Container
class EnumList(EnumType):
    """An EnumType of 0, 1, 2, ...: an argument is a name, or a pair of a name and its alias."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
class EnumType(_graph_Type, dict[Any, Any]):
    """Names of constant numbers: ``EnumType(VALID=0, FULL=1).FULL`` is 1."""
    ctype: Any
    cname: Any
    aliases: Any
    def __init__(self, **kwargs: Any) -> None: ...
    def fromalias(self, alias: str) -> Any:
        """The number of another name, or of a name itself."""
    def has_alias(self, alias: str) -> bool: ...
    def get_aliases(self) -> tuple[str, ...]: ...
    def __eq__(self, other: object) -> bool: ...
class EquilibriumDB(DB):
    """Optimizers applied together until none applies."""
    ignore_newtrees: bool
    tracks_on_change_inputs: bool
    def __init__(self, ignore_newtrees: bool = True, tracks_on_change_inputs: bool = False) -> None: ...
    def assembled(self, query: _mode_Query) -> EquilibriumOptimizer: ...
class EquilibriumOptimizer(Optimizer):
    """Local and global optimizers applied until none changes anything."""
    local: Any
    global_optimizers: Any
    final_optimizers: Any
    cleanup_optimizers: Any
    failure_callback: Callable[..., Any] | None
    max_use_ratio: float | None
    def __init__(self, optimizers: Sequence[Any], failure_callback: Callable[..., Any] | None = None, ignore_newtrees: bool = True, tracks_on_change_inputs: bool = False, max_use_ratio: float | None = None, final_optimizers: Sequence[Any] | None = None, cleanup_optimizers: Sequence[Any] | None = None) -> None: ...
    def get_local_optimizers(self) -> list[LocalOptimizer]: ...
    def add_requirements(self, fgraph: _graph_FunctionGraph) -> None: ...
    def apply(self, fgraph: _graph_FunctionGraph, start_from: Any = None) -> None: ...
class Feature:
    """What is told of every change of a graph."""
    def on_attach(self, function_graph: _graph_FunctionGraph) -> None:
        """The feature was attached."""
    def on_detach(self, function_graph: _graph_FunctionGraph) -> None:
        """The feature was removed."""
    def on_import(self, function_graph: _graph_FunctionGraph, node: _graph_Apply, reason: Any) -> None:
        """``node`` came into the graph."""
    def on_prune(self, function_graph: _graph_FunctionGraph, node: _graph_Apply, reason: Any) -> None:
        """``node`` left the graph."""
    def on_change_input(self, function_graph: _graph_FunctionGraph, node: Any, i: int, r: _graph_Variable, new_r: _graph_Variable, reason: Any = None) -> None:
        """Input ``i`` of ``node``, which was ``r``, is ``new_r``; of an output of the graph, ``node`` is "output"."""
    def orderings(self, function_graph: _graph_FunctionGraph) -> dict[_graph_Apply, list[_graph_Apply]]:
        """Nodes that must come after others, besides those whose results they use."""
from theano.graph import FunctionGraph as FunctionGraph
from theano.graph import Generic as Generic
class History(Feature):
    """Gives the graph ``checkpoint()``, and ``revert(checkpoint)``, which undoes the replacements made since."""
    history: dict[_graph_FunctionGraph, list[tuple[Any, int, _graph_Variable]]]
    def __init__(self) -> None: ...
    def on_attach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_detach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_change_input(self, fgraph: _graph_FunctionGraph, node: Any, i: int, r: _graph_Variable, new_r: _graph_Variable, reason: Any = None) -> None: ...
    def revert(self, fgraph: _graph_FunctionGraph, checkpoint: int) -> None:
        """Undo what was done since ``fgraph.checkpoint()`` gave ``checkpoint``."""
from theano.graph import InconsistencyError as InconsistencyError
from theano.compile.mode import Linker as Linker
class LocalGroupDB(DB):
    """Local optimizers tried in turn, in the order of their positions: "first", numbers, "last"."""
    apply_all_opts: Any
    profile: Any
    local_opt: Any
    def __init__(self, apply_all_opts: bool = False, profile: bool = False, local_opt: builtins.type[Any] = ...) -> None: ...
    def assembled(self, query: _mode_Query) -> Any: ...
class LocalOptGroup(LocalOptimizer):
    """Local optimizers tried in turn until one applies; with ``apply_all_opts`` all, each on what the last one made."""
    opts: Any
    apply_all_opts: Any
    profile: Any
    def __init__(self, *optimizers: Any, **kwargs: Any) -> None: ...
    def tracks(self) -> Sequence[Any] | None: ...
    def transform(self, node: _graph_Apply) -> Any: ...
    def add_requirements(self, fgraph: _graph_FunctionGraph) -> None: ...
class LocalOptimizer:
    """A rewrite of a node: ``transform(node)`` gives False, a list of replacements of its outputs, or a dict."""
    name: str | None
    def tracks(self) -> Sequence[Any] | None:
        """The ops, or classes of ops, that it is for; None is all."""
    def transform(self, node: _graph_Apply) -> Any:
        """What replaces the outputs.  MethodNotDefined unless a subclass tells."""
    def add_requirements(self, fgraph: _graph_FunctionGraph) -> None:
        """Attach the features that ``transform`` needs."""
    def print_summary(self, stream: Any = ..., level: int = 0, depth: int = -1) -> None:
        """Write the name."""
    def __hash__(self) -> int: ...
class MergeOptimizer(Optimizer):
    """Equal computations are one already: a FunctionGraph merges them as they come in."""
from theano.graph import MethodNotDefined as MethodNotDefined
from theano.graph import MissingInputError as MissingInputError
class NavigatorOptimizer(Optimizer):
    """A local optimizer led over a graph; subclasses tell in which order."""
    local_opt: Any
    ignore_newtrees: Any
    failure_callback: Callable[..., Any] | None
    def __init__(self, local_opt: LocalOptimizer | Callable[..., Any], ignore_newtrees: Any = 'auto', failure_callback: Callable[..., Any] | None = None) -> None: ...
    def add_requirements(self, fgraph: _graph_FunctionGraph) -> None: ...
    def process_node(self, fgraph: _graph_FunctionGraph, node: _graph_Apply, lopt: LocalOptimizer | None = None) -> bool:
        """Try the local optimizer on a node; whether it changed the graph."""
    @staticmethod
    def warn(exc: Exception, nav: Any, repl_pairs: Any, local_opt: Any, node: _graph_Apply) -> None:
        """A ``failure_callback`` that lets the exception go on, as the flag on_opt_error says of all rewrites."""
    @staticmethod
    def warn_inplace(exc: Exception, nav: Any, repl_pairs: Any, local_opt: Any, node: _graph_Apply) -> None:
        """A ``failure_callback`` that lets the exception go on, as the flag on_opt_error says of all rewrites."""
    @staticmethod
    def warn_ignore(exc: Exception, nav: Any, repl_pairs: Any, local_opt: Any, node: _graph_Apply) -> None:
        """A ``failure_callback`` that passes the node over."""
class NodeFinder(Bookkeeper):
    """Gives the graph ``get_nodes(op)``: the applications of an op."""
    d: dict[_graph_Op, list[_graph_Apply]]
    def __init__(self) -> None: ...
    def on_attach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_detach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_import(self, fgraph: _graph_FunctionGraph, node: _graph_Apply, reason: Any) -> None: ...
    def on_prune(self, fgraph: _graph_FunctionGraph, node: _graph_Apply, reason: Any) -> None: ...
    def query(self, fgraph: _graph_FunctionGraph, op: _graph_Op) -> list[_graph_Apply]:
        """The applications of ``op`` that are in the graph."""
from theano.graph import Op as Op
class OpKeyOptimizer(NavigatorOptimizer):
    """A local optimizer that tells its op (``op_key``), tried on the nodes of that op until it applies to none."""
    def __init__(self, local_opt: Any, ignore_newtrees: Any = False, failure_callback: Callable[..., Any] | None = None) -> None: ...
    def apply(self, fgraph: _graph_FunctionGraph, *args: Any, **kwargs: Any) -> None: ...
class OpRemove(LocalOptimizer):
    """op(inputs) -> inputs, for an op of as many outputs"""
    op: _graph_Op
    def __init__(self, op: _graph_Op) -> None: ...
    def op_key(self) -> _graph_Op: ...
    def tracks(self) -> list[_graph_Op]: ...
    def transform(self, node: _graph_Apply) -> Any: ...
class OpSub(LocalOptimizer):
    """op1(inputs) -> op2(inputs)"""
    op1: Any
    op2: Any
    transfer_tags: Any
    def __init__(self, op1: _graph_Op, op2: _graph_Op, transfer_tags: bool = True) -> None: ...
    def op_key(self) -> _graph_Op: ...
    def tracks(self) -> list[_graph_Op]: ...
    def transform(self, node: _graph_Apply) -> Any: ...
from theano import OpenMPOp as OpenMPOp
class Optimizer:
    """A rewrite of a whole graph: ``apply(fgraph)`` changes it."""
    name: str | None
    def add_requirements(self, fgraph: _graph_FunctionGraph) -> None:
        """Attach the features that ``apply`` needs."""
    def apply(self, fgraph: _graph_FunctionGraph, *args: Any, **kwargs: Any) -> object:
        """Rewrite the graph."""
    def optimize(self, fgraph: _graph_FunctionGraph, *args: Any, **kwargs: Any) -> object:
        """``add_requirements``, then ``apply``."""
    def print_summary(self, stream: Any = ..., level: int = 0, depth: int = -1) -> None:
        """Write the name."""
    __call__ = optimize
class Params(dict[Any, Any]):
    """Values of named parameters, read as attributes too."""
    def __init__(self, params_type: ParamsType, **kwargs: Any) -> None: ...
    def __setitem__(self, name: str, value: Any) -> None: ...
class ParamsType(_graph_Type):
    """Named parameters of an op, each of a Type: ``params_type`` of an op, whose ``perform`` then gets Params."""
    fields: Any
    types: Any
    length: Any
    def __init__(self, **kwargs: _graph_Type) -> None: ...
    def has_type(self, theano_type: _graph_Type) -> bool:
        """Whether a parameter is of this type."""
    def get_field(self, theano_type: _graph_Type) -> str:
        """The name of the first parameter of this type."""
    def get_type(self, field_name: str) -> _graph_Type:
        """The type of a parameter."""
    def get_enum(self, key: str) -> Any:
        """The number that an EnumType among the types gives this name."""
    def extended(self, **kwargs: _graph_Type) -> ParamsType:
        """This one with more parameters."""
    def get_params(self, *objects: Any, **kwargs: Any) -> Params:
        """Params from attributes of ``objects``, looked up in order, and from keywords, which come first."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class PatternSub(LocalOptimizer):
    """A pattern of ops -> another one."""
    in_pattern: Any
    out_pattern: Any
    op: Any
    allow_multiple_clients: bool
    skip_identities_fn: Callable[[_graph_Variable], _graph_Variable | None] | None
    values_eq_approx: Callable[..., Any] | None
    pdb: bool
    get_nodes: Any
    def __init__(self, in_pattern: Any, out_pattern: Any, allow_multiple_clients: bool = False, skip_identities_fn: Callable[[_graph_Variable], _graph_Variable | None] | None = None, name: str | None = None, pdb: bool = False, tracks: Sequence[Any] = ..., get_nodes: Callable[[_graph_Apply], Sequence[_graph_Apply]] | None = None, values_eq_approx: Callable[..., Any] | None = None) -> None: ...
    def op_key(self) -> _graph_Op: ...
    def tracks(self) -> Sequence[Any]: ...
    def transform(self, node: _graph_Apply, get_nodes: bool = True) -> Any: ...
class PrintListener(Feature):
    """Prints every change."""
    active: bool
    def __init__(self, active: bool = True) -> None: ...
    def on_attach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_detach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_import(self, fgraph: _graph_FunctionGraph, node: _graph_Apply, reason: Any) -> None: ...
    def on_prune(self, fgraph: _graph_FunctionGraph, node: _graph_Apply, reason: Any) -> None: ...
    def on_change_input(self, fgraph: _graph_FunctionGraph, node: Any, i: int, r: _graph_Variable, new_r: _graph_Variable, reason: Any = None) -> None: ...
class ProxyDB(DB):
    """Another database under a name of its own, for a second place in a SequenceDB."""
    db: DB
    def __init__(self, db: DB) -> None: ...
    def assembled(self, query: _mode_Query) -> Any: ...
PureOp = _graph_Op
class Query(_mode_Query):
    """What is asked for: ``Query(include=["fast_run"])`` makes a ``theano.compile.mode.Query``."""
class ReplaceValidate(Validator):
    """Validation, and replacing that must remove something."""
    def on_attach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_detach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def replace_validate(self, fgraph: _graph_FunctionGraph, r: _graph_Variable, new_r: _graph_Variable, reason: Any = None) -> None: ...
    def replace_all_validate(self, fgraph: _graph_FunctionGraph, replacements: Any, reason: Any = None, verbose: bool | None = None) -> None: ...
    def replace_all_validate_remove(self, fgraph: _graph_FunctionGraph, replacements: Any, remove: Any, reason: Any = None, warn: bool = True) -> None:
        """Replace; ReplacementDidntRemovedError where a node of ``remove`` is still in the graph."""
    def validate(self, fgraph: _graph_FunctionGraph) -> None:
        """Nothing to object."""
class ReplacementDidntRemovedError(Exception):
    """A replacement left in the graph what it was to remove."""
class SeqOptimizer(Optimizer, list[Any]):
    """Optimizers one after the other."""
    failure_callback: Any
    def __init__(self, *opts: Any, **kw: Any) -> None: ...
    def apply(self, fgraph: _graph_FunctionGraph, *args: Any, **kwargs: Any) -> None: ...
    @staticmethod
    def warn(exc: Exception, self: SeqOptimizer, optimizer: Optimizer) -> None:
        """A ``failure_callback`` that lets the exception go on, as the flag on_opt_error says of all rewrites."""
    def __eq__(self, other: object) -> bool: ...
class SequenceDB(DB):
    """Optimizers applied one after the other, in the order of their positions."""
    failure_callback: Callable[..., Any]
    def __init__(self, failure_callback: Callable[..., Any] = ...) -> None: ...
    def assembled(self, query: _mode_Query) -> SeqOptimizer: ...
class TopoOptimizer(NavigatorOptimizer):
    """A local optimizer tried once on every node, from the inputs on ("in_to_out") or back to them ("out_to_in")."""
    order: str
    def __init__(self, local_opt: Any, order: str = 'in_to_out', ignore_newtrees: Any = False, failure_callback: Callable[..., Any] | None = None) -> None: ...
    def apply(self, fgraph: _graph_FunctionGraph, start_from: Sequence[_graph_Variable] | None = None) -> None: ...
from theano.graph import Type as Type
class Validator(Feature):
    """Gives the graph ``validate()`` and ``consistent()``, which ask the ``validate`` of all features."""
    def on_attach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def on_detach(self, fgraph: _graph_FunctionGraph) -> None: ...
    def validate_(self, fgraph: _graph_FunctionGraph) -> None:
        """InconsistencyError where a feature objects."""
    def consistent_(self, fgraph: _graph_FunctionGraph) -> bool:
        """Whether no feature objects."""
from theano.graph import Variable as Variable
from theano.graph import generic as generic
def hashtype(self: object) -> int:
    """A hash of the class of ``self``: two ops without attributes are equal when their classes are."""
inplace_optimizer = optimizer
def local_optimizer(tracks: Sequence[Any] | None, inplace: bool = False, requirements: Sequence[Callable[..., Any]] = ...) -> Callable[[Callable[[_graph_Apply], Any]], FromFunctionLocalOptimizer]:
    """Decorator: a function of a node as a LocalOptimizer, for these ops or classes of ops; None is all."""
from theano import object2 as object2
def optimizer(f: Callable[[_graph_FunctionGraph], object]) -> FromFunctionOptimizer:
    """Decorator: a function of the graph as an Optimizer."""
def view_roots(r: _graph_Variable) -> list[_graph_Variable]:
    """The variables that ``r`` is a view of, by the ``view_map`` of ops; ``r`` alone where it is none."""
