from theano._types import TensorLike
from typing import Any

def nonzero(a: TensorLike, return_matrix: bool = False) -> Any:
    """The positions of the elements that are not 0: a tuple of vectors, one for each dimension, or a matrix of them."""
