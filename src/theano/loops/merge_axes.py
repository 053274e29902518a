"""Axes that are contiguous in every buffer become one, so that a matrix is walked as one long vector:

    for i in range(m):                      for k in range(m * n):
        for j in range(n):         ->           z[k] = x[k] + y[k]
            z[i, j] = x[i, j] + y[i, j]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from theano.loops.expressions import Axis, Call, Checked, Expression, Load

Access = tuple[Sequence[Expression], Sequence[Expression]]


def merged_axes(
    domain: Sequence[Expression], folded: int, accesses: Iterable[Access], values: Iterable[Expression]
) -> list[list[int]]:
    """Runs of adjacent axes that can be walked as one, in order; each axis is in one run.

    domain    lengths of the loop's axes, of which the last ``folded`` are folded
    accesses  for every access to memory its index and the lengths of the buffer
    values    every expression computed in the body, where an axis used as a number forbids merging it

    Axes k and k + 1 may merge when every access that names one of them names both, bare and side by side, in a
    buffer that is as long as the loop along axis k + 1.
    """
    ndim = len(domain)
    separate: set[int] = set()  # k: axes k and k + 1 stay apart
    parallel = ndim - folded
    if folded and parallel:
        separate.add(parallel - 1)
    for index, shape in accesses:
        position = {}
        for place, i in enumerate(index):
            if isinstance(i, Axis):
                if i.position in position:
                    separate |= {i.position - 1, i.position}  # a diagonal
                position[i.position] = place
            else:
                for axis in axes_in(i):
                    separate |= {axis - 1, axis}
        for k in range(ndim - 1):
            here, there = position.get(k), position.get(k + 1)
            if (here is None) != (there is None):
                separate.add(k)
            elif here is not None and (there != here + 1 or shape[there] != domain[k + 1]):
                separate.add(k)
    for value in values:
        for axis in axes_in(value, within_loads=False):  # the indices of loads are among the accesses
            separate |= {axis - 1, axis}
    runs: list[list[int]] = []
    for axis in range(ndim):
        if runs and axis - 1 not in separate:
            runs[-1].append(axis)
        else:
            runs.append([axis])
    return runs


def axes_in(expression: Expression, within_loads: bool = True) -> set[int]:
    """Axes that occur in an expression; those within the indices of loads only if so wanted."""
    found = set()
    stack = [expression]
    while stack:
        match stack.pop():
            case Axis(position):
                found.add(position)
            case Call(_, arguments):
                stack.extend(arguments)
            case Load(_, index) if within_loads:
                stack.extend(index)
            case Checked(index):
                stack.append(index)
    return found
