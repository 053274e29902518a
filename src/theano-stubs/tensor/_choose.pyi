from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def choose(a: TensorLike, choices: TensorLike, out: None = None, mode: str = 'raise') -> TensorVariable:
    """The elements of ``choices`` that the integers ``a`` name."""
