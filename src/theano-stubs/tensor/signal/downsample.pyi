"""theano.tensor.signal.downsample of Theano 1.0.5, which no longer had it; programs for earlier versions import it."""

from collections.abc import Sequence
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.signal._pooling import PoolingOp
from theano.tensor.signal.pool import pool_2d
from typing import Any

__all__ = ['DownsampleFactorMax', 'max_pool_2d', 'max_pool_2d_same_size']
class DownsampleFactorMax(PoolingOp):
    """The maximum, sum or average of each window."""
    @staticmethod
    def out_shape(imgshape: Sequence[Any], ws: Any = None, ignore_border: bool = False, stride: Any = None, pad: Any = None, ndim: int = 2, ds: Any = None, st: Any = None, padding: Any = None) -> list[Any]:
        """The shape of the result for images of shape ``imgshape``; lengths may be variables."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
max_pool_2d = pool_2d
from theano.tensor.signal.pool import max_pool_2d_same_size as max_pool_2d_same_size
