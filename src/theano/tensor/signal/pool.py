"""Pooling of images: the maximum, sum or average of windows in the last two or three axes."""

from __future__ import annotations

import warnings
from typing import Any

from theano.graph import Variable
from theano.graph.origin import stacklevel
from theano.legacy import old_names
from theano.tensor.constant import as_tensor_variable
from theano.tensor.signal.pooling import (
    AveragePoolGrad,
    DownsampleFactorMaxGradGrad,
    MaxPoolGrad,
    MaxPoolRop,
    Pool,
    PoolGrad,
    given_once,
)

__all__ = [
    "AveragePoolGrad",
    "DownsampleFactorMaxGradGrad",
    "MaxPoolGrad",
    "MaxPoolRop",
    "Pool",
    "PoolGrad",
    "max_pool_2d_same_size",
    "pool_2d",
    "pool_3d",
]


def pool_2d(
    input: Any,
    ws: Any = None,
    ignore_border: bool | None = None,
    stride: Any = None,
    pad: Any = (0, 0),
    mode: str = "max",
    ds: Any = None,
    st: Any = None,
    padding: Any = None,
) -> Variable:
    """Pool the last two axes.

    Parameters
    ----------
    input
        Array of real numbers with two dimensions or more.
    ws
        The windows' height and width: two integers, or a vector of them, which may be symbolic.
    ignore_border
        Leave out a last window that does not fit, instead of cutting it off.  False, with a warning, unless given.
    stride
        From one window to the next; ``ws`` unless given.
    pad
        Rows and columns on all four sides, which no maximum is found in and which count as zeros in sums.
    mode
        "max", "sum", "average_inc_pad", where padding counts, or "average_exc_pad", where only the image does.
    ds, st, padding
        Old names of ``ws``, ``stride`` and ``pad``.

    Returns
    -------
    An array of the dtype of ``input``.  The gradient of a maximum goes in full to every place where it is found.

    Raises
    ------
    NotImplementedError
        For fewer than two dimensions; for padding without ``ignore_border``; for padding as large as the window.
    ValueError
        For another mode.

    Examples
    --------
    >>> import theano.tensor as T
    >>> x = T.matrix()
    >>> pool_2d(x, (2, 2), ignore_border=True).eval({x: [[1, 2, 0, 4], [5, 3, 0, 1]]})
    array([[5., 4.]])
    """
    return _pooled(2, input, ws, ignore_border, stride, pad, mode, ds, st, padding)


def pool_3d(
    input: Any,
    ws: Any = None,
    ignore_border: bool | None = None,
    stride: Any = None,
    pad: Any = (0, 0, 0),
    mode: str = "max",
    ds: Any = None,
    st: Any = None,
    padding: Any = None,
) -> Variable:
    """Pool the last three axes; as ``pool_2d`` otherwise."""
    return _pooled(3, input, ws, ignore_border, stride, pad, mode, ds, st, padding)


def _pooled(
    ndim: int, input: Any, ws: Any, ignore_border: Any, stride: Any, pad: Any, mode: str, ds: Any, st: Any, padding: Any
) -> Variable:
    name = f"pool_{ndim}d"
    ws, stride = given_once(ws, ds, "ds"), given_once(stride, st, "st")
    if padding is not None:
        pad = given_once(None if pad == (0,) * ndim else pad, padding, "padding")
    if ws is None:
        raise ValueError(f"You must provide a tuple value for the window size: {name}(x, ws)")
    if isinstance(ws, int):
        raise AssertionError(f"ws must have {ndim} entries, found {ws}")
    x = as_tensor_variable(input)
    if x.type.ndim < ndim:
        raise NotImplementedError(f"{name} requires a dimension >= {ndim}, found {x} of type {x.type}")
    if ignore_border is None:
        warnings.warn(
            f"{name} was called without ignore_border; it is False, so a last window that does not fit is cut off. "
            "ignore_border=True leaves it out.",
            stacklevel=stacklevel(),
        )
    return Pool(bool(ignore_border), mode, ndim)(x, ws, stride, pad)


def max_pool_2d_same_size(input: Any, patch_size: Any) -> Variable:
    """``input`` with 0 in place of all but the largest number of each window, windows being next to each other.

    input       array with four dimensions
    patch_size  the windows' height and width: two integers
    """
    x = as_tensor_variable(input)
    maxima = Pool(True)(x, patch_size)
    return MaxPoolGrad(True)(x, maxima, maxima, patch_size)


__getattr__ = old_names(__name__)
