"""Convolution of images with kernels, and its two adjoints, in any number of dimensions.

    image    (batch, channels, n1, ..., nd)
    kernel   (filters, channels / groups, k1, ..., kd); unshared: (filters, o1, ..., od, channels / groups, k1, ..., kd)
    top      (batch, filters, o1, ..., od)

    top[b, f, o] = sum over c, k of  kernel[f, c, k] * padded[b, c, o * subsample + k * filter_dilation]

where ``padded`` is the image with zeros around it (``border_mode``), and k counts backwards if ``filter_flip`` (a true
convolution, the default) and forwards otherwise (a correlation).  With groups, filters of one group see the channels of
the same group only.  The operation is linear in image and in kernel, so the derivatives of each of the three ops are
the other two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import sum_back
from theano.tensor.nnet.convolution_shapes import (
    border_per_axis,
    borders,
    get_conv_output_shape,
    padding,
)
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.static_value import NotScalarConstantError, get_scalar_constant_value
from theano.tensor.type import tensor_type


class BaseAbstractConv(Op):
    """What convolution and its adjoints have in common.

    convdim          d, the number of axes that the kernel moves along: 2 or 3
    imshp, kshp      promised shapes of image and kernel, with None for what is not known
    border_mode      zeros around the image.  "valid": none; "half": k // 2 on both sides; "full": k - 1 on both sides;
                     an integer; or for each axis an integer or a pair of integers
    subsample        the kernel's step, for each axis
    filter_flip      whether kernels are turned round
    filter_dilation  the distance of a kernel's elements in the image, for each axis
    num_groups       into how many groups filters and channels are divided
    unshared         whether each place has kernels of its own; with two axes only

    Raises ValueError for settings that do not fit ``convdim``.
    """

    __props__: tuple[str, ...] = (
        "convdim", "border_mode", "subsample", "filter_flip", "imshp", "kshp", "filter_dilation", "num_groups", "unshared",
    )  # fmt: skip

    def __init__(
        self,
        convdim: int,
        imshp: Sequence[Any] | None = None,
        kshp: Sequence[Any] | None = None,
        border_mode: Any = "valid",
        subsample: Sequence[int] | None = None,
        filter_flip: bool = True,
        filter_dilation: Sequence[int] | None = None,
        num_groups: int = 1,
        unshared: bool = False,
    ) -> None:
        if convdim not in (2, 3):
            raise ValueError(f"convolution along {convdim} axes is not supported, only along 2 or 3")
        if unshared and convdim != 2:
            raise NotImplementedError(f"kernels of their own for each place need 2 axes, found {convdim}")
        if num_groups < 1:
            raise ValueError(f"num_groups is {num_groups}: there must be at least one group")
        self.convdim = convdim
        self.border_mode = border_per_axis(border_mode, convdim)
        self.subsample = _steps("subsample", subsample, convdim)
        self.filter_dilation = _steps("filter_dilation", filter_dilation, convdim)
        self.filter_flip, self.unshared, self.num_groups = bool(filter_flip), bool(unshared), int(num_groups)
        self.imshp = _promised("image", imshp, convdim + 2)
        self.kshp = _promised("kernel", kshp, self.kernel_ndim)

    @property
    def kernel_ndim(self) -> int:
        return self.convdim + 2 + (self.convdim if self.unshared else 0)

    def flops(self, inp: Sequence[Sequence[int]], outp: Sequence[Sequence[int]]) -> int:
        """How many multiplications and additions the convolution of shapes ``inp`` = (image, kernel) takes."""
        (top,), kernel = outp, inp[1]
        return 2 * int(np.prod(top)) * int(np.prod(kernel[-self.convdim - 1 :]))

    def padding_of(self, kernel: Sequence[Any]) -> list[tuple[Any, Any]]:
        """The zeros before and after each axis of an image, for kernels of these lengths."""
        each = borders(self.border_mode, self.convdim)
        return [padding(b, k, d) for b, k, d in zip(each, kernel, self.filter_dilation, strict=True)]

    def agreements(
        self, image: Sequence[Any], kernel: Sequence[Any], top: Sequence[Any]
    ) -> Iterator[tuple[Any, Any, str]]:
        """What shapes must have in common: pairs of lengths, and what is wrong where they differ."""
        d, groups = self.convdim, self.num_groups
        what = "convolution"
        yield (
            image[1],
            kernel[-d - 1] * groups,
            f"{what} images and kernel must have the same stack size\n    the images have {{left}} channels, the kernels "
            f"take {{right}}" + (f" in {groups} groups" if groups > 1 else ""),
        )
        if groups > 1:
            yield (
                kernel[0] % groups,
                0,
                f"{what}: {groups} groups do not divide the kernels evenly, {{left}} are left over",
            )
        yield top[0], image[0], f"{what}: there are results for {{left}} images, but {{right}} images"
        yield top[1], kernel[0], f"{what}: there are {{left}} results for each image, but {{right}} kernels"
        expected = get_conv_output_shape(
            image, kernel, self.border_mode, self.subsample, self.filter_dilation
        )[2:]
        for axis, (found, length) in enumerate(zip(top[2:], expected, strict=True)):
            if found is not length:
                text = f"{what}: the results have length {{left}} along axis {axis + 2}, images and kernels give {{right}}"
                yield found, length, text
        if self.unshared:
            for axis, (found, length) in enumerate(zip(kernel[1 : 1 + d], top[2:], strict=True)):
                yield (
                    found,
                    length,
                    f"{what}: there are kernels for {{left}} places along axis {axis + 2} of {{right}}",
                )

    def check(self, image: Sequence[int], kernel: Sequence[int], top: Sequence[int]) -> None:
        """Raise ValueError unless arrays of these shapes go together."""
        for left, right, text in self.agreements(image, kernel, top):
            if left != right:
                raise ValueError(text.format(left=left, right=right))
        for axis, length in enumerate(top[2:]):
            if length < 1:
                raise ValueError(too_large(axis).format(left=length))

    def related(self, kind: str) -> Any:
        """The op of another kind, "forward", "weights" or "inputs", with the same settings."""
        settings = {
            name: getattr(self, name) for name in self.__props__ if name not in ("convdim", "unshared")
        }
        if self.convdim == 2:
            settings["unshared"] = self.unshared
        return KINDS[kind, self.convdim](**settings)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        """t(x y) = tx y + x ty"""
        first, second, *rest = inputs
        terms = [self(tangents[0], second, *rest)] if tangents[0] is not None else []
        terms += [self(first, tangents[1], *rest)] if tangents[1] is not None else []
        return [sum(terms[1:], terms[0]) if terms else None]

    def _operands(self, **given: Any) -> list[Any]:
        """Operands as tensors of the right rank.  Raises TypeError."""
        found = []
        for name, value in given.items():
            v = as_tensor_variable(value)
            wanted = self.kernel_ndim if name == "kern" else self.convdim + 2
            if v.type.ndim != wanted:  # type: ignore[attr-defined]
                raise TypeError(f"{name} must be {wanted}D tensor\n    found {v} of type {v.type}")
            found.append(v)
        return found

    # -- the NumPy meaning: one element of the kernels after the other -------------------------------------------------

    def _moves(self, kernel: Sequence[int], top: Sequence[int]) -> Iterator[tuple[Any, Any]]:
        """For each element of a kernel: its index, and which elements of the padded image it meets."""
        for place in product(*map(range, kernel)):
            index = (
                tuple(k - 1 - i for k, i in zip(kernel, place, strict=True)) if self.filter_flip else place
            )
            starts = [i * d for i, d in zip(place, self.filter_dilation, strict=True)]
            meets = [
                slice(a, a + s * (o - 1) + 1, s) for a, s, o in zip(starts, self.subsample, top, strict=True)
            ]
            yield (..., *index), (..., *meets)

    def _grouped(self, x: np.ndarray) -> np.ndarray:
        """(b, c, n1, ..., nd) as (b, group, c / groups, n)."""
        return x.reshape(len(x), self.num_groups, x.shape[1] // self.num_groups, math.prod(x.shape[2:]))

    def _by_group(self, kernel: np.ndarray) -> np.ndarray:
        """One element of all kernels, (f, c) or (f, o1, ..., od, c), as (group, f / groups, places, c)."""
        filters, *places, channels = kernel.shape
        return kernel.reshape(self.num_groups, filters // self.num_groups, math.prod(places), channels)


def too_large(axis: int) -> str:
    """The text of the error for a kernel that fits nowhere along an axis, with ``left`` the length of the result."""
    return (
        f"convolution: the kernel is larger than the image along axis {axis + 2}: there would be {{left}} results\n"
        "    hint: border_mode='half' or 'full' pads the image"
    )


def _steps(name: str, given: Any, convdim: int) -> tuple[int, ...]:
    steps = (1,) * convdim if given is None else tuple(given)
    if len(steps) != convdim or not all(hasattr(s, "__index__") and int(s) >= 1 for s in steps):
        raise ValueError(f"{name} is {given!r}: it needs {convdim} integers of at least 1, one for each axis")
    return tuple(map(int, steps))


def _promised(name: str, shape: Any, ndim: int) -> tuple[int | None, ...]:
    """A promised shape: numbers, and None for what is not known before the run.  Raises ValueError."""
    if shape is None:
        return (None,) * ndim
    if len(shape) != ndim:
        raise ValueError(f"the {name} shape {tuple(shape)} has {len(shape)} lengths: {ndim} are needed")
    return tuple(_promised_length(name, n) for n in shape)


def _promised_length(name: str, n: Any) -> int | None:
    try:
        value = None if n is None else get_scalar_constant_value(n)
    except NotScalarConstantError:
        return None
    if value is not None and (int(value) != value or value < 0):
        raise ValueError(f"the {name} shape has a length {value}: lengths are integers, not negative")
    return None if value is None else int(value)


def _like(gradient: Variable, x: Variable) -> Variable:
    """``gradient``, of the shape of ``x`` already, in its pattern and dtype."""
    return sum_back(patternbroadcast(gradient, x.type.broadcastable), x)  # type: ignore[attr-defined]


class AbstractConv(BaseAbstractConv):
    """The convolution: top from image and kernel.  Raises ValueError when channels differ or a kernel fits nowhere."""

    def make_node(self, img: Any, kern: Any) -> Apply:
        img, kern = self._operands(img=img, kern=kern)
        pattern = (img.type.broadcastable[0], kern.type.broadcastable[0], *[False] * self.convdim)
        return Apply(
            self, [img, kern], [tensor_type(dtypes.upcast(img.type.dtype, kern.type.dtype), pattern)()]
        )

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        image, kernel = shapes
        return [get_conv_output_shape(image, kernel, self.border_mode, self.subsample, self.filter_dilation)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        image, kernel = inputs
        top = get_conv_output_shape(
            image.shape, kernel.shape, self.border_mode, self.subsample, self.filter_dilation
        )
        self.check(image.shape, kernel.shape, top)
        lengths = kernel.shape[-self.convdim :]
        padded = np.pad(image, [(0, 0), (0, 0), *self.padding_of(lengths)])
        out = np.zeros(top, node.outputs[0].type.dtype)  # type: ignore[attr-defined]
        for index, meets in self._moves(lengths, top[2:]):
            w, seen = self._by_group(kernel[index]), self._grouped(padded[meets])
            term = np.einsum("gfpc,bgcp->bgfp", w, seen) if self.unshared else w[:, :, 0] @ seen
            out += term.reshape(top)
        outputs[0][0] = out

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (image, kernel), (dtop,), d = inputs, cotangents, self.convdim
        dimage = self.related("inputs")(kernel, dtop, image.shape[-d:])  # type: ignore[attr-defined]
        dkernel = self.related("weights")(image, dtop, kernel.shape[-d:])  # type: ignore[attr-defined]
        return [_like(dimage, image), _like(dkernel, kernel)]


class AbstractConv_gradWeights(BaseAbstractConv):
    """The adjoint for the kernels: their gradient, from images, the gradient of top, and the lengths k1, ..., kd.

    kernel[f, c, k] = sum over b, o of  padded[b, c, o * subsample + k * filter_dilation] * top[b, f, o]
    """

    def make_node(self, img: Any, topgrad: Any, shape: Any, add_assert_shape: bool = True) -> Apply:
        img, topgrad = self._operands(img=img, topgrad=topgrad)
        one_channel = img.type.broadcastable[1] and self.num_groups == 1
        rest = [False] * self.convdim
        pattern = [topgrad.type.broadcastable[1], *(rest if self.unshared else []), one_channel, *rest]
        dtype = dtypes.upcast(img.type.dtype, topgrad.type.dtype)
        return Apply(self, [img, topgrad, _lengths(shape, self.convdim)], [tensor_type(dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        image, top, _ = shapes
        lengths = [node.inputs[2][k] for k in range(self.convdim)]  # type: ignore[index]
        return [self.kernel_shape(image, top, lengths)]

    def kernel_shape(self, image: Sequence[Any], top: Sequence[Any], lengths: Sequence[Any]) -> tuple:
        """The shape of the result; ``lengths`` are those along the last axes."""
        channels = image[1] if self.num_groups == 1 else image[1] // self.num_groups
        return (top[1], *(top[2:] if self.unshared else ()), channels, *lengths)

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        image, top, lengths = inputs
        lengths = tuple(map(int, lengths))
        out = np.empty(self.kernel_shape(image.shape, top.shape, lengths), node.outputs[0].type.dtype)  # type: ignore
        self.check(image.shape, out.shape, top.shape)
        padded = np.pad(image, [(0, 0), (0, 0), *self.padding_of(lengths)])
        dtop = self._grouped(top)
        for index, meets in self._moves(lengths, top.shape[2:]):
            seen = self._grouped(padded[meets])
            found = np.einsum(
                "bgfp,bgcp->gfpc" if self.unshared else "bgfp,bgcp->gfc", dtop, seen, optimize=True
            )
            out[index] = found.reshape(out[index].shape)
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (image, top, _), (dkernel,), d = inputs, cotangents, self.convdim
        dimage = self.related("inputs")(dkernel, top, image.shape[-d:])  # type: ignore[attr-defined]
        dtop = self.related("forward")(image, dkernel)
        return [_like(dimage, image), _like(dtop, top), None]


class AbstractConv_gradInputs(BaseAbstractConv):
    """The adjoint for the images: their gradient, from kernels, the gradient of top, and the lengths n1, ..., nd.

    padded[b, c, i] = sum over f, and over o, k with o * subsample + k * filter_dilation = i, of  kernel[f, c, k] * top[b, f, o]
    """

    def make_node(self, kern: Any, topgrad: Any, shape: Any, add_assert_shape: bool = True) -> Apply:
        kern, topgrad = self._operands(kern=kern, topgrad=topgrad)
        one_channel = kern.type.broadcastable[-self.convdim - 1] and self.num_groups == 1
        pattern = [topgrad.type.broadcastable[0], one_channel, *[False] * self.convdim]
        dtype = dtypes.upcast(kern.type.dtype, topgrad.type.dtype)
        return Apply(self, [kern, topgrad, _lengths(shape, self.convdim)], [tensor_type(dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        kernel, top, _ = shapes
        lengths = [node.inputs[2][k] for k in range(self.convdim)]  # type: ignore[index]
        return [self.image_shape(kernel, top, lengths)]

    def image_shape(self, kernel: Sequence[Any], top: Sequence[Any], lengths: Sequence[Any]) -> tuple:
        """The shape of the result; ``lengths`` are those along the last axes."""
        return (top[0], kernel[-self.convdim - 1] * self.num_groups, *lengths)

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        kernel, top, lengths = inputs
        image = self.image_shape(kernel.shape, top.shape, tuple(map(int, lengths)))
        self.check(image, kernel.shape, top.shape)
        around = self.padding_of(kernel.shape[-self.convdim :])
        padded_lengths = [before + n + after for n, (before, after) in zip(image[2:], around, strict=True)]
        padded = np.zeros((*image[:2], *padded_lengths), node.outputs[0].type.dtype)  # type: ignore[attr-defined]
        dtop = self._grouped(top)
        for index, meets in self._moves(kernel.shape[-self.convdim :], top.shape[2:]):
            w = self._by_group(kernel[index])
            term = (
                np.einsum("gfpc,bgfp->bgcp", w, dtop) if self.unshared else w[:, :, 0].swapaxes(1, 2) @ dtop
            )
            padded[meets] += term.reshape(padded[meets].shape)
        inside = [slice(before, before + n) for n, (before, _) in zip(image[2:], around, strict=True)]
        outputs[0][0] = np.ascontiguousarray(padded[(..., *inside)])  # type: ignore[arg-type]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (kernel, top, _), (dimage,), d = inputs, cotangents, self.convdim
        dkernel = self.related("weights")(dimage, top, kernel.shape[-d:])  # type: ignore[attr-defined]
        dtop = self.related("forward")(dimage, kernel)
        return [_like(dkernel, kernel), _like(dtop, top), None]


def _lengths(shape: Any, convdim: int) -> Variable:
    """The lengths along the last axes, as a vector of integers."""
    lengths = as_tensor_variable(shape)
    if lengths.type.ndim != 1 or lengths.type.dtype not in dtypes.DISCRETE:  # type: ignore[attr-defined]
        raise TypeError(
            f"shape must be a vector of {convdim} integers\n    found {lengths} of type {lengths.type}"
        )
    return lengths


# -- for two and for three axes ----------------------------------------------------------------------------------------


class _Along2(BaseAbstractConv):
    """Two axes: (height, width)."""

    def __init__(
        self,
        imshp: Sequence[Any] | None = None,
        kshp: Sequence[Any] | None = None,
        border_mode: Any = "valid",
        subsample: Sequence[int] = (1, 1),
        filter_flip: bool = True,
        filter_dilation: Sequence[int] = (1, 1),
        num_groups: int = 1,
        unshared: bool = False,
    ) -> None:
        super().__init__(
            2, imshp, kshp, border_mode, subsample, filter_flip, filter_dilation, num_groups, unshared
        )


class _Along3(BaseAbstractConv):
    """Three axes: (depth, height, width)."""

    def __init__(
        self,
        imshp: Sequence[Any] | None = None,
        kshp: Sequence[Any] | None = None,
        border_mode: Any = "valid",
        subsample: Sequence[int] = (1, 1, 1),
        filter_flip: bool = True,
        filter_dilation: Sequence[int] = (1, 1, 1),
        num_groups: int = 1,
    ) -> None:
        super().__init__(3, imshp, kshp, border_mode, subsample, filter_flip, filter_dilation, num_groups)


class AbstractConv2d(_Along2, AbstractConv):
    """Convolution along two axes."""


class AbstractConv2d_gradWeights(_Along2, AbstractConv_gradWeights):
    """Its adjoint for the kernels."""


class AbstractConv2d_gradInputs(_Along2, AbstractConv_gradInputs):
    """Its adjoint for the images."""


class AbstractConv3d(_Along3, AbstractConv):
    """Convolution along three axes."""


class AbstractConv3d_gradWeights(_Along3, AbstractConv_gradWeights):
    """Its adjoint for the kernels."""


class AbstractConv3d_gradInputs(_Along3, AbstractConv_gradInputs):
    """Its adjoint for the images."""


KINDS: dict[tuple[str, int], type] = {
    ("forward", 2): AbstractConv2d,
    ("weights", 2): AbstractConv2d_gradWeights,
    ("inputs", 2): AbstractConv2d_gradInputs,
    ("forward", 3): AbstractConv3d,
    ("weights", 3): AbstractConv3d_gradWeights,
    ("inputs", 3): AbstractConv3d_gradInputs,
}
