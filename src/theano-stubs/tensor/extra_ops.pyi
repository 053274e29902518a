"""theano.tensor.extra_ops of Theano 1.0.5."""

from theano.tensor import CumOp as _tensor_CumOp
from theano.tensor import bartlett as _tensor_bartlett
from theano.tensor import fill_diagonal as _tensor_fill_diagonal
from theano.tensor import fill_diagonal_offset as _tensor_fill_diagonal_offset
from theano.tensor import tensor_copy
from typing import Any

__all__ = ['CumOp', 'CumprodOp', 'CumsumOp', 'DisconnectedType', 'EnumList', 'Generic', 'ParamsType', 'RepeatOp', 'SearchsortedOp', 'Unique', 'bartlett', 'bartlett_', 'bincount', 'compress', 'cpu_contiguous', 'cumprod', 'cumsum', 'diff', 'disconnected_type', 'fill_diagonal', 'fill_diagonal_', 'fill_diagonal_offset', 'fill_diagonal_offset_', 'ravel_multi_index', 'repeat', 'searchsorted', 'squeeze', 'to_one_hot', 'unravel_index']
from theano.tensor import CumOp as CumOp
def CumprodOp(axis: int | None = None) -> _tensor_CumOp:
    """The op of ``cumprod``."""
def CumsumOp(axis: int | None = None) -> _tensor_CumOp:
    """The op of ``cumsum``."""
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gof import EnumList as EnumList
from theano.graph import Generic as Generic
from theano.gof import ParamsType as ParamsType
from theano.tensor import RepeatOp as RepeatOp
from theano.tensor import SearchsortedOp as SearchsortedOp
from theano.tensor import Unique as Unique
from theano.tensor import bartlett as bartlett
bartlett_ = _tensor_bartlett
from theano.tensor import bincount as bincount
from theano.tensor import compress as compress
cpu_contiguous = tensor_copy
from theano.tensor import cumprod as cumprod
from theano.tensor import cumsum as cumsum
from theano.tensor import diff as diff
from theano.gradient import disconnected_type as disconnected_type
from theano.tensor import fill_diagonal as fill_diagonal
fill_diagonal_ = _tensor_fill_diagonal
from theano.tensor import fill_diagonal_offset as fill_diagonal_offset
fill_diagonal_offset_ = _tensor_fill_diagonal_offset
from theano.tensor import ravel_multi_index as ravel_multi_index
from theano.tensor._repeat import repeat as repeat
from theano.tensor import searchsorted as searchsorted
from theano.tensor import squeeze as squeeze
from theano.tensor import to_one_hot as to_one_hot
from theano.tensor import unravel_index as unravel_index
