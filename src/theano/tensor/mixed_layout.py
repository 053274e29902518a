"""MixedLayout: where the axes of a result stand when index arrays, slices and new axes are mixed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.type import TensorType


def as_index_array(index: Any) -> Variable:
    """A list, array or variable as an index: integers or bools.  TypeError otherwise."""
    if isinstance(index, (list, tuple)) and _holds_bools(index):
        raise TypeError(
            "a list of True and False cannot be an index; use an array of bools, or the integers 1 and 0"
        )
    if isinstance(index, list) and not index:
        index = np.zeros(0, "int64")
    v = as_tensor_variable(index)
    if v.type.dtype not in dtypes.DISCRETE:
        raise TypeError(f"index must be integers or a boolean mask, found {v} of type {v.type}")
    return v


def _holds_bools(items: Any) -> bool:
    stack = [items]
    while stack:
        item = stack.pop()
        if isinstance(item, bool):
            return True
        if isinstance(item, (list, tuple)):
            stack.extend(item)
    return False


class MixedLayout:
    """Which axes mixed indices take, and where the axes of the result stand.

    slices  pairs (axis of x, slice) for the axes that are kept, those not indexed included
    arrays  the index arrays
    """

    def __init__(self, indices: Sequence[Any], ndim: int) -> None:
        taken = [
            0 if i is None else 1 if isinstance(i, slice) or not is_mask(i) else i.type.ndim for i in indices
        ]
        if sum(taken) > ndim:
            raise IndexError("too many indices for array")
        indices = [*indices, *[slice(None)] * (ndim - sum(taken))]
        taken += [1] * (ndim - sum(taken))
        self.slices: list[tuple[int, slice]] = []
        self.arrays: list[Variable] = []
        kinds: list[str] = []
        axis = 0
        for index, count in zip(indices, taken, strict=True):
            if index is None:
                kinds.append("new")
            elif isinstance(index, slice):
                kinds.append("slice")
                self.slices.append((axis, index))
            else:
                kinds.append("array")
                self.arrays.append(index)
            axis += count
        places = [k for k, kind in enumerate(kinds) if kind == "array"]
        together = places[-1] - places[0] + 1 == len(places)
        kept = [kind for kind in kinds if kind != "array"]
        self.before = kinds[: places[0]] if together else []
        self.after = kinds[places[-1] + 1 :] if together else kept

    def arranged(self, of_slices: Sequence[Any], of_arrays: Sequence[Any], of_new: Any) -> list[Any]:
        """The facts about kept axes, array axes and new axes in the order of the result's axes."""
        rest = iter(of_slices)
        before = [of_new if kind == "new" else next(rest) for kind in self.before]
        return [*before, *of_arrays, *[of_new if kind == "new" else next(rest) for kind in self.after]]

    def _axes(self) -> list[list[tuple[Variable, int | None]]]:
        """For each axis of the broadcast arrays, from the last, who has it: (array, its axis); None for a mask's."""
        ranks = [1 if is_mask(a) else a.type.ndim for a in self.arrays]  # type: ignore[attr-defined]
        ndim = max(ranks)
        axes: list[list[tuple[Variable, int | None]]] = []
        for k in range(ndim):
            axes.append(
                [
                    (a, None if is_mask(a) else k - (ndim - rank))
                    for a, rank in zip(self.arrays, ranks, strict=True)
                    if k >= ndim - rank
                ]
            )
        return axes

    def broadcast_pattern(self) -> list[bool]:
        return [
            all(axis is not None and a.type.broadcastable[axis] for a, axis in having)  # type: ignore[attr-defined]
            for having in self._axes()
        ]

    def broadcast_lengths(self, shape_of: dict[Variable, Sequence[Any]]) -> list[Any]:
        """Lengths of the broadcast arrays: index arrays stretch where they turn out to be of length 1."""
        from theano.scalar import eq, switch

        lengths = []
        for having in self._axes():
            length: Any = 1
            for a, axis in having:
                if axis is None:
                    n = count_true(a)
                elif a.type.broadcastable[axis]:  # type: ignore[attr-defined]
                    continue
                else:
                    n = shape_of[a][axis]
                length = n if isinstance(length, int) and length == 1 else switch(eq(length, 1), n, length)
            lengths.append(length)
        return lengths


def is_mask(index: Any) -> bool:
    return isinstance(index, Variable) and isinstance(index.type, TensorType) and index.type.dtype == "bool"


def count_true(mask: Variable) -> Variable:
    return mask.sum(dtype="int64")  # type: ignore[attr-defined]
