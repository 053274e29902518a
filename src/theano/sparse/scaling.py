"""Rows and columns scaled by the entries of a vector, and diagonals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse

from theano.graph import Apply, Op, require
from theano.sparse.layout import transpose
from theano.sparse.parts import (
    as_compressed,
    elements_at,
    in_format,
    parts_of,
    structured_cotangent,
    with_data,
)
from theano.sparse.summing import summed_products
from theano.sparse.type import SparseType, common_dtype, is_sparse_variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.diagonal import diag as diag_of_tensor
from theano.tensor.type import tensor_type


class _Scaled(Op):
    """out[i, j] = x[i, j] * s[k], k = i or j by ``axis``.

    x    sparse, csc           s  vector
    out  sparse, csc, their common dtype

    vjp: dx = dout scaled likewise,  ds[k] = sum over the other axis of x * dout
    """

    __props__ = ()
    axis: int

    def make_node(self, x: Any, s: Any) -> Apply:
        x, s = as_compressed(x, f"{self}(x, s)"), as_tensor_variable(s)
        require(
            x.format == "csc", f"{self}(x, s)", needs="x in the format csc", found=x.format, operands={"x": x},
            hint="row_scale and col_scale take both formats", error=ValueError,
        )  # fmt: skip
        require(
            s.type.ndim == 1,
            f"{self}(x, s)",
            needs="a vector s",
            found=f"type {s.type}",
            operands={"s": s},
            error=TypeError,
        )
        return Apply(self, [x, s], [x.type.clone(dtype=common_dtype(x, s))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        x, s = inputs
        return [with_data(x, parts_of(x)[0] * elements_at(x, s, self.axis))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, s = inputs
        require(
            s.shape == (x.shape[self.axis],), f"{self}(x, s)",
            needs=f"an entry of s for each of the {('rows', 'columns')[self.axis]} of x",
            found=f"{s.shape[0]} and {x.shape[self.axis]}", operands={"x": node.inputs[0], "s": node.inputs[1]},
        )  # fmt: skip
        columns = np.repeat(np.arange(x.shape[1]), np.diff(x.indptr))
        data = x.data * s[columns if self.axis == 1 else x.indices]
        outputs[0][0] = scipy.sparse.csc_matrix((data, x.indices.copy(), x.indptr.copy()), x.shape)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, s), (out,) = inputs, outputs
        dout = in_format(structured_cotangent(out, cotangents[0]), "csc")
        return [type(self)()(dout, s), summed_products(x, dout, self.axis)]

    def __str__(self) -> str:
        return type(self).__name__


class ColScaleCSC(_Scaled):
    """out[i, j] = x[i, j] * s[j], of compressed columns; see ``col_scale``."""

    axis = 1


class RowScaleCSC(_Scaled):
    """out[i, j] = x[i, j] * s[i], of compressed columns; see ``row_scale``."""

    axis = 0


class Diag(Op):
    """The diagonal of a square matrix.

    x    sparse
    out  vector of the dtype of x

    vjp: dx = square_diagonal(dout)

    Raises ValueError at run time when x is not square.
    """

    __props__ = ()

    def make_node(self, x: Any) -> Apply:
        x = as_compressed(x, "diag(x)")
        return Apply(self, [x], [tensor_type(x.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(shapes[0][0],)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (x,) = inputs
        rows, columns = x.shape
        require(
            rows == columns,
            "diag(x)",
            needs="a square matrix",
            found=f"shape {x.shape}",
            operands={"x": node.inputs[0]},
        )
        outputs[0][0] = x.diagonal()

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [in_format(square_diagonal(cotangents[0]), inputs[0].format)]


class SquareDiagonal(Op):
    """The square matrix in compressed columns with a given diagonal, all of it stored.

    diag  vector
    out   sparse, csc, dtype of diag

    vjp: ddiag = diag(dout)
    """

    __props__ = ()

    def make_node(self, diag: Any) -> Apply:
        diag = as_tensor_variable(diag)
        require(
            diag.type.ndim == 1, "square_diagonal(diag)", needs="a vector", found=f"type {diag.type}",
            operands={"diag": diag}, error=TypeError,
        )  # fmt: skip
        return Apply(self, [diag], [SparseType("csc", diag.type.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        (n,) = shapes[0]
        return [(n, n)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (d,) = inputs
        n = len(d)
        outputs[0][0] = scipy.sparse.csc_matrix((d.copy(), np.arange(n), np.arange(n + 1)), (n, n))

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (dout,) = cotangents
        return [diag(dout) if is_sparse_variable(dout) else diag_of_tensor(dout)]


diag, square_diagonal = Diag(), SquareDiagonal()


def col_scale(x: Any, s: Any) -> Any:
    """out[i, j] = x[i, j] * s[j], in the format of x."""
    x = as_compressed(x, "col_scale(x, s)")
    return ColScaleCSC()(x, s) if x.format == "csc" else transpose(RowScaleCSC()(transpose(x), s))


def row_scale(x: Any, s: Any) -> Any:
    """out[i, j] = x[i, j] * s[i], in the format of x."""
    x = as_compressed(x, "row_scale(x, s)")
    return RowScaleCSC()(x, s) if x.format == "csc" else transpose(ColScaleCSC()(transpose(x), s))
