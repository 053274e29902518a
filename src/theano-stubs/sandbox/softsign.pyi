"""theano.sandbox.softsign of Theano 1.0.5."""

from theano._types import TensorLike
from theano.tensor import TensorVariable

__all__ = ['softsign']
def softsign(x: TensorLike, /) -> TensorVariable:
    """x / (1 + |x|).  int8, int16 -> float32; complex stays complex.  NaN at the infinities."""
