"""What ops on matrices have in common: which dtypes they compute in, and the form of an op on one matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.chain import conjugated
from theano.scalar.complex import complex as complex_of_parts
from theano.scalar.complex import imag
from theano.tensor.alloc import identity_like, tril, triu, zeros_like
from theano.tensor.batching.graph import Application, Batched, batched, vectorize_graph
from theano.tensor.constant import as_tensor_variable
from theano.tensor.diagonal import AllocDiag, ExtractDiag
from theano.tensor.dimshuffle import dimshuffle, transpose
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


def as_matrices(x: Any, operation: str) -> Variable:
    """``x`` as a variable.  TypeError unless it is a matrix, or an array of such."""
    x = as_tensor_variable(x)
    require(
        x.type.ndim >= 2,
        operation,
        needs="a matrix, or an array of matrices",
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


def turned(x: Any) -> Variable:
    """The transpose of a matrix, or of each of an array."""
    n = x.type.ndim
    return dimshuffle(x, *range(n - 2), n - 1, n - 2)


def folded(dx: Any, lower: bool) -> Variable:
    """The gradient of a function of a symmetric matrix that reads one triangle, from that of one that reads all.

    lower: dx[i, j] + conj(dx[j, i]) below the diagonal, the real part of dx[i, i] on it, 0 above; else the other way round.
    """
    own, other = (tril(dx), triu(dx, 1)) if lower else (triu(dx), tril(dx, -1))
    return with_real_diagonal(own + adjoint(other))  # type: ignore[operator]


def with_real_diagonal(x: Any) -> Variable:
    """The square matrix ``x`` without the imaginary parts of its diagonal."""
    if not x.type.dtype.startswith("complex"):
        return x
    return x - AllocDiag()(times_i(imag(ExtractDiag()(x))))  # type: ignore[operator]


def times_i(x: Any) -> Any:
    """i x, for a real x."""
    return complex_of_parts(zeros_like(x), x)


def reciprocal_differences(w: Any, square: Any) -> Any:
    """F[i, j] = 1 / (w[j] - w[i]), 0 on the diagonal; ``square`` is a matrix of that shape."""
    unit: Any = identity_like(square)
    return (1 - unit) / (w.dimshuffle("x", 0) - w.dimshuffle(0, "x") + unit)


def vjp_of_batch(
    op: Op, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable], depth: int
) -> list[Any]:
    """What ``op.L_op`` gives for one matrix, for each of a batch with ``depth`` axes in front."""
    node = op.make_node(*(_of_one(v, depth) for v in inputs))
    one = [_of_one(d, depth) if flows(d) else d for d in cotangents]
    given = dict(zip((*node.inputs, *node.outputs), (*inputs, *outputs), strict=True))
    given |= {mine: d for mine, d in zip(one, cotangents, strict=True) if flows(d)}
    return _each(op.L_op(node.inputs, node.outputs, one), given)


def jvp_of_batch(op: Op, inputs: Sequence[Variable], tangents: Sequence[Variable | None], depth: int) -> list[Any]:
    """The same of ``op.R_op``."""
    node = op.make_node(*(_of_one(v, depth) for v in inputs))
    one = [None if t is None else _of_one(t, depth) for t in tangents]
    given = dict(zip(node.inputs, inputs, strict=True))
    given |= {mine: t for mine, t in zip(one, tangents, strict=True) if mine is not None and t is not None}
    return _each(op.R_op(node.inputs, one), given)  # type: ignore[attr-defined]


def _of_one(v: Variable, depth: int) -> Variable:
    return tensor_type(v.type.dtype, v.type.broadcastable[depth:])()  # type: ignore[attr-defined]


def _each(found: Sequence[Any], given: dict[Variable, Variable]) -> list[Any]:
    return [vectorize_graph(v, given) if isinstance(v, Variable) and flows(v) else v for v in found]


class MatrixOp(Op):
    """An op on one matrix, or on each of a batch, by LAPACK.  LinAlgError where there is no result.

    ranks      number of dimensions of each output for one matrix: the axes of the batch come before
    reals      positions of the outputs that are real where the matrix is complex

    For one matrix, subclasses have

    values(x)         the outputs for an array
    core_shapes(m, n) the lengths of the outputs
    vjp               what L_op gives
    """

    __props__: tuple[str, ...] = ()
    ranks: tuple[int, ...] = (2,)
    reals: tuple[int, ...] = ()

    def make_node(self, x: Any) -> Apply:
        x = as_matrices(x, str(self))
        dtype, batch = floating(x.type.dtype), x.type.broadcastable[:-2]  # type: ignore[attr-defined]
        outputs = [
            tensor_type(dtypes.real_of(dtype) if k in self.reals else dtype, batch + (False,) * rank)()
            for k, rank in enumerate(self.ranks)
        ]
        return Apply(self, [x], outputs)

    def values(self, x: np.ndarray) -> Sequence[Any]:
        raise NotImplementedError(f"{type(self).__name__} gives no values(x)")

    def core_shapes(self, m: Any, n: Any) -> list[tuple]:
        raise NotImplementedError(f"{type(self).__name__} gives no core_shapes(m, n)")

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        *batch, m, n = shapes[0]
        return [(*batch, *core) for core in self.core_shapes(m, n)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x = in_lapack(inputs[0])
        found: Sequence[Any]
        if x.ndim == 2:
            found = self.values(x)
        else:
            *batch, m, n = x.shape
            found = [
                np.empty((*batch, *core), v.type.dtype)  # type: ignore[attr-defined]
                for v, core in zip(node.outputs, self.core_shapes(m, n), strict=True)
            ]
            for index in np.ndindex(*batch):
                for out, value in zip(found, self.values(x[index]), strict=True):
                    out[index] = value
        for variable, cell, value in zip(node.outputs, outputs, found, strict=True):
            cell[0] = np.asarray(value, dtype=variable.type.dtype, order="C")  # type: ignore[attr-defined]

    def vjp(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        raise NotImplementedError(f"{type(self).__name__} has no gradient")

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        depth = inputs[0].type.ndim - 2  # type: ignore[attr-defined]
        if depth:
            return vjp_of_batch(self, inputs, outputs, cotangents, depth)
        return self.vjp(inputs, outputs, cotangents)


@batched.register
def of_each(op: MatrixOp, a: Application) -> list[Any]:
    (x,) = a.inputs
    return [Batched(v, a.depth) for v in op.make_node(x.variable).outputs]
