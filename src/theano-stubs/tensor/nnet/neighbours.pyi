"""Neighbourhoods of images as rows of a matrix, and back."""

from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['Images2Neibs', 'images2neibs', 'neibs2images']
class Images2Neibs(Op):
    """Rectangles of images, each as a row of a matrix."""
    mode: str
    def __init__(self, mode: str = 'valid') -> None: ...
    def rectangles(self, n: TensorLike, c: TensorLike, s: TensorLike) -> tuple[Any, Any]:
        """Where the first one begins, negated, and how many there are: of integers, expressions or variables."""
    def left_over(self, n: TensorLike, c: TensorLike, s: TensorLike) -> TensorVariable:
        """What must be 0 for the rectangles to fit; None where nothing must."""
    @property
    def needs_odd(self) -> bool: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
def images2neibs(ten4: TensorLike, neib_shape: Any, neib_step: Any = None, mode: str = 'valid') -> TensorVariable:
    """Rectangles of images, each as a row of a matrix."""
def neibs2images(neibs: TensorLike, neib_shape: Any, original_shape: Any, mode: str = 'valid') -> TensorVariable:
    """The images of which ``neibs`` holds the rectangles, next to each other: the inverse of ``images2neibs``."""
from theano.gof import EnumList as EnumList
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.gradient import grad_undefined as grad_undefined
