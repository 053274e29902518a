"""Convolution for users: along one, two and three axes, its adjoints, and upsampling, which is one of those."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.configuration import config
from theano.graph import Variable
from theano.legacy import old_names
from theano.tensor.assertion import Assert
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elementwise import eq
from theano.tensor.nnet.convolution import (
    KINDS,
    AbstractConv,
    AbstractConv2d,
    AbstractConv2d_gradInputs,
    AbstractConv2d_gradWeights,
    AbstractConv3d,
    AbstractConv3d_gradInputs,
    AbstractConv3d_gradWeights,
    AbstractConv_gradInputs,
    AbstractConv_gradWeights,
    BaseAbstractConv,
)
from theano.tensor.nnet.convolution_shapes import (
    border_mode_to_pad,
    check_conv_gradinputs_shape,
    covered,
    get_conv_gradinputs_shape,
    get_conv_gradinputs_shape_1axis,
    get_conv_gradweights_shape,
    get_conv_gradweights_shape_1axis,
    get_conv_output_shape,
    get_conv_shape_1axis,
)

__all__ = [
    "AbstractConv",
    "AbstractConv2d",
    "AbstractConv2d_gradInputs",
    "AbstractConv2d_gradWeights",
    "AbstractConv3d",
    "AbstractConv3d_gradInputs",
    "AbstractConv3d_gradWeights",
    "AbstractConv_gradInputs",
    "AbstractConv_gradWeights",
    "BaseAbstractConv",
    "assert_conv_shape",
    "assert_shape",
    "bilinear_kernel_1D",
    "bilinear_kernel_2D",
    "bilinear_upsampling",
    "border_mode_to_pad",
    "causal_conv1d",
    "check_conv_gradinputs_shape",
    "conv2d",
    "conv2d_grad_wrt_inputs",
    "conv2d_grad_wrt_weights",
    "conv3d",
    "conv3d_grad_wrt_inputs",
    "conv3d_grad_wrt_weights",
    "frac_bilinear_upsampling",
    "get_conv_gradinputs_shape",
    "get_conv_gradinputs_shape_1axis",
    "get_conv_gradweights_shape",
    "get_conv_gradweights_shape_1axis",
    "get_conv_output_shape",
    "get_conv_shape_1axis",
    "separable_conv2d",
    "separable_conv3d",
]

__getattr__ = old_names(__name__)


def conv2d(
    input: Any,
    filters: Any,
    input_shape: Any = None,
    filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1),
    num_groups: int = 1,
    unshared: bool = False,
) -> Variable:
    """The convolution of images (batch, channels, height, width) with kernels (filters, channels / groups, height, width).

    input_shape, filter_shape  lengths that are promised, with None for others; checked if the flag
                               ``conv.assert_shape`` is set
    other arguments            see ``BaseAbstractConv``

    Returns (batch, filters, height, width).  Raises TypeError for the wrong rank, ValueError for settings that do not
    fit, and when called for channels that differ or kernels larger than the padded image.
    """
    op = AbstractConv2d(
        input_shape, filter_shape, border_mode, subsample, filter_flip, filter_dilation, num_groups, unshared
    )
    return op(_keeping_promise(input, op.imshp, "input"), _keeping_promise(filters, op.kshp, "filters"))


def conv3d(
    input: Any,
    filters: Any,
    input_shape: Any = None,
    filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1, 1),
    num_groups: int = 1,
) -> Variable:
    """As ``conv2d``, along three axes (depth, height, width)."""
    op = AbstractConv3d(
        input_shape, filter_shape, border_mode, subsample, filter_flip, filter_dilation, num_groups
    )
    return op(_keeping_promise(input, op.imshp, "input"), _keeping_promise(filters, op.kshp, "filters"))


def conv2d_grad_wrt_inputs(
    output_grad: Any,
    filters: Any,
    input_shape: Any,
    filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1),
    num_groups: int = 1,
    unshared: bool = False,
) -> Variable:
    """The gradient with respect to the input of ``conv2d``, from that of its output.

    input_shape  the four lengths of the input; the first two may be None.  The last two may be symbolic.
    """
    settings = (border_mode, subsample, filter_flip, filter_dilation, num_groups, unshared)
    return _grad_wrt_inputs(2, output_grad, filters, input_shape, filter_shape, settings)


def conv3d_grad_wrt_inputs(
    output_grad: Any,
    filters: Any,
    input_shape: Any,
    filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1, 1),
    num_groups: int = 1,
) -> Variable:
    """As ``conv2d_grad_wrt_inputs``, along three axes."""
    settings = (border_mode, subsample, filter_flip, filter_dilation, num_groups)
    return _grad_wrt_inputs(3, output_grad, filters, input_shape, filter_shape, settings)


def conv2d_grad_wrt_weights(
    input: Any,
    output_grad: Any,
    filter_shape: Any,
    input_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1),
    num_groups: int = 1,
    unshared: bool = False,
) -> Variable:
    """The gradient with respect to the filters of ``conv2d``, from that of its output.

    filter_shape  the lengths of the filters; the first ones may be None.  The last two may be symbolic.
    """
    settings = (border_mode, subsample, filter_flip, filter_dilation, num_groups, unshared)
    return _grad_wrt_weights(2, input, output_grad, filter_shape, input_shape, settings)


def conv3d_grad_wrt_weights(
    input: Any,
    output_grad: Any,
    filter_shape: Any,
    input_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1, 1),
    num_groups: int = 1,
) -> Variable:
    """As ``conv2d_grad_wrt_weights``, along three axes."""
    settings = (border_mode, subsample, filter_flip, filter_dilation, num_groups)
    return _grad_wrt_weights(3, input, output_grad, filter_shape, input_shape, settings)


def _grad_wrt_inputs(
    d: int, output_grad: Any, filters: Any, input_shape: Any, filter_shape: Any, settings: tuple
) -> Variable:
    filters = as_tensor_variable(filters)
    op = KINDS["inputs", d](input_shape, filter_shape, *settings)
    filters = _keeping_promise(filters, op.kshp, "filters")
    lengths = _last(input_shape, d, "input_shape")
    return _keeping_promise(op(filters, output_grad, lengths), op.imshp, "the gradient of the input")


def _grad_wrt_weights(
    d: int, input: Any, output_grad: Any, filter_shape: Any, input_shape: Any, settings: tuple
) -> Variable:
    op = KINDS["weights", d](input_shape, filter_shape, *settings)
    input = _keeping_promise(input, op.imshp, "input")
    lengths = _last(filter_shape, d, "filter_shape")
    return _keeping_promise(op(input, output_grad, lengths), op.kshp, "the gradient of the filters")


def _last(shape: Sequence[Any], d: int, name: str) -> Any:
    """The last ``d`` lengths of a shape, which must be given.  Raises ValueError."""
    lengths = shape[-d:]
    if any(n is None for n in lengths):
        raise ValueError(
            f"{name} is {shape!r}: its last {d} lengths do not follow from others, so they cannot be None"
        )
    return lengths


def separable_conv2d(
    input: Any,
    depthwise_filters: Any,
    pointwise_filters: Any,
    num_channels: int,
    input_shape: Any = None,
    depthwise_filter_shape: Any = None,
    pointwise_filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1),
) -> Variable:
    """Each channel with kernels of its own, then sums over channels in each place.

    depthwise_filters  (channels * multiplier, 1, height, width)
    pointwise_filters  (filters, channels * multiplier, 1, 1)
    """
    by_channel = conv2d(
        input, depthwise_filters, input_shape, depthwise_filter_shape, border_mode, subsample, filter_flip,
        filter_dilation, num_channels,
    )  # fmt: skip
    return conv2d(by_channel, pointwise_filters, None, pointwise_filter_shape, filter_flip=filter_flip)


def separable_conv3d(
    input: Any,
    depthwise_filters: Any,
    pointwise_filters: Any,
    num_channels: int,
    input_shape: Any = None,
    depthwise_filter_shape: Any = None,
    pointwise_filter_shape: Any = None,
    border_mode: Any = "valid",
    subsample: Sequence[int] = (1, 1, 1),
    filter_flip: bool = True,
    filter_dilation: Sequence[int] = (1, 1, 1),
) -> Variable:
    """As ``separable_conv2d``, along three axes."""
    by_channel = conv3d(
        input, depthwise_filters, input_shape, depthwise_filter_shape, border_mode, subsample, filter_flip,
        filter_dilation, num_channels,
    )  # fmt: skip
    return conv3d(by_channel, pointwise_filters, None, pointwise_filter_shape, filter_flip=filter_flip)


def causal_conv1d(
    input: Any,
    filters: Any,
    filter_shape: Any,
    input_shape: Any = None,
    subsample: int = 1,
    filter_flip: bool = True,
    filter_dilation: int = 1,
    num_groups: int = 1,
    unshared: bool = False,
) -> Variable:
    """Convolution along time in which a result depends on nothing later: (batch, channels, t) with (filters, channels, k).

    The sequence is padded on the left by as much as a kernel reaches back.  ``filter_shape[-1]`` must be known.
    """
    before = covered(filter_shape[-1], filter_dilation) - 1
    image = dimshuffle(as_tensor_variable(input), 0, 1, 2, "x")
    kernels = dimshuffle(as_tensor_variable(filters), 0, 1, 2, "x")
    found = conv2d(
        image,
        kernels,
        None if input_shape is None else (*input_shape, 1),
        (*filter_shape, 1),
        ((before, 0), (0, 0)),
        (subsample, 1),
        filter_flip,
        (filter_dilation, 1),
        num_groups,
        unshared,
    )
    return found[:, :, :, 0]  # type: ignore[index]


# -- upsampling --------------------------------------------------------------------------------------------------------


def bilinear_kernel_1D(ratio: int, normalize: bool = True) -> Variable:
    """The weights 1, 2, ..., ratio, ..., 2, 1 of linear interpolation, divided by ratio if ``normalize``."""
    ratio = int(as_tensor_variable(ratio).data) if not isinstance(ratio, int) else ratio  # type: ignore[attr-defined]
    rising = np.arange(1, ratio + 1)
    weights = np.concatenate([rising, rising[-2::-1]]).astype(config.floatX)
    return as_tensor_variable(weights / np.asarray(ratio, config.floatX) if normalize else weights)


def bilinear_kernel_2D(ratio: int, normalize: bool = True) -> Variable:
    """The outer product of the weights of ``bilinear_kernel_1D`` with themselves, as (1, 1, 2 ratio - 1, 2 ratio - 1)."""
    weights = bilinear_kernel_1D(ratio, normalize)
    return dimshuffle(weights, "x", "x", 0, "x") * dimshuffle(weights, "x", "x", "x", 0)  # type: ignore[operator]


def bilinear_upsampling(
    input: Any,
    ratio: int | None = None,
    frac_ratio: Any = None,
    batch_size: int | None = None,
    num_input_channels: int | None = None,
    use_1D_kernel: bool = True,
) -> Variable:
    """Images (batch, channels, h, w) enlarged to (batch, channels, h * ratio, w * ratio) by linear interpolation.

    The image is continued by its border.  ``use_1D_kernel``: rows, then columns, instead of both at once.
    ``frac_ratio``, for instance (3, 2) or ((3, 2), (2, 1)), is for ratios that are not integers.

    Raises ValueError unless exactly one of the ratios is given.
    """
    if (ratio is None) == (frac_ratio is None):
        raise ValueError("bilinear_upsampling needs either ratio or frac_ratio")
    images = as_tensor_variable(input)
    if frac_ratio is not None:
        if use_1D_kernel:
            raise ValueError("frac_ratio needs use_1D_kernel=False: the kernel is not a product of two")
        return frac_bilinear_upsampling(images, frac_ratio)
    assert ratio is not None
    return _enlarged(images, (ratio, ratio), use_1D_kernel)


def frac_bilinear_upsampling(input: Any, frac_ratio: Any) -> Variable:
    """Images enlarged by fractions: ``frac_ratio`` is (numerator, denominator), or one such pair for each axis.

    They are enlarged by the numerators, and of the result every denominator-th row and column is kept.
    """
    if not isinstance(frac_ratio, tuple) or len(frac_ratio) != 2:
        raise ValueError(f"frac_ratio is {frac_ratio!r}: it must be a pair of integers, or two such pairs")
    pairs = frac_ratio if isinstance(frac_ratio[0], tuple) else (frac_ratio, frac_ratio)
    (rows, each_row), (columns, each_column) = pairs
    large = _enlarged(as_tensor_variable(input), (rows, columns), use_1D_kernel=True)
    return large[:, :, ::each_row, ::each_column]


def _enlarged(images: Any, ratios: tuple[int, int], use_1D_kernel: bool) -> Any:
    """Images with ``ratios`` times as many rows and columns, interpolated.

    This is the adjoint of a convolution with steps: each number spreads over 2 ratio - 1 places, with number i of the
    continued image in the middle of those from i * ratio on.
    """
    (batch, channels, rows, columns), (r, s) = (images.shape[k] for k in range(4)), ratios
    wide: Any = _continued(images.reshape((batch * channels, 1, rows, columns)))
    tall, all_lengths = ((rows + 3) * r - 1, columns + 2), ((rows + 3) * r - 1, (columns + 3) * s - 1)
    down, along = bilinear_kernel_1D(r), bilinear_kernel_1D(s)
    if use_1D_kernel:
        wide = _spread(wide, dimshuffle(down, "x", "x", 0, "x"), tall, (r, 1))
        wide = _spread(wide, dimshuffle(along, "x", "x", "x", 0), all_lengths, (1, s))
    else:
        both = dimshuffle(down, "x", "x", 0, "x") * dimshuffle(along, "x", "x", "x", 0)  # type: ignore[operator]
        wide = _spread(wide, both, all_lengths, (r, s))
    top, left = (2 * ratio - 1 - (ratio - 1) // 2 for ratio in ratios)
    cut = wide[:, :, top : top + rows * r, left : left + columns * s]
    return cut.reshape((batch, channels, rows * r, columns * s))


def _continued(planes: Any) -> Any:
    """Images with their first and last rows and columns repeated."""
    from theano.tensor.join import concatenate

    tall = concatenate([planes[:, :, :1], planes, planes[:, :, -1:]], axis=2)
    return concatenate([tall[:, :, :, :1], tall, tall[:, :, :, -1:]], axis=3)  # type: ignore[index]


def _spread(planes: Any, kernel: Any, lengths: Sequence[Any], steps: tuple[int, int]) -> Variable:
    return conv2d_grad_wrt_inputs(planes, kernel, (None, 1, *lengths), border_mode="valid", subsample=steps)


def _keeping_promise(x: Any, promised: Sequence[int | None], name: str) -> Any:
    """``x``, asserted to have the promised shape if the flag ``conv.assert_shape`` is set."""
    if not config.conv.assert_shape:
        return x
    return assert_shape(x, promised, f"{name} does not have the shape that was promised")


def assert_shape(x: Any, expected_shape: Sequence[Any], msg: str = "Unexpected shape.") -> Any:
    """``x``; when called, AssertionError(msg) unless it has this shape, in which None agrees with all lengths."""
    x = as_tensor_variable(x)
    conditions = [eq(x.shape[k], n) for k, n in enumerate(expected_shape) if n is not None]  # type: ignore[attr-defined]
    return Assert(msg)(x, *conditions) if conditions else x


def assert_conv_shape(shape: Sequence[Any]) -> tuple[Any, ...]:
    """The shape of a convolution's result, of which numbers, or symbolic lengths when called, must not be negative.

    Raises ValueError for batch or filter lengths below 0 and for others below 1.
    """
    checked = []
    for axis, n in enumerate(shape):
        least = 0 if axis < 2 else 1
        what = f"the result of the convolution would have length {{}} along axis {axis}"
        if isinstance(n, Variable):
            checked.append(Assert(what.format(f"below {least}"))(n, n >= least))  # type: ignore[operator]
        elif n is not None and n < least:
            raise ValueError(what.format(n))
        else:
            checked.append(n)
    return tuple(checked)
