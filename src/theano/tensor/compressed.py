"""Products and sums with matrices in compressed rows or columns, given as arrays: what sparse matrices are compiled to.

A matrix A of shape (m, n) with nnz stored elements is, in compressed rows ("csr")::

    data (nnz,)   indices (nnz,)   indptr (m + 1,)   shape (2,)

    the elements e = indptr[i], ..., indptr[i + 1] - 1 are those of row i, and element e is in column indices[e]

In compressed columns ("csc") rows and columns change places.  Below, i[e] and j[e] are the row and the column of element
e.  Arrays that are no such matrix (indptr that decreases or ends elsewhere than at nnz, indices out of range) raise
ValueError at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.chain import conjugated
from theano.tensor.alloc import zeros
from theano.tensor.constant import as_tensor_variable
from theano.tensor.indexing import inc_subtensor
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import MakeVector
from theano.tensor.type import tensor_type

FORMATS = ("csr", "csc")
OTHER = {"csr": "csc", "csc": "csr"}
UNLIKE = "an operation of a sparse matrix and a dense operand element by element"


class _OfCompressed(Op):
    """What ops on the arrays of a matrix in ``format`` have in common."""

    __props__: tuple[str, ...] = ("format",)

    def __init__(self, format: str) -> None:
        if format not in FORMATS:
            raise ValueError(f"format must be csr or csc, found {format!r}")
        self.format = format

    @property
    def major(self) -> int:
        """The axis that is compressed: each of its entries is a stretch of elements."""
        return 0 if self.format == "csr" else 1

    def positions(self, indices: np.ndarray, indptr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """i, j of each element."""
        pair = major_of(indptr, len(indices)), indices
        return pair if self.format == "csr" else pair[::-1]


def major_of(indptr: np.ndarray, count: int) -> np.ndarray:
    """The row, in compressed rows, of each of ``count`` elements.  ValueError where indptr does not lead from 0 to it."""
    lengths = np.diff(indptr)
    if len(indptr) == 0 or indptr[0] != 0 or indptr[-1] != count or (lengths < 0).any():
        raise ValueError(f"indptr of a compressed matrix must grow from 0 to the number of elements, {count}")
    return np.repeat(np.arange(len(lengths), dtype=indptr.dtype), lengths)


def _checked(index: np.ndarray, length: int) -> np.ndarray:
    """Indices that all lie in an axis of this length; ValueError where one does not."""
    if index.size and not 0 <= int(index.min()) <= int(index.max()) < length:
        raise ValueError(
            f"indices of a compressed matrix must lie in 0 ... {length - 1}, found {index.min()} ... {index.max()}"
        )
    return index


class MajorIndex(Op):
    """out[e] = the row, in compressed rows, that stored element e belongs to.

    indptr  vector of integers        count  0-d integer, nnz
    out     vector of length nnz, dtype of indptr
    """

    __props__ = ()

    def make_node(self, indptr: Any, count: Any) -> Apply:
        indptr, count = as_tensor_variable(indptr), as_tensor_variable(count)
        return Apply(self, [indptr, count], [tensor_type(indptr.type.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(node.inputs[1],)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        indptr, count = inputs
        outputs[0][0] = major_of(indptr, int(count))

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None, None]


class SegmentSum(Op):
    """out[i] = sum of data[indptr[i]], ..., data[indptr[i + 1] - 1]

    data  vector, any dtype           indptr  vector of integers
    out   vector of the dtype of data, one shorter than indptr

    vjp: ddata[e] = dout[i[e]]
    """

    __props__ = ()

    def make_node(self, data: Any, indptr: Any) -> Apply:
        data, indptr = as_tensor_variable(data), as_tensor_variable(indptr)
        return Apply(self, [data, indptr], [tensor_type(data.type.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(shapes[1][0] - 1,)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        data, indptr = inputs
        major = major_of(indptr, len(data))
        out = np.zeros(len(indptr) - 1, data.dtype)
        np.add.at(out, major, data)
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        data, indptr = inputs
        return [cotangents[0][major_index(indptr, data.shape[0])], None]


class Fitting(Op):
    """y, which must be as long as a sparse matrix that it is combined with.

    axes     of y
    y        dense, any dtype       lengths  vector of integers: what the lengths along the axes must be
    out      y

    vjp: dy = dout

    Raises ValueError at run time where a length is another one.
    """

    __props__ = ("axes",)
    view_map = {0: [0]}

    def __init__(self, axes: tuple[int, ...]) -> None:
        self.axes = axes

    def make_node(self, y: Any, lengths: Any) -> Apply:
        y, lengths = as_tensor_variable(y), as_tensor_variable(lengths)
        return Apply(self, [y, lengths], [y.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        y, lengths = inputs
        found = tuple(y.shape[axis] for axis in self.axes)
        require(
            found == _of(lengths), UNLIKE, needs="equal lengths", found=f"{_of(lengths)} and {found}",
            operands={"dense": node.inputs[0]},
        )  # fmt: skip
        outputs[0][0] = y

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [cotangents[0], None]

    def R_op(self, inputs: Sequence[Any], tangents: Sequence[Any]) -> list:
        return [None if tangents[0] is None else self(tangents[0], inputs[1])]


class ElementsAt(_OfCompressed):
    """out[e] = y[i[e], j[e]], the numbers of a dense matrix at the places of stored elements.

    axis  None; or 0 or 1, where y is a vector: out[e] = y[i[e]] or y[j[e]]

    indices, indptr, shape  of the matrix in ``format``
    y    matrix or vector, any dtype, as long as the matrix
    out  vector of length nnz, dtype of y

    vjp: dy is dout added up at the places
    """

    __props__ = ("format", "axis")

    def __init__(self, format: str, axis: int | None = None) -> None:
        super().__init__(format)
        self.axis = axis

    def make_node(self, indices: Any, indptr: Any, shape: Any, y: Any) -> Apply:
        given = [as_tensor_variable(v) for v in (indices, indptr, shape, y)]
        return Apply(self, given, [tensor_type(given[3].type.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        indices, indptr, shape, y = inputs
        wanted = tuple(map(int, shape)) if self.axis is None else (int(shape[self.axis]),)
        require(
            y.shape == wanted, UNLIKE,
            needs="equal lengths", found=f"{_of(shape)} and {y.shape}", operands={"dense": node.inputs[3]},
        )  # fmt: skip
        places = [_checked(p, int(n)) for p, n in zip(self.positions(indices, indptr), shape, strict=True)]
        outputs[0][0] = y[places[0], places[1]] if self.axis is None else y[places[self.axis]]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False], [False], [True]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        indices, indptr, _, y = inputs
        if self.axis is None:
            return [None, None, None, scattered(self.format, cotangents[0], indices, indptr, y.shape)]
        return [None, None, None, summed(self.format, self.axis, cotangents[0], indices, indptr, y.shape[0])]


class CompressedDot(_OfCompressed):
    """out = A y, for a compressed matrix A and a dense y.

    data, indices, indptr, shape  A, (m, n), any dtype
    y    vector (n,) or matrix (n, k), any dtype
    out  (m,) or (m, k), their common dtype

    vjp: dy = A' dout,  ddata[e] = sum over k of dout[i[e], k] * y[j[e], k]
    """

    def make_node(self, data: Any, indices: Any, indptr: Any, shape: Any, y: Any) -> Apply:
        given = [as_tensor_variable(v) for v in (data, indices, indptr, shape, y)]
        y = given[4]
        pattern = (False, *y.type.broadcastable[1:])
        return Apply(self, given, [tensor_type(dtypes.upcast(given[0].type.dtype, y.type.dtype), pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(node.inputs[3][0], *shapes[4][1:])]  # type: ignore[index]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        data, indices, indptr, shape, y = inputs
        require(
            shape[1] == len(y), "product of a sparse and a dense matrix",
            needs="as many columns of the first as rows of the second",
            found=f"shapes {_of(shape)} and {y.shape}", operands={"dense": node.inputs[4]},
        )  # fmt: skip
        i, j = (_checked(p, int(n)) for p, n in zip(self.positions(indices, indptr), shape, strict=True))
        out = np.zeros((int(shape[0]), *y.shape[1:]), node.outputs[0].type.dtype)  # type: ignore[attr-defined]
        terms = data.astype(out.dtype).reshape(-1, *[1] * (y.ndim - 1)) * y[j].astype(out.dtype)
        order = slice(None) if self.format == "csr" else np.argsort(i, kind="stable")
        i, terms = i[order], terms[order]
        if i.size:
            first = np.flatnonzero(np.r_[True, i[1:] != i[:-1]])
            out[i[first]] = np.add.reduceat(terms, first, axis=0)
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [False], [False], [True]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (data, indices, indptr, shape, y), (dout,) = inputs, cotangents
        ddata = SampledDot(self.format)(indices, indptr, dout, conjugated(y))
        dy = CompressedDot(OTHER[self.format])(conjugated(data), indices, indptr, shape[::-1], dout)
        return [
            _real_like(ddata, data),
            None,
            None,
            None,
            _real_like(patternbroadcast(dy, y.type.broadcastable), y),
        ]


class SampledDot(_OfCompressed):
    """out[e] = sum over k of x[i[e], k] * y[j[e], k]: the elements of x y' at places of a compressed matrix.

    indices, indptr  of the matrix in ``format``
    x, y  matrices (m, k), (n, k) or vectors (m,), (n,), any dtypes
    out   vector of length nnz, their common dtype

    vjp: dx = D y,  dy = D' x,  for the matrix D with the elements dout
    """

    def make_node(self, indices: Any, indptr: Any, x: Any, y: Any) -> Apply:
        given = [as_tensor_variable(v) for v in (indices, indptr, x, y)]
        return Apply(
            self, given, [tensor_type(dtypes.upcast(given[2].type.dtype, given[3].type.dtype), (False,))()]
        )

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        indices, indptr, x, y = inputs
        require(
            x.shape[1:] == y.shape[1:], "product at the places of a sparse matrix",
            needs="dense matrices of as many columns", found=f"shapes {x.shape} and {y.shape}",
            operands={"x": node.inputs[2], "y": node.inputs[3]},
        )  # fmt: skip
        i, j = (_checked(p, len(v)) for p, v in zip(self.positions(indices, indptr), (x, y), strict=True))
        dtype = node.outputs[0].type.dtype  # type: ignore[attr-defined]
        columns = [(v if v.ndim == 2 else v[:, None]).astype(dtype) for v in (x, y)]
        outputs[0][0] = np.einsum("ek,ek->e", columns[0][i], columns[1][j])

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False], [True], [True]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (indices, indptr, x, y), (dout,) = inputs, cotangents
        shape = MakeVector("int64")(x.shape[0], y.shape[0])
        dx = CompressedDot(self.format)(dout, indices, indptr, shape, conjugated(y))
        dy = CompressedDot(OTHER[self.format])(dout, indices, indptr, shape[::-1], conjugated(x))
        return [
            None,
            None,
            *(_real_like(patternbroadcast(d, v.type.broadcastable), v) for d, v in ((dx, x), (dy, y))),
        ]


def _real_like(gradient: Any, x: Any) -> Any:
    """The real part of a cotangent where x is real, in x's dtype where that is floating."""
    if gradient.type.dtype in dtypes.COMPLEX and x.type.dtype not in dtypes.COMPLEX:
        gradient = gradient.real
    wanted = x.type.dtype
    return (
        gradient.astype(wanted) if wanted in dtypes.CONTINUOUS and gradient.type.dtype != wanted else gradient
    )


def _of(shape: Any) -> tuple[int, ...]:
    return tuple(int(n) for n in shape)


major_index, segment_sum = MajorIndex(), SegmentSum()


def scattered(format: str, data: Any, indices: Any, indptr: Any, shape: Any) -> Any:
    """The dense matrix, elements of one place added up."""
    pair = major_index(indptr, indices.shape[0]), indices
    i, j = pair if format == "csr" else pair[::-1]
    nothing: Any = zeros((shape[0], shape[1]), data.type.dtype)
    return inc_subtensor(nothing[i, j], data)


def summed(format: str, kept: int, data: Any, indices: Any, indptr: Any, length: Any) -> Any:
    """The sums of the rows (``kept`` 0) or columns (1) of a compressed matrix, of which there are ``length``."""
    if kept == (0 if format == "csr" else 1):
        return segment_sum(data, indptr)
    nothing: Any = zeros((length,), data.type.dtype)
    return inc_subtensor(nothing[indices], data)
