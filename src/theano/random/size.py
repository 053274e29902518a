"""The shape of a sample: asked for, or that of the parameters of its distribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import elemwise_of
from theano.tensor.shape import MakeVector, Shape_i, as_lengths
from theano.tensor.static_value import known_integer


def size_of_sample(size: Any, ndim: int | None, parameters: Sequence[Variable]) -> tuple[Variable, tuple[bool, ...]]:
    """(an int64 vector with the lengths of a sample, its broadcastable pattern).

    size        an int; a sequence of ints and 0-d integer variables, in which -1 is the length of the parameters; an
                integer vector; or None, the shape of the parameters stretched to each other
    ndim        how many dimensions, which must be told where the length of the vector ``size`` is not known
    parameters  of the distribution, which stretch to the sample

    Raises ValueError when the number of dimensions is not known, contradicts ``ndim``, or is less than a parameter's;
    TypeError for lengths that are not integers.
    """
    needed = max([p.type.ndim for p in parameters], default=0)  # type: ignore[attr-defined]
    if size is None:
        if ndim is not None and ndim < needed:
            raise ValueError(f"ndim (found {ndim}) must not be less than that of the parameters (found {needed})")
        entries = [-1] * (needed if ndim is None else ndim)
    else:
        entries = entries_of_size(size, ndim)
    if needed > len(entries):
        raise ValueError(
            f"a sample of {len(entries)} dimensions needs parameters of no more, found one of {needed} dimensions"
        )
    lengths = [_of_parameters(k - len(entries), parameters) if n == -1 else n for k, n in enumerate(entries)]
    return vector_of(lengths), tuple(known_integer(n) == 1 for n in lengths)


def entries_of_size(size: Any, ndim: int | None) -> list[Any]:
    """The lengths of a sample, ints where they are known and 0-d variables else; errors as of ``size_of_sample``."""
    if not isinstance(size, (list, tuple)):
        size = as_tensor_variable(size)
        if size.type.ndim > 1:
            raise ValueError(f"size must be an integer or a vector of integers, found {size} of type {size.type}")
        _require_integer(size)
    if isinstance(size, Variable) and size.type.ndim == 1 and ndim is not None:  # type: ignore[attr-defined]
        try:
            entries = as_lengths(size)
        except ValueError:
            entries = [size[k] for k in range(ndim)]  # type: ignore[index]
    else:
        entries = as_lengths(size)
    if ndim is not None and len(entries) != ndim:
        raise ValueError(f"ndim (found {ndim}) must be the number of lengths in size (found {len(entries)})")
    lengths: list[Any] = []
    for entry in entries:
        known = known_integer(entry)
        if known is None:
            entry = as_tensor_variable(entry)
            _require_integer(entry)
        elif known < -1:
            raise ValueError(f"lengths of a sample must not be negative, found {known}")
        lengths.append(entry if known is None else known)
    return lengths


def _require_integer(v: Variable) -> None:
    is_empty = getattr(v, "data", None) is not None and v.data.size == 0  # type: ignore[attr-defined]
    if v.type.dtype not in dtypes.INTEGER and not is_empty:  # type: ignore[attr-defined]
        raise TypeError(f"size must be integers, found {v} of type {v.type}")


def vector_of(lengths: Sequence[Any]) -> Variable:
    """Lengths as an int64 vector."""
    if all(isinstance(n, (int, np.integer)) for n in lengths):
        return as_tensor_variable(np.array(lengths, "int64"))
    return MakeVector("int64")(*[elemwise_of(casts["int64"])(as_tensor_variable(n)) for n in lengths])


def _of_parameters(axis: int, parameters: Sequence[Variable]) -> Any:
    """The length along ``axis``, counted from the end, to which the parameters stretch."""
    for p in parameters:
        ndim = p.type.ndim  # type: ignore[attr-defined]
        if ndim >= -axis and not p.type.broadcastable[axis]:  # type: ignore[attr-defined]
            return _length(p, ndim + axis)
    return 1


def _length(p: Variable, axis: int) -> Any:
    data = getattr(p, "data", None)
    return Shape_i(axis)(p) if data is None else data.shape[axis]
