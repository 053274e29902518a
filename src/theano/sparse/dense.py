"""Conversions between sparse and dense matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, require
from theano.sparse.making import as_sparse_variable
from theano.sparse.parts import in_format, parts_of, structured_cotangent
from theano.sparse.type import FORMATS, SparseType, is_sparse_variable
from theano.tensor.advanced import AdvancedSubtensor1, advanced_subtensor1
from theano.tensor.compressed import scattered
from theano.tensor.constant import as_tensor_variable
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import tensor_type


class DenseFromSparse(Op):
    """The dense matrix of the elements of x.

    x    sparse
    out  matrix of the dtype of x

    vjp: dx = dout in the places of x; with ``structured`` False all of dout, as a sparse matrix in which all is stored
    """

    __props__ = ()

    def __init__(self, structured: bool = True) -> None:
        self.sparse_grad = structured

    def make_node(self, x: Any) -> Apply:
        x = as_sparse_variable(x)
        return Apply(self, [x], [tensor_type(x.dtype, (False, False))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def inlined(self, inputs: Sequence[Any]) -> list[Any] | None:
        (x,) = inputs
        return None if x.format == "bsr" else [scattered(x.format, *parts_of(x))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.asarray(inputs[0].toarray(), dtype=inputs[0].dtype, order="C")

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x,), (dout,) = inputs, cotangents
        if is_sparse_variable(dout):
            return [in_format(dout, x.format)]
        return [structured_cotangent(x, dout) if self.sparse_grad else SparseFromDense(x.format)(dout)]

    def __str__(self) -> str:
        return f"{type(self).__name__}{{structured_grad={self.sparse_grad}}}"


class SparseFromDense(Op):
    """The elements of a dense matrix that are not 0, in csr, csc or bsr.

    x    matrix
    out  sparse, dtype of x

    vjp: dx = dout, dense

    Raises TypeError unless x is a matrix.
    """

    __props__ = ("format",)

    def __init__(self, format: str) -> None:
        self.format = format

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        require(
            x.type.ndim <= 2, f"{self}(x)", needs="a matrix, or a vector as its only row",
            found=f"type {x.type}", operands={"x": x}, error=TypeError,
        )  # fmt: skip
        return Apply(self, [x], [SparseType(self.format, x.type.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(*[1] * (2 - len(shapes[0])), *shapes[0])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = FORMATS[self.format](inputs[0])

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x,), (dout,) = inputs, cotangents
        dx = dense_from_sparse(dout) if is_sparse_variable(dout) else dout
        if x.type.ndim < 2:
            dx = dx.reshape(x.shape, ndim=x.type.ndim)
        return [patternbroadcast(dx, x.type.broadcastable)]

    def __str__(self) -> str:
        return f"{type(self).__name__}{{{self.format}}}"


class ConstructSparseFromList(Op):
    """A sparse matrix of which a few rows are given: row ilist[k] is row k of ``values``, rows that meet are added up.

    x       matrix: only its shape counts
    values  matrix, as wide as x
    ilist   vector of integers, as long as ``values``
    out     sparse, csc, dtype of x, shape of x

    vjp: dvalues[k] = dout[ilist[k]]
    """

    __props__ = ()

    def make_node(self, x: Any, values: Any, ilist: Any) -> Apply:
        x, values, ilist = as_tensor_variable(x), as_tensor_variable(values), as_tensor_variable(ilist)
        for name, v, ndim in (("x", x, 2), ("values", values, 2), ("ilist", ilist, 1)):
            require(
                v.type.ndim == ndim, f"{self}(x, values, ilist)", needs=f"{name} of {ndim} dimensions",
                found=f"type {v.type}", operands={name: v}, error=TypeError,
            )  # fmt: skip
        require(
            np.dtype(ilist.type.dtype).kind in "iu", f"{self}(x, values, ilist)", needs="ilist of integers",
            found=f"type {ilist.type}", operands={"ilist": ilist}, error=TypeError,
        )  # fmt: skip
        return Apply(self, [x, values, ilist], [SparseType("csc", x.type.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, values, ilist = inputs
        require(
            values.shape == (len(ilist), x.shape[1]), f"{self}(x, values, ilist)",
            needs="values with a row for each index and the columns of x",
            found=f"shapes {x.shape}, {values.shape} and {ilist.shape}",
        )  # fmt: skip
        rows = np.where(ilist < 0, ilist + len(x), ilist)
        if rows.size and not 0 <= rows.min() <= rows.max() < len(x):
            raise IndexError(f"{self}: index {rows.max()} is out of bounds for {len(x)} rows")
        columns = np.tile(np.arange(x.shape[1]), len(rows))
        places = np.repeat(rows, x.shape[1]), columns
        outputs[0][0] = FORMATS["csc"]((values.reshape(-1).astype(x.dtype), places), x.shape)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [True], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (_, values, ilist), (dout,) = inputs, cotangents
        dense = dense_from_sparse(dout) if is_sparse_variable(dout) else dout
        return [None, patternbroadcast(advanced_subtensor1(dense, ilist), values.type.broadcastable), None]


def sparse_grad(var: Any) -> Any:
    """Rows of a matrix chosen by a vector, ``x[rows]``, with a gradient that is a sparse matrix.

    Raises AssertionError for another expression.
    """
    node: Any = getattr(var, "owner", None)
    is_rows = node is not None and isinstance(node.op, AdvancedSubtensor1) and node.inputs[0].type.ndim == 2
    require(
        is_rows, "sparse_grad(var)", needs="rows x[i] of a matrix x chosen by a vector i of integers", found=repr(var),
        operands={"var": var}, error=AssertionError,
    )  # fmt: skip
    return AdvancedSubtensor1(sparse_grad=True)(*node.inputs)


dense_from_sparse = DenseFromSparse()
csr_from_dense, csc_from_dense = SparseFromDense("csr"), SparseFromDense("csc")
construct_sparse_from_list = ConstructSparseFromList()
