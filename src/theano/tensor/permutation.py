"""Rows put in another order, differences of neighbours, and flat positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Variable
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import arange, zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle, pad_left
from theano.tensor.elemwise import elemwise_of
from theano.tensor.indexing import set_subtensor
from theano.tensor.shape import as_lengths


def inverse_permutation(perm: Any) -> Variable:
    """For each row of ``perm`` the permutation that undoes it, in its dtype: out[..., perm[..., i]] = i.

    Raises IndexError at run time where ``perm`` holds what is no position in a row.
    """
    p: Any = as_tensor_variable(perm)
    positions = elemwise_of(casts[p.type.dtype])(arange(p.shape[-1]))
    return set_subtensor(zeros_like(p)[(*_rows(p), p)], positions)  # type: ignore[index]


def permute_row_elements(x: Any, y: Any, inverse: Any = 0) -> Variable:
    """out[..., i] = x[..., y[..., i]], or with ``inverse`` out[..., y[..., i]] = x[..., i].

    ``y`` has one permutation for each row of ``x``, or one for all.
    """
    x, y = as_tensor_variable(x), as_tensor_variable(y)
    if inverse:
        y = inverse_permutation(y)
    ndim = max(x.type.ndim, y.type.ndim)
    x, y = pad_left(x, ndim - x.type.ndim), pad_left(y, ndim - y.type.ndim)
    return x[(*_rows(x), y)]


def _rows(x: Any) -> list[Any]:
    """Indices of the rows of ``x`` for each axis but the last, which stretch along the others."""
    ndim = x.type.ndim
    return [
        0 if b else dimshuffle(arange(x.shape[k]), *["x"] * k, 0, *["x"] * (ndim - k - 1))
        for k, b in enumerate(x.type.broadcastable[:-1])
    ]


def diff(x: Any, n: int = 1, axis: int = -1) -> Variable:
    """Differences of neighbours along ``axis``, taken ``n`` times."""
    x = as_tensor_variable(x)
    if n < 0:
        raise ValueError(f"diff needs n >= 0, found {n}")
    before = (slice(None),) * (axis % x.type.ndim)
    for _ in range(n):
        x = x[(*before, slice(1, None))] - x[(*before, slice(None, -1))]
    return x


def unravel_index(indices: Any, dims: Any, order: str = "C", ndim: int | None = None) -> tuple[Variable, ...]:
    """The coordinates, in an array of lengths ``dims``, of flat positions."""
    if order not in ("C", "F"):
        raise ValueError(f"order must be 'C' or 'F', found {order!r}")
    rest = as_tensor_variable(indices)
    lengths = _lengths(dims, ndim)
    found: list[Variable] = []
    for n in reversed(lengths) if order == "C" else lengths:
        found.append(rest % n)
        rest = rest // n
    return tuple(reversed(found)) if order == "C" else tuple(found)


def ravel_multi_index(
    multi_index: Sequence[Any], dims: Any, mode: str = "raise", order: str = "C"
) -> Variable:
    """The flat positions, in an array of lengths ``dims``, of coordinates.

    mode  "wrap" coordinates around, "clip" them, or "raise": they are taken to be in bounds
    """
    if order not in ("C", "F"):
        raise ValueError(f"order must be 'C' or 'F', found {order!r}")
    if mode not in ("raise", "wrap", "clip"):
        raise ValueError(f"mode must be 'raise', 'wrap' or 'clip', found {mode!r}")
    coordinates: list[Any] = [as_tensor_variable(i) for i in multi_index]
    lengths = _lengths(dims, len(coordinates))
    pairs = list(zip(coordinates, lengths, strict=True))
    position: Any = None
    for i, n in pairs if order == "C" else reversed(pairs):
        i = i % n if mode == "wrap" else i.clip(0, n - 1) if mode == "clip" else i
        position = i if position is None else position * n + i
    return position


def _lengths(dims: Any, ndim: int | None) -> list[Any]:
    dims = as_tensor_variable(dims)
    lengths = [dims[k] for k in range(ndim)] if ndim is not None else as_lengths(dims)
    return [as_tensor_variable(n).astype("int64") for n in lengths]  # type: ignore[attr-defined]
