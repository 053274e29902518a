"""Pooling by the names of versions before 1.0."""

from theano.tensor.signal.pool import Pool as DownsampleFactorMax
from theano.tensor.signal.pool import pool_2d as max_pool_2d

__all__ = ["DownsampleFactorMax", "max_pool_2d"]
