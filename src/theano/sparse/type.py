"""SparseType: matrices of which only some elements are stored, in compressed rows, columns or blocks."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse

from theano.configuration import config
from theano.graph import Type, Variable
from theano.legacy import old_names
from theano.scalar import dtype as dtypes

FORMATS: dict[str, Any] = {
    "csr": scipy.sparse.csr_matrix,
    "csc": scipy.sparse.csc_matrix,
    "bsr": scipy.sparse.bsr_matrix,
}
DTYPES = frozenset(
    "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128".split()
)


class SparseType(Type):
    """SciPy's matrices of one format, "csr", "csc" or "bsr", and one dtype ("floatX" is the configured one).

    Elements that are not stored are 0.  Stored elements may be 0 too, may stand in any order within their row or column,
    and where several stand for one place their sum counts.

    Raises NotImplementedError for another format or dtype.

    >>> SparseType("csr", "float32")
    Sparse[float32, csr]
    """

    ndim = 2
    has_lengths = True
    format_cls = FORMATS
    dtype_set = DTYPES

    def __init__(self, format: str, dtype: str) -> None:
        try:
            dtype = config.floatX if dtype == "floatX" else str(np.dtype(dtype))
        except TypeError:
            dtype = str(dtype)  # none that NumPy knows
        for what, found, known in (("dtype", dtype, DTYPES), ("format", format, FORMATS)):
            if found not in known:
                raise NotImplementedError(f'unsupported {what} "{found}" not in list', sorted(known))
        self.dtype: str = dtype
        self.format: str = format

    def clone(self, format: str | None = None, dtype: str | None = None) -> SparseType:
        """This type with another format or dtype."""
        return SparseType(format or self.format, dtype or self.dtype)

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        """``value`` itself where it is of the type, else SciPy's conversion to the format, of dense arrays too.

        Raises TypeError for what is no matrix, and with ``strict`` for all that would be converted; NotImplementedError
        when the dtype is another one and ``allow_downcast`` is not True.
        """
        if isinstance(value, Variable):
            raise TypeError(
                "Expected a sparse matrix, but found a Variable: maybe you are trying to call a function on a (possibly "
                "shared) variable instead of a numeric matrix?"
            )
        kind = FORMATS[self.format]
        if isinstance(value, kind) and value.dtype == self.dtype:
            return value
        if strict:
            found = (
                f"{value.format} matrix of {value.dtype}"
                if scipy.sparse.issparse(value)
                else type(value).__name__
            )
            raise TypeError(f"{self} expected a {self.format} matrix of {self.dtype}, found {found}")
        try:
            matrix = kind(value)
        except ValueError as problem:
            raise TypeError(f"{self} cannot be made of {type(value).__name__}: {problem}") from problem
        if matrix.dtype != self.dtype:
            if not allow_downcast:
                raise NotImplementedError(f"Expected {self.dtype} dtype but got {matrix.dtype}")
            matrix = matrix.astype(self.dtype)
        return matrix

    def is_valid_value(self, a: Any) -> bool:
        return isinstance(a, FORMATS[self.format]) and a.dtype == self.dtype

    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        """Whether a change of the arrays of ``a`` could show in ``b``, a sparse matrix or an array."""
        return any(np.may_share_memory(p, q) for p in _arrays(a) for q in _arrays(b))

    def values_eq(self, a: Any, b: Any) -> bool:
        """Whether two matrices have equal elements, stored or not."""
        if not (scipy.sparse.issparse(a) and scipy.sparse.issparse(b)) or a.shape != b.shape:
            return False
        return bool(a.dtype == b.dtype and abs(a - b).nnz == 0)

    def values_eq_approx(self, a: Any, b: Any, eps: float = 1e-6) -> bool:
        """Whether elements differ by less than ``eps``."""
        if not (scipy.sparse.issparse(a) and scipy.sparse.issparse(b)) or a.shape != b.shape:
            return False
        difference = abs(a - b)
        return bool(difference.nnz == 0 or difference.data.max() < eps)

    def make_variable(self, name: str | None = None) -> Any:
        from theano.sparse.variable import SparseVariable

        return SparseVariable(self, name=name)

    def make_constant(self, value: Any, name: str | None = None) -> Any:
        from theano.sparse.variable import SparseConstant

        return SparseConstant(self, value, name=name)

    def get_shape_info(self, obj: Any) -> tuple:
        """(shape, lengths of the stored arrays, number of stored elements) of a value."""
        obj = self.filter(obj)
        return obj.shape, obj.data.size, obj.indices.size, obj.indptr.size, obj.nnz

    def get_size(self, shape_info: tuple) -> int:
        """Bytes of a value, with its shape, by what ``get_shape_info`` tells of it."""
        _, data, indices, indptr, _ = shape_info
        return (
            data * np.dtype(self.dtype).itemsize + (indices + indptr + self.ndim) * np.dtype("int32").itemsize
        )

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and (self.dtype, self.format) == (other.dtype, other.format)  # type: ignore

    def __hash__(self) -> int:
        return hash((SparseType, self.dtype, self.format))

    def __str__(self) -> str:
        return f"Sparse[{self.dtype}, {self.format}]"

    __repr__ = __str__


def is_sparse(x: Any) -> bool:
    """Whether ``x`` is a sparse variable or a sparse matrix of SciPy."""
    return is_sparse_variable(x) or scipy.sparse.issparse(x)


def is_sparse_variable(x: Any) -> bool:
    """Whether ``x`` is a variable whose values are sparse matrices."""
    return isinstance(x, Variable) and isinstance(x.type, SparseType)


def is_dense_variable(x: Any) -> bool:
    """Whether ``x`` is a variable whose values are arrays."""
    return isinstance(x, Variable) and hasattr(x.type, "broadcastable")


def common_dtype(*operands: Variable) -> str:
    """The dtype that the dtypes of operands have in common."""
    return dtypes.upcast(*[x.type.dtype for x in operands])  # type: ignore[attr-defined]


def _arrays(value: Any) -> list[np.ndarray]:
    if scipy.sparse.issparse(value):
        return [value.data, value.indices, value.indptr]
    return [value] if isinstance(value, np.ndarray) else []


__getattr__ = old_names(__name__)
