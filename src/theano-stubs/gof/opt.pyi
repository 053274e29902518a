"""theano.gof.opt of Theano 1.0.5."""

from collections.abc import Callable
from collections.abc import Sequence
from theano.compile import is_same_graph
from theano.gof import LocalOptimizer as _gof_LocalOptimizer
from theano.gof import Optimizer as _gof_Optimizer
from theano.gof import TopoOptimizer as _gof_TopoOptimizer
from theano.gof import optimizer as _gof_optimizer
from theano.graph import Apply
from theano.graph import FunctionGraph
from theano.graph import Variable
from theano.graph import inherited_origin
from typing import Any

__all__ = ['EquilibriumOptimizer', 'FromFunctionLocalOptimizer', 'FromFunctionOptimizer', 'InconsistencyError', 'LocalOptGroup', 'LocalOptimizer', 'MergeOptimizer', 'NavigatorOptimizer', 'OpKeyOptimizer', 'OpRemove', 'OpSub', 'Optimizer', 'OrderedSet', 'PatternSub', 'SeqOptimizer', 'TopoOptimizer', 'check_chain', 'config', 'copy_stack_trace', 'in2out', 'inherit_stack_trace', 'inplace_optimizer', 'is_same_graph_with_merge', 'local_optimizer', 'optimizer', 'out2in', 'pre_constant_merge']
from theano.gof import EquilibriumOptimizer as EquilibriumOptimizer
class FromFunctionLocalOptimizer(_gof_LocalOptimizer):
    """A function of a node as a LocalOptimizer."""
    fn: Callable[[Apply], Any]
    requirements: Sequence[Callable[..., Any]]
    def __init__(self, fn: Callable[[Apply], Any], tracks: Sequence[Any] | None = None, requirements: Sequence[Callable[..., Any]] = ...) -> None: ...
    def tracks(self) -> Sequence[Any] | None: ...
    def add_requirements(self, fgraph: FunctionGraph) -> None: ...
class FromFunctionOptimizer(_gof_Optimizer):
    """A function of the graph as an Optimizer."""
    fn: Callable[[FunctionGraph], object]
    requirements: Sequence[Callable[..., Any]]
    def __init__(self, fn: Callable[[FunctionGraph], object], requirements: Sequence[Callable[..., Any]] = ...) -> None: ...
    def add_requirements(self, fgraph: FunctionGraph) -> None: ...
from theano.graph import InconsistencyError as InconsistencyError
from theano.gof import LocalOptGroup as LocalOptGroup
from theano.gof import LocalOptimizer as LocalOptimizer
from theano.gof import MergeOptimizer as MergeOptimizer
from theano.gof import NavigatorOptimizer as NavigatorOptimizer
from theano.gof import OpKeyOptimizer as OpKeyOptimizer
from theano.gof import OpRemove as OpRemove
from theano.gof import OpSub as OpSub
from theano.gof import Optimizer as Optimizer
from theano.gof.fg import OrderedSet as OrderedSet
from theano.gof import PatternSub as PatternSub
from theano.gof import SeqOptimizer as SeqOptimizer
from theano.gof import TopoOptimizer as TopoOptimizer
def check_chain(r: Any, *chain: Any) -> bool:
    """Whether ``r`` is made by these ops, or classes of ops, each applied to the first input being the next one's result."""
from theano.configuration import config as config
def copy_stack_trace(from_var: Any, to_var: Any) -> Any:
    """``to_var`` as it is: what a rewrite makes has the origin of what it replaces."""
def in2out(*local_opts: Any, **kwargs: Any) -> _gof_TopoOptimizer:
    """The TopoOptimizer of these local optimizers, from the inputs to the outputs."""
def inherit_stack_trace(from_var: Any) -> inherited_origin:
    """Give what is made in the ``with`` block the origin of a variable, or of the first of several."""
inplace_optimizer = _gof_optimizer
is_same_graph_with_merge = is_same_graph
from theano.gof import local_optimizer as local_optimizer
from theano.gof import optimizer as optimizer
def out2in(*local_opts: Any, **kwargs: Any) -> _gof_TopoOptimizer:
    """The TopoOptimizer of these local optimizers, from the outputs to the inputs."""
def pre_constant_merge(vars: Sequence[Variable]) -> list[Variable]:
    """``vars`` as they are: a FunctionGraph merges equal constants."""
