from theano._types import TensorLike
from theano.graph import Constant
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def constant(x: TensorLike, name: str | None = None, ndim: int | None = None, dtype: str | None = None) -> Constant:
    """A tensor constant with the value ``x``."""
