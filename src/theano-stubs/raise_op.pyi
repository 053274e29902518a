"""theano.raise_op of Theano 1.0.5."""

from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['Raise']
class Raise(Op):
    """An op whose evaluation raises ``exc(msg)``: what a branch that must not be taken is made of."""
    msg: str
    exc: type[Exception]
    def __init__(self, msg: str = '', exc: type[Exception] = ...) -> None: ...
