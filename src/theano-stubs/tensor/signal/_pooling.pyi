import numpy
from collections.abc import Sequence
from theano.graph import Apply
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class PoolingOp(Op):
    """What pooling and its derivatives share."""
    ignore_border: Any
    mode: Any
    ndim: Any
    def __init__(self, ignore_border: bool = False, mode: str = 'max', ndim: int = 2, openmp: Any = None) -> None: ...
    def applied(self, arrays: Sequence[Any], ws: Any, stride: Any, pad: Any, pattern: Sequence[bool]) -> Apply:
        """The application to arrays of at least ``ndim`` dimensions, with an output of the first one's dtype."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def windows(self, shape: Sequence[int], settings: Sequence[numpy.ndarray]) -> TensorVariable:
        """Where the windows of an image of this shape are."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
