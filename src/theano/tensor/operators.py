"""What tensor variables answer to: Python's operators, indexing, and methods that stand for functions of T.

``x.sum(axis=0)`` is ``T.sum(x, axis=0)``; each method says no more than that.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

import theano.tensor as T
from theano.configuration import config
from theano.graph import Variable
from theano.graph.origin import stacklevel
from theano.scalar.arithmetic import IntegerDivisionError, mod_check
from theano.scalar.dtype import DISCRETE
from theano.tensor.constant import AsTensorError
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import elemwise_of
from theano.tensor.scalar_conversion import scalar_from_tensor
from theano.tensor.static_value import get_scalar_constant_value, get_vector_length

# NumPy's functions on variables: the names that differ from those of T
_OF_NUMPY = {
    "absolute": "abs_", "negative": "neg", "multiply": "mul", "subtract": "sub", "divide": "true_div",
    "true_divide": "true_div", "floor_divide": "int_div", "remainder": "mod", "power": "pow", "sign": "sgn",
    "equal": "eq", "not_equal": "neq", "less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge",
    "bitwise_and": "and_", "bitwise_or": "or_", "bitwise_xor": "xor", "conjugate": "conj", "square": "sqr",
    "reciprocal": "inv", "rint": "round", "matmul": "matmul",
}  # fmt: skip


class TensorOperators:
    """Mixed into variables of type TensorType: symbolic, constant and shared ones.

    ``==`` and ``!=`` compare identity, so that variables can be keys of dicts; use ``T.eq`` and ``T.neq``.
    """

    type: Any
    owner: Any
    _is_comparison = False  # made by <, <=, > or >=: its truth is refused, so that 0 < x < 1 is an error
    __array_priority__ = 1000

    def __scalar_function__(self, function: Any, arguments: Sequence[Any]) -> Any:
        return elemwise_of(function)(*arguments)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """``np.exp(x)`` and ``array + x`` build graphs."""
        function = getattr(T, _OF_NUMPY.get(ufunc.__name__, ufunc.__name__), None)
        if method != "__call__" or kwargs or function is None:
            return NotImplemented
        return _unless_foreign(function, *inputs)

    def as_scalar_variable(self) -> Variable:
        """This 0-d tensor as a variable of ``theano.scalar``."""
        return scalar_from_tensor(self)  # type: ignore[arg-type]

    # -- type --------------------------------------------------------------------------------------------------------

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.type.ndim

    @property
    def dtype(self) -> str:
        """The dtype of the elements."""
        return self.type.dtype

    @property
    def broadcastable(self) -> tuple[bool, ...]:
        """For each dimension, whether it is known to be of length 1."""
        return self.type.broadcastable

    @property
    def shape(self) -> Any:
        """The lengths, a vector of int64."""
        return T.shape(self)

    @property
    def size(self) -> Any:
        """The number of elements, int64."""
        return self.shape[0] if self.ndim == 1 else T.prod(self.shape)

    # -- truth and length --------------------------------------------------------------------------------------------

    def __bool__(self) -> bool:
        if self._is_comparison:
            raise TypeError("Variables do not support boolean operations.")
        return True

    def __iter__(self) -> Iterator[Any]:
        try:
            n = get_vector_length(self)
        except TypeError:
            raise TypeError(
                f"{self} of type {self.type} does not support iteration: only vectors of known length do. "
                "Did you use Python's sum, max or all instead of theano.tensor's?"
            ) from None
        return (self[i] for i in range(n))

    # -- operators ---------------------------------------------------------------------------------------------------

    def __abs__(self) -> Any:
        return T.abs_(self)

    def __neg__(self) -> Any:
        return T.neg(self)

    def __invert__(self) -> Any:
        return T.invert(self)

    def __add__(self, other: Any) -> Any:
        return _unless_foreign(T.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return _unless_foreign(T.add, other, self)

    def __sub__(self, other: Any) -> Any:
        return _unless_foreign(T.sub, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _unless_foreign(T.sub, other, self)

    def __mul__(self, other: Any) -> Any:
        return _unless_foreign(T.mul, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _unless_foreign(T.mul, other, self)

    def __truediv__(self, other: Any) -> Any:
        return _unless_foreign(T.true_div, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _unless_foreign(T.true_div, other, self)

    def __div__(self, other: Any) -> Any:
        """The ``/`` of Python 2, for two integers as ``config.int_division`` says."""
        return _unless_foreign(old_division, self, other)

    def __rdiv__(self, other: Any) -> Any:
        return _unless_foreign(old_division, other, self)

    def __floordiv__(self, other: Any) -> Any:
        return _unless_foreign(T.int_div, self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _unless_foreign(T.int_div, other, self)

    def __mod__(self, other: Any) -> Any:
        return _unless_foreign(mod_check, self, other)

    def __rmod__(self, other: Any) -> Any:
        return _unless_foreign(mod_check, other, self)

    def __divmod__(self, other: Any) -> Any:
        return _unless_foreign(T.divmod, self, other)

    def __rdivmod__(self, other: Any) -> Any:
        return _unless_foreign(T.divmod, other, self)

    def __pow__(self, other: Any) -> Any:
        return _unless_foreign(T.pow, self, other)

    def __rpow__(self, other: Any) -> Any:
        return _unless_foreign(T.pow, other, self)

    def __and__(self, other: Any) -> Any:
        return _unless_foreign(T.and_, self, other)

    def __rand__(self, other: Any) -> Any:
        return _unless_foreign(T.and_, other, self)

    def __or__(self, other: Any) -> Any:
        return _unless_foreign(T.or_, self, other)

    def __ror__(self, other: Any) -> Any:
        return _unless_foreign(T.or_, other, self)

    def __xor__(self, other: Any) -> Any:
        return _unless_foreign(T.xor, self, other)

    def __rxor__(self, other: Any) -> Any:
        return _unless_foreign(T.xor, other, self)

    def __lt__(self, other: Any) -> Any:
        return _comparison(T.lt, self, other)

    def __le__(self, other: Any) -> Any:
        return _comparison(T.le, self, other)

    def __gt__(self, other: Any) -> Any:
        return _comparison(T.gt, self, other)

    def __ge__(self, other: Any) -> Any:
        return _comparison(T.ge, self, other)

    def __matmul__(self, other: Any) -> Any:
        return _unless_foreign(T.matmul, self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return _unless_foreign(T.matmul, other, self)

    def __dot__(self, right: Any) -> Any:
        return T.dot(self, right)

    def __rdot__(self, left: Any) -> Any:
        return T.dot(left, self)

    def __ceil__(self) -> Any:
        return T.ceil(self)

    def __floor__(self) -> Any:
        return T.floor(self)

    def __trunc__(self) -> Any:
        return T.trunc(self)

    # -- structure ---------------------------------------------------------------------------------------------------

    def __getitem__(self, args: Any) -> Any:
        """Index as NumPy does: integers, slices, None, Ellipsis, integer arrays and boolean masks."""
        return T.getitem(self, args)

    @property
    def T(self) -> Any:
        """The axes in reverse order."""
        return T.transpose(self)

    def transpose(self, *axes: Any) -> Any:
        """The axes reversed, or in the given order."""
        if len(axes) == 1 and isinstance(axes[0], (list, tuple)):
            axes = tuple(axes[0])
        return T.transpose(self, axes or None)

    def swapaxes(self, axis1: int, axis2: int) -> Any:
        return T.swapaxes(self, axis1, axis2)

    def dimshuffle(self, *pattern: Any) -> Any:
        """Axes in a new order; "x" inserts an axis of length 1: ``m.dimshuffle(1, "x", 0)``."""
        return dimshuffle(self, *pattern)

    def reshape(self, shape: Any, ndim: int | None = None) -> Any:
        """The elements under another shape; ``ndim`` is needed when ``shape`` is of unknown length."""
        if ndim is not None and not isinstance(ndim, (int, np.integer)):
            raise ValueError("Expected ndim to be an integer, is " + str(type(ndim)))
        return T.reshape(self, shape, ndim=ndim)

    def flatten(self, ndim: int = 1) -> Any:
        """The first ``ndim - 1`` axes kept, the others joined into one."""
        return T.flatten(self, ndim)

    def ravel(self) -> Any:
        return T.flatten(self)

    def squeeze(self) -> Any:
        """Without the axes that are known to be of length 1."""
        return T.squeeze(self)

    def diagonal(self, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
        return T.diagonal(self, offset, axis1, axis2)

    def trace(self) -> Any:
        return T.sum(T.diagonal(self))

    def take(self, indices: Any, axis: int | None = None, mode: str = "raise") -> Any:
        return T.take(self, indices, axis, mode)

    def nonzero(self, return_matrix: bool = False) -> Any:
        return T.nonzero(self, return_matrix)

    def nonzero_values(self) -> Any:
        return T.nonzero_values(self)

    def sort(self, axis: Any = -1, kind: str = "quicksort", order: Any = None) -> Any:
        return T.sort(self, axis, kind, order)

    def argsort(self, axis: Any = -1, kind: str = "quicksort", order: Any = None) -> Any:
        return T.argsort(self, axis, kind, order)

    def searchsorted(self, v: Any, side: str = "left", sorter: Any = None) -> Any:
        return T.searchsorted(self, v, side, sorter)

    def choose(self, choices: Any, out: None = None, mode: str = "raise") -> Any:
        """``T.choose`` in mode "raise", whatever ``mode`` says: as in 1.0.5, where ``T.choose`` alone minds it."""
        return T.choose(self, choices, out)

    def compress(self, a: Any, axis: int | None = None) -> Any:
        """The slices of ``a`` where this vector is true."""
        return T.compress(self, a, axis=axis)

    def repeat(self, repeats: Any, axis: int | None = None) -> Any:
        return T.repeat(self, repeats, axis)

    # -- values ------------------------------------------------------------------------------------------------------

    def astype(self, dtype: Any) -> Any:
        return T.cast(self, dtype)

    def copy(self, name: str | None = None) -> Any:
        """A variable of its own with the same value."""
        copied = T.tensor_copy(self)
        copied.name = name
        return copied

    def fill(self, value: Any) -> Any:
        """``value`` in the shape of this variable, as a new variable."""
        return T.fill(self, value)

    def zeros_like(self, dtype: str | None = None) -> Any:
        return T.zeros_like(self, dtype)

    def ones_like(self, dtype: str | None = None) -> Any:
        return T.ones_like(self, dtype)

    def clip(self, a_min: Any, a_max: Any) -> Any:
        return T.clip(self, a_min, a_max)

    def round(self, mode: str | None = None) -> Any:
        return T.round(self, mode)

    def conj(self) -> Any:
        return T.conj(self)

    conjugate = conj

    @property
    def real(self) -> Any:
        """The real part."""
        return T.real(self)

    @property
    def imag(self) -> Any:
        """The imaginary part."""
        return T.imag(self)

    def transfer(self, target: str) -> Any:
        return T.transfer(self, target)  # type: ignore[arg-type]

    def get_scalar_constant_value(self) -> np.ndarray:
        return get_scalar_constant_value(self)

    # -- reductions --------------------------------------------------------------------------------------------------

    def sum(self, axis: Any = None, dtype: Any = None, keepdims: bool = False, acc_dtype: Any = None) -> Any:
        return T.sum(self, axis=axis, dtype=dtype, keepdims=keepdims, acc_dtype=acc_dtype)

    def prod(self, axis: Any = None, dtype: Any = None, keepdims: bool = False, acc_dtype: Any = None) -> Any:
        return T.prod(self, axis=axis, dtype=dtype, keepdims=keepdims, acc_dtype=acc_dtype)

    def mean(self, axis: Any = None, dtype: Any = None, keepdims: bool = False, acc_dtype: Any = None) -> Any:
        return T.mean(self, axis=axis, dtype=dtype, keepdims=keepdims, acc_dtype=acc_dtype)

    def var(self, axis: Any = None, ddof: int = 0, keepdims: bool = False, corrected: bool = False) -> Any:
        return T.var(self, axis=axis, ddof=ddof, keepdims=keepdims, corrected=corrected)

    def std(self, axis: Any = None, ddof: int = 0, keepdims: bool = False, corrected: bool = False) -> Any:
        return T.std(self, axis=axis, ddof=ddof, keepdims=keepdims, corrected=corrected)

    def max(self, axis: Any = None, keepdims: bool = False) -> Any:
        return T.max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> Any:
        return T.min(self, axis=axis, keepdims=keepdims)

    def argmax(self, axis: Any = None, keepdims: bool = False) -> Any:
        return T.argmax(self, axis=axis, keepdims=keepdims)

    def argmin(self, axis: Any = None, keepdims: bool = False) -> Any:
        return T.argmin(self, axis=axis, keepdims=keepdims)

    def any(self, axis: Any = None, keepdims: bool = False) -> Any:
        return T.any(self, axis=axis, keepdims=keepdims)

    def all(self, axis: Any = None, keepdims: bool = False) -> Any:
        return T.all(self, axis=axis, keepdims=keepdims)

    def ptp(self, axis: int | None = None) -> Any:
        return T.ptp(self, axis)

    def cumsum(self, axis: int | None = None) -> Any:
        return T.cumsum(self, axis)

    def cumprod(self, axis: int | None = None) -> Any:
        return T.cumprod(self, axis)

    def norm(self, L: Any, axis: Any = None, keepdims: bool = False) -> Any:
        """The L-norm of the elements along ``axis``: sum(abs(x) ** L) ** (1 / L).

        L = 0 counts the elements that are not 0; L = inf and -inf give the largest and the smallest magnitude.
        """
        if not isinstance(L, (int, float, np.number)):
            raise TypeError(f"norm needs a number L, found {L!r}")
        if L == 0:
            return T.neq(self, 0).sum(axis=axis, keepdims=keepdims)
        if np.isinf(L):
            return abs(self).max(axis=axis, keepdims=keepdims) if L > 0 else abs(self).min(axis, keepdims)
        return T.pow(T.pow(abs(self), L).sum(axis=axis, keepdims=keepdims), 1.0 / L)

    def dot(self, right: Any) -> Any:
        return T.dot(self, right)

    # -- functions of numbers ----------------------------------------------------------------------------------------

    def exp(self) -> Any:
        return T.exp(self)

    def exp2(self) -> Any:
        return T.exp2(self)

    def expm1(self) -> Any:
        return T.expm1(self)

    def log(self) -> Any:
        return T.log(self)

    def log2(self) -> Any:
        return T.log2(self)

    def log10(self) -> Any:
        return T.log10(self)

    def log1p(self) -> Any:
        return T.log1p(self)

    def sqrt(self) -> Any:
        return T.sqrt(self)

    def sin(self) -> Any:
        return T.sin(self)

    def cos(self) -> Any:
        return T.cos(self)

    def tan(self) -> Any:
        return T.tan(self)

    def arcsin(self) -> Any:
        return T.arcsin(self)

    def arccos(self) -> Any:
        return T.arccos(self)

    def arctan(self) -> Any:
        return T.arctan(self)

    def sinh(self) -> Any:
        return T.sinh(self)

    def cosh(self) -> Any:
        return T.cosh(self)

    def tanh(self) -> Any:
        return T.tanh(self)

    def arcsinh(self) -> Any:
        return T.arcsinh(self)

    def arccosh(self) -> Any:
        return T.arccosh(self)

    def arctanh(self) -> Any:
        return T.arctanh(self)

    def deg2rad(self) -> Any:
        return T.deg2rad(self)

    def rad2deg(self) -> Any:
        return T.rad2deg(self)

    def ceil(self) -> Any:
        return T.ceil(self)

    def floor(self) -> Any:
        return T.floor(self)

    def trunc(self) -> Any:
        return T.trunc(self)


def old_division(x: Any, y: Any) -> Any:
    """x / y, where for two integers ``config.int_division`` decides: 'int' floors and warns, 'floatX' divides truly.

    Raises IntegerDivisionError where it is 'raise'.
    """
    x, y = T.as_tensor_variable(x), T.as_tensor_variable(y)
    if not (x.dtype in DISCRETE and y.dtype in DISCRETE) or config.int_division == "floatX":
        return T.true_div(x, y)
    if config.int_division == "raise":
        raise IntegerDivisionError(
            "With `config.int_division` set to 'raise', dividing two integer types is forbidden to avoid confusion: "
            "use x // y for an integer division; for a float result cast one of the two, or use x / y of Python 3"
        )
    warnings.warn(
        "Division of two integer types with x.__div__(y) is deprecated, please use x // y for an integer division.",
        DeprecationWarning,
        stacklevel=stacklevel(),
    )
    return T.int_div(x, y)


def _unless_foreign(function: Callable[..., Any], *operands: Any) -> Any:
    """``function(*operands)``, or NotImplemented when an operand is no tensor: Python then asks the other operand."""
    try:
        return function(*operands)
    except AsTensorError:
        return NotImplemented


def _comparison(function: Callable[..., Any], x: Any, y: Any) -> Any:
    """``function(x, y)``; only of other variables, which may be sparse matrices, the other operand is asked."""
    if isinstance(y, Variable):
        result = _unless_foreign(function, x, y)
    else:
        result = function(x, y)
    if result is not NotImplemented:
        result._is_comparison = True
    return result


TensorOperators.__name__ = "_tensor_py_operators"  # the name that 1.0.5 shows
_tensor_py_operators = TensorOperators
