"""The older interface of convolution, with borders "valid" and "full" only."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.nnet.abstract_conv import AbstractConv2d
from typing import Any

__all__ = ['ConvOp', 'conv2d']
class ConvOp(AbstractConv2d):
    """Convolution along two axes, with the steps ``dx`` and ``dy``."""
    dx: Any
    dy: Any
    out_mode: Any
    def __init__(self, imshp: Sequence[int] | None = None, kshp: Sequence[int] | None = None, nkern: int | None = None, bsize: int | None = None, dx: int = 1, dy: int = 1, output_mode: str = 'valid', *_unused: Any, **_ignored: Any) -> None: ...
    @staticmethod
    def getOutputShape(inshp: Sequence[int], kshp: Sequence[int], stride: Sequence[int] = ..., mode: str = 'valid') -> tuple[int, ...]:
        """The last two lengths of the result."""
def conv2d(input: TensorLike, filters: TensorLike, image_shape: Any = None, filter_shape: Any = None, border_mode: str = 'valid', subsample: Sequence[int] = ..., **kargs: Any) -> TensorVariable:
    """The convolution of (batch, channels, height, width) with (filters, channels, height, width)."""
from theano import OpenMPOp as OpenMPOp
from theano.graph import Apply as Apply
from theano.tensor import as_tensor_variable as as_tensor_variable
from theano.tensor.nnet.abstract_conv import get_conv_output_shape as get_conv_output_shape
from theano.tensor.nnet.abstract_conv import get_conv_shape_1axis as get_conv_shape_1axis
from theano.tensor import patternbroadcast as patternbroadcast
from theano.tensor import NotScalarConstantError as NotScalarConstantError
from theano.tensor import get_scalar_constant_value as get_scalar_constant_value
