"""Sums, differences and products element by element, of sparse matrices and of sparse with dense operands."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, ShapeMismatch, Variable, require
from theano.scalar import dtype as dtypes
from theano.sparse.dense import dense_from_sparse
from theano.sparse.layout import neg
from theano.sparse.making import as_sparse_or_tensor_variable
from theano.sparse.parts import (
    CSMGrad,
    as_compressed,
    elements_at,
    in_format,
    parts_of,
    structured_cotangent,
    with_data,
)
from theano.sparse.summing import summed_products
from theano.sparse.type import common_dtype, is_sparse_variable
from theano.tensor.compressed import Fitting
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import cast as cast_tensor
from theano.tensor.elementwise import mul as mul_tensor
from theano.tensor.elementwise import neg as neg_tensor
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.reduction import sum as sum_of_tensor
from theano.tensor.type import tensor_type


def equal_shapes(op: Op, node: Apply, x: Any, y: Any) -> None:
    """ShapeMismatch unless the values of both operands have one shape."""
    require(
        x.shape == y.shape, f"{op}({node.inputs[0]}, {node.inputs[1]})", needs="operands of one shape",
        found=f"{x.shape} and {y.shape}", operands={"x": node.inputs[0], "y": node.inputs[1]}, error=ShapeMismatch,
    )  # fmt: skip


def in_dtype_of(x: Variable, dx: Any) -> Any:
    """A cotangent in the dtype of x where that is continuous, and real where that is."""
    if dx.type.dtype == x.type.dtype or x.type.dtype not in dtypes.CONTINUOUS:  # type: ignore[attr-defined]
        return dx
    dtype = x.type.dtype  # type: ignore[attr-defined]
    return (
        with_data(dx, cast_tensor(parts_of(dx)[0], dtype))
        if is_sparse_variable(dx)
        else cast_tensor(dx, dtype)
    )


class _Binary(Op):
    """What ops of two operands of one shape have in common."""

    __props__: tuple[str, ...] = ()

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def __str__(self) -> str:
        return type(self).__name__


class _OfTwoSparse(_Binary):
    """x, y  sparse, csr or csc;  out  sparse, format of x, their common dtype"""

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_compressed(y, f"{self}(x, y)")
        return Apply(self, [x, y], [x.type.clone(dtype=common_dtype(x, y))()])


class AddSS(_OfTwoSparse):
    """x + y

    x, y  sparse, csr or csc
    out   sparse, format of x, their common dtype; its places are those of both

    Where both store their elements in the same places, these are added one by one.

    vjp: dx = dy = dout
    """

    def inlined(self, inputs: Sequence[Any]) -> list[Any] | None:
        (own, *places), (other, *others) = map(parts_of, inputs)
        return (
            [with_data(inputs[0], own + other)] if self.have_one_format(inputs) and places == others else None
        )

    @staticmethod
    def have_one_format(operands: Sequence[Any]) -> bool:
        return operands[0].format == operands[1].format

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        equal_shapes(self, node, x, y)
        kind = node.outputs[0].type
        if self.have_one_format(inputs) and _have_the_same_places(x, y):
            total = x.copy()
            total.data = x.data + y.data
        else:
            total = x + y.asformat(x.format)
        outputs[0][0] = kind.filter(total, allow_downcast=True)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        dout = structured_cotangent(outputs[0], cotangents[0])
        return [in_dtype_of(v, in_format(dout, v.format)) for v in inputs]


def _have_the_same_places(x: Any, y: Any) -> bool:
    return np.array_equal(x.indptr, y.indptr) and np.array_equal(x.indices, y.indices)


class AddSSData(_Binary):
    """x + y for matrices that store their elements in the same places.

    x, y  sparse, of one type
    out   sparse, of their type

    vjp: dx = dy = dout
    """

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_compressed(y, f"{self}(x, y)")
        require(
            x.type == y.type, f"{self}(x, y)", needs="operands of one type", found=f"{x.type} and {y.type}",
            operands={"x": x, "y": y}, hint="add takes sparse matrices of all types", error=NotImplementedError,
        )  # fmt: skip
        return Apply(self, [x, y], [x.type()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any] | None:
        own, other = map(parts_of, inputs)
        return [with_data(inputs[0], own[0] + other[0])] if own[1:] == other[1:] else None

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        equal_shapes(self, node, x, y)
        require(
            x.data.shape == y.data.shape, f"{self}({node.inputs[0]}, {node.inputs[1]})",
            needs="as many stored elements of both", found=f"{x.nnz} and {y.nnz}",
            operands={"x": node.inputs[0], "y": node.inputs[1]},
        )  # fmt: skip
        out = x.copy()
        out.data = x.data + y.data
        outputs[0][0] = out

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        dout = structured_cotangent(outputs[0], cotangents[0])
        return [dout, dout]


class AddSD(_Binary):
    """x + y

    x    sparse, csr or csc      y  matrix
    out  matrix, their common dtype

    vjp: dx = dout in the places of x, dy = dout
    """

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_tensor_variable(y)
        require(
            y.type.ndim == 2, f"{self}(x, y)", needs="a matrix y", found=f"type {y.type}", operands={"x": x, "y": y},
            hint="structured_add(x, number) adds a number to the stored elements", error=AssertionError,
        )  # fmt: skip
        return Apply(self, [x, y], [tensor_type(common_dtype(x, y), y.type.broadcastable)()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        x, y = inputs
        total = Fitting((0, 1))(patternbroadcast(y, (False, False)), parts_of(x)[3]) + dense_from_sparse(x)
        return [patternbroadcast(total, y.type.broadcastable)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        equal_shapes(self, node, x, y)
        outputs[0][0] = np.asarray(x + y, dtype=node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), (dout,) = inputs, cotangents
        return [in_dtype_of(x, structured_cotangent(x, dout)), in_dtype_of(y, dout)]


class _OfSparseAndVector(_Binary):
    """An operation on each stored element of x and the entry of y for its column.

    x    sparse, csr or csc      y  vector
    out  sparse, format of x, their common dtype
    """

    _operation: Callable[[Any, Any], Any]

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_tensor_variable(y)
        require(
            y.type.ndim == 1, f"{self}(x, y)", needs="a vector y", found=f"type {y.type}", operands={"x": x, "y": y},
            error=AssertionError,
        )  # fmt: skip
        return Apply(self, [x, y], [x.type.clone(dtype=common_dtype(x, y))()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        x, y = inputs
        return [with_data(x, self._operation(parts_of(x)[0], elements_at(x, y, 1)))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        out = node.outputs[0].type.filter(x.copy(), allow_downcast=True)
        out.data = self._operation(x.data, along_columns(self, node, x, y))
        outputs[0][0] = out


class StructuredAddSV(_OfSparseAndVector):
    """out[i, j] = x[i, j] + y[j] in the places of x.

    x    sparse, csr or csc      y  vector
    out  sparse, format of x, their common dtype

    vjp: dx = dout, dy = the sums of the columns of dout
    """

    _operation = staticmethod(operator.add)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), (out,) = inputs, outputs
        dout = in_format(structured_cotangent(out, cotangents[0]), x.format)
        ones = with_data(x, fill_data(x, 1))
        return [in_dtype_of(x, dout), in_dtype_of(y, summed_products(ones, dout, 1))]


def fill_data(x: Any, number: float) -> Any:
    """The same number for each stored element of x."""
    return parts_of(x)[0] * 0 + number


def along_columns(op: Op, node: Apply, x: Any, y: np.ndarray) -> np.ndarray:
    """y[j] for each stored element of the matrix x, j its column."""
    require(
        y.shape == (x.shape[1],), f"{op}({node.inputs[0]}, {node.inputs[1]})", needs="an entry of y for each column of x",
        found=f"shapes {x.shape} and {y.shape}", operands={"x": node.inputs[0], "y": node.inputs[1]},
    )  # fmt: skip
    return y[x.indices if x.format == "csr" else np.repeat(np.arange(x.shape[1]), np.diff(x.indptr))]


class MulSS(_OfTwoSparse):
    """x * y element by element.

    x, y  sparse, csr or csc
    out   sparse, format of x, their common dtype; its places are those in which both store an element

    vjp: dx = y * dout, dy = x * dout
    """

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        equal_shapes(self, node, x, y)
        kind = node.outputs[0].type
        outputs[0][0] = kind.filter(x.multiply(y).asformat(x.format), allow_downcast=True)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), dout = inputs, structured_cotangent(outputs[0], cotangents[0])
        return [in_dtype_of(v, in_format(mul_s_s(w, dout), v.format)) for v, w in ((x, y), (y, x))]


class MulSD(_Binary):
    """x * y element by element.

    x    sparse, csr or csc      y  matrix, or a number
    out  sparse, in the places of x, their common dtype

    vjp: dx = dout * y, dy = x * dout, dense
    """

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_tensor_variable(y)
        require(
            y.type.ndim in (0, 2), f"{self}(x, y)", needs="a matrix y, or a number", found=f"type {y.type}",
            operands={"x": x, "y": y}, hint="mul_s_v, row_scale and col_scale take vectors", error=NotImplementedError,
        )  # fmt: skip
        return Apply(self, [x, y], [x.type.clone(dtype=common_dtype(x, y))()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        x, y = inputs
        return [with_data(x, mul_tensor(parts_of(x)[0], y if y.type.ndim == 0 else elements_at(x, y)))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        if y.ndim == 2:
            equal_shapes(self, node, x, y)
            major = np.repeat(np.arange(len(x.indptr) - 1), np.diff(x.indptr))
            y = y[major, x.indices] if x.format == "csr" else y[x.indices, major]
        out = node.outputs[0].type.filter(x.copy(), allow_downcast=True)
        out.data = np.asarray(x.data * y, dtype=out.dtype)
        outputs[0][0] = out

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), (out,) = inputs, outputs
        dout = in_format(structured_cotangent(out, cotangents[0]), x.format)
        dx = in_dtype_of(x, mul_s_d(dout, y))
        if y.type.ndim == 0:
            return [dx, in_dtype_of(y, sum_of_tensor(products_at(x, dout)))]
        return [dx, in_dtype_of(y, dense_from_sparse(with_data(x, products_at(x, dout))))]


def products_at(x: Any, dout: Any) -> Any:
    """x * dout at the places of x, for a cotangent ``dout`` of a matrix with these places."""
    return parts_of(x)[0] * CSMGrad()(*parts_of(x), *parts_of(dout))


class MulSV(_OfSparseAndVector):
    """out[i, j] = x[i, j] * y[j]

    x    sparse, csr or csc      y  vector
    out  sparse, format of x, their common dtype

    vjp: dx[i, j] = dout[i, j] * y[j], dy = the sums of the columns of x * dout
    """

    _operation = staticmethod(operator.mul)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y), (out,) = inputs, outputs
        dout = in_format(structured_cotangent(out, cotangents[0]), x.format)
        return [in_dtype_of(x, mul_s_v(dout, y)), in_dtype_of(y, summed_products(x, dout, 1))]


add_s_s, add_s_s_data, add_s_d, structured_add_s_v = AddSS(), AddSSData(), AddSD(), StructuredAddSV()
mul_s_s, mul_s_d, mul_s_v = MulSS(), MulSD(), MulSV()


def add(x: Any, y: Any) -> Any:
    """x + y, one of them sparse: sparse if both are, else dense.  AssertionError when neither is."""
    x, y = _operands("add(x, y)", x, y)
    if is_sparse_variable(x):
        return add_s_s(x, y) if is_sparse_variable(y) else add_s_d(x, y)
    return add_s_d(y, x)


def sub(x: Any, y: Any) -> Any:
    """x - y, one of them sparse: sparse if both are, else dense.  AssertionError when neither is."""
    x, y = _operands("sub(x, y)", x, y)
    return add(x, neg(y) if is_sparse_variable(y) else neg_tensor(y))


def mul(x: Any, y: Any) -> Any:
    """x * y element by element, one of them sparse: sparse.  AssertionError when neither is."""
    x, y = _operands("mul(x, y)", x, y)
    if is_sparse_variable(x):
        return mul_s_s(x, y) if is_sparse_variable(y) else mul_s_d(x, y)
    return mul_s_d(y, x)


def _operands(operation: str, x: Any, y: Any) -> tuple[Any, Any]:
    """Both as variables, of which one must be sparse."""
    x, y = as_sparse_or_tensor_variable(x), as_sparse_or_tensor_variable(y)
    require(
        is_sparse_variable(x) or is_sparse_variable(y), operation, needs="a sparse operand",
        found=f"types {x.type} and {y.type}", operands={"x": x, "y": y}, error=AssertionError,
    )  # fmt: skip
    return x, y
