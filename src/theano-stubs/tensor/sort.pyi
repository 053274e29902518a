"""Sorting along an axis, and the k largest or smallest elements."""

from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class ArgSortOp(Op):
    """The positions, int64, at which the elements stand that ``sort`` puts in order."""
    kind: Any
    order: Any
    def __init__(self, kind: str = 'quicksort', order: Any = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SortOp(Op):
    """``x`` in ascending order along an axis; NaN last."""
    kind: Any
    order: Any
    def __init__(self, kind: str = 'quicksort', order: Any = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class TopKOp(Op):
    """The k largest elements along an axis (the smallest for a negative k), or their positions, or both."""
    axis: Any
    sorted: Any
    idx_dtype: Any
    return_values: Any
    return_indices: Any
    def __init__(self, axis: int = -1, sorted: bool = True, idx_dtype: str = 'int64', return_values: bool = True, return_indices: bool = True) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
def argsort(a: TensorLike, axis: Any = -1, kind: str = 'quicksort', order: Any = None) -> TensorVariable:
    """The positions, int64, that would sort ``a`` along ``axis``; flattened first when ``axis`` is None."""
def argtopk(x: TensorLike, kth: Any, axis: int | None = -1, sorted: bool = True, idx_dtype: str = 'int64') -> TensorVariable:
    """The positions of the ``kth`` largest elements along ``axis``, or of the ``-kth`` smallest."""
def sort(a: TensorLike, axis: Any = -1, kind: str = 'quicksort', order: Any = None) -> TensorVariable:
    """``a`` in ascending order along ``axis``; flattened first when ``axis`` is None."""
def topk(x: TensorLike, kth: Any, axis: int | None = -1, sorted: bool = True, idx_dtype: str = 'int64') -> TensorVariable:
    """The ``kth`` largest elements along ``axis``, or the ``-kth`` smallest."""
def topk_and_argtopk(x: TensorLike, kth: Any, axis: int | None = -1, sorted: bool = True, idx_dtype: str = 'int64') -> list[TensorVariable]:
    """``topk`` and ``argtopk`` of one sorting."""
from theano.gradient import grad_undefined as grad_undefined
from theano.tensor import mul as mul
from theano.tensor import set_subtensor as set_subtensor
def along_axis(x: TensorLike, index: Variable, axis: int) -> tuple[Any, ...]:
    """Index arrays such that ``x[...]`` is ``take_along_axis(x, index, axis)``."""
def scattered_along_axis(x: TensorLike, dout: Variable, index: Variable, axis: int) -> TensorVariable:
    """Zeros like ``x`` with ``dout`` added where ``index`` took it from."""
