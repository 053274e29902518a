"""loop: a loop over a carry in any nesting of tuples, lists and dicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from theano.compile.updates import OrderedUpdates
from theano.scanning.arguments import OutputArgument, SequenceArgument, StepResult
from theano.scanning.build import StepGraph, variables_of_entries
from theano.scanning.checkpoints import in_blocks
from theano.scanning.nested import Nested, flatten, like, same_form
from theano.tensor.alloc import arange, zeros
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import cast, ceil, eq, maximum, minimum, sqrt, switch
from theano.tensor.indexing import set_subtensor
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import reshape
from theano.tensor.static_value import known_integer


def loop(
    step: Callable[..., Any],
    carry: Nested,
    xs: Nested = None,
    n: Any = None,
    while_: Callable[[Nested], Any] | None = None,
    name: str = "loop",
    checkpoint: Any = None,
) -> tuple[Nested, Nested]:
    """``carry, y = step(carry, x)`` for each entry x of ``xs``: the last carry, and the y of all steps stacked.

    Parameters
    ----------
    step
        Called once, with variables.  Without ``xs`` it is given the carry alone.  Returns the next carry, nested as the
        first and of the same types, and an output of any nesting, or None.
    carry
        What the first step is given: tensors in any nesting of tuples, lists and dicts.
    xs
        Arrays, nested likewise, of which each step is given an entry along the first axis.
    n
        How many steps; by default as many as ``xs`` has entries.
    while_
        A function of a carry: the loop ends before the first step for whose carry it does not hold, after ``n`` steps at
        the latest.
    checkpoint
        Every how many steps the carry is kept for the gradient, which makes those between again: for n steps some
        n / checkpoint + checkpoint carries are kept, instead of n, for one more computation of each step.  True stands for
        the square root of n, which keeps least.  Not with ``while_``.

    Returns
    -------
    (carry, ys).  Gradients flow through both.  Shared variables that a step uses are given to it; random draws in it
    differ from step to step, and their states are updated when the function is compiled, as elsewhere.

    Raises
    ------
    ValueError
        Without ``xs`` and ``n``, and when a step returns another nesting or other types than it was given.  For a
        checkpoint beside ``while_``, or one that is known to be less than 1.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> x = T.dscalar("x")
    >>> root, _ = theano.loop(lambda r: ((r + x / r) / 2, None), carry=x, n=20)
    >>> f = theano.function([x], [root, T.grad(root, x)])
    >>> [round(float(v), 6) for v in f(9.0)]
    [3.0, 0.166667]
    """
    arrays = [SequenceArgument(x, (0,)) for x in flatten(xs)]
    if not arrays and n is None:
        raise ValueError("loop goes over xs, or makes n steps: give one of them")
    steps: Any = as_tensor_variable(n) if n is not None else arrays[0].variable.shape[0]
    if n is None:
        for x in arrays[1:]:
            steps = minimum(steps, x.variable.shape[0])
    if checkpoint is not None and checkpoint is not False:
        if while_ is not None:
            raise ValueError("loop knows no checkpoints beside while_: they need the number of steps beforehand")
        return _in_checkpoints(step, carry, xs, steps, checkpoint, name)
    first = flatten(carry)
    if while_ is not None:
        steps = switch(as_tensor_variable(while_(like(carry, first))), steps, 0)
    return _looped(step, carry, xs, steps, while_, name)


def _looped(
    step: Callable[..., Any],
    carry: Nested,
    xs: Nested,
    steps: Any,
    while_: Callable[[Nested], Any] | None,
    name: str,
    is_lean: bool = False,
) -> tuple[Nested, Nested]:
    """``loop`` for a number of steps."""
    arrays, first = [SequenceArgument(x, (0,)) for x in flatten(xs)], flatten(carry)
    told = [OutputArgument(v, (-1,)) for v in first]
    slices = [x.variable[:steps] for x in arrays]
    entries, earlier = variables_of_entries(slices, arrays, told)
    given = like(carry, [v for (v,) in earlier])
    returned = step(given, like(xs, entries)) if arrays else step(given)
    if not isinstance(returned, tuple) or len(returned) != 2:
        raise ValueError(f"a step of loop returns (carry, output), found {returned!r}")
    new, y = returned
    if not same_form(carry, new):
        raise ValueError(f"a step of loop was given the carry {carry!r} and returned {new!r}, which is nested otherwise")
    outputs = [*flatten(new), *flatten(y)]
    told += [OutputArgument(None, ())] * len(flatten(y))
    earlier += [[] for _ in flatten(y)]
    stop = None if while_ is None else eq(as_tensor_variable(while_(new)), 0)
    result = StepResult(outputs, OrderedUpdates(), stop)
    graph = StepGraph(slices, entries, told, earlier, [], result, strict=False)
    made, updates = graph.applied(steps, name, is_lean=is_lean)
    for shared, new_value in updates.items():
        shared.default_update = new_value
    return like(carry, [array[-1] for array in made[: len(first)]]), like(y, made[len(first) :])


def _in_checkpoints(step: Callable[..., Any], carry: Nested, xs: Nested, steps: Any, every: Any, name: str) -> tuple[Nested, Nested]:
    """The loop as one of blocks around one of ``every`` steps; the last block may have fewer.

    Of the blocks only the carries between them are kept, so the gradient makes the steps of a block again.
    """
    known = known_integer(every) if every is not True else None
    if known is not None and known < 1:
        raise ValueError(f"a checkpoint after every how many steps is at least 1, found {known}")
    root = ceil(sqrt(cast(steps, "float64"))).astype("int64")  # type: ignore[attr-defined]
    length: Any = maximum(root, 1) if every is True else as_tensor_variable(every)
    blocks = (steps + length - 1) // length

    def block(carry: Nested, given: Nested) -> tuple[Nested, Nested]:
        number, *parts = list[Any](flatten(given))
        count = minimum(length, steps - number * length)
        last, ys = loop(step, carry, like(xs, [x[:count] for x in parts]), count, name=f"{name}_block")
        return last, like(ys, [_filled_up(y, length, count) for y in flatten(ys)])

    entries: list[Any] = list(flatten(xs))
    parts = like(xs, [in_blocks(x[:steps], blocks, length) for x in entries])
    last, ys = _looped(block, carry, (arange(blocks), parts), blocks, None, name, is_lean=True)
    stacked: list[Any] = [_end_to_end(y) for y in flatten(ys)]
    return last, like(ys, [y[:steps] for y in stacked])


def _filled_up(y: Any, length: Any, count: Any) -> Any:
    """The ``count`` outputs of a block, followed by zeros up to its length."""
    room: Any = zeros((length, *(y.shape[k] for k in range(1, y.type.ndim))), y.type.dtype)
    return set_subtensor(room[:count], y)


def _end_to_end(y: Any) -> Any:
    """(blocks, length, ...) -> (blocks * length, ...)"""
    rest = [y.shape[k] for k in range(2, y.type.ndim)]
    joined = reshape(y, [y.shape[0] * y.shape[1], *rest], ndim=y.type.ndim - 1)
    return patternbroadcast(joined, (False, *y.type.broadcastable[2:]))
