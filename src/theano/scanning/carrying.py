"""loop: a loop over a carry in any nesting of tuples, lists and dicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from theano.compile.updates import OrderedUpdates
from theano.scanning.arguments import OutputArgument, SequenceArgument, StepResult
from theano.scanning.build import StepGraph, variables_of_entries
from theano.scanning.nested import Nested, flatten, like, same_form
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import eq, minimum, switch


def loop(
    step: Callable[..., Any],
    carry: Nested,
    xs: Nested = None,
    n: Any = None,
    while_: Callable[[Nested], Any] | None = None,
    name: str = "loop",
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

    Returns
    -------
    (carry, ys).  Gradients flow through both.  Shared variables that a step uses are given to it; random draws in it
    differ from step to step, and their states are updated when the function is compiled, as elsewhere.

    Raises
    ------
    ValueError
        Without ``xs`` and ``n``, and when a step returns another nesting or other types than it was given.

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
    first = flatten(carry)
    if while_ is not None:
        steps = switch(as_tensor_variable(while_(like(carry, first))), steps, 0)
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
    made, updates = graph.applied(steps, name, -1)
    for shared, new_value in updates.items():
        shared.default_update = new_value
    return like(carry, [array[-1] for array in made[: len(first)]]), like(y, made[len(first) :])
