"""Basic indexing, ``x[0, 1:n]``, and its inverses, ``set_subtensor`` and ``inc_subtensor``."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.printing import pp
from theano.tensor import TensorVariable
from typing import Any

from theano.tensor import AdvancedIncSubtensor as AdvancedIncSubtensor
from theano.tensor import AdvancedIncSubtensor1 as AdvancedIncSubtensor1
from theano.tensor import AdvancedSubtensor as AdvancedSubtensor
from theano.tensor import AdvancedSubtensor1 as AdvancedSubtensor1
class IncSubtensor(_Indexed):
    """A copy of ``x`` with ``y`` added at, or put at, the indices."""
    idx_list: Any
    inplace: bool
    set_instead_of_inc: bool
    def __init__(self, idx_list: Sequence[Any], inplace: bool = False, set_instead_of_inc: bool = False, destroyhandler_tolerate_aliased: Any = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __hash__(self) -> int: ...
class Subtensor(_Indexed):
    """``x[indices]`` for integers and slices: a view."""
    idx_list: Any
    def __init__(self, idx_list: Sequence[Any]) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __hash__(self) -> int: ...
from theano.printing import SubtensorPrinter as SubtensorPrinter
from theano.tensor import advanced_inc_subtensor as advanced_inc_subtensor
from theano.tensor import advanced_inc_subtensor1 as advanced_inc_subtensor1
from theano.tensor import advanced_set_subtensor as advanced_set_subtensor
from theano.tensor import advanced_set_subtensor1 as advanced_set_subtensor1
from theano.tensor import advanced_subtensor as advanced_subtensor
from theano.tensor import advanced_subtensor1 as advanced_subtensor1
from theano.tensor import inc_subtensor as inc_subtensor
from theano.tensor import set_subtensor as set_subtensor
from theano.tensor import take as take
from theano.configuration import config as config
from theano.gof import ParamsType as ParamsType
from theano.gradient import DisconnectedType as DisconnectedType
from theano.graph import MethodNotDefined as MethodNotDefined
from theano.graph import Type as Type
from theano.gof import hashtype as hashtype
pprint = pp
from theano.tensor import DimShuffle as DimShuffle
from theano.tensor import addbroadcast as addbroadcast
from theano.tensor._alloc import alloc as alloc
from theano.tensor import clip as clip
from theano.tensor import get_scalar_constant_value as get_scalar_constant_value
from theano.tensor import NoneConst as NoneConst
from theano.tensor import NoneTypeT as NoneTypeT
from theano.tensor import SliceType as SliceType
from theano.tensor import make_slice as make_slice
def fill_in(idx_list: Sequence[Any], values: Sequence[Any]) -> list[Any]:
    """``idx_list`` with ``values`` in place of the types, in order."""
def template(indices: Sequence[Any]) -> tuple[tuple[Any, ...], list[TensorVariable]]:
    """Indices made of scalar variables taken apart: the ``idx_list``, and the variables in order."""
def hashable(idx_list: Sequence[Any]) -> tuple[Any, ...]:
    """``idx_list`` in a form that can be a key."""
def text_of(idx_list: Sequence[Any]) -> str:
    """``int64, int64::``, as in printed ops."""
def slice_extent(start: TensorLike, stop: TensorLike, step: TensorLike, length: Any) -> tuple[Any, Any]:
    """(first, count) of a slice of an axis: it holds the elements first, first + step, ... , ``count`` of them."""
def slice_length(start: TensorLike, stop: TensorLike, step: TensorLike, length: Any) -> TensorVariable:
    """How many elements of an axis of this length a slice holds."""
def subtensor_lengths(indices: Sequence[Any], lengths: Sequence[Any]) -> tuple[Any, ...]:
    """The shape of ``x[indices]`` for x of the given lengths."""
def as_index(i: Any) -> TensorVariable:
    """An integer of any kind as a scalar variable: Python's as int64, a 0-d tensor through ScalarFromTensor."""
def as_basic_index(index: Any) -> TensorVariable:
    """An integer or a slice, made of scalar variables and None."""
def basic(x: TensorLike, indices: Sequence[Any]) -> TensorVariable:
    """``x[indices]`` for integers and slices."""
class _Indexed(Op):
    """What Subtensor and IncSubtensor share: the description of the indices."""
    idx_list: tuple[Any, ...]
    def indices(self, values: Sequence[Any]) -> list[Any]:
        """The indices, with ``values`` for the op's index inputs."""
    def pattern(self, x: TensorLike, inputs: Sequence[Variable]) -> list[bool]:
        """A slice of a dimension known to be 1 is known to be 1 when it begins at 0 and is not empty."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
