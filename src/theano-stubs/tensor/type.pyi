"""TensorType: arrays of one dtype and number of dimensions, some dimensions known to have length 1."""

import numpy
from collections.abc import Iterable
from theano._types import TensorLike
from theano.graph import Constant
from theano.graph import Type
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any
from typing import Sequence

class TensorType(Type):
    """Arrays of ``dtype`` ("floatX" is the configured one) with ``len(broadcastable)`` dimensions."""
    def __call__(self, name: str | None = None) -> TensorVariable: ...
    dtype: str
    broadcastable: tuple[bool, ...]
    name: str | None
    sparse_grad: bool
    def __init__(self, dtype: str, broadcastable: Iterable[bool], name: str | None = None, sparse_grad: bool = False) -> None: ...
    @property
    def ndim(self) -> int: ...
    @property
    def numpy_dtype(self) -> numpy.dtype: ...
    @property
    def dtype_specs(self) -> tuple[type[Any], str, str]:
        """(Python type, C name, NumPy's name) of an element."""
    def clone(self, dtype: str | None = None, broadcastable: Iterable[bool] | None = None) -> TensorType:
        """This type with another dtype or pattern."""
    def is_valid_value(self, value: Any) -> bool: ...
    def value_zeros(self, shape: Any) -> numpy.ndarray:
        """An array of zeros of this dtype."""
    def make_constant(self, value: Any, name: str | None = None) -> Constant: ...
    @staticmethod
    def rebroadcast(x: TensorLike, broadcastable: Sequence[bool]) -> TensorVariable:
        """``x`` with exactly these broadcastable flags."""
    Variable: type[Variable]
    Constant: type[Constant]
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
def values_eq_approx(a: TensorLike, b: TensorLike, allow_remove_inf: bool = False, allow_remove_nan: bool = False, rtol: float | None = None, atol: float | None = None) -> bool:
    """Whether two arrays have one shape and dtype and nearly the same values; NaN equals NaN."""
def values_eq_approx_always_true(a: TensorLike, b: TensorLike) -> bool:
    """True: for outputs that are not to be compared."""
def values_eq_approx_remove_inf(a: TensorLike, b: TensorLike) -> bool:
    """``values_eq_approx`` of the elements that are finite or NaN."""
def values_eq_approx_remove_inf_nan(a: TensorLike, b: TensorLike) -> bool:
    """``values_eq_approx`` of the elements that are finite."""
def values_eq_approx_remove_nan(a: TensorLike, b: TensorLike) -> bool:
    """``values_eq_approx`` of the elements that are not NaN."""
from theano.gof import hashtype as hashtype
def tensor_type(dtype: str, broadcastable: Iterable[bool]) -> TensorType:
    """The type with this dtype and pattern; one object for each pair, to save time and memory in large graphs."""
