from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def transfer(var: TensorLike, target: str) -> TensorVariable:
    """``var`` on the device ``target``; ValueError when no such device is known."""
