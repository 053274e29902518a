"""Ops that keep the elements of sparse matrices and change how they are stored or put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse

from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.sparse.making import as_sparse_variable
from theano.sparse.parts import (
    OF_FORMAT,
    OTHER,
    as_compressed,
    in_format,
    parts_of,
    structured_cotangent,
    with_data,
)
from theano.sparse.type import FORMATS, SparseType, common_dtype
from theano.tensor.alloc import ones_like as ones_like_tensor
from theano.tensor.alloc import zeros, zeros_like
from theano.tensor.elementwise import cast as cast_tensor
from theano.tensor.elementwise import neg as neg_tensor


class _OfOne(Op):
    """What ops from one sparse matrix to another of the same shape have in common."""

    __props__: tuple[str, ...] = ()

    def make_node(self, x: Any) -> Apply:
        x = as_compressed(x, f"{self}(x)")
        return Apply(self, [x], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [structured_cotangent(outputs[0], cotangents[0])]

    def __str__(self) -> str:
        return type(self).__name__


class Cast(_OfOne):
    """The elements of x in another dtype.

    vjp: dx = dout, in the dtype of x where that is continuous
    """

    __props__ = ("out_type",)

    def __init__(self, out_type: str) -> None:
        self.out_type = out_type

    def make_node(self, x: Any) -> Apply:
        x = as_compressed(x, f"{self}(x)")
        return Apply(self, [x], [x.type.clone(dtype=self.out_type)()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        return [with_data(inputs[0], cast_tensor(parts_of(inputs[0])[0], self.out_type))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = inputs[0].astype(self.out_type)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [_in_dtype_of(inputs[0], structured_cotangent(outputs[0], cotangents[0]))]

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.out_type})"


class Neg(_OfOne):
    """-x"""

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        return [with_data(inputs[0], neg_tensor(parts_of(inputs[0])[0]))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = -inputs[0]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [neg(structured_cotangent(outputs[0], cotangents[0]))]


class Transpose(_OfOne):
    """x': the same arrays, taken in the other format.

    vjp: dx = dout'
    """

    view_map = {0: [0]}

    def make_node(self, x: Any) -> Apply:
        x = as_compressed(x, f"{self}(x)")
        return Apply(self, [x], [x.type.clone(format=OTHER[x.format])()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0][::-1]]

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        data, indices, indptr, shape = parts_of(inputs[0])
        return [OF_FORMAT[OTHER[inputs[0].format]](data, indices, indptr, shape[::-1])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = inputs[0].transpose(copy=True)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [transpose(structured_cotangent(outputs[0], cotangents[0]))]

    def __str__(self) -> str:
        return "Sparse" + super().__str__()


class EnsureSortedIndices(_OfOne):
    """x with the elements of each row, in compressed columns of each column, in the order of their indices.

    ``inplace``, of which results are the same, permits to sort within x.
    """

    __props__ = ("inplace",)

    def __init__(self, inplace: bool) -> None:
        self.inplace = inplace

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        out = inputs[0].copy()
        out.has_sorted_indices = False  # SciPy remembers what others may have changed
        out.sort_indices()
        outputs[0][0] = out


class Remove0(_OfOne):
    """x without stored zeros.  ``inplace``, of which results are the same, permits to remove them within x."""

    __props__ = ("inplace",)

    def __init__(self, inplace: bool = False) -> None:
        self.inplace = inplace

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        out = inputs[0].copy()
        out.eliminate_zeros()
        outputs[0][0] = out


class HStack(Op):
    """Matrices of as many rows side by side.

    blocks  sparse, csr or csc
    out     sparse, in ``format`` ("csc" unless told) and ``dtype`` (the common one unless told)

    vjp: each block gets its columns of dout
    """

    __props__ = ("format", "dtype")
    axis = 1
    stack = staticmethod(scipy.sparse.hstack)

    def __init__(self, format: str | None = None, dtype: str | None = None) -> None:
        self.format = "csc" if format is None else format
        if dtype is None:
            raise ValueError(f"The output dtype must be specified: {type(self).__name__}(format, dtype)")
        self.dtype = dtype

    def make_node(self, *mat: Any) -> Apply:
        require(bool(mat), f"{self}(*blocks)", needs="at least one block", found="none")
        blocks = [as_compressed(x, f"{self}(*blocks)") for x in mat]
        return Apply(self, blocks, [SparseType(self.format, self.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        lengths = list(shapes[0])
        lengths[self.axis] = sum(s[self.axis] for s in shapes)
        return [tuple(lengths)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        across = 1 - self.axis
        lengths = {block.shape[across] for block in inputs}
        require(
            len(lengths) == 1, f"{self}(*blocks)",
            needs=f"blocks of as many {('rows', 'columns')[across]}", found=[b.shape for b in inputs],
            operands={f"block {k}": v for k, v in enumerate(node.inputs)},
        )  # fmt: skip
        out = self.stack(inputs, format=self.format, dtype=self.dtype)
        outputs[0][0] = FORMATS[self.format](out)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        dout = in_format(structured_cotangent(outputs[0], cotangents[0]), self.format)
        found, first = [], 0
        for x in inputs:
            last = first + x.shape[self.axis]
            part = dout[:, first:last] if self.axis == 1 else dout[first:last, :]
            found.append(_in_dtype_of(x, in_format(part, x.format)))
            first = last
        return found

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.format},{self.dtype})"


class VStack(HStack):
    """Matrices of as many columns one above the other; as ``HStack``.

    vjp: each block gets its rows of dout
    """

    axis = 0
    stack = staticmethod(scipy.sparse.vstack)


neg, transpose, remove0 = Neg(), Transpose(), Remove0()
ensure_sorted_indices = EnsureSortedIndices(inplace=False)
bcast, wcast, icast, lcast = Cast("int8"), Cast("int16"), Cast("int32"), Cast("int64")
fcast, dcast, ccast, zcast = Cast("float32"), Cast("float64"), Cast("complex64"), Cast("complex128")


def cast(variable: Any, dtype: str) -> Any:
    """The elements of a sparse matrix in another dtype."""
    return Cast(dtype)(variable)


def clean(x: Any) -> Any:
    """x without stored zeros, its indices sorted."""
    return ensure_sorted_indices(remove0(x))


def sp_ones_like(x: Any) -> Any:
    """1 in the places of x."""
    x = as_compressed(x, "sp_ones_like(x)")
    return with_data(x, ones_like_tensor(parts_of(x)[0]))


def sp_zeros_like(x: Any) -> Any:
    """A matrix of the shape of x without stored elements."""
    x = as_sparse_variable(x)
    _, indices, indptr, shape = parts_of(as_compressed(x, "sp_zeros_like(x)"))
    none = zeros((0,), x.dtype)
    return OF_FORMAT[x.format](none, indices[:0], zeros_like(indptr), shape)


def hstack(blocks: Any, format: str | None = None, dtype: str | None = None) -> Any:
    """Matrices side by side, in ``format`` ("csc" unless told) and ``dtype`` (the common one unless told)."""
    return _stacked(HStack, blocks, format, dtype)


def vstack(blocks: Any, format: str | None = None, dtype: str | None = None) -> Any:
    """Matrices one above the other, in ``format`` ("csc" unless told) and ``dtype`` (the common one unless told)."""
    return _stacked(VStack, blocks, format, dtype)


def _in_dtype_of(x: Any, dx: Any) -> Any:
    """A cotangent in the dtype of x, where that is continuous."""
    return dx if x.dtype == dx.dtype or x.dtype not in dtypes.CONTINUOUS else Cast(x.dtype)(dx)


def _stacked(kind: type[HStack], blocks: Any, format: str | None, dtype: str | None) -> Any:
    blocks = [as_sparse_variable(x) for x in blocks]
    return kind(format=format, dtype=common_dtype(*blocks) if dtype is None else str(np.dtype(dtype)))(
        *blocks
    )
