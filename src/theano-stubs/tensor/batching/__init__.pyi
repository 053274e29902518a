"""Graphs mapped over leading batch dimensions: ``vectorize_graph``, and the rules of ops that it goes by."""

from collections.abc import Mapping
from theano.graph import Apply
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['Application', 'Batched', 'batched', 'vectorize', 'vectorize_graph']
class Application:
    """What a rule is given: an application, and each input either as it is or Batched."""
    node: Apply
    inputs: tuple[Any, ...]
    depth: int
    def __init__(self, node: Apply, inputs: tuple[Any, ...], depth: int) -> None: ...
    def alone(self, position: int) -> TensorVariable:
        """An input that must be the same for the whole batch.  NotImplementedError where it is not."""
    def lengths(self) -> list[Any]:
        """The lengths of the batch axes."""
    def full(self, position: int) -> Batched:
        """An input with all batch axes in their lengths, repeated where it is the same along one."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class Batched:
    """A variable with ``depth`` batch axes in front of its own."""
    variable: Any
    depth: int
    def __init__(self, variable: Any, depth: int) -> None: ...
    @property
    def ndim(self) -> int:
        """The number of its own axes."""
    def lengths(self) -> list[Any]:
        """The lengths of its own axes."""
    def spread(self, ndim: int) -> TensorVariable:
        """The variable with new axes after the batch, so that it has ``ndim`` of its own."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
def batched(op: Op, a: Application) -> list[Any]:
    """The outputs of an application, each Batched, or a variable where it is the same for the whole batch."""
vectorize = vectorize_graph
def vectorize_graph(outputs: Any, replace: Mapping[Variable, Any]) -> TensorVariable:
    """``outputs`` computed for a batch of values of some variables."""
