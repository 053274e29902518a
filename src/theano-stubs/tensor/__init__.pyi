"""Algebra of arrays: elementwise functions, reductions, structure, indexing, products, sorting."""

from collections.abc import Callable
from collections.abc import Sequence
from theano import DTypeMismatch
from theano._types import TensorLike
from theano.graph import Apply as _graph_Apply
from theano.graph import Constant as _graph_Constant
from theano.graph import Generic as _graph_Generic
from theano.graph import Op as _graph_Op
from theano.graph import Type as _graph_Type
from theano.graph import Variable as _graph_Variable
from theano.printing import pp
from theano.scalar import ScalarOp
from theano.scalar import int32 as _scalar_int32
from theano.tensor._advanced import _Mixed
from theano.tensor._alloc import _Grid
from theano.tensor._extremum import _Extremum
from theano.tensor._operators import _tensor_py_operators
from theano.tensor.batching import vectorize_graph as _batching_vectorize_graph
from theano.tensor.type import TensorType as _type_TensorType
from typing import Any
from typing import overload

from theano.tensor import basic as basic
from theano.tensor import batching as batching
from theano.tensor import blas as blas
from theano.tensor import elemwise as elemwise
from theano.tensor import extra_ops as extra_ops
from theano.tensor import fft as fft
from theano.tensor import inplace as inplace
from theano.tensor import io as io
from theano.tensor import linalg as linalg
from theano.tensor import nlinalg as nlinalg
from theano.tensor import nnet as nnet
from theano.tensor import opt as opt
from theano.tensor import raw_random as raw_random
from theano.tensor import shared_randomstreams as shared_randomstreams
from theano.tensor import sharedvar as sharedvar
from theano.tensor import signal as signal
from theano.tensor import slinalg as slinalg
from theano.tensor import subtensor as subtensor
from theano.tensor import type as type
from theano.tensor import type_other as type_other
from theano.tensor import utils as utils
from theano.tensor import xlogx as xlogx
def assume(x: TensorLike, *facts: str) -> TensorVariable:
    """The matrix ``x``, or array of such, of which the program knows that it is"""
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gradient import Lop as Lop
from theano.gradient import Rop as Rop
from theano.gradient import consider_constant as consider_constant
from theano.gradient import grad as grad
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.gradient import grad_undefined as grad_undefined
from theano.gradient import hessian as hessian
from theano.gradient import jacobian as jacobian
from theano.gradient import numeric_grad as numeric_grad
from theano.gradient import verify_grad as verify_grad
vectorize = _batching_vectorize_graph
from theano.tensor.batching import vectorize_graph as vectorize_graph
from theano.printing import min_informative_str as min_informative_str
pprint = pp
class ARange(_graph_Op):
    """start, start + step, ... before stop: out[i] = start + i * step, of max(0, ceil((stop - start) / step)) entries."""
    dtype: str
    def __init__(self, dtype: str) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AdvancedIncSubtensor(_Mixed):
    """A copy of ``x`` with ``y`` added at, or put at, ``x[indices]``."""
    idx_list: Any
    inplace: Any
    set_instead_of_inc: Any
    def __init__(self, idx_list: Sequence[Any] = ..., inplace: bool = False, set_instead_of_inc: bool = False) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __hash__(self) -> int: ...
class AdvancedIncSubtensor1(_graph_Op):
    """A copy of ``x`` with the rows of ``y`` added to, or put at, the rows ``ilist``."""
    inplace: Any
    set_instead_of_inc: Any
    def __init__(self, inplace: bool = False, set_instead_of_inc: bool = False) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AdvancedSubtensor(_Mixed):
    """``x[indices]`` for index arrays, masks, integers, slices and new axes in any mixture, as in NumPy."""
    idx_list: Any
    def __init__(self, idx_list: Sequence[Any] = ...) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __hash__(self) -> int: ...
class AdvancedSubtensor1(_graph_Op):
    """out[i, ...] = x[ilist[i], ...]: rows of ``x`` chosen by a vector of integers."""
    sparse_grad: bool
    def __init__(self, sparse_grad: bool = False) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Alloc(_graph_Op):
    """``value`` repeated over an array of the given shape."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AllocDiag(_graph_Op):
    """The last axis of ``x`` on the diagonal ``offset`` of the axes ``axis1`` and ``axis2`` of zeros."""
    offset: Any
    axis1: Any
    axis2: Any
    def __init__(self, offset: int = 0, axis1: int = 0, axis2: int = 1) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AllocEmpty(_graph_Op):
    """An array of the given shape whose contents are not defined: to be overwritten."""
    dtype: Any
    def __init__(self, dtype: str) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.graph import Apply as Apply
class Argmax(_Extremum):
    """The position of the first largest element along axes, int64: MaxAndArgmax without its first output."""
class AsTensorError(DTypeMismatch, TypeError):
    """A value, or a variable of another kind, cannot stand for a tensor."""
class CAReduce(_graph_Op):
    """Fold of a commutative and associative function of two numbers along axes."""
    scalar_op: ScalarOp
    axis: Any
    def __init__(self, scalar_op: ScalarOp, axis: Any = None) -> None: ...
    def axes(self, ndim: int) -> tuple[int, ...]:
        """The folded axes of an array of ``ndim`` dimensions, in ascending order."""
    def output_dtype(self, dtype: str) -> str:
        """The dtype of the result for elements of ``dtype``."""
    def fold(self, node: _graph_Apply) -> TensorVariable:
        """The fold that computes the output of ``node``, an application of this op."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Choose(_graph_Op):
    """out[i, ...] = choices[a[i, ...]][i, ...], all arrays stretched to a common shape as in elementwise functions."""
    mode: str
    def __init__(self, mode: str = 'raise') -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.graph import Constant as Constant
class DimShuffle(_graph_Op):
    """Axes in a new order; ``"x"`` inserts a broadcastable axis, axes not named are dropped."""
    input_broadcastable: Any
    new_order: Any
    inplace: bool
    drop: Any
    def __init__(self, input_broadcastable: Sequence[bool], new_order: Sequence[int | str], inplace: bool = True) -> None: ...
    @property
    def shuffle(self) -> list[int]:
        """The named axes in their new order."""
    @property
    def augment(self) -> list[int]:
        """Positions of the inserted axes."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Dot(_graph_Op):
    """out[..., j] = sum over k of x[..., k] * y[k, j]: vectors and matrices."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.tensor.elemwise import Elemwise as Elemwise
class EmptyConstantError(NotScalarConstantError):
    """The constant has no elements."""
