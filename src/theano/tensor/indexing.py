"""``x[...]``, ``take``, ``set_subtensor`` and ``inc_subtensor``: choosing the op that an index needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.scalar.type import ScalarType
from theano.tensor.advanced import (
    AdvancedIncSubtensor,
    AdvancedIncSubtensor1,
    AdvancedSubtensor,
    AdvancedSubtensor1,
    advanced_subtensor1,
    mixed,
)
from theano.tensor.constant import AsTensorError, as_tensor_variable
from theano.tensor.dimshuffle import DimShuffle, dimshuffle
from theano.tensor.mixed_layout import as_index_array
from theano.tensor.rebroadcast import Rebroadcast, addbroadcast
from theano.tensor.shape import Reshape, flatten, reshape, shape
from theano.tensor.subtensor import IncSubtensor, Subtensor, basic
from theano.tensor.type import TensorType


def getitem(x: Any, args: Any) -> Variable:
    """``x[args]`` as in NumPy: integers, slices, None, Ellipsis, integer arrays and boolean masks."""
    x = as_tensor_variable(x)
    indices = [_recognized(a) for a in (args if isinstance(args, tuple) else (args,))]
    indices = _without_ellipsis(indices, x.type.ndim)
    arrays = [k for k, i in enumerate(indices) if _is_array(i)]
    if not arrays:
        return _basic_with_new_axes(x, indices)
    if len(arrays) == 1 and all(i == slice(None) for k, i in enumerate(indices) if k != arrays[0]):
        index = indices[arrays[0]]
        if index.type.ndim == 1 and index.type.dtype != "bool":
            return _rows_along(x, index, arrays[0])
    return mixed(x, indices)


def _recognized(a: Any) -> Any:
    """An index array as a variable; integers, slices, None and Ellipsis as they are.  TypeError for the rest."""
    if a is None or a is Ellipsis or isinstance(a, slice):
        return a
    if isinstance(a, (bool, np.bool_)):
        raise TypeError("True or False cannot be an index; use an array of bools, or the integers 1 and 0")
    if isinstance(a, (int, np.integer)):
        return int(a)
    if isinstance(a, Variable):
        if isinstance(a.type, ScalarType):
            return a
        if not isinstance(a.type, TensorType):
            if getattr(a, "data", 0) is None:
                return None
            data = getattr(a, "data", None)
            if isinstance(data, slice):
                return data
            raise TypeError(
                f"an index must be an integer, a slice, an array, None or ..., found {a} of type {a.type}"
            )
        array = as_index_array(a)
        if array.type.ndim == 0 and array.type.dtype == "bool":  # type: ignore[attr-defined]
            raise TypeError(f"a bool of no dimensions cannot be an index: {a}")
        return array
    if isinstance(a, (list, tuple, np.ndarray)):
        array = as_index_array(a)
        if array.type.ndim == 0:  # type: ignore[attr-defined]
            return int(array.data)  # type: ignore[attr-defined]
        return array
    if isinstance(a, (str, bytes, dict)):
        raise AsTensorError(f"an index must be an integer, a slice, an array, None or ..., found {a!r}")
    raise TypeError(f"an index must be an integer, a slice, an array, None or ..., found {a!r}")


def _is_array(index: Any) -> bool:
    return isinstance(index, Variable) and isinstance(index.type, TensorType) and index.type.ndim > 0


def _axes_taken(index: Any) -> int:
    if index is None or index is Ellipsis:
        return 0
    if _is_array(index) and index.type.dtype == "bool":
        return index.type.ndim
    return 1


def _without_ellipsis(indices: list[Any], ndim: int) -> list[Any]:
    """Full slices in place of the Ellipsis.  IndexError where there are too many indices."""
    taken = sum(_axes_taken(i) for i in indices)
    if taken > ndim:
        raise IndexError("too many indices for array")
    places = [k for k, i in enumerate(indices) if i is Ellipsis]
    if len(places) > 1:
        raise IndexError("an index can only have a single Ellipsis (`...`)")
    if places:
        indices[places[0] : places[0] + 1] = [slice(None)] * (ndim - taken)
    return indices


def _basic_with_new_axes(x: Variable, indices: Sequence[Any]) -> Variable:
    """Integers and slices first, then the new axes put between what they leave."""
    without = [i for i in indices if i is not None]
    if len(without) == len(indices):
        return basic(x, without)
    kept = x if all(isinstance(i, slice) and i == slice(None) for i in without) else basic(x, without)
    order: list[Any] = []
    axis = 0
    for index in indices:
        if index is None:
            order.append("x")
        elif isinstance(index, slice):
            order.append(axis)
            axis += 1
    order += range(axis, kept.type.ndim)  # type: ignore[attr-defined]
    return dimshuffle(kept, *order)


def _rows_along(x: Variable, index: Variable, axis: int) -> Variable:
    """The slices of ``x`` along ``axis`` that a vector of integers names."""
    if axis == 0:
        return advanced_subtensor1(x, index)
    order = list(range(x.type.ndim))  # type: ignore[attr-defined]
    order[0], order[axis] = order[axis], order[0]
    return dimshuffle(advanced_subtensor1(dimshuffle(x, *order), index), *order)


def _is_rows_along(x: Variable) -> bool:
    """Whether ``x`` is the result of ``_rows_along``: the axis brought to the front, and back."""
    rows = x.owner.inputs[0].owner  # type: ignore[union-attr]
    if not isinstance(rows.op, AdvancedSubtensor1):  # type: ignore[union-attr]
        return False
    moved = rows.inputs[0].owner  # type: ignore[union-attr]
    if moved is None or not isinstance(moved.op, DimShuffle):
        return False
    return moved.op.new_order == x.owner.op.new_order  # type: ignore[union-attr, attr-defined]


def take(a: Any, indices: Any, axis: int | None = None, mode: str = "raise") -> Variable:
    """The slices of ``a`` along ``axis``, or the elements of the flattened ``a``, that ``indices`` name.

    mode  "raise" an IndexError for an index out of bounds, "clip" it to the nearest, or "wrap" it around
    """
    a = as_tensor_variable(a)
    if axis is None:
        return take(flatten(a), indices, 0, mode)
    if not -a.type.ndim <= axis < a.type.ndim:
        raise IndexError(f"take needs an axis of a tensor of {a.type.ndim} dimensions, found {axis}")
    axis %= a.type.ndim
    index = as_index_array(indices)
    if index.type.dtype == "bool":  # type: ignore[attr-defined]
        raise TypeError("take needs integers, found bools")
    n = shape(a)[axis]  # type: ignore[index]
    if mode == "clip":
        index = index.clip(0, n - 1)  # type: ignore[attr-defined]
    elif mode == "wrap":
        index = index % n  # type: ignore[operator]
    elif mode != "raise":
        raise ValueError(f"take knows the modes raise, clip and wrap, found {mode!r}")
    return getitem(a, (slice(None),) * axis + (index,))


def set_subtensor(
    x: Variable, y: Any, inplace: bool = False, tolerate_inplace_aliasing: bool = False
) -> Variable:
    """A copy of ``a`` with ``y`` in place of ``x = a[indices]``: ``set_subtensor(a[0], 5)``."""
    return inc_subtensor(x, y, inplace, set_instead_of_inc=True)


def inc_subtensor(
    x: Variable,
    y: Any,
    inplace: bool = False,
    set_instead_of_inc: bool = False,
    tolerate_inplace_aliasing: bool = False,
) -> Variable:
    """A copy of ``a`` with ``y`` added to ``x = a[indices]``: ``inc_subtensor(a[0], 5)``.

    Elements named several times by an index array are increased several times.  ``inplace`` is a hint of
    Theano 1.0.5: storage is reused where that is safe, whether it is given or not.

    Raises TypeError when ``x`` is not the result of indexing, or ``y`` has more dimensions than ``x``.
    """
    if not isinstance(x, Variable) or not isinstance(x.type, TensorType):
        raise TypeError("x must be the result of a subtensor operation")
    y = as_tensor_variable(y)
    if y.type.ndim > x.type.ndim:
        raise TypeError(
            f"Trying to increment a {x.type.ndim}-dimensional subtensor with a {y.type.ndim}-dimensional value."
        )
    if x.owner is None:
        raise TypeError("x must be the result of a subtensor operation")
    stretched = x.type.ndim - y.type.ndim
    y = addbroadcast(
        y, *[k for k, b in enumerate(y.type.broadcastable) if x.type.broadcastable[k + stretched] and not b]
    )
    source, *rest = x.owner.inputs
    match x.owner.op:
        case Subtensor(idx_list=idx_list):
            return IncSubtensor(idx_list, set_instead_of_inc=set_instead_of_inc)(source, y, *rest)
        case AdvancedSubtensor1():
            return AdvancedIncSubtensor1(set_instead_of_inc=set_instead_of_inc)(source, y, *rest)
        case AdvancedSubtensor(idx_list=idx_list):
            return AdvancedIncSubtensor(idx_list, set_instead_of_inc=set_instead_of_inc)(source, y, *rest)
        case DimShuffle() as op:
            changed = inc_subtensor(
                source, _unshuffled(op, y, x.type.ndim), set_instead_of_inc=set_instead_of_inc
            )
            return dimshuffle(changed, *op.new_order) if _is_rows_along(x) else changed
        case Reshape():
            y = repeated_to(y, x)
            return inc_subtensor(
                source,
                reshape(y, shape(source), ndim=source.type.ndim),
                set_instead_of_inc=set_instead_of_inc,  # type: ignore
            )
        case Rebroadcast():
            return inc_subtensor(source, y, set_instead_of_inc=set_instead_of_inc)
    raise TypeError("x must be the result of a subtensor operation")


def _unshuffled(op: DimShuffle, y: Variable, ndim: int) -> Variable:
    """``y``, which fits the shuffled axes, for the axes before."""
    if not y.type.ndim:  # type: ignore[attr-defined]
        return y
    full = dimshuffle(y, *["x"] * (ndim - y.type.ndim), *range(y.type.ndim))  # type: ignore[attr-defined]
    position = {axis: k for k, axis in enumerate(op.new_order)}
    dropped = [k for k, axis in enumerate(op.new_order) if axis == "x"]
    full = addbroadcast(full, *dropped)
    return dimshuffle(full, *[position.get(axis, "x") for axis in range(len(op.input_broadcastable))])


def repeated_to(y: Variable, x: Variable) -> Variable:
    """``y`` repeated to the shape of ``x``."""
    from theano.tensor.alloc import alloc

    return alloc(y, *[shape(x)[k] for k in range(x.type.ndim)])  # type: ignore
