"""TensorType: arrays of one dtype and number of dimensions, some dimensions known to have length 1."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from theano.configuration import config
from theano.graph import Constant, Type, Variable
from theano.graph.origin import stacklevel
from theano.legacy import old_names
from theano.scalar import dtype as dtypes

AnyVariable: TypeAlias = Variable  # inside TensorType the shorter names are attributes
AnyConstant: TypeAlias = Constant

_PATTERN_NAMES = {
    (): "scalar",
    (False,): "vector",
    (False, True): "col",
    (True, False): "row",
    (False, False): "matrix",
}


float16_rtol, float16_atol = 1e-3, 1e-3
float32_rtol, float32_atol = 1e-5, 1e-5
float64_rtol, float64_atol = 1e-5, 1e-8

# What ``values_eq_approx`` allows: relative and absolute difference.
TOLERANCES = {
    "float16": (float16_rtol, float16_atol),
    "float32": (float32_rtol, float32_atol),
    "float64": (float64_rtol, float64_atol),
    "complex64": (float32_rtol, float32_atol),
    "complex128": (float64_rtol, float64_atol),
}


class TensorType(Type):
    """Arrays of ``dtype`` ("floatX" is the configured one) with ``len(broadcastable)`` dimensions.

    Where ``broadcastable`` is True the dimension has length 1 and stretches in elementwise operations; where it
    is False the length is not known before run time, and a length of 1 does not stretch.
    """

    Variable: type[Variable]  # TensorVariable and TensorConstant; set by theano.tensor.variable
    Constant: type[Constant]

    def __init__(self, dtype: str, broadcastable: Iterable[bool], name: str | None = None, sparse_grad: bool = False):
        dtype = config.floatX if dtype == "floatX" else str(np.dtype(dtype)) if not isinstance(dtype, str) else dtype
        if dtype not in dtypes.ALL:
            raise TypeError(f"Unsupported dtype for TensorType: {dtype}")
        self.dtype: str = dtype
        self.broadcastable: tuple[bool, ...] = tuple(bool(b) for b in broadcastable)
        self.name = name
        self.sparse_grad = sparse_grad
        self._hash = hash((TensorType, dtype, self.broadcastable))

    @property
    def ndim(self) -> int:
        return len(self.broadcastable)

    @property
    def numpy_dtype(self) -> np.dtype:
        return np.dtype(self.dtype)

    @property
    def dtype_specs(self) -> tuple[type, str, str]:
        """(Python type, C name, NumPy's name) of an element."""
        number = {"b": bool, "i": int, "u": int, "f": float, "c": complex}[self.numpy_dtype.kind]
        return number, f"npy_{self.dtype}", f"NPY_{self.dtype.upper()}"

    def clone(self, dtype: str | None = None, broadcastable: Iterable[bool] | None = None) -> TensorType:
        """This type with another dtype or pattern."""
        return TensorType(dtype or self.dtype, self.broadcastable if broadcastable is None else broadcastable)

    # -- values ----------------------------------------------------------------------------------------------------

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> np.ndarray:
        if isinstance(value, Variable):
            raise TypeError(
                "Expected an array-like object, but found a Variable: maybe you are trying to call a function on a "
                "(possibly shared) variable instead of a numeric array?"
            )
        if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
            value = np.asarray(value)  # a memmap or matrix by its elements alone
        if strict:
            array = self._filter_strict(value)
        elif type(value) is np.ndarray and value.dtype == self.numpy_dtype:
            array = value
        else:
            array = self._convert(value, allow_downcast)
        if array.ndim != self.ndim:
            raise TypeError(
                f"Wrong number of dimensions: expected {self.ndim}, got {array.ndim} with shape {array.shape}."
            )
        if not array.flags.aligned or not array.dtype.isnative:
            array = np.array(array, dtype=self.numpy_dtype)
        for axis, stretches in enumerate(self.broadcastable):
            if stretches and array.shape[axis] != 1:
                raise TypeError(
                    "Non-unit value on shape on a broadcastable dimension.", array.shape, self.broadcastable
                )
        return array

    def _filter_strict(self, value: Any) -> np.ndarray:
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{self} expected a ndarray object.", value, type(value))
        if value.dtype != self.numpy_dtype:
            raise TypeError(
                f"{self} expected a ndarray object with dtype = {self.dtype} (got {value.dtype.name})."
            )
        return value

    def _convert(self, value: Any, allow_downcast: bool | None) -> np.ndarray:
        """Arrays must cast safely; lists and numbers are taken when their values survive."""
        if allow_downcast:
            return np.asarray(value).astype(self.dtype)
        if isinstance(value, np.ndarray):
            if np.can_cast(value.dtype, self.numpy_dtype, "safe"):
                return value.astype(self.dtype)
            raise TypeError(
                f"{self} cannot store a value of dtype {value.dtype.name} without risking loss of precision. "
                "If you do not mind this loss, you can: "
                f"1) explicitly cast your data to {self.dtype}, or "
                "2) set \"allow_input_downcast=True\" when calling \"function\".",
                value,
            )
        found = np.asarray(value)
        if found.dtype == self.numpy_dtype:
            return found
        if found.dtype.kind not in "biufc":
            found = np.asarray(value, dtype=self.dtype)  # the exception of NumPy says what is wrong
        with np.errstate(all="ignore"):
            array = found.astype(self.dtype)
        if (
            allow_downcast is None
            and type(value) is float
            and self.dtype == config.floatX
            and self.ndim == 0
        ):
            return array
        if not array.size or self._same_numbers(array, found):
            return array
        raise TypeError(
            f"{self} cannot store accurately value {_shortened(value)}, it would be represented as "
            f"{_shortened(array.tolist())}. "
            "If you do not mind this precision loss, you can: "
            f"1) explicitly convert your data to a numpy array of dtype {self.dtype}, or "
            "2) set \"allow_input_downcast=True\" when calling \"function\".",
            value,
        )

    @staticmethod
    def _same_numbers(a: np.ndarray, b: np.ndarray) -> bool:
        if a.dtype.kind in "fc" or b.dtype.kind in "fc":
            return bool(np.array_equal(a, b, equal_nan=True))
        return bool(np.array_equal(a, b)) and bool(np.all((a < 0) == (b < 0)))

    def is_valid_value(self, value: Any) -> bool:
        return (
            type(value) is np.ndarray
            and value.dtype == self.numpy_dtype
            and value.ndim == self.ndim
            and all(n == 1 for n, stretches in zip(value.shape, self.broadcastable, strict=True) if stretches)
        )

    def value_zeros(self, shape: Any) -> np.ndarray:
        """An array of zeros of this dtype."""
        return np.zeros(shape, dtype=self.dtype)

    def values_eq(self, a: Any, b: Any, force_same_dtype: bool = True) -> bool:
        if a.shape != b.shape or (force_same_dtype and a.dtype != b.dtype):
            return False
        return bool(np.array_equal(a, b, equal_nan=a.dtype.kind in "fc"))

    def values_eq_approx(
        self,
        a: Any,
        b: Any,
        allow_remove_inf: bool = False,
        allow_remove_nan: bool = False,
        rtol: float | None = None,
        atol: float | None = None,
    ) -> bool:
        return values_eq_approx(a, b, allow_remove_inf, allow_remove_nan, rtol, atol)

    # -- variables -------------------------------------------------------------------------------------------------

    def make_variable(self, name: str | None = None) -> AnyVariable:
        if self.dtype == "float64" and config.warn_float64 != "ignore":
            _react_to_float64()
        return self.Variable(self, name=name)

    def make_constant(self, value: Any, name: str | None = None) -> AnyConstant:
        return self.Constant(self, value, name=name)

    def convert_variable(self, variable: AnyVariable) -> AnyVariable | None:
        """A variable of the same dtype and rank of which more dimensions are known to be 1, under this type."""
        if variable.type == self:
            return variable
        other = variable.type
        if (
            isinstance(other, TensorType)
            and self.dtype == other.dtype
            and self.ndim == other.ndim
            and all(given or not wanted for wanted, given in zip(self.broadcastable, other.broadcastable, strict=True))
        ):
            return self.rebroadcast(variable, self.broadcastable)
        return None

    @staticmethod
    def rebroadcast(variable: AnyVariable, broadcastable: tuple[bool, ...]) -> AnyVariable | None:
        """``variable`` with another pattern, checked at run time.  Set by theano.tensor.rebroadcast."""
        return None

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other)
            and self.dtype == other.dtype  # type: ignore[attr-defined]
            and self.broadcastable == other.broadcastable  # type: ignore[attr-defined]
        )

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        if self.name:
            return self.name
        pattern: object = _PATTERN_NAMES.get(self.broadcastable)
        if pattern is None:
            pattern = self.broadcastable if any(self.broadcastable) else f"{self.ndim}D"
        return f"TensorType({self.dtype}, {pattern})"

    def __repr__(self) -> str:
        return str(self)


