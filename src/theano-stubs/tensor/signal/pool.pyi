"""Pooling of images: the maximum, sum or average of windows in the last two or three axes."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.signal._pooling import PoolingOp
from theano.tensor.signal.downsample import DownsampleFactorMax
from typing import Any

__all__ = ['AveragePoolGrad', 'DownsampleFactorMaxGradGrad', 'MaxPoolGrad', 'MaxPoolRop', 'Pool', 'PoolGrad', 'max_pool_2d_same_size', 'pool_2d', 'pool_3d']
class AveragePoolGrad(PoolGrad):
    """The cotangent of x where each window is summed or averaged."""
    def __init__(self, ignore_border: bool, mode: str = 'average_inc_pad', ndim: int = 2) -> None: ...
class DownsampleFactorMaxGradGrad(PoolingOp):
    """The sum, over the places of each window's maxima, of the numbers at these places in another array."""
    def __init__(self, ignore_border: bool, mode: str = 'max', ndim: int = 2, openmp: Any = None) -> None: ...
class MaxPoolGrad(PoolGrad):
    """The cotangent of x where maxout = the maximum of each window: dout at every place that is the maximum."""
    def __init__(self, ignore_border: bool, ndim: int = 2, openmp: Any = None) -> None: ...
class MaxPoolRop(PoolingOp):
    """Called on x, a tangent of it and the windows: the tangent of the maxima."""
    def __call__(self, x: TensorLike, eval_point: Any, ws: Any, stride: Any = None, pad: Any = None) -> TensorVariable: ...
Pool = DownsampleFactorMax
class PoolGrad(PoolingOp):
    """What the cotangents of pooling share."""
    def __init__(self, ignore_border: bool, mode: str = 'max', ndim: int = 2, openmp: Any = None) -> None: ...
    @staticmethod
    def out_shape(imgshape: Sequence[Any], ws: Any = None, ignore_border: bool = False, stride: Any = None, pad: Any = None, ndim: int = 2, ds: Any = None, st: Any = None, padding: Any = None) -> list[Any]:
        """The shape of the result for images of shape ``imgshape``; lengths may be variables."""
def max_pool_2d_same_size(input: TensorLike, patch_size: Any) -> TensorVariable:
    """``input`` with 0 in place of all but the largest number of each window, windows being next to each other."""
def pool_2d(input: TensorLike, ws: Any = None, ignore_border: bool | None = None, stride: Any = None, pad: Any = ..., mode: str = 'max', ds: Any = None, st: Any = None, padding: Any = None) -> TensorVariable:
    """Pool the last two axes."""
def pool_3d(input: TensorLike, ws: Any = None, ignore_border: bool | None = None, stride: Any = None, pad: Any = ..., mode: str = 'max', ds: Any = None, st: Any = None, padding: Any = None) -> TensorVariable:
    """Pool the last three axes; as ``pool_2d`` otherwise."""
from theano.graph import Apply as Apply
from theano import OpenMPOp as OpenMPOp
from theano.gof import ParamsType as ParamsType
from theano.gof import EnumList as EnumList
from theano.gradient import DisconnectedType as DisconnectedType
