"""Elemwise: a function of numbers applied to the elements of arrays, with declared broadcasting."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.printing import pp
from theano.scalar import ScalarFunction
from theano.scalar import ScalarOp
from theano.tensor import TensorVariable as _tensor_TensorVariable
from theano.tensor._truth import Truth
from typing import Any as _typing_Any

class All(Truth):
    """Whether all elements along axes are true, as bool; True of none."""
    def __init__(self, axis: _typing_Any = None) -> None: ...
class Any:
    """Special type indicating an unconstrained type."""
from theano.tensor import CAReduce as CAReduce
from theano.tensor import CAReduceDtype as CAReduceDtype
from theano.tensor import DimShuffle as DimShuffle
from theano.printing import DimShufflePrinter as DimShufflePrinter
class Elemwise(Op):
    """out[i, j, ...] = scalar_op(x[i, j, ...], y[i, j, ...], ...)"""
    scalar_op: ScalarOp
    inplace_pattern: _typing_Any
    name: str | None
    nfunc_spec: _typing_Any
    def __init__(self, scalar_op: ScalarOp, inplace_pattern: dict[int, int] | None = None, name: str | None = None, nfunc_spec: _typing_Any = None, openmp: bool | None = None) -> None: ...
    def infer_shape(self, *args: _typing_Any, **kwargs: _typing_Any) -> _typing_Any:
        ...
    def cotangents_of(self, wanted: Collection[int], inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[_typing_Any]:
        """As ``L_op``, but with None for inputs whose positions are not wanted: constants have many uses."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
from theano.tensor import Prod as Prod
from theano.tensor import ProdWithoutZeros as ProdWithoutZeros
from theano.tensor import Sum as Sum
from theano.configuration import config as config
from theano.configuration import change_flags as change_flags
from theano.gof import COp as COp
from theano import OpenMPOp as OpenMPOp
from theano.gof import ParamsType as ParamsType
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gradient import NullType as NullType
from theano.misc.frozendict import frozendict as frozendict
pprint = pp
from theano.tensor import TensorConstant as TensorConstant
from theano.tensor import TensorVariable as TensorVariable
def register_tensor_variable(kind: type[_typing_Any]) -> None:
    """Variables of exactly this class are tensors, and need no conversion."""
def set_gradient_parts(sum_over: Callable[..., _typing_Any], filled_like: Callable[..., _typing_Any]) -> None:
    """Given once by theano.tensor, when the ops that the gradient needs exist."""
def zeros_of_gradient(x: TensorLike) -> _tensor_TensorVariable:
    """A gradient of zero for ``x``: of its dtype when continuous, else of floatX."""
def sum_back(gradient: Variable, x: TensorLike, keeps_dtype: bool = True) -> _tensor_TensorVariable:
    """``gradient`` in the shape and, with ``keeps_dtype``, dtype of ``x``: summed where x was stretched, real where x is real."""
def function_named(name: str) -> Callable[..., _typing_Any]:
    """The function ``name`` of NumPy; or that of another module, as in "scipy.special.erf"."""
def elemwise_of(function: ScalarFunction, name: str | None = None) -> Elemwise:
    """The elementwise op of a scalar function; one object for each, so that large graphs stay small."""
