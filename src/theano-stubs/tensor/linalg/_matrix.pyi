import numpy
from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class MatrixOp(Op):
    """An op on one matrix, or on each of a batch, by LAPACK.  LinAlgError where there is no result."""
    ranks: tuple[int, ...]
    reals: tuple[int, ...]
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
