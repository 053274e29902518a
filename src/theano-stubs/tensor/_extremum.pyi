from collections.abc import Sequence
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class _Extremum(Op):
    """What the ops of this file share."""
    axis: Any
    def __init__(self, axis: Sequence[int]) -> None: ...
    def axes(self, ndim: int) -> tuple[int, ...]:
        """The searched axes of an array of ``ndim`` dimensions, in ascending order."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