class ExtractDiag(_graph_Op):
    """The diagonal ``offset`` places above the main one, of the axes ``axis1`` and ``axis2``."""
    offset: Any
    axis1: Any
    axis2: Any
    view: Any
    def __init__(self, offset: int = 0, axis1: int = 0, axis2: int = 1, view: bool = False) -> None: ...
    def axes(self, ndim: int) -> tuple[int, int]:
        """The two axes, counted from 0."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Eye(_graph_Op):
    """n rows, m columns, ones on the k-th diagonal, zeros elsewhere: out[i, j] = (j - i == k)."""
    dtype: Any
    def __init__(self, dtype: str | None = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Flatten(_graph_Op):
    """``flatten`` as an op of Theano 1.0.5: applying it reshapes."""
    outdim: Any
    def __init__(self, outdim: int = 1) -> None: ...
from theano.graph import Generic as Generic
from theano.tensor.subtensor import IncSubtensor as IncSubtensor
class Join(_graph_Op):
    """Arrays one after the other along an axis."""
    view: int
    def __init__(self, view: int = -1) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.tensor.io import LoadFromDisk as LoadFromDisk
class MakeSlice(_graph_Op):
    """slice(start, stop, step) of integer scalars or None, or of one slice that holds them."""
class MaxAndArgmax(_Extremum):
    """The largest elements along axes, and the positions of the first of them."""
from theano.graph import MethodNotDefined as MethodNotDefined
NoneConst: _graph_Constant
class NoneTypeT(_graph_Generic):
    """The type of None alone."""
    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool: ...
class Nonzero(_graph_Op):
    """The positions of the elements that are not 0: one vector of int64 for each dimension, in C order."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class NotScalarConstantError(Exception):
    """The expression has no value that is known and that all its elements share."""
