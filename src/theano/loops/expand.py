"""Substitution: what a definition's element becomes when producers are written out in place.

    v = u.T;  w[i, j] = f(v[i, j])      ->      w[i, j] = f(u[j, i])

Views, constants and other trivial producers are always written out; so is any producer that is used once, at an
index map that does not repeat elements.  All that remains are loads of stored arrays and of values that are shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from theano.loops.definitions import Stored
from theano.loops.expressions import Axis, Call, Checked, Expression, Literal, Load, apply, reads_of
from theano.scalar.arithmetic import switch
from theano.scalar.comparison import eq
from theano.scalar.function import ScalarFunction

RECOMPUTED_COST = 2  # additions that cost less than storing and loading their result
ABSORBED_COST = 40  # instructions; a longer expression gets a loop of its own, so that trees stay shallow


def substitute(
    element: Expression, axes: Sequence[Expression], load: Callable[[Load], Expression] | None = None
) -> Expression:
    """``element`` with ``axes`` in place of its loop indices; each load, its indices exchanged, goes through ``load``."""

    def walk(e: Expression) -> Expression:
        match e:
            case Axis(position):
                return axes[position]
            case Load(source, index, dtype):
                moved = Load(source, tuple(walk(i) for i in index), dtype)
                return load(moved) if load is not None else moved
            case Call(function, arguments, dtype):
                return rebuilt(function, tuple(walk(a) for a in arguments), dtype)
            case Checked(index, length):
                return Checked(walk(index), length)
            case _:
                return e

    return walk(element)


def unstretched(element: Expression, is_whole: Callable[[Expression, int], bool]) -> Expression:
    """``element`` with the plain index of a loop in place of one that stays 0 where a length is 1, if the length is known
    to be that of the loop::

        x[0 if n == 1 else i]    ->    x[i]

    is_whole  is_whole(n, k): whether axis k has n iterations
    """

    def walk(e: Expression) -> Expression:
        match e:
            case Call(function, (Call(test, (length, Literal(1))), Literal(0), Axis(position) as axis)) if (
                function is switch and test is eq and is_whole(length, position)
            ):
                return axis
            case Load(source, index, dtype):
                return Load(source, tuple(map(walk, index)), dtype)
            case Call(function, arguments, dtype):
                return rebuilt(function, tuple(map(walk, arguments)), dtype)
            case _:
                return e

    return walk(element)


def rebuilt(function: ScalarFunction, arguments: tuple[Expression, ...], dtype: str) -> Expression:
    """A call with new arguments; index arithmetic is simplified again."""
    if dtype == "int64" and all(a.dtype == "int64" for a in arguments):
        return apply(function, *arguments)
    return Call(function, arguments, dtype)


def cost_of(element: Expression) -> int:
    """The work of an expression, in additions; loads count one."""
    total = 0
    stack = [element]
    while stack:
        match stack.pop():
            case Call(function, arguments):
                total += function.cost
                stack.extend(arguments)
            case Load(_, index):
                total += 1
                stack.extend(i for i in index if not isinstance(i, (Axis, Literal)))
            case Checked(index):
                total += 1
                stack.append(index)
    return total


def is_identity(index: Sequence[Expression], ndim: int) -> bool:
    """Whether an index is (axis 0, axis 1, ...) of a domain of ``ndim`` axes."""
    return len(index) == ndim and all(type(i) is Axis and i.position == k for k, i in enumerate(index))


def is_trivial(element: Expression) -> bool:
    """A literal, a loop index, or one load whose index is cheap: worth writing out wherever it is used."""
    match element:
        case Literal() | Axis():
            return True
        case Load(_, index):
            return all(_is_index_arithmetic(i) for i in index)
        case Call(function, (inner,)) if function.cost == 0:
            return is_trivial(inner)
    return False


def is_cheap(element: Expression) -> bool:
    """A few additions on one element of an array that is in memory: computed again rather than stored."""
    loads = reads_of([element])[0]
    elements = [read for read in loads if read.index]
    in_memory = all(isinstance(read.source, Stored) for read in elements)
    return len(set(elements)) == 1 and in_memory and cost_of(element) - len(loads) <= RECOMPUTED_COST


def _is_index_arithmetic(e: Expression) -> bool:
    return type(e) in (Axis, Literal) or (not reads_of([e])[0] and cost_of(e) <= 4)


def has_checks(elements: Iterable[Expression]) -> bool:
    """Whether computing them can fail."""
    stack = list(elements)
    while stack:
        match stack.pop():
            case Checked():
                return True
            case Call(_, arguments):
                stack.extend(arguments)
            case Load(_, index):
                stack.extend(index)
    return False


def repeats_no_element(index: Sequence[Expression], domain_ndim: int) -> bool:
    """Whether each loop axis occurs in the index, so that no element is computed for two iterations."""
    used = set()
    stack = list(index)
    while stack:
        match stack.pop():
            case Axis(position):
                used.add(position)
            case Call(_, arguments):
                stack.extend(arguments)
            case Load() | Checked():
                return False
    return len(used) == domain_ndim
