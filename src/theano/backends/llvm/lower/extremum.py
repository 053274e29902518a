"""Lowerings of searches for the largest or smallest element along axes.

Along rows each row is cut into blocks.  The extreme of each block is a fold that runs on vector registers; the place
of the extreme is then looked for in the first block that has it, and nowhere else::

    best[i, b] = max of x[i, start(b) + k],  k < length          start(b) = min(b * length, n - length)
    m[i]       = max of best[i, b]
    first[i]   = min of start(b) where best[i, b] is m[i]
    out[i]     = first[i] + min of k where x[i, first[i] + k] is m[i]

The last block may overlap with the one before it, which does no harm: if the extreme is in both, that one comes first.
Down columns, where neighbours are searched side by side, one fold carries the extreme and its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower
from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement, Reshaped
from theano.loops.expressions import INDEX, Axis, Carried, Expression, Literal, apply, axes_of
from theano.scalar import dtype as dtypes
from theano.scalar.function import ScalarFunction
from theano.tensor.extremum import Argmax, Argmin, MaxAndArgmax
from theano.tensor.reduction import identity_of

UNIT = Literal(1)
BLOCK = 128  # elements: measured, the best of the powers of two for rows of 1000
PLACE = "int32"  # of places within a block: as many to a vector register as float32


@lower.register
def lower_argmax(op: Argmax, node: Any, x: Definition) -> Definition | None:
    """out[i] = the first k with x[i, k] = max of x[i, :]"""
    search = _search(op, node, x, scalar.maximum)
    return None if search is None else search.place()


@lower.register
def lower_argmin(op: Argmin, node: Any, x: Definition) -> Definition | None:
    """out[i] = the first k with x[i, k] = min of x[i, :]"""
    search = _search(op, node, x, scalar.minimum)
    return None if search is None else search.place()


@lower.register
def lower_max_and_argmax(op: MaxAndArgmax, node: Any, x: Definition) -> list[Definition] | None:
    """max[i] = max of x[i, :], and where"""
    search = _search(op, node, x, scalar.maximum)
    return None if search is None else [search.extreme(), search.place()]


def place_of_maximum(node: Any, x: Definition) -> Definition:
    """out[i] = the first k with x[i, k] = max of x[i, :], for a matrix of real numbers."""
    worst = Literal(identity_of(scalar.maximum, x.dtype).item(), x.dtype)
    return _Search(x, 1, scalar.maximum, worst, (), node).place()


def _search(op: Any, node: Any, x: Definition, function: ScalarFunction) -> _Search | None:
    """The search along one axis that does what ``op`` asks for; None where no number can begin it."""
    worst = identity_of(function, x.dtype)
    if worst is None:
        return None
    axes = op.axes(x.ndim)
    name = "argmin" if isinstance(op, Argmin) else "argmax"
    requirements = tuple(
        Requirement(x.shape[axis], Literal(0), f"attempt to get {name} of an empty sequence", node, ValueError, ">")
        for axis in axes
        if not (isinstance(x.shape[axis], Literal) and x.shape[axis].value > 0)  # type: ignore[attr-defined]
    )
    return _Search(*_along_one_axis(node, x, axes), function, Literal(worst.item(), x.dtype), requirements, node)


def _along_one_axis(node: Any, x: Definition, axes: Sequence[int]) -> tuple[Definition, int]:
    """``x`` with the searched axes, in C order, joined into one, and which one that is."""
    if len(axes) == 1:
        return x, axes[0]
    kept = [axis for axis in range(x.ndim) if axis not in axes]
    if not axes:
        return Pointwise(x.dtype, (*x.shape, UNIT), element=x[axes_of(x.ndim)], origin=node), x.ndim
    count: Expression = UNIT
    for axis in axes:
        count = count * x.shape[axis]
    first = axes[0]
    if axes[-1] - first == len(axes) - 1:
        shape = (*x.shape[:first], count, *x.shape[axes[-1] + 1 :])
        return Reshaped(x.dtype, shape, source=x, origin=node), first
    place = {axis: k for k, axis in enumerate([*kept, *axes])}
    lengths = tuple(x.shape[axis] for axis in place)
    moved = Pointwise(x.dtype, lengths, element=x[tuple(Axis(place[axis]) for axis in range(x.ndim))], origin=node)
    return Reshaped(x.dtype, (*lengths[: len(kept)], count), source=moved, origin=node), len(kept)


@dataclass(frozen=True)
class _Search:
    """Of the extreme along one axis.

    x             what is searched
    axis          along which
    function      maximum or minimum
    worst         the number that a search begins with
    requirements  that there is something to be found
    node          what asks for it
    """

    x: Definition
    axis: int
    function: ScalarFunction
    worst: Literal
    requirements: tuple[Requirement, ...]
    node: Any

    def extreme(self) -> Definition:
        """m[i] = max of x[i, :]"""
        if self._is_down_columns:
            x = self._element(axes_of(self.x.ndim))
            return self._fold(self.kept, self.n, self.worst, apply(self.function, Carried(0, x.dtype), x))
        return self.along_rows[0]

    def place(self) -> Definition:
        """The first k with x[i, k] = m[i], or NaN where that is NaN."""
        return self._down_columns() if self._is_down_columns else self.along_rows[1]

    @property
    def _is_down_columns(self) -> bool:
        """Whether neighbours in memory belong to different searches."""
        return any(length != UNIT for length in self.x.shape[self.axis + 1 :])

    def _down_columns(self) -> Definition:
        """(m, out)[i] = (x[i, k], k) where that is better than m, beginning with (worst, 0)"""
        x, m, k = self._element(axes_of(self.x.ndim)), Carried(0, self.x.dtype), Axis(self.x.ndim - 1)
        is_better = apply(scalar.gt if self.function is scalar.maximum else scalar.lt, x, m)
        if x.dtype in dtypes.FLOAT:  # a NaN is better than all but a NaN
            is_better = apply(scalar.and_, apply(scalar.or_, is_better, apply(scalar.neq, x, x)), apply(scalar.eq, m, m))
        following = apply(scalar.switch, is_better, x, m), apply(scalar.switch, is_better, k, Carried(1, INDEX))
        return self._fold(self.kept, self.n, (self.worst, Literal(0)), following)

    @cached_property
    def along_rows(self) -> tuple[Definition, Definition]:
        """m and out, as told at the top of this file."""
        n = self.n
        length = apply(scalar.minimum, n, BLOCK)
        count = (n + (BLOCK - 1)) // BLOCK
        *row, b, k = axes_of(self.x.ndim + 1)
        start = apply(scalar.minimum, b * length, n - length)
        x = self._element((*row, start + k))
        best = self._fold((*self.kept, count), length, self.worst, apply(self.function, Carried(0, x.dtype), x))

        *row, b = axes_of(self.x.ndim)
        x = best[(*row, b)]
        m = self._fold(self.kept, count, self.worst, apply(self.function, Carried(0, x.dtype), x))

        start = apply(scalar.minimum, b * length, n - length)
        first = self._least(self.kept, count, self._is_found(x, m[tuple(row)]), start, n)

        *row, k = axes_of(self.x.ndim)
        x = self._element((*row, first[tuple(row)] + k))
        found = self._is_found(x, m[tuple(row)])
        within = self._least(self.kept, length, found, converted(k, PLACE), Literal(BLOCK, PLACE))
        axes = axes_of(len(self.kept))
        return m, Pointwise(INDEX, self.kept, element=first[axes] + within[axes], origin=self.node)

    @property
    def kept(self) -> tuple[Expression, ...]:
        """The lengths of the result."""
        return self.x.shape[: self.axis] + self.x.shape[self.axis + 1 :]

    @property
    def n(self) -> Expression:
        """The length of what is searched."""
        return self.x.shape[self.axis]

    def _element(self, place: Sequence[Expression]) -> Expression:
        """x[i, k] for the place (i, k)"""
        *kept, k = place
        return self.x[(*kept[: self.axis], k, *kept[self.axis :])]

    def _is_found(self, x: Expression, m: Expression) -> Expression:
        """Whether x is the extreme m.  If m is NaN that is any NaN, and if not there is none."""
        is_equal = apply(scalar.eq, x, m)
        return apply(scalar.or_, is_equal, apply(scalar.neq, x, x)) if x.dtype in dtypes.FLOAT else is_equal

    def _least(
        self, shape: Sequence[Expression], n: Expression, condition: Expression, k: Expression, end: Expression
    ) -> Definition:
        """The least k where the condition holds, ``end`` where it nowhere does."""
        largest = Literal(np.iinfo(k.dtype).max, k.dtype)
        candidate = apply(scalar.switch, condition, k, end)
        return self._fold(shape, n, largest, apply(scalar.minimum, Carried(0, k.dtype), candidate))

    def _fold(self, shape: Sequence[Expression], n: Expression, initial: Any, following: Any) -> Fold:
        """The last of the accumulators, folded along one axis."""
        initial, following = (e if isinstance(e, tuple) else (e,) for e in (initial, following))
        return Fold(
            initial[-1].dtype,
            tuple(shape),
            extents=(n,),
            initial=initial,
            following=following,
            chosen=len(initial) - 1,
            requirements=self.requirements,
            origin=self.node,
        )
