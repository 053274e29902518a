"""Norms of vectors and matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Variable
from theano.tensor.batching import vectorize_graph
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.linalg.orthogonal import svd
from theano.tensor.type import tensor_type


def norm(x: Any, ord: Any, axis: int | Sequence[int] | None = None) -> Variable:
    """The norm of a vector or a matrix, or of all of an array.

    x    1 or 2 dimensions; any number where ``axis`` says which one or two axes are those of the vectors or matrices
    ord  of a vector: None or 2, the root of the sum of squares; p, the p-th root of the sum of p-th powers; 0, how many
         elements are not 0 (int64); "inf" and "-inf", the largest and smallest magnitude
         of a matrix: None or "fro", the root of the sum of squares; 1 and -1, the largest and smallest sum of a column's
         magnitudes; "inf" and "-inf", of a row's; 2 and -2, the largest and smallest singular value; "nuc", their sum

    ValueError for other ``ord``, the floating-point infinity included, and for 0-d x; NotImplementedError for tensors of
    more dimensions.
    """
    x = as_tensor_variable(x)
    if axis is not None:
        return _of_each(x, ord, (axis,) if isinstance(axis, int) else tuple(axis))
    if x.type.ndim == 0:
        raise ValueError(f"norm(x, ord) needs a vector or a matrix, found {x.type}")
    if x.type.ndim > 2:
        raise NotImplementedError(f"norm(x, ord) takes vectors and matrices, found {x.type}: flatten it first")
    if ord is None or (x.type.ndim == 2 and ord == "fro") or (x.type.ndim == 1 and ord == 2):
        return (abs(x) ** 2).sum() ** 0.5
    found = _of_vector(x, ord) if x.type.ndim == 1 else _of_matrix(x, ord)
    if found is None:
        hint = '; write "inf" or "-inf"' if ord in (float("inf"), -float("inf")) else ""
        raise ValueError(f"norm(x, ord): no norm of {x.type} has the order {ord!r}{hint}")
    return found


def _of_each(x: Any, ord: Any, axes: tuple[int, ...]) -> Variable:
    """The norm along one axis, or of the matrices that two of them are."""
    ndim = x.type.ndim
    last = [axis % ndim for axis in axes if -ndim <= axis < ndim]
    if len(set(last)) != len(axes) or len(axes) not in (1, 2):
        raise ValueError(f"norm(x, ord, axis) needs one or two different axes of {x.type}, found {axes}")
    order = [k for k in range(ndim) if k not in last] + last
    one = tensor_type(x.type.dtype, [x.type.broadcastable[k] for k in last])()
    return vectorize_graph(norm(one, ord), {one: dimshuffle(x, *order)})


def _of_vector(x: Any, ord: Any) -> Variable | None:
    match ord:
        case "inf":
            return abs(x).max()
        case "-inf":
            return abs(x).min()
        case str():
            return None
    if ord == 0:
        return x.nonzero()[0].shape[0]
    if ord in (float("inf"), -float("inf")):
        return None
    return (abs(x) ** ord).sum() ** (1.0 / ord)


def _of_matrix(x: Any, ord: Any) -> Variable | None:
    match ord:
        case 1:
            return abs(x).sum(axis=0).max()
        case -1:
            return abs(x).sum(axis=0).min()
        case "inf":
            return abs(x).sum(axis=1).max()
        case "-inf":
            return abs(x).sum(axis=1).min()
        case 2:
            return svd(x, compute_uv=False).max()
        case -2:
            return svd(x, compute_uv=False).min()
        case "nuc":
            return svd(x, compute_uv=False).sum()
    return None
