"""Cases of convolution and its adjoints.  Edge cases first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from case import Case, case, sample

from theano.tensor.nnet import conv2d, conv3d
from theano.tensor.nnet.abstract_conv import (
    bilinear_upsampling,
    causal_conv1d,
    conv2d_grad_wrt_inputs,
    conv2d_grad_wrt_weights,
    conv3d_grad_wrt_inputs,
    conv3d_grad_wrt_weights,
    separable_conv2d,
)
from theano.tensor.nnet.conv import ConvOp
from theano.tensor.nnet.conv3d2d import conv3d as conv_of_videos
from theano.tensor.nnet.convolution import AbstractConv, AbstractConv_gradInputs, AbstractConv_gradWeights
from theano.tensor.nnet.convolution_shapes import get_conv_output_shape
from theano.tensor.nnet.corr import CorrMM, CorrMM_gradInputs, CorrMM_gradWeights
from theano.tensor.nnet.corr3d import Corr3dMM, Corr3dMM_gradInputs, Corr3dMM_gradWeights
from theano.tensor.signal import conv

BORDERS = {"valid": "valid", "half": "half", "full": "full", "1": 1, "uneven": ((1, 0), (0, 2))}
STEPS = {"1": (1, 1), "21": (2, 1), "23": (2, 3)}
DILATIONS = {"1": (1, 1), "21": (2, 1)}


def all_three(name: str, image: Any, kernel: Any, gradient: Any = None, **settings: Any) -> Iterator[Case]:
    """The convolution, and its adjoints at operands of the right shapes."""
    d = image.ndim - 2
    forward = {2: conv2d, 3: conv3d}[d]
    inputs = {2: conv2d_grad_wrt_inputs, 3: conv3d_grad_wrt_inputs}[d]
    weights = {2: conv2d_grad_wrt_weights, 3: conv3d_grad_wrt_weights}[d]
    steps = settings.get("subsample", (1,) * d)
    top = sample(
        *get_conv_output_shape(
            image.shape,
            kernel.shape,
            settings.get("border_mode", "valid"),
            steps,
            settings.get("filter_dilation"),
        ),
        dtype=image.dtype.name,
    )
    yield case(f"conv_{name}", lambda x, w: forward(x, w, **settings), image, kernel, gradient=gradient)
    yield case(
        f"conv_inputs_{name}",
        lambda w, g: inputs(g, w, image.shape, **settings),
        kernel,
        top,
        gradient=gradient,
    )
    yield case(
        f"conv_weights_{name}",
        lambda x, g: weights(x, g, kernel.shape, **settings),
        image,
        top,
        gradient=gradient,
    )


def edges() -> Iterator[Case]:
    yield from all_three("no_images", np.empty((0, 2, 4, 4)), sample(3, 2, 2, 2))
    yield from all_three("no_channels", np.empty((2, 0, 4, 4)), np.empty((3, 0, 2, 2)), gradient=())
    yield from all_three("no_filters", sample(2, 2, 4, 4), np.empty((0, 2, 2, 2)), gradient=())
    yield from all_three("one_number", sample(1, 1, 1, 1), sample(1, 1, 1, 1))
    yield from all_three("kernel_of_image", sample(2, 3, 4, 3), sample(2, 3, 4, 3))
    yield from all_three("step_beyond_kernel", sample(1, 2, 7, 7), sample(2, 2, 2, 1), subsample=(3, 4))
    yield from all_three("one_by_one", sample(2, 3, 3, 4), sample(4, 3, 1, 1))
    yield from all_three(
        "more_border_than_kernel", sample(1, 1, 3, 3), sample(1, 1, 2, 2), border_mode=(3, 4)
    )
    for dtype in ("float32", "float16", "int8", "int64"):
        yield from all_three(dtype, sample(2, 2, 4, 5, dtype=dtype), sample(3, 2, 2, 3, dtype=dtype))
    yield case(
        "conv_of_two_dtypes", conv2d, sample(1, 2, 4, 4, dtype="float32"), sample(2, 2, 2, 2), gradient=(1,)
    )
    yield case(
        "conv_of_row_images",
        conv2d,
        sample(1, 2, 4, 4),
        sample(1, 2, 2, 2),
        patterns={0: (True, False, False, False)},
    )


def settings() -> Iterator[Case]:
    for (border, b), (step, s), (dilation, d) in product(BORDERS.items(), STEPS.items(), DILATIONS.items()):
        flips = step == dilation
        yield from all_three(
            f"{border}_{step}_{dilation}",
            sample(2, 2, 6, 7),
            sample(3, 2, 3, 2),
            gradient=None if (step == "23") == (dilation == "21") else (),
            border_mode=b,
            subsample=s,
            filter_dilation=d,
            filter_flip=flips,
        )
    for groups, channels, filters in ((2, 4, 6), (4, 4, 4), (3, 3, 6)):
        image, kernel = sample(2, channels, 5, 4), sample(filters, channels // groups, 2, 3)
        yield from all_three(
            f"{groups}_groups_{filters}", image, kernel, num_groups=groups, border_mode="half"
        )
        yield from all_three(
            f"{groups}_groups_of_integers_{filters}",
            image.astype("int32"),
            kernel.astype("int32"),
            num_groups=groups,
        )


def unshared() -> Iterator[Case]:
    image = sample(2, 2, 5, 4)
    for border, b in {"valid": "valid", "half": "half"}.items():
        for step in ((1, 1), (2, 1)):
            rows, columns = get_conv_output_shape(image.shape, (3, 2, 2, 3), b, step)[2:]
            kernel = sample(3, rows, columns, 2, 2, 3)
            yield case(
                f"unshared_{border}_{step[0]}",
                lambda x, w, b=b, s=step: conv2d(x, w, border_mode=b, subsample=s, unshared=True),
                image,
                kernel,
            )


def along_three_axes() -> Iterator[Case]:
    image, kernel = sample(1, 2, 3, 4, 3), sample(2, 2, 2, 3, 2)
    for border in ("valid", "half", "full"):
        yield from all_three(f"3d_{border}", image, kernel, border_mode=border)
    yield from all_three("3d_steps", image, kernel, border_mode=(1, 0, 1), subsample=(2, 1, 2), gradient=())
    yield from all_three("3d_integers", image.astype("int16"), kernel.astype("int16"), border_mode="half")


def wide() -> Iterator[Case]:
    """Long enough for whole blocks of registers, and for more than one tile of filters."""
    for dtype, tolerance in {"float32": 1e-4, "float64": 1e-9}.items():
        image, kernel = (sample(*n, dtype=dtype) for n in ((3, 5, 9, 40), (19, 5, 3, 2)))
        for name, settings in {
            "wide": {},
            "wide_steps": {"subsample": (2, 2), "border_mode": "half"},
        }.items():
            for one in all_three(f"{name}_{dtype}", image, kernel, gradient=(), **settings):
                small = [x / np.abs(x).max() for x in one.inputs]
                yield case(one.name, one.build, *small, gradient=(), tolerance=tolerance)


def deep() -> Iterator[Case]:
    """Channels and filters enough to stand side by side in registers."""
    for dtype, tolerance in {"float32": 1e-4, "float64": 1e-9}.items():
        for name, image, kernel, settings in (
            ("odd", (2, 17, 9, 8), (19, 17, 3, 3), {"border_mode": "half"}),
            ("wide", (1, 16, 7, 60), (16, 16, 3, 3), {"border_mode": ((1, 0), (0, 2)), "filter_flip": False}),
            ("groups", (3, 32, 8, 8), (48, 16, 3, 3), {"num_groups": 2, "border_mode": "full"}),
        ):
            x, w = sample(*image, dtype=dtype), sample(*kernel, dtype=dtype)
            for one in all_three(f"deep_{name}_{dtype}", x, w, gradient=(), **settings):
                small = [x / np.abs(x).max() for x in one.inputs]
                yield case(one.name, one.build, *small, gradient=(), tolerance=tolerance)


def under_other_names() -> Iterator[Case]:
    """Ops that the functions do not make."""
    of_2d, of_3d = (sample(2, 2, 4, 5), sample(3, 2, 2, 3)), (sample(1, 2, 3, 4, 3), sample(2, 2, 2, 3, 2))
    yield case("conv_op", ConvOp(output_mode="full", dx=2), *of_2d)
    for forward, inputs, weights, (image, kernel) in (
        (AbstractConv(2), AbstractConv_gradInputs(2), AbstractConv_gradWeights(2), of_2d),
        (CorrMM(), CorrMM_gradInputs(), CorrMM_gradWeights(), of_2d),
        (Corr3dMM(), Corr3dMM_gradInputs(), Corr3dMM_gradWeights(), of_3d),
    ):
        name = type(forward).__name__
        lengths = [np.array(x.shape[2:]) for x in (image, kernel)]
        top = sample(*get_conv_output_shape(image.shape, kernel.shape, "valid", forward.subsample))
        yield case(name, forward, image, kernel)
        yield case(f"{name}_inputs", lambda w, g, op=inputs, n=lengths[0]: op(w, g, n), kernel, top)
        yield case(f"{name}_weights", lambda x, g, op=weights, n=lengths[1]: op(x, g, n), image, top)


def made_of_it() -> Iterator[Case]:
    yield case(
        "separable_conv",
        lambda x, u, v: separable_conv2d(x, u, v, 2),
        sample(1, 2, 4, 4),
        sample(4, 1, 2, 2),
        sample(3, 4, 1, 1),
    )
    yield case("causal_conv", lambda x, w: causal_conv1d(x, w, (3, 2, 2)), sample(2, 2, 5), sample(3, 2, 2))
    yield case(
        "causal_conv_dilated",
        lambda x, w: causal_conv1d(x, w, (3, 2, 2), filter_dilation=2),
        sample(2, 2, 5),
        sample(3, 2, 2),
    )
    for ratio in (1, 2, 3):
        for is_product in (True, False):
            yield case(
                f"upsampling_{ratio}_{is_product}",
                lambda x, r=ratio, p=is_product: bilinear_upsampling(x, r, use_1D_kernel=p),
                sample(1, 2, 2, 3),
            )
    yield case(
        "upsampling_by_fractions",
        lambda x: bilinear_upsampling(x, frac_ratio=((3, 2), (2, 1)), use_1D_kernel=False),
        sample(1, 1, 4, 3),
    )
    yield case("conv_of_videos", conv_of_videos, sample(1, 3, 2, 4, 3), sample(2, 2, 2, 3, 2))
    yield case(
        "conv_of_videos_borders",
        lambda x, w: conv_of_videos(
            x, w, filters_shape=(2, 2, 2, 3, 2), border_mode=("full", "valid", "half")
        ),
        sample(1, 3, 2, 4, 3),
        sample(2, 2, 2, 3, 2),
    )
    for image, kernel in product(((4, 5), (2, 4, 5)), ((2, 3), (3, 2, 3))):
        yield case(
            f"signal_conv_{len(image)}_{len(kernel)}",
            lambda x, w: conv.conv2d(x, w, border_mode="full"),
            sample(*image),
            sample(*kernel),
        )


CASES = [*edges(), *settings(), *unshared(), *along_three_axes(), *wide(), *deep(), *under_other_names(), *made_of_it()]
