from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def repeat(x: TensorLike, repeats: Any, axis: int | None = None) -> TensorVariable:
    """The elements of ``x`` along ``axis``, or of the flattened ``x``, each repeated."""
