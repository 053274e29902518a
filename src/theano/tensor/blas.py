"""Products that are scaled and added to something, as routines of BLAS compute them in one go.

Expressions need none of these: ``W - lr * dot(x.T, d)`` is recognised, see ``theano.rewrite.products``.  The names are
those of Theano 1.0.5.  Nothing is written into an argument here, ``inplace`` or not: where a result is stored is decided
when the program is laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable, constant
from theano.tensor.dimshuffle import transpose
from theano.tensor.dot import BatchedDot, batched_dot, dot, outer
from theano.tensor.reduction import sum as sum_of_elements
from theano.tensor.type import tensor_type

__all__ = [
    "BatchedDot", "Dot22", "Dot22Scalar", "Gemm", "GemmRelated", "Gemv", "Ger", "_dot22", "_dot22scalar", "batched_dot",
    "gemm", "gemm_inplace", "gemm_no_inplace", "gemv", "gemv_inplace", "gemv_no_inplace", "ger", "ger_destructive",
]  # fmt: skip


class GemmRelated(Op):
    """What the ops here have in common: ranks of the operands, and one dtype, floating or complex.

    ranks  the number of dimensions of each input, by its name
    """

    ranks: dict[str, int]
    __props__: tuple[str, ...] = ()

    def operands(self, inputs: Sequence[Any]) -> list[Any]:
        """The inputs as variables, numbers of Python in the dtype of the first.

        Raises TypeError unless number, ranks and dtypes are what they must be.
        """
        if len(inputs) != len(self.ranks):
            raise TypeError(f"{self} takes {len(self.ranks)} inputs ({', '.join(self.ranks)}), found {len(inputs)}")
        first = as_tensor_variable(inputs[0])
        variables = [
            constant(v, dtype=first.type.dtype) if isinstance(v, (int, float)) else as_tensor_variable(v)
            for v in (first, *inputs[1:])
        ]
        for (name, rank), v in zip(self.ranks.items(), variables, strict=True):
            if v.type.ndim != rank:
                raise TypeError(f"{self} needs {name} of {rank} dimensions, found {v} of type {v.type}")
        found = {v.type.dtype for v in variables}
        if len(found) > 1 or not found <= {"float16", *dtypes.FLOAT, *dtypes.COMPLEX}:
            raise TypeError(
                f"{self} needs operands of one dtype, floating or complex, found "
                + ", ".join(f"{name}: {v.type.dtype}" for name, v in zip(self.ranks, variables, strict=True))
            )
        return variables

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[0])]


class Gemm(GemmRelated):
    """out = b z + a x y, matrices x (m, k), y (k, n), z (m, n) and numbers a, b of one dtype.

    vjp: dz = b dout, da = <dout, x y>, dx = a dout y', dy = a x' dout, db = <dout, z>
    """

    __props__ = ("inplace",)
    ranks = {"z": 2, "a": 0, "x": 2, "y": 2, "b": 0}

    def __init__(self, inplace: bool) -> None:
        self.inplace = bool(inplace)

    def make_node(self, *inputs: Any) -> Apply:
        variables = self.operands(inputs)
        return Apply(self, variables, [variables[0].type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        z, a, x, y, b = inputs
        _require_product(node, x, y, z.shape)
        outputs[0][0] = np.asarray(b * z + a * np.dot(x, y), dtype=z.dtype)

    def L_op(
        self, inputs: Sequence[Any], outputs: Sequence[Variable], cotangents: Sequence[Any]
    ) -> list:
        (z, a, x, y, b), (dout,) = inputs, cotangents
        dx, dy = a * dot(dout, transpose(y)), a * dot(transpose(x), dout)
        return [b * dout, sum_of_elements(dout * dot(x, y)), dx, dy, sum_of_elements(dout * z)]

    def __str__(self) -> str:
        return f"Gemm{{{'inplace' if self.inplace else 'no_inplace'}}}"


class Gemv(GemmRelated):
    """out = beta y + alpha A x, matrix A (m, n), vectors x (n), y (m), numbers alpha and beta of one dtype.

    vjp: dy = beta dout, dalpha = <dout, A x>, dA = alpha dout x', dx = alpha A' dout, dbeta = <dout, y>
    """

    __props__ = ("inplace",)
    ranks = {"y": 1, "alpha": 0, "A": 2, "x": 1, "beta": 0}

    def __init__(self, inplace: bool) -> None:
        self.inplace = bool(inplace)

    def make_node(self, y: Any, alpha: Any, A: Any, x: Any, beta: Any) -> Apply:
        variables = self.operands([y, alpha, A, x, beta])
        return Apply(self, variables, [variables[0].type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        y, alpha, A, x, beta = inputs
        _require_product(node, A, x, y.shape)
        outputs[0][0] = np.asarray(beta * y + alpha * np.dot(A, x), dtype=y.dtype)

    def L_op(
        self, inputs: Sequence[Any], outputs: Sequence[Variable], cotangents: Sequence[Any]
    ) -> list:
        (y, alpha, A, x, beta), (dout,) = inputs, cotangents
        dA, dx = alpha * outer(dout, x), alpha * dot(transpose(A), dout)
        return [beta * dout, dot(dout, dot(A, x)), dA, dx, dot(dout, y)]

    def __str__(self) -> str:
        return f"Gemv{{{'inplace' if self.inplace else 'no_inplace'}}}"


class Ger(GemmRelated):
    """out = A + alpha x y', matrix A (m, n), vectors x (m), y (n), number alpha of one dtype.

    vjp: dA = dout, dalpha = x' dout y, dx = alpha dout y, dy = alpha dout' x
    """

    __props__ = ("destructive",)
    ranks = {"A": 2, "alpha": 0, "x": 1, "y": 1}

    def __init__(self, destructive: bool) -> None:
        self.destructive = bool(destructive)

    def make_node(self, A: Any, alpha: Any, x: Any, y: Any) -> Apply:
        variables = self.operands([A, alpha, x, y])
        return Apply(self, variables, [variables[0].type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        A, alpha, x, y = inputs
        require(
            A.shape == (x.size, y.size),
            str(self),
            needs="A of as many rows as x and as many columns as y has elements",
            found=f"shapes {A.shape}, {x.shape} and {y.shape}",
            operands={"A": node.inputs[0], "x": node.inputs[2], "y": node.inputs[3]},
        )
        outputs[0][0] = np.asarray(A + alpha * np.outer(x, y), dtype=A.dtype)

    def L_op(
        self, inputs: Sequence[Any], outputs: Sequence[Variable], cotangents: Sequence[Any]
    ) -> list:
        (_, alpha, x, y), (dout,) = inputs, cotangents
        row, column = dot(dout, y), dot(x, dout)
        return [dout, dot(x, row), alpha * row, alpha * column]

    def __str__(self) -> str:
        return f"Ger{{{'destructive' if self.destructive else 'non_destructive'}}}"


class Dot22(GemmRelated):
    """out = x y, matrices of one dtype."""

    ranks = {"x": 2, "y": 2}

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = self.operands([x, y])
        pattern = x.type.broadcastable[0], y.type.broadcastable[1]
        return Apply(self, [x, y], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [(shapes[0][0], shapes[1][1])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        _require_product(node, x, y)
        outputs[0][0] = np.asarray(np.dot(x, y), dtype=x.dtype)

    def L_op(
        self, inputs: Sequence[Any], outputs: Sequence[Variable], cotangents: Sequence[Any]
    ) -> list:
        (x, y), (dout,) = inputs, cotangents
        return [dot(dout, transpose(y)), dot(transpose(x), dout)]

    def __str__(self) -> str:
        return "_dot22"


class Dot22Scalar(GemmRelated):
    """out = a x y, matrices and a number of one dtype.

    vjp: dx = a dout y', dy = a x' dout, da = <dout, x y>
    """

    ranks = {"x": 2, "y": 2, "a": 0}

    def make_node(self, x: Any, y: Any, a: Any) -> Apply:
        x, y, a = self.operands([x, y, a])
        pattern = x.type.broadcastable[0], y.type.broadcastable[1]
        return Apply(self, [x, y, a], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [(shapes[0][0], shapes[1][1])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y, a = inputs
        _require_product(node, x, y)
        outputs[0][0] = np.asarray(a * np.dot(x, y), dtype=x.dtype)

    def L_op(
        self, inputs: Sequence[Any], outputs: Sequence[Variable], cotangents: Sequence[Any]
    ) -> list:
        (x, y, a), (dout,) = inputs, cotangents
        return [a * dot(dout, transpose(y)), a * dot(transpose(x), dout), sum_of_elements(dout * dot(x, y))]

    def __str__(self) -> str:
        return "_dot22scalar"


def _require_product(
    node: Apply, x: np.ndarray, y: np.ndarray, shape: tuple[int, ...] | None = None
) -> None:
    """Raise ShapeMismatch unless ``x`` and ``y`` can be multiplied, and the product added to an array of ``shape``."""
    fits = x.shape[-1] == y.shape[0] and (shape is None or shape == x.shape[:-1] + y.shape[1:])
    variables = {str(k): v for k, v in enumerate(node.inputs) if v.type.ndim}  # type: ignore[attr-defined]
    require(
        fits,
        str(node.op),
        needs="as many columns of the first factor as rows of the second, and the product's shape where it is added",
        found=f"factors of shapes {x.shape} and {y.shape}" + (f", a sum of shape {shape}" if shape is not None else ""),
        operands=variables,
    )


gemm_no_inplace = gemm = Gemm(inplace=False)
gemm_inplace = Gemm(inplace=True)
gemv_no_inplace = gemv = Gemv(inplace=False)
gemv_inplace = Gemv(inplace=True)
ger = Ger(destructive=False)
ger_destructive = Ger(destructive=True)
_dot22 = Dot22()
_dot22scalar = Dot22Scalar()


__getattr__ = old_names(__name__)
