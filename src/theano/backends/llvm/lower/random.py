"""Lowerings of draws."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.loops.ir import (
    Axis,
    Carried,
    Definition,
    Expression,
    Fold,
    Interleaved,
    Literal,
    Requirement,
    Reshaped,
    apply,
)
from theano.random.mrg import HALF_BITS, NORM, MRGUniform

BITS = "uint32"


@lower.register
def lower_mrg_uniform(op: MRGUniform, node: Any, rstate: Definition, size: Definition) -> list[Definition] | None:
    """Stream i carries its state and gives the elements i, i + (number of streams), ...; see MRGUniform."""
    lengths = size.entries
    if lengths is None or len(lengths) != op.ndim:
        return None
    count: Expression = Literal(1)
    for n in lengths:
        count = count * n
    streams = rstate.shape[0]
    extents = ((count + (streams - 1)) // streams,)
    i, k = Axis(0), Axis(1)
    x1, x2, x3, y1, y2, y3, _ = old = *[Carried(c, BITS) for c in range(6)], Carried(6, op.output_type.dtype)
    x, y = apply(scalar.mrg_first, x2, x3), apply(scalar.mrg_second, y1, y3)
    draws = apply(scalar.lt, i + k * streams, count)
    drawn = _of_unit_interval(apply(scalar.mrg_difference, x, y), op.output_type.dtype)
    moved = [apply(scalar.switch, draws, new, last) for new, last in zip((x, x1, x2, y, y1, y2), old)]
    loop = {
        "extents": extents,
        "initial": (*[converted(rstate[i, c], BITS) for c in range(6)], Literal(0, op.output_type.dtype)),
        "following": (*moved, drawn),
        "loop": node,
        "origin": node,
    }
    states = [Fold(BITS, (streams,), chosen=c, **loop) for c in range(6)]
    requirements = [_not_negative(n, node) for n in lengths if not isinstance(n, Literal)]
    requirements.append(Requirement(streams, Literal(0), "rstate has no streams", node, ValueError, ">"))
    sample = Interleaved(
        op.output_type.dtype, (count,), chosen=6, count=streams, requirements=tuple(requirements), **loop
    )
    return [
        pointwise(node, rstate.shape, lambda i, c: _chosen(c, [s[i] for s in states])),
        Reshaped(sample.dtype, tuple(lengths), source=sample, origin=node),
    ]


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
