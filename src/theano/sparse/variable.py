"""Variables whose values are sparse matrices, and what can be written on them."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from theano.graph import Constant, Variable
from theano.sparse import arithmetic, comparison, dense, indexing, layout, parts, products
from theano.sparse.type import SparseType
from theano.tensor.elementwise import cast as cast_tensor


class SparseOperators:
    """The operators of a sparse variable; each gives a new variable.

    ``*`` multiplies element by element.  Sums with dense matrices are dense, products with them sparse.
    """

    type: SparseType
    __array_priority__ = 1000  # so that NumPy's arrays leave ``array + x`` to x

    @property
    def dtype(self) -> str:
        """The dtype of the elements."""
        return self.type.dtype

    @property
    def format(self) -> str:
        """ "csr", "csc" or "bsr"."""
        return self.type.format

    @property
    def ndim(self) -> int:
        """2."""
        return self.type.ndim

    @property
    def shape(self) -> Any:
        """The lengths, a vector of int64."""
        return cast_tensor(parts.csm_shape(self), "int64")

    @property
    def size(self) -> Any:
        """The number of elements that are stored, zeros among them included."""
        return parts.csm_data(self).size

    @property
    def T(self) -> Any:
        """The transpose, in the other format."""
        return layout.transpose(self)

    def toarray(self) -> Any:
        """The dense matrix."""
        return dense.dense_from_sparse(self)

    def zeros_like(self) -> Any:
        """A sparse matrix of the same shape without stored elements."""
        return layout.sp_zeros_like(self)

    def __neg__(self) -> Any:
        return layout.neg(self)

    def __add__(self, other: Any) -> Any:
        return arithmetic.add(self, other)

    def __radd__(self, other: Any) -> Any:
        return arithmetic.add(other, self)

    def __sub__(self, other: Any) -> Any:
        return arithmetic.sub(self, other)

    def __rsub__(self, other: Any) -> Any:
        return arithmetic.sub(other, self)

    def __mul__(self, other: Any) -> Any:
        return arithmetic.mul(self, other)

    def __rmul__(self, other: Any) -> Any:
        return arithmetic.mul(self, other)

    def __lt__(self, other: Any) -> Any:
        return comparison.lt(self, other)

    def __le__(self, other: Any) -> Any:
        return comparison.le(self, other)

    def __gt__(self, other: Any) -> Any:
        return comparison.gt(self, other)

    def __ge__(self, other: Any) -> Any:
        return comparison.ge(self, other)

    def __dot__(self, other: Any) -> Any:
        return products.structured_dot(self, other)

    def __rdot__(self, other: Any) -> Any:
        return products.structured_dot(other, self)

    def __getitem__(self, args: Any) -> Any:
        return indexing.item(self, args)

    def __iter__(self) -> Any:
        raise TypeError(
            f"{self} of type {self.type} does not support iteration: its length is known only at run time"
        )

    def __bool__(self) -> bool:
        return True


class SparseVariable(SparseOperators, Variable[SparseType]):
    """A symbolic sparse matrix."""

    def __str__(self) -> str:
        return (
            f"{type(self).__name__}{{{self.format},{self.dtype}}}"
            if self._is_anonymous()
            else super().__str__()
        )

    def _is_anonymous(self) -> bool:
        return self.name is None and self.owner is None

    def __repr__(self) -> str:
        return str(self)


class SparseConstantSignature(tuple):
    """(type, matrix): equal for constants of one type that have the same stored elements in the same places."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SparseConstantSignature):
            return False
        (kind, a), (other_kind, b) = self, other
        return kind == other_kind and a.shape == b.shape and all(map(np.array_equal, _stored(a), _stored(b)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        kind, a = self
        return hash((kind, a.shape, a.nnz))

    def theano_hash(self) -> str:
        """A digest of the content."""
        return hash_from_sparse(self[1])


class SparseConstant(SparseOperators, Constant[SparseType]):
    """A sparse matrix that is known.  ``data`` must not be changed."""

    def signature(self) -> SparseConstantSignature:
        return SparseConstantSignature((self.type, self.data))

    def __str__(self) -> str:
        if self.name is not None:
            return self.name
        rows, columns = self.data.shape
        return f"{type(self).__name__}{{{self.format},{self.dtype},shape=({rows}, {columns}),nnz={self.data.nnz}}}"

    def __repr__(self) -> str:
        return str(self)


def hash_from_sparse(data: Any) -> str:
    """A digest of a sparse matrix: shape, format, dtypes and content of its arrays."""
    digest = hashlib.sha256(repr((data.shape, data.format)).encode())
    for part in _stored(data):
        digest.update(f"{part.dtype}{part.shape}".encode())
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


def _stored(matrix: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return matrix.data, matrix.indices, matrix.indptr
