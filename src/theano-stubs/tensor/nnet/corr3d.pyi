"""Correlation along three axes, which is convolution with kernels that are not turned round."""

from collections.abc import Sequence
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.nnet.abstract_conv import AbstractConv3d
from theano.tensor.nnet.abstract_conv import AbstractConv3d_gradInputs
from theano.tensor.nnet.abstract_conv import AbstractConv3d_gradWeights
from theano.tensor.nnet.abstract_conv import BaseAbstractConv
from typing import Any

__all__ = ['BaseCorr3dMM', 'Corr3dMM', 'Corr3dMM_gradInputs', 'Corr3dMM_gradWeights']
class BaseCorr3dMM(BaseAbstractConv):
    """Settings of a correlation, see ``BaseAbstractConv``; ``openmp`` is accepted and ignored."""
    def __init__(self, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_dilation: Sequence[int] = ..., openmp: bool | None = None, num_groups: int = 1) -> None: ...
class Corr3dMM(BaseCorr3dMM, AbstractConv3d):
    """top from (image, kernel)"""
class Corr3dMM_gradInputs(BaseCorr3dMM, AbstractConv3d_gradInputs):
    """image's gradient from (kernel, top's gradient, lengths)"""
class Corr3dMM_gradWeights(BaseCorr3dMM, AbstractConv3d_gradWeights):
    """kernel's gradient from (image, top's gradient, lengths)"""
from theano.gof import ParamsType as ParamsType
from theano.gof import EnumList as EnumList
from theano.graph import Apply as Apply
from theano.scalar import int64 as int64
from theano.tensor.type import TensorType as TensorType
from theano.tensor import as_tensor_variable as as_tensor_variable
from theano.tensor.nnet.abstract_conv import get_conv_output_shape as get_conv_output_shape
