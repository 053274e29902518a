from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def dot(a: TensorLike, b: TensorLike) -> TensorVariable:
    """The sum of products over the last axis of ``a`` and the last but one of ``b``; a number scales."""
