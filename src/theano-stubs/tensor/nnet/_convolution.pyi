from collections.abc import Sequence
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.nnet.abstract_conv import BaseAbstractConv
from typing import Any

class _Along2(BaseAbstractConv):
    """Two axes: (height, width)."""
    def __init__(self, imshp: Sequence[Any] | None = None, kshp: Sequence[Any] | None = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1, unshared: bool = False) -> None: ...
class _Along3(BaseAbstractConv):
    """Three axes: (depth, height, width)."""
    def __init__(self, imshp: Sequence[Any] | None = None, kshp: Sequence[Any] | None = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1) -> None: ...
