"""What ops on matrices have in common: which dtypes they compute in, and the form of an op on one matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.chain import conjugated
from theano.tensor.alloc import identity_like, tril, triu
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import transpose
from theano.tensor.type import TensorType, tensor_type


def floating(*given: str) -> str:
    """The dtype of a result: the common one of those that are not integers; integers count as float64."""
    return dtypes.upcast(*[dtype if dtype in dtypes.CONTINUOUS else "float64" for dtype in given])


def in_lapack(x: np.ndarray) -> np.ndarray:
    """``x`` in a dtype that LAPACK has: float16 is computed in float32, integers in float64."""
    if x.dtype == np.float16:
        return x.astype("float32")
    return x if x.dtype.kind in "fc" else x.astype("float64")


def as_matrix(x: Any, operation: str) -> Variable:
    """``x`` as a variable.  TypeError unless it is a matrix."""
    x = as_tensor_variable(x)
    require(
        x.type.ndim == 2,
        operation,
        needs="a matrix",
        found=f"{x.type.ndim} dimensions",
        operands={"x": x},
        error=TypeError,
    )
    return x


def flows(dout: Variable) -> bool:
    """Whether there is a cotangent: of an output that nothing depends on there is none."""
    return isinstance(dout.type, TensorType)


def adjoint(x: Variable) -> Variable:
    """The conjugate transpose; of a real matrix its transpose."""
    return transpose(conjugated(x))


def folded(dx: Any, lower: bool) -> Variable:
    """The gradient of a function of a symmetric matrix that reads one triangle, from that of one that reads all.

    lower: dx[i, j] + dx[j, i] below the diagonal, dx[i, i] on it, 0 above; else the other way round.
    """
    return tril(dx) + transpose(triu(dx, 1)) if lower else triu(dx) + transpose(tril(dx, -1))  # type: ignore


def reciprocal_differences(w: Any, square: Any) -> Any:
    """F[i, j] = 1 / (w[j] - w[i]), 0 on the diagonal; ``square`` is a matrix of that shape."""
    unit: Any = identity_like(square)
    return (1 - unit) / (w.dimshuffle("x", 0) - w.dimshuffle(0, "x") + unit)


class MatrixOp(Op):
    """An op on one matrix, which NumPy or SciPy computes by LAPACK.  LinAlgError where that has no result.

    ranks      number of dimensions of each output
    reals      positions of the outputs that are real where the matrix is complex
    values(x)  the outputs for an array
    """

    __props__: tuple[str, ...] = ()
    ranks: tuple[int, ...] = (2,)
    reals: tuple[int, ...] = ()

    def make_node(self, x: Any) -> Apply:
        x = as_matrix(x, str(self))
        dtype = floating(x.type.dtype)  # type: ignore[attr-defined]
        outputs = [
            tensor_type(dtypes.real_of(dtype) if k in self.reals else dtype, (False,) * rank)()
            for k, rank in enumerate(self.ranks)
        ]
        return Apply(self, [x], outputs)

    def values(self, x: np.ndarray) -> Sequence[Any]:
        raise NotImplementedError(f"{type(self).__name__} gives no values(x)")

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        found = self.values(in_lapack(inputs[0]))
        for variable, cell, value in zip(node.outputs, outputs, found, strict=True):
            cell[0] = np.asarray(value, dtype=variable.type.dtype, order="C")  # type: ignore[attr-defined]
