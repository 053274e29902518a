"""SparseType: matrices of which only some elements are stored, in compressed rows, columns or blocks."""

from theano.graph import Type
from theano.graph import Variable
from typing import Any

class SparseType(Type):
    """SciPy's matrices of one format, "csr", "csc" or "bsr", and one dtype ("floatX" is the configured one)."""
    dtype: str
    format: str
    def __init__(self, format: str, dtype: str) -> None: ...
    ndim: Any
    format_cls: Any
    dtype_set: Any
    def clone(self, format: str | None = None, dtype: str | None = None) -> SparseType:
        """This type with another format or dtype."""
    def is_valid_value(self, a: Any) -> bool: ...
    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        """Whether a change of the arrays of ``a`` could show in ``b``, a sparse matrix or an array."""
    def make_constant(self, value: Any, name: str | None = None) -> Any: ...
    def get_shape_info(self, obj: Any) -> tuple[Any, ...]:
        """(shape, lengths of the stored arrays, number of stored elements) of a value."""
    def get_size(self, shape_info: tuple[Any, ...]) -> int:
        """Bytes of a value, with its shape, by what ``get_shape_info`` tells of it."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
imported_scipy: bool
def is_sparse(x: Any) -> bool:
    """Whether ``x`` is a sparse variable or a sparse matrix of SciPy."""
def is_sparse_variable(x: Any) -> bool:
    """Whether ``x`` is a variable whose values are sparse matrices."""
def is_dense_variable(x: Any) -> bool:
    """Whether ``x`` is a variable whose values are arrays."""
def common_dtype(*operands: Variable) -> str:
    """The dtype that the dtypes of operands have in common."""
