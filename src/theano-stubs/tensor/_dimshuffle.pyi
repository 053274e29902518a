from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def dimshuffle(x: TensorLike, *pattern: Any) -> TensorVariable:
    """``x`` with its axes in the order ``pattern``; see DimShuffle.  A single list or tuple may be given."""
