"""The exponential of a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.data_classes import dataclass
from theano.graph import Variable
from theano.tensor.alloc import zeros_like
from theano.tensor.join import join
from theano.tensor.linalg.matrix import MatrixOp, adjoint


class Expm(MatrixOp):
    """I + x + x^2 / 2! + x^3 / 3! + ...

    x    square matrix; out  its shape and dtype
    vjp: ``ExpmGrad``
    """

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        return [(m, n)]

    def values(self, x: np.ndarray) -> Sequence[Any]:
        import scipy.linalg

        return [scipy.linalg.expm(x)]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [ExpmGrad()(inputs[0], cotangents[0])]


@dataclass(frozen=True)
class ExpmGrad:
    """The gradient through ``Expm``, an expression that can be differentiated again.

    expm([[x', dout], [0, x']]) = [[expm(x)', dx], [0, expm(x)']]: the derivative of expm at x' in the direction dout
    (Mathias 1996, "A chain rule for matrix functions"), which is the vjp at x.  It holds for any square x.
    """

    def __call__(self, A: Any, gw: Any) -> Variable:
        """The gradient of ``A``, from the cotangent ``gw`` of its exponential."""
        At, n = adjoint(A), A.shape[0]
        rows = [join(1, At, gw), join(1, zeros_like(At), At)]
        return expm(join(0, *rows))[:n, n:]  # type: ignore[index]


expm = Expm()
