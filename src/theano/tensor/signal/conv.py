"""Convolution of images without channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Variable
from theano.legacy import old_names
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.nnet import conv

__all__ = ["conv2d"]

__getattr__ = old_names(__name__)


def conv2d(
    input: Any,
    filters: Any,
    image_shape: Any = None,
    filter_shape: Any = None,
    border_mode: str = "valid",
    subsample: Sequence[int] = (1, 1),
    **kargs: Any,
) -> Variable:
    """The convolution of each image with each kernel.

    input    (height, width) or (batch, height, width)
    filters  (height, width) or (filters, height, width)
    out      (batch, filters, height, width), without those of the first two axes that were not given

    Raises TypeError for other ranks.
    """
    input, filters = as_tensor_variable(input), as_tensor_variable(filters)
    for name, x in (("input", input), ("filters", filters)):
        if x.type.ndim not in (2, 3):  # type: ignore[attr-defined]
            raise TypeError(
                f"signal.conv.conv2d needs {name} of 2 or 3 dimensions, found {x} of type {x.type}"
            )
    is_batch, are_many = input.type.ndim == 3, filters.type.ndim == 3  # type: ignore[attr-defined]
    images = dimshuffle(input, *([0, "x", 1, 2] if is_batch else ["x", "x", 0, 1]))
    kernels = dimshuffle(filters, *([0, "x", 1, 2] if are_many else ["x", "x", 0, 1]))
    found = conv.conv2d(
        images, kernels, _with_channel(image_shape), _with_channel(filter_shape), border_mode, subsample
    )
    return found[slice(None) if is_batch else 0, slice(None) if are_many else 0]  # type: ignore[index]


def _with_channel(shape: Sequence[Any] | None) -> tuple[Any, ...] | None:
    """A promised shape with one channel: (batch or filters, 1, height, width)."""
    if shape is None:
        return None
    *first, height, width = shape
    return (first[0] if first else 1, 1, height, width)
