"""The two forms of convolution that layers of networks use, under the names of ``theano.tensor.nnet``."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from theano.graph import Variable
from theano.graph.origin import stacklevel
from theano.tensor.nnet import abstract_conv


def conv2d(
    input: Any,
    filters: Any,
    input_shape: Any = None,
    filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1),
    filter_flip: bool = True,
    image_shape: Any = None,
    filter_dilation: Sequence[int] = (1, 1),
    num_groups: int = 1,
    unshared: bool = False,
    **kwargs: Any,
) -> Variable:
    """``abstract_conv.conv2d``; ``image_shape`` is the older name of ``input_shape``, and other names are ignored.

    >>> import theano.tensor as T
    >>> images, kernels = T.tensor4("images"), T.tensor4("kernels")
    >>> T.nnet.conv2d(images, kernels, border_mode="half").ndim
    4
    """
    if kwargs:
        warnings.warn(
            f"conv2d ignores the arguments {', '.join(sorted(kwargs))}: those of older versions",
            stacklevel=stacklevel(),
        )
    if image_shape is not None:
        if input_shape is not None:
            raise ValueError("conv2d was given input_shape and its older name, image_shape: give one of them")
        input_shape = image_shape
    return abstract_conv.conv2d(
        input, filters, input_shape, filter_shape, border_mode, subsample, filter_flip, filter_dilation, num_groups,
        unshared,
    )  # fmt: skip


def conv2d_transpose(
    input: Any,
    filters: Any,
    output_shape: Any,
    filter_shape: Any = None,
    border_mode: Any = "valid",
    input_dilation: Sequence[int] = (1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1),
    num_groups: int = 1,
    unshared: bool = False,
) -> Variable:
    """The transpose of a convolution as a linear map, which enlarges images by ``input_dilation``.

    input         (batch, filters, height, width)
    filters       (filters, channels / groups, height, width), as those of the convolution that is transposed
    output_shape  (batch, channels, height, width) of the result, of which the first two may be None
    """
    return abstract_conv.conv2d_grad_wrt_inputs(
        input, filters, output_shape, filter_shape, border_mode, input_dilation, filter_flip, filter_dilation,
        num_groups, unshared,
    )  # fmt: skip
