"""Lowering of Scan: the step becomes a program of its own, and the loop runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.backends.llvm.lower.graph import LoweredGraph, lower_graph
from theano.backends.llvm.lower.outside import Outside
from theano.backends.llvm.lower.registry import lower, number
from theano.control_flow.scan_form import State
from theano.control_flow.scan_op import Scan
from theano.graph import FunctionGraph
from theano.loops.definitions import Definition, Pointwise, Requirement, Scatter
from theano.loops.expand import is_identity
from theano.loops.expressions import Axis, Buffer, Call, Checked, Expression, Extent, Literal, Load, axes_of
from theano.loops.merge_axes import axes_in
from theano.loops.plan import make_program
from theano.loops.results import Loop, LoopResult, Walk
from theano.scalar import arithmetic

NEGATIVE = "Scan was asked to run for negative number of step {left}"
TOO_SHORT = "Sequence {k} has {{left}} entries, but the scan's required number of steps is {{right}}"


@lower.register
def lower_scan(op: Scan, node: Any, *operands: Definition) -> Sequence[Definition] | None:
    """The results of a loop; None where the lengths of what it collects are known only when a step has run."""
    form, given = op.form, op.form.outer(operands)
    steps = number(given.steps)
    step = lower_graph(FunctionGraph(op.inputs, op.outputs, clone=True), len(op.inputs))
    made = form.inner_outputs(step.outputs)
    outer = _outer_lengths(op, step, given)
    collected = [outer.all(z.shape) for z in made.collected]
    if None in collected:
        return None
    shapes = [state.shape for state in given.states]
    shapes += [(number(n), *rest) for n, rest in zip(given.lengths, collected)]  # type: ignore[misc]
    shapes += [v.shape for v in given.carried]
    body = make_program(step.inputs, step.states, step.constants, step.definitions, step.outputs, [])
    walked = [_walked(x) for x in given.sequences]
    loop = Loop(
        steps,
        form,
        body,
        tuple(source for source, _ in walked),
        tuple(walk for _, walk in walked),
        tuple(_initial_entries(s, of) for s, of in zip(given.states, form.states)),
        tuple(given.carried),
        tuple(given.others),
        tuple(shapes),
        tuple(v.type.dtype if hasattr(v.type, "broadcastable") else "object" for v in node.outputs),
        node,
    )
    requirements = [Requirement(steps, Literal(-1), NEGATIVE, node, IndexError, ">")]
    for k, x in enumerate(given.sequences):
        requirements.append(Requirement(x.shape[0], steps, TOO_SHORT.format(k=k), node, ValueError, ">="))
    results: list[LoopResult] = []
    stops = len(form.states) + form.collected if form.is_while else 0
    for position, (dtype, shape) in enumerate(zip(loop.dtypes, shapes, strict=True)):
        buffer = None
        if position < stops or dtype == "object":
            buffer = Buffer(dtype, (), "host", f"r{position}")
            buffer.shape = (Extent(buffer, 0), *shape[1:]) if position < stops else ()
        result = LoopResult(
            dtype,
            shape if buffer is None else buffer.shape,
            loop=loop,
            position=position,
            buffer=buffer,
            requirements=() if results else tuple(requirements),
        )
        if buffer is not None:
            buffer.source = result
        results.append(result)
    return results


def _walked(x: Definition) -> tuple[Definition, Walk]:
    """The array whose entries a sequence is made of, and which of them: x[::-1] and x[1:] need no copy."""
    walk = Walk(Literal(0), 1)
    while isinstance(x, Pointwise) and isinstance(x.element, Load) and x.element.dtype == x.dtype:
        source, (place, *rest) = x.element.source, x.element.index or (None,)
        found = None if place is None else _linear(place)
        is_whole = tuple(rest) == axes_of(x.ndim)[1:] and source.shape[1:] == x.shape[1:]
        if not is_whole or found is None or found[1] == 0:
            break
        first, stride = found
        x, walk = source, Walk(first + walk.first * stride, walk.stride * stride)
    return x, walk


def _linear(e: Expression) -> tuple[Expression, int] | None:
    """(a, b) where e is a + b * the first axis, a a number that no axis has a part in."""
    match e:
        case Axis(0):
            return Literal(0), 1
        case Call(function, (x, Literal(factor))) | Call(function, (Literal(factor), x)) if function is arithmetic.mul:
            found = _linear(x)
            return None if found is None else (found[0] * factor, found[1] * int(factor))
        case Call(function, (x, y)) if function is arithmetic.add:
            left, right = _linear(x), _linear(y)
            return None if left is None or right is None else (left[0] + right[0], left[1] + right[1])
        case Axis() | Checked():
            return None
    return (e, 0) if not axes_in(e) else None


def _initial_entries(state: Definition, of: State) -> Definition:
    """The entries of an array that a recurrence reads before it writes them, where the others are just room."""
    if of.is_recurrence and isinstance(state, Scatter) and state.combine is None:
        is_room = state.base is None or (isinstance(state.base, Pointwise) and isinstance(state.base.element, Literal))
        if is_room and is_identity(state.index, state.ndim):
            return Pointwise(state.dtype, state.extents, element=state.value, origin=state.origin)
    return state


def _outer_lengths(op: Scan, step: LoweredGraph, given: Any) -> Outside:
    """From a length in the step to the same in terms of the loop's operands; None where steps may differ."""
    entry_of: dict[Buffer, Definition] = {}
    inner = op.form.inner_inputs([stored.buffer for stored in step.inputs])
    entry_of.update(zip(inner.sequences, given.sequences))
    for entries, state in zip(inner.states, given.states):
        entry_of.update(dict.fromkeys(entries, state))
    return Outside(dict(zip(inner.others, given.others)), dict(zip(inner.carried, given.carried)), entry_of)
