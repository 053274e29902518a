import numpy
from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.linalg._matrix import MatrixOp
from typing import Any

class QR(MatrixOp):
    """x = q r: q with orthonormal columns, r upper triangular (m >= n) or trapezoidal."""
    mode: str
    def __init__(self, mode: str) -> None: ...
    def core_shapes(self, m: TensorLike, n: TensorLike) -> list[tuple[Any, ...]]: ...
    def values(self, x: numpy.ndarray) -> Sequence[Any]: ...
    def vjp(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Any]: ...
