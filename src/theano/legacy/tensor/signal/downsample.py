"""theano.tensor.signal.downsample of Theano 1.0.5, which no longer had it; programs for earlier versions import it."""

from theano.legacy.adapters.pooling import DownsampleFactorMax, max_pool_2d
from theano.tensor.signal.pool import max_pool_2d_same_size

__all__ = ["DownsampleFactorMax", "max_pool_2d", "max_pool_2d_same_size"]
