"""Products of matrices of which one at least is sparse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse

from theano.graph import Apply, Op, require
from theano.scalar.chain import conjugated
from theano.sparse.arithmetic import in_dtype_of
from theano.sparse.dense import dense_from_sparse
from theano.sparse.layout import transpose
from theano.sparse.making import as_sparse_or_tensor_variable, as_sparse_variable
from theano.sparse.parts import (
    OTHER,
    CSMGrad,
    as_compressed,
    in_format,
    parts_of,
    structured_cotangent,
    with_data,
)
from theano.sparse.sampled import require_matrix, structured_dot_grad
from theano.sparse.type import FORMATS, SparseType, common_dtype, is_sparse_variable
from theano.tensor.compressed import CompressedDot
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dot import dot as dot_of_tensors
from theano.tensor.dot import outer
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import tensor_type


def fitting(op: Op, node: Apply, x: Any, y: Any) -> None:
    """ShapeMismatch unless x has as many columns as y has rows."""
    left, right = node.inputs[:2]
    require(
        x.shape[-1] == y.shape[0], f"{op}({left}, {right})", needs="as many columns of the first as rows of the second",
        found=f"shapes {x.shape} and {y.shape}", operands={"x": left, "y": right},
        hint="did you mean y.T?" if y.ndim == 2 and x.shape[-1] == y.shape[1] else None,
    )  # fmt: skip


def times_dense(x: Any, y: Any) -> Any:
    """x y for a sparse x and a dense y, in terms of the arrays of x."""
    return CompressedDot(x.format)(*parts_of(x), y)


def dense_times(y: Any, x: Any) -> Any:
    """y x for a dense y and a sparse x, in terms of the arrays of x: (x' y')', and x' has the arrays of x."""
    data, indices, indptr, shape = parts_of(x)
    return CompressedDot(OTHER[x.format])(data, indices, indptr, shape[::-1], y.T).T


class _Product(Op):
    """What products have in common."""

    __props__: tuple[str, ...] = ()

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        x, y = shapes[:2]
        return [(*x[:-1], *y[1:])]

    def __str__(self) -> str:
        return type(self).__name__


class TrueDot(_Product):
    """x y as a sparse matrix, with the gradient of all elements.

    x    sparse, csr or csc
    y    sparse, csr or csc, or matrix
    out  sparse, format of x, their common dtype

    vjp: dx = dout y', dy = x' dout, sparse; of a dense y dense, unless ``grad_preserves_dense`` is False
    """

    def __init__(self, grad_preserves_dense: bool = True) -> None:
        self.grad_preserves_dense = grad_preserves_dense

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_sparse_or_tensor_variable(y)
        y = as_compressed(y, f"{self}(x, y)") if is_sparse_variable(y) else y
        require_matrix(self, y)
        return Apply(self, [x, y], [x.type.clone(dtype=common_dtype(x, y))()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        fitting(self, node, x, y)
        outputs[0][0] = node.outputs[0].type.filter(_matrix(x @ y, x.format), allow_downcast=True)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), dout = inputs, structured_cotangent(outputs[0], cotangents[0])
        dx, dy = true_dot(dout, _transposed(_conjugated(y))), true_dot(transpose(_conjugated(x)), dout)
        if is_sparse_variable(y):
            dy = in_format(dy, y.format)
        elif self.grad_preserves_dense:
            dy = patternbroadcast(dense_from_sparse(dy), y.type.broadcastable)
        return [in_dtype_of(x, in_format(dx, x.format)), in_dtype_of(y, dy)]


def true_dot(x: Any, y: Any, grad_preserves_dense: bool = True) -> Any:
    """x y as a sparse matrix, for a sparse x or y, with the gradient of all elements.

    grad_preserves_dense  whether the gradient of a dense operand is dense
    """
    x, y = _operands("true_dot(x, y)", x, y)
    if is_sparse_variable(x):
        return TrueDot(grad_preserves_dense)(x, y)
    return transpose(TrueDot(grad_preserves_dense)(transpose(y), x.T))


class StructuredDot(_Product):
    """x y, with the gradient of x in its places alone.

    x    sparse
    y    matrix, or sparse
    out  matrix, or where both are sparse a sparse matrix in the format of x; their common dtype

    vjp: dx[i, j] = (dout y')[i, j] in the places of x, dy = x' dout
    """

    def make_node(self, a: Any, b: Any) -> Apply:
        x, y = as_sparse_variable(a), as_sparse_or_tensor_variable(b)
        require_matrix(self, y)
        dtype = common_dtype(x, y)
        if is_sparse_variable(y):
            return Apply(self, [x, y], [x.type.clone(dtype=dtype)()])
        return Apply(self, [x, y], [tensor_type(dtype, (False, y.type.broadcastable[1]))()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any] | None:
        x, y = inputs
        return None if is_sparse_variable(y) or x.format == "bsr" else [times_dense(x, y)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        fitting(self, node, x, y)
        kind = node.outputs[0].type
        if isinstance(kind, SparseType):
            outputs[0][0] = kind.filter(_matrix(x @ y, x.format), allow_downcast=True)
        else:
            outputs[0][0] = np.asarray(x @ y, dtype=kind.dtype)  # type: ignore[attr-defined]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), (dout,) = inputs, cotangents
        u = transpose(_conjugated(x))
        if is_sparse_variable(outputs[0]):
            dout = structured_cotangent(outputs[0], dout)
            whole = in_format(_structured_dot(dout, transpose(_conjugated(y))), x.format)
            dx = with_data(x, CSMGrad()(*parts_of(x), *parts_of(whole)))
            return [in_dtype_of(x, dx), in_dtype_of(y, in_format(_structured_dot(u, dout), y.format))]
        dout = dense_from_sparse(dout) if is_sparse_variable(dout) else dout
        dy = patternbroadcast(_structured_dot(u, dout), y.type.broadcastable)
        return [in_dtype_of(x, structured_dot_grad(x, conjugated(y), dout)), in_dtype_of(y, dy)]


def structured_dot(x: Any, y: Any) -> Any:
    """x y for a sparse x or y, with the gradient of what is sparse in its places alone."""
    x, y = _operands("structured_dot(x, y)", x, y)
    if is_sparse_variable(x):
        return _structured_dot(x, y)
    out = _structured_dot(transpose(y), x.T)
    return transpose(out) if is_sparse_variable(out) else out.T


class Dot(_Product):
    """x y as a dense matrix, with the gradient of all elements.

    x, y  sparse, or vectors or matrices; one of them sparse
    out   dense, their common dtype

    vjp: dx = dout y', dy = x' dout, dense
    """

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = _operands("dot(x, y)", x, y)
        for name, v in (("x", x), ("y", y)):
            require(
                v.type.ndim in (1, 2), "dot(x, y)", needs=f"{name} to be a matrix or a vector", found=f"type {v.type}",
                operands={"x": x, "y": y}, error=TypeError,
            )  # fmt: skip
        left, right = (getattr(v.type, "broadcastable", (False, False)) for v in (x, y))
        return Apply(self, [x, y], [tensor_type(common_dtype(x, y), (*left[:-1], *right[1:]))()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any] | None:
        x, y = inputs
        if any(is_sparse_variable(v) and v.format == "bsr" for v in inputs):
            return None
        if not is_sparse_variable(x):
            return [dense_times(x, y)]
        return None if is_sparse_variable(y) else [times_dense(x, y)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        fitting(self, node, x, y)
        out = x @ y
        out = out.toarray() if scipy.sparse.issparse(out) else out
        outputs[0][0] = np.asarray(out, dtype=node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), (dout,) = inputs, cotangents
        u, v = _conjugated(x), _conjugated(y)
        if y.type.ndim == 1:
            dx, dy = outer(dout, v), dot(transpose(u), dout)
        elif x.type.ndim == 1:
            dx, dy = dot(dout, transpose(v)), outer(u, dout)
        else:
            dx, dy = _dot_of_any(dout, _transposed(v)), _dot_of_any(_transposed(u), dout)
        return [
            in_dtype_of(w, d if is_sparse_variable(w) else patternbroadcast(d, w.type.broadcastable))
            for w, d in ((x, dx), (y, dy))
        ]


def dot(x: Any, y: Any) -> Any:
    """x y as a dense matrix, for a sparse x or y, with the gradient of all elements.  TypeError when neither is sparse."""
    return _dot(x, y)


class Usmm(Op):
    """alpha * x y + z

    alpha  0-d, or of lengths 1      x, y  one of them sparse, the other a matrix      z  matrix
    out    matrix, their common dtype
    """

    __props__ = ()

    def make_node(self, alpha: Any, x: Any, y: Any, z: Any) -> Apply:
        x, y = _operands("usmm(alpha, x, y, z)", x, y)
        alpha, z = as_tensor_variable(alpha), as_tensor_variable(z)
        require(
            is_sparse_variable(x) != is_sparse_variable(y), "usmm(alpha, x, y, z)", needs="one of x and y dense",
            found=f"types {x.type} and {y.type}", operands={"x": x, "y": y}, error=TypeError,
        )  # fmt: skip
        require(
            all(alpha.type.broadcastable), "usmm(alpha, x, y, z)", needs="a number alpha", found=f"type {alpha.type}",
            operands={"alpha": alpha}, error=TypeError,
        )  # fmt: skip
        for v in (x, y, z):
            require_matrix(self, v)
        return Apply(self, [alpha, x, y, z], [tensor_type(common_dtype(alpha, x, y, z), (False, False))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[3]]

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        alpha, x, y, z = inputs
        z = patternbroadcast(z, (False, False))
        return [alpha.dimshuffle() * patternbroadcast(_dot(x, y), (False, False)) + z]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        alpha, x, y, z = inputs
        require(
            x.shape[1] == y.shape[0] and z.shape == (x.shape[0], y.shape[1]), "usmm(alpha, x, y, z)",
            needs="lengths that fit", found=f"shapes {x.shape}, {y.shape} and {z.shape}",
            operands=dict(zip(("x", "y", "z"), node.inputs[1:], strict=True)),
        )  # fmt: skip
        outputs[0][0] = np.asarray(alpha.reshape(()) * (x @ y) + z, dtype=node.outputs[0].type.dtype)  # type: ignore

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (alpha, x, y, z), (dout,) = inputs, cotangents
        product = _dot(x, y)
        dx, dy = _dot.L_op([x, y], [product], [alpha.dimshuffle() * dout])
        dalpha = (product * dout).sum().dimshuffle(*["x"] * alpha.type.ndim)
        return [
            in_dtype_of(alpha, dalpha),
            dx,
            dy,
            in_dtype_of(z, patternbroadcast(dout, z.type.broadcastable)),
        ]

    def __str__(self) -> str:
        return type(self).__name__


_structured_dot, _dot, usmm = StructuredDot(), Dot(), Usmm()


def _operands(operation: str, x: Any, y: Any) -> tuple[Any, Any]:
    """Both as variables, of which one must be sparse."""
    x, y = as_sparse_or_tensor_variable(x), as_sparse_or_tensor_variable(y)
    require(
        is_sparse_variable(x) or is_sparse_variable(y), operation, needs="at least one sparse operand",
        found=f"types {x.type} and {y.type}", operands={"x": x, "y": y},
        hint="theano.tensor.dot multiplies dense ones", error=TypeError,
    )  # fmt: skip
    return x, y


def _dot_of_any(x: Any, y: Any) -> Any:
    """x y, dense, whether or not one of them is sparse."""
    return dot(x, y) if is_sparse_variable(x) or is_sparse_variable(y) else dot_of_tensors(x, y)


def _transposed(x: Any) -> Any:
    return transpose(x) if is_sparse_variable(x) else x.T


def _conjugated(x: Any) -> Any:
    """The complex conjugate of a sparse or dense x; a real one is its own."""
    if not is_sparse_variable(x):
        return conjugated(x)
    data = parts_of(x)[0]
    conjugate = conjugated(data)
    return x if conjugate is data else with_data(x, conjugate)


def _matrix(product: Any, format: str) -> Any:
    """A product as a sparse matrix in ``format``."""
    return FORMATS[format](product)
