from theano._types import TensorLike
from theano.tensor import TensorConstant
from typing import Any

def constant(x: TensorLike, name: str | None = None, ndim: int | None = None, dtype: str | None = None) -> TensorConstant:
    """A tensor constant with the value ``x``."""
