"""Convolution of videos, with time before channels."""

from __future__ import annotations

from typing import Any

from theano.graph import Variable
from theano.legacy import old_names
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.nnet import abstract_conv

__all__ = ["conv3d"]

__getattr__ = old_names(__name__)

TIME_FIRST = (
    0,
    2,
    1,
    3,
    4,
)  # between (batch, time, channels, ...) and (batch, channels, time, ...): its own inverse


def conv3d(
    signals: Any,
    filters: Any,
    signals_shape: Any = None,
    filters_shape: Any = None,
    border_mode: Any = "valid",
) -> Variable:
    """The convolution of videos along time, height and width.

    signals  (batch, time, channels, height, width)
    filters  (filters, time, channels, height, width)
    out      (batch, time, filters, height, width)
    border_mode  "valid", "half" or "full", or three of these: for time, height, width

    Raises ValueError for other borders.
    """
    found = abstract_conv.conv3d(
        dimshuffle(as_tensor_variable(signals), *TIME_FIRST),
        dimshuffle(as_tensor_variable(filters), *TIME_FIRST),
        _reordered(signals_shape),
        _reordered(filters_shape),
        _border(border_mode, filters_shape),
    )
    return dimshuffle(found, *TIME_FIRST)


def _reordered(shape: Any) -> tuple[Any, ...] | None:
    return None if shape is None else tuple(shape[k] for k in TIME_FIRST)


def _border(border_mode: Any, filters_shape: Any) -> Any:
    """A border for all axes; three different names need the filters' lengths."""
    if isinstance(border_mode, str):
        return border_mode
    if len(set(border_mode)) == 1:
        return border_mode[0]
    time, _, height, width = filters_shape[1:] if filters_shape is not None else (None,) * 4
    if None in (time, height, width):
        raise ValueError(
            f"border_mode is {border_mode!r}: with different names for the axes, give filters_shape"
        )
    lengths = {"valid": lambda k: 0, "half": lambda k: k // 2, "full": lambda k: k - 1}
    if not set(border_mode) <= set(lengths):
        raise ValueError(f"border_mode is {border_mode!r}: each entry must be 'valid', 'half' or 'full'")
    return tuple(lengths[name](k) for name, k in zip(border_mode, (time, height, width), strict=True))
