"""theano.gof.graph of Theano 1.0.5."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from theano.graph import Apply as _graph_Apply
from theano.graph import Variable as _graph_Variable
from typing import Any

__all__ = ['Apply', 'Constant', 'Node', 'OrderedSet', 'Variable', 'ancestors', 'as_string', 'clone', 'clone_get_equiv', 'config', 'default_node_formatter', 'equal_computations', 'general_toposort', 'inputs', 'io_connection_pattern', 'io_toposort', 'is_in_ancestors', 'is_same_graph', 'list_of_nodes', 'op_as_string', 'ops', 'orphans', 'stack_search', 'variables', 'variables_and_orphans', 'view_roots']
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.graph import Node as Node
from theano.gof.fg import OrderedSet as OrderedSet
from theano.graph import Variable as Variable
def ancestors(variable_list: Iterable[_graph_Variable], blockers: Iterable[_graph_Variable] | None = None) -> list[_graph_Variable]:
    """``variable_list`` and everything that they are computed from, not looking behind ``blockers``."""
def as_string(i: Sequence[_graph_Variable], o: Sequence[_graph_Variable], leaf_formatter: Callable[[_graph_Variable], str] = ..., node_formatter: Callable[[_graph_Apply, Sequence[str]], str] = ...) -> list[str]:
    """Each of ``o`` as a term in ``i``; what occurs twice is marked ``*1 ->`` and then called ``*1``."""
def clone(i: Sequence[_graph_Variable], o: Sequence[_graph_Variable], copy_inputs: bool = True, copy_orphans: bool | None = None) -> tuple[list[_graph_Variable], list[_graph_Variable]]:
    """A copy of the graph between ``i`` and ``o``: (new inputs, new outputs)."""
def clone_get_equiv(inputs: Sequence[_graph_Variable], outputs: Sequence[_graph_Variable], copy_inputs: bool = True, copy_orphans: bool = True, memo: dict[Any, Any] | None = None) -> dict[Any, Any]:
    """From each variable and application between ``inputs`` and ``outputs`` to its copy."""
from theano.configuration import config as config
def default_node_formatter(op: Any, argstrings: Sequence[str]) -> str:
    """``op(arguments)``."""
def equal_computations(xs: Sequence[_graph_Variable], ys: Sequence[_graph_Variable], in_xs: Sequence[_graph_Variable] | None = None, in_ys: Sequence[_graph_Variable] | None = None) -> bool:
    """Whether two lists of expressions compute the same from ``in_xs`` and from ``in_ys`` respectively."""
def general_toposort(outputs: Iterable[Any], deps: Callable[[Any], Iterable[Any]]) -> list[Any]:
    """``outputs`` and all that ``deps`` leads to, dependencies first.  ValueError on a cycle."""
def inputs(variable_list: Iterable[_graph_Variable], blockers: Iterable[_graph_Variable] | None = None) -> list[_graph_Variable]:
    """The variables without an owner that ``variable_list`` are computed from, constants and shared ones included."""
from theano.compile import io_connection_pattern as io_connection_pattern
def io_toposort(inputs: Collection[_graph_Variable], outputs: Iterable[_graph_Variable], orderings: dict[_graph_Apply, list[_graph_Apply]] | None = None) -> list[_graph_Apply]:
    """The applications between ``inputs`` and ``outputs``, every one after those that it needs."""
def is_in_ancestors(l_node: _graph_Apply, f_node: _graph_Apply) -> bool:
    """Whether the application ``l_node`` is ``f_node`` or computed from it."""
from theano.compile import is_same_graph as is_same_graph
def list_of_nodes(inputs: Iterable[_graph_Variable], outputs: Iterable[_graph_Variable]) -> list[_graph_Apply]:
    """The applications between ``inputs`` and ``outputs``, in an order of computation."""
def op_as_string(i: Sequence[_graph_Variable], op: _graph_Apply, leaf_formatter: Callable[[_graph_Variable], str] = ..., node_formatter: Callable[[_graph_Apply, Sequence[str]], str] = ...) -> str:
    """One application, its arguments written out as far as ``i``."""
def ops(i: Iterable[_graph_Variable], o: Iterable[_graph_Variable]) -> set[_graph_Apply]:
    """The applications between ``i`` and ``o``."""
def orphans(i: Iterable[_graph_Variable], o: Iterable[_graph_Variable]) -> list[_graph_Variable]:
    """The variables without an owner that ``o`` are computed from and that are not in ``i``: constants too."""
def stack_search(start: Iterable[Any], expand: Callable[[Any], Iterable[Any] | None], mode: str = 'bfs', build_inv: bool = False) -> Any:
    """All that ``expand`` leads to from ``start``, each once, breadth ("bfs") or depth ("dfs") first."""
def variables(i: Iterable[_graph_Variable], o: Iterable[_graph_Variable]) -> list[_graph_Variable]:
    """The variables that ``o`` are computed from, looking no further than ``i``, those of ``i`` included."""
def variables_and_orphans(i: Iterable[_graph_Variable], o: Iterable[_graph_Variable]) -> tuple[list[_graph_Variable], list[_graph_Variable]]:
    """The variables that ``o`` are computed from, looking no further than ``i``; and those of them that are neither in ``i`` nor computed."""
from theano.gof import view_roots as view_roots
