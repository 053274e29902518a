from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def diagonal(a: TensorLike, offset: int = 0, axis1: int = 0, axis2: int = 1) -> TensorVariable:
    """The diagonal ``offset`` places above the main one, as the last axis."""