def values_eq_approx(
    a: Any,
    b: Any,
    allow_remove_inf: bool = False,
    allow_remove_nan: bool = False,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """Whether two arrays have one shape and dtype and nearly the same values; NaN equals NaN.

    allow_remove_inf, allow_remove_nan  elements that are so in either array are not compared
    """
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if a.dtype.kind not in "fc":
        return bool(np.array_equal(a, b))
    looser = (1, 10, 100)[config.tensor.cmp_sloppy]
    known_rtol, known_atol = (looser * tolerance for tolerance in TOLERANCES[a.dtype.name])
    keep = np.ones(a.shape, bool)
    if allow_remove_inf:
        keep &= ~(np.isinf(a) | np.isinf(b))
    if allow_remove_nan:
        keep &= ~(np.isnan(a) | np.isnan(b))
    return bool(
        np.allclose(
            a[keep],
            b[keep],
            rtol=known_rtol if rtol is None else rtol,
            atol=known_atol if atol is None else atol,
            equal_nan=True,
        )
    )


def values_eq_approx_remove_inf(a: Any, b: Any) -> bool:
    """``values_eq_approx`` of the elements that are finite or NaN."""
    return values_eq_approx(a, b, True)


def values_eq_approx_remove_nan(a: Any, b: Any) -> bool:
    """``values_eq_approx`` of the elements that are not NaN."""
    return values_eq_approx(a, b, False, True)


def values_eq_approx_remove_inf_nan(a: Any, b: Any) -> bool:
    """``values_eq_approx`` of the elements that are finite."""
    return values_eq_approx(a, b, True, True)


def values_eq_approx_always_true(a: Any, b: Any) -> bool:
    """True: for outputs that are not to be compared."""
    return True


@lru_cache(maxsize=4096)
def _interned(dtype: str, broadcastable: tuple[bool, ...]) -> TensorType:
    return TensorType(dtype, broadcastable)


def tensor_type(dtype: str, broadcastable: Iterable[bool]) -> TensorType:
    """The type with this dtype and pattern; one object for each pair, to save time and memory in large graphs."""
    return _interned(dtype, tuple(broadcastable))


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:40] + " ... " + text[-15:]


def _react_to_float64() -> None:
    message = "You are creating a TensorVariable with float64 dtype. You requested an action via the Theano flag " \
        "warn_float64={ignore,warn,raise,pdb}."
    match config.warn_float64:
        case "warn":
            warnings.warn(message, stacklevel=stacklevel())
        case "raise":
            raise Exception(message)
        case "pdb":
            import pdb

            pdb.set_trace()


__getattr__ = old_names(__name__)