from theano.graph import Op as Op
from theano.gof import ParamsType as ParamsType
class Rebroadcast(_graph_Op):
    """``x`` with other broadcastable flags; ``axis`` holds pairs (axis, flag)."""
    axis: Any
    def __init__(self, *axis: tuple[int, bool]) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Reshape(_graph_Op):
    """The elements of ``x``, in C order, under another shape of ``ndim`` dimensions."""
    ndim: Any
    name: str | None
    def __init__(self, ndim: int, name: str | None = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class ScalarFromTensor(_graph_Op):
    """A scalar variable with the value of a 0-d tensor."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Shape(_graph_Op):
    """The lengths of ``x``: a vector of int64, of ``x.ndim`` entries.  No gradient flows."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SliceConstant(_graph_Constant):
    """A slice of plain integers."""
    def __init__(self, type: _graph_Type, data: slice, name: str | None = None) -> None: ...
    def signature(self) -> tuple[Any, ...]: ...
class SliceType(_graph_Type):
    """The type of slices."""
    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class SpecifyShape(_graph_Op):
    """``x``, whose shape must be ``shape`` at run time; lengths that are the constant 1 become broadcastable."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Split(_graph_Op):
    """The pieces of ``x`` along an axis: the inverse of Join."""
    len_splits: Any
    def __init__(self, len_splits: int) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.tensor.subtensor import Subtensor as Subtensor
from theano.printing import SubtensorPrinter as SubtensorPrinter
class Sum(CAReduceDtype):
    """Sum of elements along axes, 0 of none."""
    def __init__(self, axis: Any = None, dtype: Any = None, acc_dtype: Any = None) -> None: ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
Tensor = _type_TensorType
class TensorConstant(_tensor_py_operators, _graph_Constant):
    """An array that is known.  ``data`` must not be changed."""
    def signature(self) -> tuple[Any, ...]:
        """(type, shape, bytes): equal for constants of equal bits, NaNs included; long data go by their digest."""
    def equals(self, other: object) -> bool: ...
class TensorFromScalar(_graph_Op):
    """A 0-d tensor with the value of a scalar variable."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.tensor.type import TensorType as TensorType
class TensorVariable(_tensor_py_operators, _graph_Variable):
    """A symbolic array; its type says dtype, number of dimensions and which of them are known to be of length 1."""
class Tri(Eye):
    """n rows, m columns, ones on and below the k-th diagonal: out[i, j] = (j - i <= k)."""
from theano.graph import Type as Type
from theano.graph import Variable as Variable
def abs_(x: TensorLike, /) -> TensorVariable:
    """|x|, in the dtype of x; of a complex number sqrt(u ** 2 + v ** 2), in the dtype of its parts."""
def add(*operands: TensorLike) -> TensorVariable:
    """x + y + ..., grouped from the left, in the common dtype.  bool + bool is "or"."""
def addbroadcast(x: TensorLike, *axes: int) -> TensorVariable:
    """``x`` with ``axes`` declared to be of length 1, which is checked at run time."""
def advanced_inc_subtensor(x: TensorLike, y: TensorLike, *indices: Any) -> TensorVariable:
    """A copy of ``x`` with ``y`` added at ``x[indices]``."""
advanced_inc_subtensor1: AdvancedIncSubtensor1
def advanced_set_subtensor(x: TensorLike, y: TensorLike, *indices: Any) -> TensorVariable:
    """A copy of ``x`` with ``y`` put at ``x[indices]``."""
advanced_set_subtensor1: AdvancedIncSubtensor1
def advanced_subtensor(x: TensorLike, *indices: Any) -> TensorVariable:
    """``x[indices]`` for any mixture of indices."""
advanced_subtensor1: AdvancedSubtensor1
def all(x: TensorLike, axis: Any = None, keepdims: bool = False) -> TensorVariable:
    """Whether all elements along ``axis`` (None: all axes) differ from 0; NaN does."""
all_dtypes: list[Any]
def allclose(a: TensorLike, b: TensorLike, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> TensorVariable:
    """Whether all elements of ``isclose`` are true: a bool scalar, as numpy.allclose."""
from theano.tensor._alloc import alloc as alloc
def and_(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x & y, bit by bit in the common dtype; logical for bool."""
def angle(x: TensorLike, /) -> TensorVariable:
    """The angle of x with the positive real axis, in [-pi, pi], float64.  pi for negative real x and for -0.0."""
def any(x: TensorLike, axis: Any = None, keepdims: bool = False) -> TensorVariable:
    """Whether any element along ``axis`` (None: all axes) differs from 0; NaN does."""
def arange(start: TensorLike, stop: Any = None, step: Any = 1, dtype: str | None = None) -> TensorVariable:
    """start, start + step, ... before stop; ``arange(n)`` counts from 0."""
def arccos(x: TensorLike, /) -> TensorVariable:
    """The angle in [0, pi] whose cosine is x; NaN beyond 1.  int8, int16 -> float32; complex too."""
def arccosh(x: TensorLike, /) -> TensorVariable:
    """log(x + sqrt(x**2 - 1)) >= 0; NaN for x < 1.  int8, int16 -> float32; complex stays complex."""
def arcsin(x: TensorLike, /) -> TensorVariable:
    """The angle in [-pi/2, pi/2] whose sine is x; NaN beyond 1.  int8, int16 -> float32; complex too."""
def arcsinh(x: TensorLike, /) -> TensorVariable:
    """log(x + sqrt(x**2 + 1)), odd.  int8, int16 -> float32; complex stays complex."""
def arctan(x: TensorLike, /) -> TensorVariable:
    """The angle in (-pi/2, pi/2) whose tangent is x.  int8, int16 -> float32; complex stays complex."""
def arctan2(y: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The angle of the point (x, y), in [-pi, pi].  int8, int16 -> float32; TypeError for complex."""
def arctanh(x: TensorLike, /) -> TensorVariable:
    """log((1 + x) / (1 - x)) / 2; infinite at -1 and 1, NaN beyond.  int8, int16 -> float32."""
def argmax(x: TensorLike, axis: Any = None, keepdims: bool = False) -> TensorVariable:
    """Position of the first largest element along ``axis``, int64; of the first NaN where there is one."""
def argmin(x: TensorLike, axis: Any = None, keepdims: bool = False) -> TensorVariable:
    """Position of the first smallest element along ``axis``, int64; of the first NaN where there is one."""
from theano.tensor.sort import argsort as argsort
from theano.tensor.sort import argtopk as argtopk
def as_int_none_variable(x: Any) -> _graph_Variable:
    """An integer scalar, or NoneConst for None.  TypeError for others."""
as_tensor = as_tensor_variable
def as_tensor_variable(x: TensorLike, name: str | None = None, ndim: int | None = None) -> TensorVariable:
    """``x`` as a tensor variable: variables stay, numbers and arrays become constants, lists are stacked."""
def bartlett(M: TensorLike) -> TensorVariable:
    """The triangular window of ``M`` points, 0 at both ends, as numpy.bartlett: a vector of float64."""
def batched_dot(a: TensorLike, b: TensorLike) -> TensorVariable:
    """``dot`` of each entry of ``a`` with the entry of ``b`` at the same position of the first axis."""
def batched_tensordot(x: TensorLike, y: TensorLike, axes: Any = 2) -> TensorVariable:
    """``tensordot`` of each entry of ``x`` with that of ``y``; ``axes`` count the first one too."""
bcol: _type_TensorType
def bincount(x: TensorLike, weights: Any = None, minlength: Any = None, assert_nonneg: bool = False) -> TensorVariable:
    """How often each of 0, 1, 2, ... occurs in the vector of integers ``x``; or the sums of their ``weights``."""
bitwise_and = and_
def bitwise_not(x: TensorLike, /) -> TensorVariable:
    """~x: all bits of x changed, -1 - x for signed integers; "not" for bool."""
def bitwise_or(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x | y, bit by bit in the common dtype; logical for bool."""
def bitwise_xor(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x ^ y, bit by bit in the common dtype; logical for bool."""
bmatrix: _type_TensorType
brow: _type_TensorType
bscalar: _type_TensorType
btensor3: _type_TensorType
btensor4: _type_TensorType
btensor5: _type_TensorType
btensor6: _type_TensorType
btensor7: _type_TensorType
bvector: _type_TensorType
def cast(x: TensorLike, dtype: str) -> TensorVariable:
    """``x`` converted to ``dtype``; ``"floatX"`` is the configured one.  ``x`` itself when it has that dtype."""
ccol: _type_TensorType
def ceil(x: TensorLike, /) -> TensorVariable:
    """The smallest whole number >= x, floating also for integers.  TypeError for complex."""
def ceil_intdiv(a: TensorLike, b: TensorLike) -> TensorVariable:
    """The ceiling of a / b, for integers, in their common dtype; no float is involved."""
def check_and_normalize_axes(x: TensorLike, axis: Any) -> list[int]:
    """``axis`` as a list of axes of ``x``, ascending, counted from the first one; None and () are all axes."""
def chi2sf(x: TensorLike, k: TensorLike, /) -> TensorVariable:
    """1 - F(x), F the chi-squared distribution with k degrees of freedom.  float64; TypeError for complex."""
from theano.tensor._choose import choose as choose
def clip(x: TensorLike, low: TensorLike, high: TensorLike, /) -> TensorVariable:
    """low where x < low, else high where x > high, else x, in the common dtype.  NaN stays."""
cmatrix: _type_TensorType
def col(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic col, of floatX unless ``dtype`` is given."""
@overload
def cols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def cols(names: str | int | Sequence[str], /) -> Any: ...
def complex(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x + iy: complex64 for arguments up to float32, else complex128.  TypeError for complex arguments."""
complex_dtypes: list[Any]
def complex_from_polar(r: TensorLike, t: TensorLike, /) -> TensorVariable:
    """r (cos t + i sin t): complex64 for arguments up to float32, else complex128.  TypeError for complex arguments."""
complex_matrix_types: tuple[Any, ...]
complex_scalar_types: tuple[Any, ...]
complex_types: tuple[Any, ...]
complex_vector_types: tuple[Any, ...]
def concatenate(tensor_list: Sequence[Any], axis: Any = 0) -> TensorVariable:
    """The tensors of a list one after the other along ``axis``."""
from theano.configuration import config as config
def conj(x: TensorLike, /) -> TensorVariable:
    """u - iv of x = u + iv; x itself when x is real, but int8 for bool."""
from theano.tensor._constant import constant as constant
continuous_dtypes: list[Any]
def cos(x: TensorLike, /) -> TensorVariable:
    """The cosine of x radians.  int8, int16 -> float32; complex stays complex."""
def cosh(x: TensorLike, /) -> TensorVariable:
    """(exp(x) + exp(-x)) / 2.  int8, int16 -> float32; complex stays complex."""
def cov(m: TensorLike, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None, fweights: Any = None, aweights: Any = None) -> TensorVariable:
    """The covariance matrix of observed variables, as numpy.cov; 0-d for a single variable."""
crow: _type_TensorType
cscalar: _type_TensorType
ctensor3: _type_TensorType
ctensor4: _type_TensorType
ctensor5: _type_TensorType
ctensor6: _type_TensorType
ctensor7: _type_TensorType
def cumprod(x: TensorLike, axis: int | None = None) -> TensorVariable:
    """Cumulative product along ``axis``, or of the elements in C order; keeps the dtype, unlike NumPy."""
def cumsum(x: TensorLike, axis: int | None = None) -> TensorVariable:
    """Cumulative sum along ``axis``, or of the elements in C order; keeps the dtype, unlike NumPy."""
cvector: _type_TensorType
dcol: _type_TensorType
@overload
def dcols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dcols(names: str | int | Sequence[str], /) -> Any: ...
def deg2rad(x: TensorLike, /) -> TensorVariable:
    """x degrees in radians.  int8, int16 -> float32; TypeError for complex."""
def diag(v: TensorLike, k: int = 0) -> TensorVariable:
    """The matrix with the vector ``v`` on its k-th diagonal; of a matrix, its k-th diagonal."""
from theano.tensor._diagonal import diagonal as diagonal
discrete_dtypes: list[Any]
def div_proxy(x: TensorLike, y: TensorLike) -> TensorVariable:
    """``int_div`` of two integers, else ``true_div``: what ``/`` meant in Python 2."""
def divmod(x: TensorLike, y: TensorLike) -> tuple[TensorVariable, TensorVariable]:
    """(floor(x / y), x % y) elementwise, in the common dtype."""
@overload
def dmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dmatrices(names: str | int | Sequence[str], /) -> Any: ...
dmatrix: _type_TensorType
from theano.tensor._dot import dot as dot
drow: _type_TensorType
@overload
def drows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def drows(names: str | int | Sequence[str], /) -> Any: ...
dscalar: _type_TensorType
@overload
def dscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dscalars(names: str | int | Sequence[str], /) -> Any: ...
dtensor3: _type_TensorType
@overload
def dtensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dtensor3s(names: str | int | Sequence[str], /) -> Any: ...
dtensor4: _type_TensorType
@overload
def dtensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dtensor4s(names: str | int | Sequence[str], /) -> Any: ...
dtensor5: _type_TensorType
@overload
def dtensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dtensor5s(names: str | int | Sequence[str], /) -> Any: ...
dtensor6: _type_TensorType
@overload
def dtensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dtensor6s(names: str | int | Sequence[str], /) -> Any: ...
dtensor7: _type_TensorType
@overload
def dtensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dtensor7s(names: str | int | Sequence[str], /) -> Any: ...
dvector: _type_TensorType
@overload
def dvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def dvectors(names: str | int | Sequence[str], /) -> Any: ...
def eq(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x == y, compared in the common dtype."""
def erf(x: TensorLike, /) -> TensorVariable:
    """The integral of 2 / sqrt(pi) exp(-t**2) from 0 to x.  int8, int16 -> float32; complex stays complex."""
def erfc(x: TensorLike, /) -> TensorVariable:
    """1 - erf(x), accurate for large x.  int8, int16 -> float32; TypeError for complex."""
def erfcinv(x: TensorLike, /) -> TensorVariable:
    """y with erfc(y) = x; inf at 0, -inf at 2, NaN beyond.  int8, int16 -> float32; TypeError for complex."""
def erfcx(x: TensorLike, /) -> TensorVariable:
    """exp(x**2) erfc(x).  int8, int16 -> float32; TypeError for complex."""
def erfinv(x: TensorLike, /) -> TensorVariable:
    """y with erf(y) = x; infinite at -1 and 1, NaN beyond.  int8, int16 -> float32; TypeError for complex."""
def exp(x: TensorLike, /) -> TensorVariable:
    """e ** x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
def exp2(x: TensorLike, /) -> TensorVariable:
    """2 ** x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
def expm1(x: TensorLike, /) -> TensorVariable:
    """e ** x - 1, accurate near 0.  int8, int16 -> float32; complex stays complex."""
def extract_constant(x: TensorLike, elemwise: bool = True, only_process_constants: bool = False) -> Any:
    """The value of ``x`` where it is known, else ``x`` itself."""
def eye(n: TensorLike, m: Any = None, k: Any = 0, dtype: str | None = None) -> TensorVariable:
    """n rows, m (or n) columns, ones on the k-th diagonal; floatX unless a dtype is given."""
fcol: _type_TensorType
@overload
def fcols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def fcols(names: str | int | Sequence[str], /) -> Any: ...
def fill(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """y, in its own dtype; of arrays: y in the shape of both."""
def fill_diagonal(a: TensorLike, val: TensorLike) -> TensorVariable:
    """``a`` with the 0-d ``val`` on its main diagonal; more than two dimensions must be of one length."""
def fill_diagonal_offset(a: TensorLike, val: TensorLike, offset: Any) -> TensorVariable:
    """The matrix ``a`` with the 0-d ``val`` on the diagonal ``offset`` places above the main one."""
def flatnonzero(a: TensorLike) -> TensorVariable:
    """The positions in the flattened ``a`` of the elements that are not 0."""
def flatten(x: TensorLike, ndim: int | None = None, outdim: int | None = None) -> TensorVariable:
    """``x`` with ``ndim`` dimensions: the first ``ndim - 1`` kept, all others joined into the last."""
float16_atol: float
float16_rtol: float
float32_atol: float
float32_rtol: float
float64_atol: float
float64_rtol: float
float_dtypes: list[Any]
float_matrix_types: tuple[Any, ...]
float_scalar_types: tuple[Any, ...]
float_types: tuple[Any, ...]
float_vector_types: tuple[Any, ...]
def floor(x: TensorLike, /) -> TensorVariable:
    """The largest whole number <= x, floating also for integers.  TypeError for complex."""
def floor_div(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """The floor of x / y, in the common dtype; an integer divided by 0 gives 0.  Derivatives are 0."""
@overload
def fmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def fmatrices(names: str | int | Sequence[str], /) -> Any: ...
fmatrix: _type_TensorType
frow: _type_TensorType
@overload
def frows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def frows(names: str | int | Sequence[str], /) -> Any: ...
fscalar: _type_TensorType
@overload
def fscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def fscalars(names: str | int | Sequence[str], /) -> Any: ...
ftensor3: _type_TensorType
@overload
def ftensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ftensor3s(names: str | int | Sequence[str], /) -> Any: ...
ftensor4: _type_TensorType
@overload
def ftensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ftensor4s(names: str | int | Sequence[str], /) -> Any: ...
ftensor5: _type_TensorType
@overload
def ftensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ftensor5s(names: str | int | Sequence[str], /) -> Any: ...
ftensor6: _type_TensorType
@overload
def ftensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ftensor6s(names: str | int | Sequence[str], /) -> Any: ...
ftensor7: _type_TensorType
@overload
def ftensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ftensor7s(names: str | int | Sequence[str], /) -> Any: ...
fvector: _type_TensorType
@overload
def fvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def fvectors(names: str | int | Sequence[str], /) -> Any: ...
def gamma(x: TensorLike, /) -> TensorVariable:
    """The gamma function, (x - 1)! for whole x > 0.  int8, int16 -> float32; complex stays complex."""
def gammainc(k: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The integral of t ** (k - 1) exp(-t) from 0 to x, divided by gamma(k).  TypeError for complex."""
def gammaincc(k: TensorLike, x: TensorLike, /) -> TensorVariable:
    """1 - gammainc(k, x).  TypeError for complex."""
def gammal(k: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The lower incomplete gamma function, gammainc(k, x) gamma(k).  TypeError for complex."""
def gammaln(x: TensorLike, /) -> TensorVariable:
    """log |gamma(x)|.  int8, int16 -> float32; TypeError for complex."""
def gammau(k: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The upper incomplete gamma function, gammaincc(k, x) gamma(k).  TypeError for complex."""
def ge(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x >= y, compared in the common dtype; complex numbers by their real parts first."""
def get_scalar_constant_value(orig_v: Any, elemwise: bool = True, only_process_constants: bool = False, max_recur: int = 10) -> Any:
    """The value, a 0-d array, of an expression whose elements are all known to be equal."""
def get_vector_length(v: TensorLike) -> int:
    """The length of a vector, known at graph construction."""
def gt(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x > y, compared in the common dtype; complex numbers by their real parts first."""
from theano.gof import hashtype as hashtype
def horizontal_stack(*args: Any) -> TensorVariable:
    """Matrices side by side."""
def i0(x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
def i1(x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
icol: _type_TensorType
@overload
def icols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def icols(names: str | int | Sequence[str], /) -> Any: ...
def identity_like(x: TensorLike) -> TensorVariable:
    """The identity in the shape and dtype of the matrix ``x``."""
def imag(x: TensorLike, /) -> TensorVariable:
    """The imaginary part, in its dtype; 0 of the dtype of x when x is real."""
@overload
def imatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def imatrices(names: str | int | Sequence[str], /) -> Any: ...
imatrix: _type_TensorType
def inc_subtensor(x: _graph_Variable, y: TensorLike, inplace: bool = False, set_instead_of_inc: bool = False, tolerate_inplace_aliasing: bool = False) -> TensorVariable:
    """A copy of ``a`` with ``y`` added to ``x = a[indices]``: ``inc_subtensor(a[0], 5)``."""
from theano.scalar import int32 as int32
int32_t = _scalar_int32
int_div = floor_div
int_dtypes: list[Any]
int_matrix_types: tuple[Any, ...]
int_scalar_types: tuple[Any, ...]
int_types: tuple[Any, ...]
int_vector_types: tuple[Any, ...]
integer_dtypes: list[Any]
def inv(x: TensorLike, /) -> TensorVariable:
    """1 / x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
def inverse_permutation(perm: Any) -> TensorVariable:
    """For each row of ``perm`` the permutation that undoes it, in its dtype: out[..., perm[..., i]] = i."""
invert = bitwise_not
def iround(a: TensorLike, mode: str | None = None) -> TensorVariable:
    """``round``, as int64."""
irow: _type_TensorType
@overload
def irows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def irows(names: str | int | Sequence[str], /) -> Any: ...
def is_flat(var: _graph_Variable, ndim: int | None = None, outdim: int | None = None) -> bool:
    """Whether ``var`` has no more than ``ndim`` dimensions."""
iscalar: _type_TensorType
@overload
def iscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def iscalars(names: str | int | Sequence[str], /) -> Any: ...
def isclose(a: TensorLike, b: TensorLike, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> TensorVariable:
    """|a - b| <= atol + rtol |b| elementwise, bool, as numpy.isclose."""
def isinf(a: TensorLike) -> TensorVariable:
    """Whether each element is infinite, bool; constant False for bools and integers."""
def isinf_(x: TensorLike, /) -> TensorVariable:
    """Whether x is infinite, of either sign; False for bools and integers."""
def isnan(a: TensorLike) -> TensorVariable:
    """Whether each element is NaN, bool; constant False for bools and integers."""
def isnan_(x: TensorLike, /) -> TensorVariable:
    """Whether x is NaN; False for bools and integers."""
itensor3: _type_TensorType
@overload
def itensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def itensor3s(names: str | int | Sequence[str], /) -> Any: ...
itensor4: _type_TensorType
@overload
def itensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def itensor4s(names: str | int | Sequence[str], /) -> Any: ...
itensor5: _type_TensorType
@overload
def itensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def itensor5s(names: str | int | Sequence[str], /) -> Any: ...
itensor6: _type_TensorType
@overload
def itensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def itensor6s(names: str | int | Sequence[str], /) -> Any: ...
itensor7: _type_TensorType
@overload
def itensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def itensor7s(names: str | int | Sequence[str], /) -> Any: ...
def iv(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the first kind of real order v.  TypeError for complex."""
ivector: _type_TensorType
@overload
def ivectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ivectors(names: str | int | Sequence[str], /) -> Any: ...
def j0(x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
def j1(x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
from theano.tensor._join import join as join
def join_(axis: Any, *tensors: Any) -> TensorVariable:
    """Arrays one after the other along an axis."""
def jv(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the first kind of real order v.  TypeError for complex."""
def largest(*args: Any) -> TensorVariable:
    """The elementwise maximum of any number of tensors; at a tie the first gets the gradient."""
lcol: _type_TensorType
@overload
def lcols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def lcols(names: str | int | Sequence[str], /) -> Any: ...
def le(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x <= y, compared in the common dtype; complex numbers by their real parts first."""
@overload
def lmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def lmatrices(names: str | int | Sequence[str], /) -> Any: ...
lmatrix: _type_TensorType
from theano.tensor.io import load as load
def log(x: TensorLike, /) -> TensorVariable:
    """The natural logarithm.  int8, int16 -> float32; complex stays complex.  NaN for x < 0."""
def log10(x: TensorLike, /) -> TensorVariable:
    """The logarithm to base 10.  int8, int16 -> float32; complex stays complex."""
def log1p(x: TensorLike, /) -> TensorVariable:
    """log(1 + x), accurate near 0.  int8, int16 -> float32; complex stays complex."""
def log2(x: TensorLike, /) -> TensorVariable:
    """The logarithm to base 2, exact for powers of 2.  int8, int16 -> float32; complex stays complex."""
lrow: _type_TensorType
@overload
def lrows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def lrows(names: str | int | Sequence[str], /) -> Any: ...
lscalar: _type_TensorType
@overload
def lscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def lscalars(names: str | int | Sequence[str], /) -> Any: ...
def lt(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x < y, compared in the common dtype; complex numbers by their real parts first."""
ltensor3: _type_TensorType
@overload
def ltensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ltensor3s(names: str | int | Sequence[str], /) -> Any: ...
ltensor4: _type_TensorType
@overload
def ltensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ltensor4s(names: str | int | Sequence[str], /) -> Any: ...
ltensor5: _type_TensorType
@overload
def ltensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ltensor5s(names: str | int | Sequence[str], /) -> Any: ...
ltensor6: _type_TensorType
@overload
def ltensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ltensor6s(names: str | int | Sequence[str], /) -> Any: ...
ltensor7: _type_TensorType
@overload
def ltensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ltensor7s(names: str | int | Sequence[str], /) -> Any: ...
lvector: _type_TensorType
@overload
def lvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def lvectors(names: str | int | Sequence[str], /) -> Any: ...
def makeKeepDims(x: TensorLike, y: TensorLike, axis: Any) -> TensorVariable:
    """``y``, a reduction of ``x`` along ``axis``, with the reduced axes put back as broadcastable ones."""
make_slice: MakeSlice
@overload
def matrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def matrices(names: str | int | Sequence[str], /) -> Any: ...
def matrix(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic matrix, of floatX unless ``dtype`` is given."""
def max(x: TensorLike, axis: Any = None, keepdims: bool = False) -> TensorVariable:
    """The largest element along ``axis`` (None or (): all), NaN where there is one."""
def max_and_argmax(a: TensorLike, axis: Any = None, keepdims: bool = False) -> list[TensorVariable]:
    """[largest elements, positions of the first of them] along ``axis``; see MaxAndArgmax."""
def maximum(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """The larger of x and y, NaN if one is NaN, in the common dtype."""
def mean(input: TensorLike, axis: Any = None, dtype: Any = None, op: bool = False, keepdims: bool = False, acc_dtype: Any = None) -> TensorVariable:
    """sum(x, axis) / n, where n is the number of elements along ``axis`` (None: all); NaN when n = 0."""
mgrid: _Grid
def min(x: TensorLike, axis: Any = None, keepdims: bool = False) -> TensorVariable:
    """The smallest element along ``axis`` (None or (): all), NaN where there is one; gradient as of max."""
def minimum(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """The smaller of x and y, NaN if one is NaN, in the common dtype."""
def mod(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x - y * floor(x / y): of the sign of y, as in Python; an integer modulo 0 gives 0."""
def mod_check(x: TensorLike, y: TensorLike) -> TensorVariable:
    """x % y elementwise.  Raises ComplexError when an argument is complex."""
def mul(*operands: TensorLike) -> TensorVariable:
    """x * y * ..., grouped from the left, in the common dtype.  bool * bool is "and"."""
def neg(x: TensorLike, /) -> TensorVariable:
    """-x, in the dtype of x.  TypeError for bool."""
def neq(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x != y, compared in the common dtype; True where one is NaN."""
none_type_t: NoneTypeT
from theano.tensor._nonzero import nonzero as nonzero
def nonzero_values(a: TensorLike) -> TensorVariable:
    """The elements of ``a`` that are not 0, in C order."""
ogrid: _Grid
def ones(shape: Any, dtype: str | None = None) -> TensorVariable:
    """Ones of this shape, floatX unless a dtype is given."""
def ones_like(model: Any, dtype: str | None = None, opt: bool = False) -> TensorVariable:
    """Ones in the shape of ``model``, in its dtype unless another is given."""
or_ = bitwise_or
def outer(x: TensorLike, y: TensorLike) -> TensorVariable:
    """out[i, j] = x[i] * y[j], of the flattened arguments."""
def patternbroadcast(x: TensorLike, broadcastable: Sequence[bool]) -> TensorVariable:
    """``x`` with exactly these broadcastable flags."""
def permute_row_elements(x: TensorLike, y: TensorLike, inverse: Any = 0) -> TensorVariable:
    """out[..., i] = x[..., y[..., i]], or with ``inverse`` out[..., y[..., i]] = x[..., i]."""
def pow(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x ** y in the common dtype, as C99 has it: 0 ** 0 = 1, NaN for negative x and broken y."""
def power(x: TensorLike, y: TensorLike) -> TensorVariable:
    """x ** y elementwise, as ``pow``."""
def prod(input: TensorLike, axis: Any = None, dtype: Any = None, keepdims: bool = False, acc_dtype: Any = None, no_zeros_in_input: bool = False) -> TensorVariable:
    """Product of the elements along ``axis``; see Prod."""
def psi(x: TensorLike, /) -> TensorVariable:
    """The digamma function, the derivative of log gamma(x).  int8, int16 -> float32; complex stays complex."""
def ptp(a: TensorLike, axis: Any = None) -> TensorVariable:
    """Peak to peak: max(a, axis) - min(a, axis)."""
python_all: Any
python_any: Any
def rad2deg(x: TensorLike, /) -> TensorVariable:
    """x radians in degrees.  int8, int16 -> float32; TypeError for complex."""
def ravel_multi_index(multi_index: Sequence[Any], dims: Any, mode: str = 'raise', order: str = 'C') -> TensorVariable:
    """The flat positions, in an array of lengths ``dims``, of coordinates."""
def real(x: TensorLike, /) -> TensorVariable:
    """The real part, in its dtype; x itself when x is real."""
def register_transfer(fn: Callable[[_graph_Variable, str], _graph_Variable | None]) -> None:
    """Let ``fn(variable, target)`` serve the targets it knows; for others it returns None."""
from theano.tensor._repeat import repeat as repeat
def reshape(x: TensorLike, newshape: Any, ndim: int | None = None) -> TensorVariable:
    """``x`` under another shape; one entry may be -1."""
def roll(x: TensorLike, shift: Any, axis: int | None = None) -> TensorVariable:
    """The elements moved on by ``shift`` along ``axis``, those at the end to the beginning."""
def round(a: TensorLike, mode: str | None = None) -> TensorVariable:
    """The nearest whole numbers, in the dtype of ``a``, which must be floating (TypeError)."""
def round_half_away_from_zero(x: TensorLike, /) -> TensorVariable:
    """The nearest whole number, of two the larger in magnitude.  TypeError unless x is a float."""
def round_half_to_even(x: TensorLike, /) -> TensorVariable:
    """The nearest whole number, of two the even one.  TypeError unless x is a float."""
def row(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic row, of floatX unless ``dtype`` is given."""
@overload
def rows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def rows(names: str | int | Sequence[str], /) -> Any: ...
def scalar(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic scalar, of floatX unless ``dtype`` is given."""
def scalar_from_tensor(t: _graph_Variable) -> TensorVariable:
    """The 0-d tensor ``t`` as a scalar variable; constants and converted scalars are converted at once."""
@overload
def scalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def scalars(names: str | int | Sequence[str], /) -> Any: ...
second = fill
def set_subtensor(x: _graph_Variable, y: TensorLike, inplace: bool = False, tolerate_inplace_aliasing: bool = False) -> TensorVariable:
    """A copy of ``a`` with ``y`` in place of ``x = a[indices]``: ``set_subtensor(a[0], 5)``."""
def sgn(x: TensorLike, /) -> TensorVariable:
    """1, 0 or -1 by the sign of x, in its dtype; NaN for NaN.  TypeError for bool and complex.  The derivative is 0."""
from theano.tensor._shape import shape as shape
shape_padaxis = pad_axis
shape_padleft = pad_left
shape_padright = pad_right
def sin(x: TensorLike, /) -> TensorVariable:
    """The sine of x radians.  int8, int16 -> float32; complex stays complex."""
def sinh(x: TensorLike, /) -> TensorVariable:
    """(exp(x) - exp(-x)) / 2.  int8, int16 -> float32; complex stays complex."""
slicetype: SliceType
def smallest(*args: Any) -> TensorVariable:
    """The elementwise minimum of any number of tensors; at a tie the first gets the gradient."""
from theano.tensor.sort import sort as sort
def specify_shape(x: TensorLike, shape: Any) -> TensorVariable:
    """``x``, asserted at run time to be of this shape."""
def split(x: TensorLike, splits_size: Any, n_splits: int, axis: Any = 0) -> list[TensorVariable]:
    """``n_splits`` pieces of ``x`` along ``axis``, of the lengths ``splits_size``."""
def sqr(x: TensorLike, /) -> TensorVariable:
    """x * x, in the dtype of x."""
def sqrt(x: TensorLike, /) -> TensorVariable:
    """The square root.  int8, int16 -> float32; complex stays complex.  NaN for x < 0."""
square = sqr
def squeeze(x: TensorLike) -> TensorVariable:
    """``x`` without the axes that are known to be of length 1."""
def stack(*tensors: Any, **kwargs: Any) -> TensorVariable:
    """Tensors of one shape along a new axis: ``stack([a, b], axis=0)``."""
def stacklists(arg: Any) -> TensorVariable:
    """Nested lists of tensors of one shape as one tensor: ``stacklists([[a, b], [c, d]])``."""
def std(input: TensorLike, axis: Any = None, ddof: int = 0, keepdims: bool = False, corrected: bool = False) -> TensorVariable:
    """The square root of the variance; see var."""
def sub(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x - y, in the common dtype.  TypeError for two bools."""
def sum(input: TensorLike, axis: Any = None, dtype: Any = None, keepdims: bool = False, acc_dtype: Any = None) -> TensorVariable:
    """Sum of the elements along ``axis`` (None: all; an integer or several); see Sum."""
def swapaxes(y: TensorLike, axis1: int, axis2: int) -> TensorVariable:
    """``y`` with two axes exchanged."""
def switch(condition: TensorLike, x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x where condition is not 0, else y, in the common dtype of x and y."""
def take(a: TensorLike, indices: TensorLike, axis: int | None = None, mode: str = 'raise') -> TensorVariable:
    """The slices of ``a`` along ``axis``, or the elements of the flattened ``a``, that ``indices`` name."""
def tan(x: TensorLike, /) -> TensorVariable:
    """The tangent of x radians.  int8, int16 -> float32; complex stays complex."""
def tanh(x: TensorLike, /) -> TensorVariable:
    """Hyperbolic tangent, ``sinh(x) / cosh(x)``: odd, with values in (-1, 1)."""
def tensor(dtype: str, broadcastable: Sequence[bool] = ..., name: str | None = None) -> TensorVariable:
    """A variable of this dtype, with one dimension for each flag: True where it is known to be of length 1."""
def tensor3(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic tensor3, of floatX unless ``dtype`` is given."""
@overload
def tensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def tensor3s(names: str | int | Sequence[str], /) -> Any: ...
def tensor4(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic tensor4, of floatX unless ``dtype`` is given."""
@overload
def tensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def tensor4s(names: str | int | Sequence[str], /) -> Any: ...
def tensor5(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic tensor5, of floatX unless ``dtype`` is given."""
@overload
def tensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def tensor5s(names: str | int | Sequence[str], /) -> Any: ...
def tensor6(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic tensor6, of floatX unless ``dtype`` is given."""
@overload
def tensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def tensor6s(names: str | int | Sequence[str], /) -> Any: ...
def tensor7(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic tensor7, of floatX unless ``dtype`` is given."""
@overload
def tensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def tensor7s(names: str | int | Sequence[str], /) -> Any: ...
def tensor_copy(x: TensorLike, /) -> TensorVariable:
    """x itself: a copy, for arrays."""
def tensor_from_scalar(s: _graph_Variable) -> TensorVariable:
    """``s`` as a 0-d tensor; constants and converted tensors are converted at once."""
def tensordot(a: TensorLike, b: TensorLike, axes: Any = 2) -> TensorVariable:
    """Sums of products over several axes."""
def tile(x: TensorLike, reps: Any, ndim: int | None = None) -> TensorVariable:
    """``x`` repeated as a whole, ``reps[k]`` times along axis k."""
from theano.tensor.sort import topk as topk
from theano.tensor.sort import topk_and_argtopk as topk_and_argtopk
from theano.tensor._transfer import transfer as transfer
def transpose(x: TensorLike, axes: Sequence[int] | None = None) -> TensorVariable:
    """The axes of ``x`` in reverse order, or in the order ``axes``; its name gets ".T"."""
def tri(N: Any, M: Any = None, k: Any = 0, dtype: str | None = None) -> TensorVariable:
    """N rows, M (or N) columns, ones on and below the k-th diagonal; floatX unless a dtype is given."""
def tri_gamma(x: TensorLike, /) -> TensorVariable:
    """The derivative of psi(x).  int8, int16 -> float32; TypeError for complex."""
def tril(m: TensorLike, k: Any = 0) -> TensorVariable:
    """``m`` with zeros above the k-th diagonal."""
def triu(m: TensorLike, k: Any = 0) -> TensorVariable:
    """``m`` with zeros below the k-th diagonal."""
def true_div(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x / y.  Two integers are divided in floatX; otherwise in the common dtype."""
def trunc(x: TensorLike, /) -> TensorVariable:
    """x without its fraction, floating also for integers.  TypeError for complex."""
uint_dtypes: list[Any]
def unbroadcast(x: TensorLike, *axes: int) -> TensorVariable:
    """``x`` with ``axes`` no longer known to be of length 1."""
def unravel_index(indices: TensorLike, dims: Any, order: str = 'C', ndim: int | None = None) -> tuple[TensorVariable, ...]:
    """The coordinates, in an array of lengths ``dims``, of flat positions."""
from theano.tensor.type import values_eq_approx_always_true as values_eq_approx_always_true
from theano.tensor._var import var as var
def vector(name: str | None = None, dtype: str | None = None) -> TensorVariable:
    """A symbolic vector, of floatX unless ``dtype`` is given."""
@overload
def vectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def vectors(names: str | int | Sequence[str], /) -> Any: ...
def vertical_stack(*args: Any) -> TensorVariable:
    """Matrices one above the other."""
wcol: _type_TensorType
where = switch
wmatrix: _type_TensorType
wrow: _type_TensorType
wscalar: _type_TensorType
wtensor3: _type_TensorType
wtensor4: _type_TensorType
wtensor5: _type_TensorType
wtensor6: _type_TensorType
wtensor7: _type_TensorType
wvector: _type_TensorType
xor = bitwise_xor
zcol: _type_TensorType
def zeros(shape: Any, dtype: str | None = None) -> TensorVariable:
    """Zeros of this shape, floatX unless a dtype is given."""
def zeros_like(model: Any, dtype: str | None = None, opt: bool = False) -> TensorVariable:
    """Zeros in the shape of ``model``, in its dtype unless another is given."""
zmatrix: _type_TensorType
zrow: _type_TensorType
zscalar: _type_TensorType
ztensor3: _type_TensorType
ztensor4: _type_TensorType
ztensor5: _type_TensorType
ztensor6: _type_TensorType
ztensor7: _type_TensorType
zvector: _type_TensorType
from theano.tensor._dimshuffle import dimshuffle as dimshuffle
def filled_like(model: Any, value: float, dtype: str | None = None, opt: bool = False) -> TensorVariable:
    """``value`` in the shape of ``model``, in its dtype unless another is given."""
def set_conversions(stack: Callable[..., Any], pad_left: Callable[..., Any], tensor_from_scalar: Callable[..., Any]) -> None:
    """Given once by theano.tensor, when the ops that convert exist."""
class CumOp(_graph_Op):
    """Cumulative sum (mode "add") or product (mode "mul") along an axis."""
    axis: int | None
    mode: str
    def __init__(self, axis: int | None = None, mode: str = 'add') -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
def trace(X: TensorLike) -> TensorVariable:
    """The sum of the main diagonal."""
def pad_axis(t: TensorLike, axis: int) -> TensorVariable:
    """``t`` with one new broadcastable axis at position ``axis`` of the result."""
def pad_left(t: TensorLike, n_ones: int = 1) -> TensorVariable:
    """``t`` with ``n_ones`` broadcastable axes in front."""
def pad_right(t: TensorLike, n_ones: int = 1) -> TensorVariable:
    """``t`` with ``n_ones`` broadcastable axes behind."""
class BatchedDot(_graph_Op):
    """out[b, i, j] = sum over k of x[b, i, k] * y[b, k, j]."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
def matmul(a: TensorLike, b: TensorLike) -> TensorVariable:
    """``a @ b``: as ``dot`` for at most two dimensions of one of them, else products of the last two axes."""
def betainc(a: TensorLike, b: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The integral of t**(a - 1) (1 - t)**(b - 1) from 0 to x, divided by B(a, b).  TypeError for complex."""
def betaln(a: TensorLike, b: TensorLike, /) -> TensorVariable:
    """log |B(a, b)| = log |gamma(a) gamma(b) / gamma(a + b)|.  TypeError for complex."""
def i0e(x: TensorLike, /) -> TensorVariable:
    """exp(-|x|) i0(x).  int8, int16 -> float32; TypeError for complex."""
def i1e(x: TensorLike, /) -> TensorVariable:
    """exp(-|x|) i1(x).  int8, int16 -> float32; TypeError for complex."""
def ive(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """exp(-|x|) iv(v, x).  TypeError for complex."""
def kv(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the second kind of real order v.  TypeError for complex."""
def kve(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """exp(x) kv(v, x).  TypeError for complex."""
def log1mexp(x: TensorLike, /) -> TensorVariable:
    """log(1 - exp(x)) for x <= 0: log(-expm1(x)) near 0, log1p(-exp(x)) below.  NaN for x > 0."""
def log_ndtr(x: TensorLike, /) -> TensorVariable:
    """log ndtr(x), finite for all finite x down to -1e154.  int8, int16 -> float32; TypeError for complex."""
def logaddexp(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """log(exp(x) + exp(y)), without overflow.  int8, int16 -> float32; TypeError for complex."""
def ndtr(x: TensorLike, /) -> TensorVariable:
    """The integral of exp(-t**2 / 2) / sqrt(2 pi) from -inf to x.  int8, int16 -> float32; TypeError for complex."""
def ndtri(x: TensorLike, /) -> TensorVariable:
    """y with ndtr(y) = x; -inf at 0, inf at 1, NaN beyond.  int8, int16 -> float32; TypeError for complex."""
def polygamma(n: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The n-th derivative of psi(x), n = 0, 1, ...; NaN for other n.  TypeError for complex."""
def xlog1py(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x log(1 + y), 0 where x is 0, but NaN for a y of NaN.  int8, int16 -> float32; TypeError for complex."""
def xlogy(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x log(y), 0 where x is 0, but NaN for a y of NaN.  int8, int16 -> float32; TypeError for complex."""
def yv(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the second kind of real order v.  TypeError for complex."""
from theano.tensor.elemwise import set_gradient_parts as set_gradient_parts
class Argmin(_Extremum):
    """The position of the first smallest element along axes, int64."""
def getitem(x: TensorLike, args: Any) -> TensorVariable:
    """``x[args]`` as in NumPy: integers, slices, None, Ellipsis, integer arrays and boolean masks."""
def diff(x: TensorLike, n: int = 1, axis: int = -1) -> TensorVariable:
    """Differences of neighbours along ``axis``, taken ``n`` times."""
class CAReduceDtype(CAReduce):
    """A fold whose dtypes can be chosen."""
    dtype: Any
    acc_dtype: Any
    def __init__(self, scalar_op: ScalarOp, axis: Any = None, dtype: Any = None, acc_dtype: Any = None) -> None: ...
    def output_dtype(self, dtype: str) -> str: ...
    def accumulator_dtype(self, dtype: str) -> str:
        """In which dtype elements of ``dtype`` are folded."""
    def fold(self, node: _graph_Apply) -> TensorVariable:
        """A sum begins with 0, a product with 1, in the accumulator's dtype: acc + element, acc * element."""
class Prod(CAReduceDtype):
    """Product of elements along axes, 1 of none."""
    no_zeros_in_input: bool
    def __init__(self, axis: Any = None, dtype: Any = None, acc_dtype: Any = None, no_zeros_in_input: bool = False) -> None: ...
class ProdWithoutZeros(CAReduceDtype):
    """Product of the elements that are not 0 along axes, 1 of none."""
    def __init__(self, axis: Any = None, dtype: Any = None, acc_dtype: Any = None) -> None: ...
    def fold(self, node: _graph_Apply) -> TensorVariable:
        """acc = 1 of the accumulator's dtype; acc = acc * (x where x != 0, else 1)."""
def sum_over(x: _graph_Variable, axes: Sequence[int]) -> TensorVariable:
    """The sum of ``x`` along ``axes``, which stay with length 1."""
class RepeatOp(_graph_Op):
    """The entries of a vector of integers, each as often as ``repeats`` says."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SearchsortedOp(_graph_Op):
    """Where the elements of ``v`` would have to be put into the ascending vector ``x`` to keep it so: int64."""
    side: str
    def __init__(self, side: str = 'left') -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Unique(_graph_Op):
    """The distinct elements in ascending order; and, where asked for, positions of their first occurrences, the position of each element among them, and how often each occurs, all int64."""
    return_index: Any
    return_inverse: Any
    return_counts: Any
    axis: Any
    def __init__(self, return_index: bool = False, return_inverse: bool = False, return_counts: bool = False, axis: int | None = None) -> None: ...
def compress(condition: TensorLike, x: TensorLike, axis: int | None = None) -> TensorVariable:
    """The slices of ``x`` along ``axis``, or the elements of the flattened ``x``, where ``condition`` is true."""
def searchsorted(x: TensorLike, v: TensorLike, side: str = 'left', sorter: Any = None) -> TensorVariable:
    """Where the elements of ``v`` belong in the ascending vector ``x``."""
def to_one_hot(y: TensorLike, nb_class: Any, dtype: str | None = None) -> TensorVariable:
    """For each integer of the vector ``y`` a row of ``nb_class`` zeros with a one at that position."""
class MakeVector(_graph_Op):
    """The vector of its 0-d inputs, converted to ``dtype``."""
    dtype: str
    def __init__(self, dtype: str = 'int64') -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Shape_i(_graph_Op):
    """The length of ``x`` along axis ``i``: a 0-d int64.  No gradient flows."""
    i: Any
    def __init__(self, i: int) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
def shape_i(var: TensorLike, i: int, fgraph: None = None) -> TensorVariable:
    """The length of ``var`` along axis ``i``; ``fgraph`` is accepted, lengths need no help from it."""
from theano.tensor.sort import ArgSortOp as ArgSortOp
from theano.tensor.sort import SortOp as SortOp
from theano.tensor.sort import TopKOp as TopKOp
@overload
def bscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def bscalars(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wscalars(names: str | int | Sequence[str], /) -> Any: ...
@overload
def zscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def zscalars(names: str | int | Sequence[str], /) -> Any: ...
@overload
def cscalars(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def cscalars(names: str | int | Sequence[str], /) -> Any: ...
@overload
def bvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def bvectors(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wvectors(names: str | int | Sequence[str], /) -> Any: ...
@overload
def zvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def zvectors(names: str | int | Sequence[str], /) -> Any: ...
@overload
def cvectors(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def cvectors(names: str | int | Sequence[str], /) -> Any: ...
@overload
def bmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def bmatrices(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wmatrices(names: str | int | Sequence[str], /) -> Any: ...
@overload
def zmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def zmatrices(names: str | int | Sequence[str], /) -> Any: ...
@overload
def cmatrices(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def cmatrices(names: str | int | Sequence[str], /) -> Any: ...
@overload
def brows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def brows(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wrows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wrows(names: str | int | Sequence[str], /) -> Any: ...
@overload
def zrows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def zrows(names: str | int | Sequence[str], /) -> Any: ...
@overload
def crows(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def crows(names: str | int | Sequence[str], /) -> Any: ...
@overload
def bcols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def bcols(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wcols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wcols(names: str | int | Sequence[str], /) -> Any: ...
@overload
def zcols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def zcols(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ccols(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ccols(names: str | int | Sequence[str], /) -> Any: ...
@overload
def btensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def btensor3s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wtensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wtensor3s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ztensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ztensor3s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ctensor3s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ctensor3s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def btensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def btensor4s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wtensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wtensor4s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ztensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ztensor4s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ctensor4s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ctensor4s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def btensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def btensor5s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wtensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wtensor5s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ztensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ztensor5s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ctensor5s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ctensor5s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def btensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def btensor6s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wtensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wtensor6s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ztensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ztensor6s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ctensor6s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ctensor6s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def btensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def btensor7s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def wtensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def wtensor7s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ztensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ztensor7s(names: str | int | Sequence[str], /) -> Any: ...
@overload
def ctensor7s(first: str, second: str, /, *names: str) -> list[TensorVariable]: ...
@overload
def ctensor7s(names: str | int | Sequence[str], /) -> Any: ...
