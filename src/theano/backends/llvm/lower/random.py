"""Lowerings of draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.loops.definitions import Definition, Fold, Interleaved, Requirement, Reshaped, Scatter
from theano.loops.expressions import Axis, Carried, Expression, Literal, apply
from theano.random.mrg import HALF_BITS, NORM, MRGUniform

BITS = "uint32"


@lower.register
def lower_mrg_uniform(op: MRGUniform, node: Any, rstate: Definition, size: Definition) -> list[Definition] | None:
    """Stream i gives the elements i, i + (number of streams), ...: all streams as often as each of them gives one, and
    then the first of them once more; see MRGUniform."""
    lengths, dtype = size.entries, op.output_type.dtype
    if lengths is None or len(lengths) != op.ndim:
        return None
    count: Expression = Literal(1)
    for n in lengths:
        count = count * n
    streams, i = rstate.shape[0], Axis(0)
    turns = count // streams
    rest = count - turns * streams

    following, drawn = _step([Carried(c, BITS) for c in range(6)], dtype)
    initial = tuple(converted(rstate[i, c], BITS) for c in range(6))

    def carried(c: int) -> Fold:
        return Fold(
            BITS, (streams,), extents=(turns,), initial=initial, following=following, chosen=c, loop=node, origin=node
        )

    requirements = [_not_negative(n, node) for n in lengths if not isinstance(n, Literal)]
    requirements.append(Requirement(streams, Literal(0), "rstate has no streams", node, ValueError, ">"))
    dealt = Interleaved(
        dtype,
        (count,),
        extents=(turns,),
        initial=initial,
        following=following,
        loop=node,
        count=streams,
        value=drawn,
        origin=node,
        requirements=tuple(requirements),
    )
    states = [carried(c) for c in range(6)]
    further, drawn = _step([state[i] for state in states], dtype)
    sample = Scatter(
        dtype,
        (count,),
        base=dealt,
        extents=(rest,),
        value=drawn,
        index=(turns * streams + i,),
        distinct=True,
        origin=node,
    )

    def last(i: Expression, c: Expression) -> Expression:
        once_more = apply(scalar.lt, i, rest)
        return _chosen(c, [apply(scalar.switch, once_more, f, s[i]) for f, s in zip(further, states, strict=True)])

    shaped = sample if op.ndim == 1 else Reshaped(dtype, tuple(lengths), source=sample, origin=node)
    return [pointwise(node, rstate.shape, last), shaped]


def _step(state: Sequence[Expression], dtype: str) -> tuple[tuple[Expression, ...], Expression]:
    """(next state, number drawn) of a stream."""
    x1, x2, x3, y1, y2, y3 = state
    x, y = apply(scalar.mrg_first, x2, x3), apply(scalar.mrg_second, y1, y3)
    return (x, x1, x2, y, y1, y2), _of_unit_interval(apply(scalar.mrg_difference, x, y), dtype)


def _of_unit_interval(drawn: Expression, dtype: str) -> Expression:
    """A number of 1 ... M1 as a number of the unit interval."""
    if dtype != "float16":
        return apply(scalar.mul, converted(drawn, dtype), Literal(NORM, dtype))
    upper = apply(scalar.int_div, drawn, Literal(2 ** (31 - HALF_BITS), "int32"))
    centre = apply(scalar.add, converted(upper, "float32"), Literal(0.5, "float32"))
    return converted(apply(scalar.mul, centre, Literal(2.0**-HALF_BITS, "float32")), dtype)


def _chosen(k: Expression, numbers: list[Expression]) -> Expression:
    value = numbers[-1]
    for place in reversed(range(len(numbers) - 1)):
        value = apply(scalar.switch, apply(scalar.eq, k, place), numbers[place], value)
    return value


def _not_negative(n: Expression, node: Any) -> Requirement:
    return Requirement(n, Literal(-1), "lengths of a sample must not be negative, found {left}", node, ValueError, ">")
