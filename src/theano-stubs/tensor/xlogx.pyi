"""x log(x) and x log(y) elementwise, 0 where x is 0."""

from theano._types import TensorLike
from theano.scalar import xlogx as _scalar_xlogx
from theano.scalar import xlogy0 as _scalar_xlogy0
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['scalar_xlogx', 'scalar_xlogy0', 'xlogx', 'xlogy0']
scalar_xlogx = _scalar_xlogx
scalar_xlogy0 = _scalar_xlogy0
def xlogx(x: TensorLike, /) -> TensorVariable:
    """x log(x), 0 at 0.  int8, int16 -> float32; int32, int64 -> float64."""
def xlogy0(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x log(y), 0 where x is 0, whatever y.  int8, int16 -> float32; int32, int64 -> float64."""
class XlogX:
    """The class of ``theano.scalar.xlogx``."""
    functions: Any
class XlogY0:
    """The class of ``theano.scalar.xlogy0``."""
    functions: Any
from theano.tensor.elemwise import Elemwise as Elemwise
