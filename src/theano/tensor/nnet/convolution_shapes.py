"""Lengths of images, kernels and results of convolutions, from one another.

Along an axis with kernel length k, stride s and dilation d, an image of length n that is padded by l and r elements

    covers   (k - 1) d + 1           elements by one placement of the kernel
    gives    o = (n + l + r - (k - 1) d - 1) // s + 1   results

Lengths are Python integers, symbolic integers, or None where they are not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NAMED_BORDERS = ("valid", "half", "full")


def border_per_axis(border_mode: Any, ndim: int) -> Any:
    """A border mode as ops keep it: a name, or for each axis a length or a pair of lengths.

    Raises ValueError for other names, for the wrong number of axes, and for negative lengths.
    """
    if isinstance(border_mode, str):
        if border_mode not in NAMED_BORDERS:
            raise ValueError(
                f"border_mode is {border_mode!r}: it must be 'valid', 'half', 'full', an integer, or a tuple with one "
                "integer or one pair of integers for each axis"
            )
        return border_mode
    if isinstance(border_mode, int):
        border_mode = (border_mode,) * ndim
    if not isinstance(border_mode, tuple | list) or len(border_mode) != ndim:
        raise ValueError(f"border_mode is {border_mode!r}: it needs one entry for each of the {ndim} axes")
    entries = tuple(_border_of_axis(entry, border_mode) for entry in border_mode)
    return entries


def _border_of_axis(entry: Any, border_mode: Any) -> int | tuple[int, int]:
    pair = entry if isinstance(entry, tuple | list) else (entry, entry)
    if len(pair) != 2 or not all(hasattr(n, "__index__") for n in pair):
        raise ValueError(
            f"border_mode is {border_mode!r}: {entry!r} is neither an integer nor a pair of integers"
        )
    if min(pair) < 0:
        raise ValueError(f"border_mode is {border_mode!r}: an image cannot be padded by a negative length")
    before, after = (int(n) for n in pair)
    return before if not isinstance(entry, tuple | list) else (before, after)


def covered(kernel: Any, dilation: int) -> Any:
    """How many elements one placement of a kernel covers: (k - 1) d + 1."""
    return kernel if dilation == 1 else (kernel - 1) * dilation + 1


def padding(border: Any, kernel: Any, dilation: int) -> tuple[Any, Any]:
    """How many zeros stand before and after an axis.  ``border``: a name, a length or a pair of lengths."""
    match border:
        case "valid":
            return 0, 0
        case "half":
            half = covered(kernel, dilation) // 2
            return half, half
        case "full":
            full = covered(kernel, dilation) - 1
            return full, full
        case (before, after):
            return before, after
    return border, border


def borders(border_mode: Any, ndim: int) -> tuple[Any, ...]:
    """The border of each axis, in the forms that ``padding`` takes."""
    return (border_mode,) * ndim if isinstance(border_mode, str | int) else tuple(border_mode)


def border_mode_to_pad(mode: Any, convdim: int, kshp: Sequence[Any]) -> tuple[tuple[Any, Any], ...]:
    """For each axis the zeros before and after it; ``kshp`` are the lengths that the kernel covers."""
    mode = border_per_axis(mode, convdim)
    return tuple(padding(b, k, 1) for b, k in zip(borders(mode, convdim), kshp, strict=True))


# -- along one axis ----------------------------------------------------------------------------------------------------


def get_conv_shape_1axis(
    image_shape: Any, kernel_shape: Any, border_mode: Any, subsample: int, dilation: int = 1
) -> Any:
    """The length of the result; None where it is not known."""
    if None in (image_shape, kernel_shape, border_mode, subsample, dilation):
        return None
    before, after = padding(_checked(border_mode), kernel_shape, dilation)
    moves = image_shape + (before + after) - covered(kernel_shape, dilation)
    return (moves if subsample == 1 else moves // subsample) + 1


def get_conv_gradweights_shape_1axis(
    image_shape: Any, top_shape: Any, border_mode: Any, subsample: int, dilation: int
) -> Any:
    """The length of the kernel; None where it does not follow: with stride, or from the result of a "half" border."""
    if None in (image_shape, top_shape, border_mode, subsample, dilation):
        return None
    if subsample != 1 or border_mode == "half":
        return None
    if border_mode == "full":
        covers = top_shape - image_shape + 1
    else:
        before, after = padding(_checked(border_mode), None, dilation)
        covers = image_shape + (before + after) - top_shape + 1
    return covers if dilation == 1 else (covers - 1) // dilation + 1


def get_conv_gradinputs_shape_1axis(
    kernel_shape: Any, top_shape: Any, border_mode: Any, subsample: int, dilation: int
) -> Any:
    """The length of the image; None where it does not follow, as several lengths give the same result with stride."""
    if None in (kernel_shape, top_shape, border_mode, subsample, dilation) or subsample != 1:
        return None
    before, after = padding(_checked(border_mode), kernel_shape, dilation)
    return top_shape + covered(kernel_shape, dilation) - 1 - (before + after)


def _checked(border: Any) -> Any:
    return (
        border
        if isinstance(border, tuple)
        else border_per_axis(border, 1)
        if isinstance(border, str)
        else border
    )


# -- whole shapes ------------------------------------------------------------------------------------------------------


def get_conv_output_shape(
    image_shape: Sequence[Any],
    kernel_shape: Sequence[Any],
    border_mode: Any,
    subsample: Sequence[int],
    filter_dilation: Sequence[int] | None = None,
) -> tuple[Any, ...]:
    """(batch, filters, o1, ..., od) of the convolution of (batch, channels, n1, ..., nd) with (filters, ..., k1, ..., kd)."""
    ndim = len(subsample)
    along = _along(
        get_conv_shape_1axis,
        image_shape[-ndim:],
        kernel_shape[-ndim:],
        border_mode,
        subsample,
        filter_dilation,
    )
    return (image_shape[0], kernel_shape[0], *along)


def get_conv_gradweights_shape(
    image_shape: Sequence[Any],
    top_shape: Sequence[Any],
    border_mode: Any,
    subsample: Sequence[int],
    filter_dilation: Sequence[int] | None = None,
    num_groups: int = 1,
    unshared: bool = False,
) -> tuple[Any, ...]:
    """The shape of the kernels, from those of the images and of the results."""
    ndim = len(subsample)
    channels = None if image_shape[1] is None else image_shape[1] // num_groups
    along = _along(
        get_conv_gradweights_shape_1axis,
        image_shape[2:],
        top_shape[2:],
        border_mode,
        subsample,
        filter_dilation,
    )
    places = tuple(top_shape[2 : 2 + ndim]) if unshared else ()
    return (top_shape[1], *places, channels, *along)


def get_conv_gradinputs_shape(
    kernel_shape: Sequence[Any],
    top_shape: Sequence[Any],
    border_mode: Any,
    subsample: Sequence[int],
    filter_dilation: Sequence[int] | None = None,
    num_groups: int = 1,
) -> tuple[Any, ...]:
    """The shape of the images, from those of the kernels and of the results."""
    ndim = len(subsample)
    channels = kernel_shape[-ndim - 1]
    along = _along(
        get_conv_gradinputs_shape_1axis,
        kernel_shape[-ndim:],
        top_shape[2:],
        border_mode,
        subsample,
        filter_dilation,
    )
    return (top_shape[0], None if channels is None else channels * num_groups, *along)


def check_conv_gradinputs_shape(
    image_shape: Sequence[Any],
    kernel_shape: Sequence[Any],
    output_shape: Sequence[Any],
    border_mode: Any,
    subsample: Sequence[int],
    filter_dilation: Sequence[int] | None = None,
) -> bool:
    """Whether images of this shape give results of that shape; lengths that are None or symbolic agree with all."""
    ndim = len(subsample)
    expected = get_conv_output_shape(image_shape, kernel_shape, border_mode, subsample, filter_dilation)
    expected = (image_shape[0], kernel_shape[0], *expected[-ndim:])
    numbers = (
        (e, o)
        for e, o in zip(expected, output_shape, strict=True)
        if isinstance(e, int) and isinstance(o, int)
    )
    return all(e == o for e, o in numbers)


def _along(
    length: Any,
    first: Sequence[Any],
    second: Sequence[Any],
    border_mode: Any,
    subsample: Sequence[int],
    filter_dilation: Sequence[int] | None,
) -> list[Any]:
    """``length`` for each axis."""
    ndim = len(subsample)
    dilation = (1,) * ndim if filter_dilation is None else filter_dilation
    each = borders(border_per_axis(border_mode, ndim), ndim)
    return [length(*of_axis) for of_axis in zip(first, second, each, subsample, dilation, strict=True)]
