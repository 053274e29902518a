from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def var(input: TensorLike, axis: Any = None, ddof: int = 0, keepdims: bool = False, corrected: bool = False) -> TensorVariable:
    """The mean of (x - mean(x)) ** 2 along ``axis`` (None: all), in two passes."""
