"""Convolution of images without channels."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['conv2d']
def conv2d(input: TensorLike, filters: TensorLike, image_shape: Any = None, filter_shape: Any = None, border_mode: str = 'valid', subsample: Sequence[int] = ..., **kargs: Any) -> TensorVariable:
    """The convolution of each image with each kernel."""
