from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def shape(x: TensorLike) -> TensorVariable:
    """The lengths of ``x``, a vector of int64."""
