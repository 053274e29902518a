"""Op classes of Theano 1.0.5 under whose names another class or a function does the work."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.configuration import config
from theano.tensor.cumulative import CumOp


def CumsumOp(axis: int | None = None) -> CumOp:
    """The op of ``cumsum``."""
    return CumOp(axis=axis, mode="add")


def CumprodOp(axis: int | None = None) -> CumOp:
    """The op of ``cumprod``."""
    return CumOp(axis=axis, mode="mul")


def _asarray(a: Any, dtype: Any = None, order: Any = None) -> np.ndarray:
    """``numpy.asarray``; the dtype "floatX" is the configured one."""
    dtype = config.floatX if isinstance(dtype, str) and dtype == "floatX" else dtype
    return np.asarray(a, dtype=dtype, order=order)
