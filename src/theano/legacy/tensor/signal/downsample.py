"""theano.tensor.signal.downsample, which 1.0.5 had lost and programs for earlier versions import: pooling by its old names."""

from theano.tensor.signal.pool import Pool, max_pool_2d_same_size, pool_2d

max_pool_2d, DownsampleFactorMax = pool_2d, Pool

__all__ = ["DownsampleFactorMax", "max_pool_2d", "max_pool_2d_same_size"]
