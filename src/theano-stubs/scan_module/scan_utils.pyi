"""theano.scan_module.scan_utils of Theano 1.0.5."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from theano.compile import OrderedUpdates
from theano.graph import Variable
from typing import Any

__all__ = ['clone', 'equal_computations', 'expand_empty', 'forced_replace', 'get_scalar_constant_value', 'get_updates_and_outputs', 'hash_listsDictsTuples', 'infer_shape', 'isNaN_or_Inf_or_None', 'map_variables', 'rebuild_collect_shared', 'reconstruct_graph', 'safe_new', 'traverse', 'until']
from theano.compile import clone as clone
from theano.gof.graph import equal_computations as equal_computations
def expand_empty(tensor_var: Any, size: Any) -> Variable:
    """``tensor_var`` with ``size`` more entries along the first axis, of any values."""
from theano.scan_module.scan_op import forced_replace as forced_replace
from theano.tensor import get_scalar_constant_value as get_scalar_constant_value
def get_updates_and_outputs(ls: Any) -> tuple[Any, list[Variable], OrderedUpdates]:
    """What the step of a scan returned: (condition or None, outputs, updates)."""
def hash_listsDictsTuples(x: Any) -> int:
    """A hash of nested lists, tuples and dicts."""
def infer_shape(outs: Sequence[Variable], inputs: Sequence[Variable], input_shapes: Sequence[Sequence[Any] | None]) -> list[Sequence[Any] | None]:
    """The lengths of ``outs`` in terms of those of ``inputs``; None for what is no tensor."""
def isNaN_or_Inf_or_None(x: Any) -> bool:
    """Whether ``x`` is None, or a number or constant that is not finite."""
def map_variables(replacer: Callable[[Variable], Variable], graphs: Iterable[Variable], additional_inputs: Sequence[Variable] = ...) -> list[Variable]:
    """Copies of ``graphs`` with each variable replaced by what ``replacer`` makes of it, inside of loops too."""
from theano.compile import rebuild_collect_shared as rebuild_collect_shared
def reconstruct_graph(inputs: Sequence[Variable], outputs: Sequence[Variable], tag: str | None = None) -> tuple[list[Variable], list[Variable]]:
    """A copy of a graph with new inputs, named with ``tag`` behind: (inputs, outputs)."""
from theano.scan_module.scan import safe_new as safe_new
from theano.scan_module.scan import traverse as traverse
from theano.scanning import until as until
