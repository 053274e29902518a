"""A sparse matrix and the arrays that it consists of.

A matrix A of shape (m, n) in compressed rows ("csr") is stored as::

    data     (nnz,)           the stored elements, row by row
    indices  (nnz,)   int32   the column of each
    indptr   (m + 1,) int32   where each row begins in these; the last entry is nnz
    shape    (2,)     int32   m, n

In compressed columns ("csc") rows and columns change places.

Compiled programs work on these arrays: an op whose result follows from them says so by ``inlined``, and the first pass
of rewriting puts that in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.gradient.types import disconnected_type, is_cotangent
from theano.graph import Apply, Op, Variable, require
from theano.sparse.making import as_sparse_variable
from theano.sparse.type import FORMATS, SparseType, is_sparse_variable
from theano.tensor.advanced import advanced_subtensor1
from theano.tensor.compressed import ElementsAt, SampledDot
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dot import Dot
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import tensor_type

COMPRESSED = ("csr", "csc")
INDICES = "int32"


def as_compressed(x: Any, operation: str) -> Any:
    """``x`` as a sparse variable in compressed rows or columns.  TypeError where it is none."""
    x = as_sparse_variable(x)
    require(
        x.format in COMPRESSED,
        operation,
        needs="a matrix in the format csr or csc",
        found=x.format,
        operands={"x": x},
        error=TypeError,
    )
    return x


class CSMProperties(Op):
    """data, indices, indptr, shape of x: the arrays of x themselves, not copies.

    x    sparse, csr or csc
    out  vectors of the dtype of x and, thrice, of int32

    vjp: dx has ddata in the places of x

    Raises OverflowError at run time when indices do not fit int32.
    """

    __props__ = ()
    view_map = {0: [0], 1: [0], 2: [0]}

    def __init__(self, kmap: Any = None) -> None:
        if kmap is not None:
            raise NotImplementedError(
                "CSMProperties takes no kmap: choose among the elements of csm_data(x) by indexing"
            )

    def make_node(self, csm: Any) -> Apply:
        csm = as_compressed(csm, "csm_properties(x)")
        return Apply(
            self, [csm], [tensor_type(d, (False,))() for d in (csm.dtype, INDICES, INDICES, INDICES)]
        )

    def inlined(self, inputs: Sequence[Any]) -> list[Any] | None:
        """The arrays that x has been made of, where that is known."""
        return None if _made_of(inputs[0]) is None else parts_of(inputs[0])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple | None]:
        major = shapes[0][0 if node.inputs[0].type.format == "csr" else 1]  # type: ignore[attr-defined]
        return [None, None, (major + 1,), (2,)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (csm,) = inputs
        count = int(csm.indptr[-1])  # there may be room behind the last element
        found = (
            csm.data[:count],
            _narrow(csm.indices[:count]),
            _narrow(csm.indptr[:]),
            _narrow(np.array(csm.shape)),
        )
        for cell, array in zip(outputs, found, strict=True):
            cell[0] = array

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True, False, False, False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (csm,), (ddata, *_) = inputs, cotangents
        if not is_cotangent(ddata):
            return [disconnected_type()]
        return [with_data(csm, ddata)]


def _narrow(indices: np.ndarray) -> np.ndarray:
    """Indices as int32; OverflowError where one does not fit."""
    if indices.dtype == INDICES:
        return indices
    largest = int(indices.max(initial=0))
    if largest > np.iinfo(INDICES).max:
        raise OverflowError(f"indices of a sparse matrix must fit {INDICES}, found {largest}")
    return indices.astype(INDICES)


class CSM(Op):
    """The sparse matrix of the given format that consists of data, indices, indptr, shape.

    data                    vector, any dtype that sparse matrices have
    indices, indptr, shape  vectors of integers
    out                     sparse, dtype of data

    kmap   if given, ``data[kmap]`` is stored instead of ``data``
    vjp: ddata = dout in the places of out

    Raises TypeError for other dimensions or dtypes, and ValueError at run time when
    the arrays are no such matrix.
    """

    __props__ = ("format",)
    held = (0, 1, 2)

    def __init__(self, format: str, kmap: Any = None) -> None:
        if format not in COMPRESSED:
            raise ValueError(f"format must be one of {COMPRESSED}, found {format!r}")
        self.format = format
        self.kmap = kmap

    def make_node(self, data: Any, indices: Any, indptr: Any, shape: Any) -> Apply:
        data = as_tensor_variable(data)
        _require_vector(self, "data", data)
        if self.kmap is not None:
            data = advanced_subtensor1(data, as_tensor_variable(self.kmap))
        places = [
            _index_vector(self, name, v)
            for name, v in (("indices", indices), ("indptr", indptr), ("shape", shape))
        ]
        op = self if self.kmap is None else CSM(self.format)
        data, *places = (patternbroadcast(v, (False,)) for v in (data, *places))
        return Apply(op, [data, *places], [SparseType(self.format, data.type.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        shape = node.inputs[3]
        return [(shape[0], shape[1])]  # type: ignore[index]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        data, indices, indptr, shape = inputs
        if len(shape) != 2:
            raise ValueError(f"{self} needs a shape of two lengths, found {len(shape)}")
        if data.shape != indices.shape:
            raise ValueError(
                f"{self} needs an index for each element, found {data.size} elements, {indices.size} indices"
            )
        lengths = tuple(int(n) for n in shape)
        outputs[0][0] = FORMATS[self.format]((data, indices, indptr), lengths)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [False], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        _, *places = inputs
        dout = structured_cotangent(outputs[0], cotangents[0])
        return [
            CSMGrad()(*inputs, *parts_of(in_format(dout, self.format))),
            *[disconnected_type() for _ in places],
        ]

    def __str__(self) -> str:
        return f"{self.format.upper()}"


def _require_vector(op: Op, name: str, v: Any) -> None:
    require(
        v.type.ndim == 1, f"{op}(data, indices, indptr, shape)", needs=f"{name} to be a vector",
        found=f"type {v.type}", operands={name: v}, error=TypeError,
    )  # fmt: skip


def _index_vector(op: Op, name: str, v: Any) -> Any:
    v = as_tensor_variable(v)
    _require_vector(op, name, v)
    require(
        np.dtype(v.type.dtype).kind in "iu", f"{op}(data, indices, indptr, shape)",
        needs=f"{name} to be a vector of integers", found=f"type {v.type}", operands={name: v}, error=TypeError,
    )  # fmt: skip
    return v.astype(INDICES) if v.type.dtype != INDICES else v


class CSMGrad(Op):
    """out[e]: the element of a matrix G at the place of stored element e of a matrix X.

    x_data, x_indices, x_indptr, x_shape   X in compressed rows, or columns
    g_data, g_indices, g_indptr, g_shape   G in the same format
    out                                    vector like x_data, of the dtype of g_data

    Where G stores its elements in the very places of X, they belong to each other one by one: out = g_data.
    """

    __props__ = ()

    def __init__(self, kmap: Any = None) -> None:
        self.kmap = kmap

    def make_node(self, *arrays: Any) -> Apply:
        if len(arrays) != 8:
            raise TypeError(f"{self} takes the four arrays of two matrices, found {len(arrays)}")
        given = [as_tensor_variable(v) for v in arrays]
        if self.kmap is not None:
            given[0] = advanced_subtensor1(given[0], as_tensor_variable(self.kmap))
        op = self if self.kmap is None else CSMGrad()
        return Apply(op, given, [tensor_type(given[4].type.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def inlined(self, inputs: Sequence[Variable]) -> list[Variable] | None:
        """g_data, where it is known that the places are the same."""
        return [inputs[4]] if tuple(inputs[1:3]) == tuple(inputs[5:7]) else None

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x_data, x_indices, x_indptr, x_shape, g_data, g_indices, g_indptr, _ = inputs
        width = int(max(x_shape, default=0))
        x = FORMATS["csr"]((x_data, x_indices, x_indptr), (len(x_indptr) - 1, width))
        g = FORMATS["csr"]((g_data, g_indices, g_indptr), (len(g_indptr) - 1, width))
        outputs[0][0] = elements_like(x, g)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x, g = inputs[:4], inputs[4:]
        dg = CSMGrad()(*g, cotangents[0], *x[1:])
        return [*[disconnected_type() for _ in x], dg, *[disconnected_type() for _ in g[1:]]]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[k == 4] for k in range(8)]


def elements_like(x: Any, g: Any) -> np.ndarray:
    """The elements of a matrix g of SciPy at the places of x, in its format; one by one where g has the same places."""
    if np.array_equal(x.indices, g.indices) and np.array_equal(x.indptr, g.indptr):
        return g.data.copy()
    major = np.repeat(np.arange(len(x.indptr) - 1), np.diff(x.indptr))
    i, j = (major, x.indices) if x.format == "csr" else (x.indices, major)
    return np.asarray(g[i, j]).reshape(x.data.shape)


csm_properties = CSMProperties()
CSC, CSR = CSM("csc"), CSM("csr")
OF_FORMAT = {"csr": CSR, "csc": CSC}
OTHER = {"csr": "csc", "csc": "csr"}
csm_grad = CSMGrad


def csm_data(csm: Any) -> Any:
    """The stored elements of a sparse matrix."""
    return csm_properties(csm)[0]


def csm_indices(csm: Any) -> Any:
    """The column of each stored element in compressed rows, the row in compressed columns."""
    return csm_properties(csm)[1]


def csm_indptr(csm: Any) -> Any:
    """Where each row, or column, begins among the stored elements."""
    return csm_properties(csm)[2]


def csm_shape(csm: Any) -> Any:
    """The lengths of a sparse matrix, int32."""
    return csm_properties(csm)[3]


def parts_of(x: Any) -> list[Any]:
    """data, indices, indptr, shape of x: what it has been made of, where that is known."""
    made_of = _made_of(x)
    return csm_properties(x) if made_of is None else made_of


def _made_of(x: Any) -> list[Any] | None:
    return list(x.owner.inputs) if x.owner is not None and isinstance(x.owner.op, CSM) else None


def with_data(x: Any, data: Any) -> Any:
    """A matrix with other elements in the places of x."""
    _, *places = parts_of(x)
    return OF_FORMAT[x.format](data, *places)


def rows_and_columns(format: str) -> tuple[int, int]:
    """Positions in a shape of the axis that is compressed, and of the one that indices count."""
    return (0, 1) if format == "csr" else (1, 0)


class InFormat(Op):
    """The same matrix in another format: csr, csc or bsr.

    vjp: dx = dout in the format of x
    """

    __props__ = ("format",)

    def __init__(self, format: str) -> None:
        self.format = format

    def make_node(self, x: Any) -> Apply:
        x = as_sparse_variable(x)
        return Apply(self, [x], [x.type.clone(format=self.format)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = inputs[0].asformat(self.format, copy=True)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [in_format(structured_cotangent(outputs[0], cotangents[0]), inputs[0].type.format)]  # type: ignore


def in_format(x: Any, format: str) -> Any:
    """The same matrix in another format."""
    return x if x.format == format else InFormat(format)(x)


def structured_cotangent(out: Any, dout: Any) -> Any:
    """The cotangent of a sparse ``out``, which may come as a dense matrix, at the places of ``out``."""
    return dout if is_sparse_variable(dout) else with_data(out, elements_at(out, dout))


def elements_at(x: Any, y: Any, axis: int | None = None) -> Any:
    """The numbers of a dense y at the places of a sparse x: see ``ElementsAt``.

    Of a product of dense matrices only those numbers are computed that are wanted.
    """
    _, indices, indptr, shape = parts_of(x)
    if axis is None and y.owner is not None and isinstance(y.owner.op, Dot):
        left, right = y.owner.inputs
        if left.type.ndim == right.type.ndim == 2:
            return SampledDot(x.format)(indices, indptr, left, right.T)
    return ElementsAt(x.format, axis)(indices, indptr, shape, y)
