"""Lowerings of reductions, and of those that keep every value on the way."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.backends.llvm.lower.registry import converted, lower, lowered_numbers, pointwise
from theano.backends.llvm.scalar_code import can_emit
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement, Reshaped, Running
from theano.loops.expressions import Axis, Call, Carried, Expression, Literal, axes_of
from theano.scalar import arithmetic
from theano.scalar.function import ScalarFunction
from theano.tensor.cumulative import CumOp
from theano.tensor.reduction import CAReduce, identity_of


@lower.register
def lower_reduction(op: CAReduce, node: Any, x: Definition) -> Definition | None:
    """acc = initial; for each element along the axes: acc = function(acc, element)"""
    rule = op.fold(node)
    if rule.initial is None or not _can_fold(rule.function, rule.dtype):
        return None
    kept = [axis for axis in range(x.ndim) if axis not in rule.axes]
    place = {axis: k for k, axis in enumerate([*kept, *rule.axes])}
    if rule.element is not None:
        return None
    read = x[tuple(Axis(place[axis]) for axis in range(x.ndim))]
    if not rule.axes:
        begun = Literal(np.asarray(rule.initial).item(), rule.dtype)
        element = _combined(rule.function, begun, converted(read, rule.dtype), rule.dtype)
        return pointwise(node, x.shape, lambda *index: element)
    following = _combined(rule.function, Carried(0, rule.dtype), converted(read, rule.dtype), rule.dtype)
    requirements: tuple[Requirement, ...] = ()
    if not rule.accepts_empty:
        requirements = tuple(
            Requirement(
                x.shape[axis],
                Literal(0),
                f"Input of CAReduce{{{{{rule.function}}}}} has zero-size on axis {axis}",
                node,
                ValueError,
                ">",
            )
            for axis in rule.axes
            if not (isinstance(x.shape[axis], Literal) and x.shape[axis].value > 0)  # type: ignore[attr-defined]
        )
    fold = Fold(
        rule.dtype,
        tuple(x.shape[axis] for axis in kept),
        extents=tuple(x.shape[axis] for axis in rule.axes),
        initial=(Literal(np.asarray(rule.initial).item(), rule.dtype),),
        following=(following,),
        requirements=requirements,
        origin=node,
    )
    if rule.dtype == node.outputs[0].type.dtype:
        return fold
    return pointwise(node, fold.shape, lambda *index: fold[index])


def _can_fold(function: Any, dtype: str) -> bool:
    """Whether a function of two numbers has machine code, or is a user's that is told by index expressions."""
    if isinstance(function, ScalarFunction):
        return can_emit(function, [dtype, dtype])
    return len(lowered_numbers(function, (Carried(0, dtype), Carried(1, dtype))) or ()) == 1


def _combined(function: Any, a: Expression, b: Expression, dtype: str) -> Expression:
    if isinstance(function, ScalarFunction):
        return Call(function, (a, b), dtype)
    made = lowered_numbers(function, (a, b))
    assert made is not None, "asked by _can_fold"
    return converted(made[0], dtype)


@lower.register
def lower_cumulative(op: CumOp, node: Any, x: Definition) -> Definition | None:
    """acc = 0 or 1; for k along the axis: acc = acc + or * x[..., k, ...]; out[..., k, ...] = acc"""
    function = arithmetic.add if op.mode == "add" else arithmetic.mul
    if not can_emit(function, [x.dtype, x.dtype]):
        return None
    axis = 0 if op.axis is None else op.axis
    if op.axis is None and x.ndim != 1:
        x = _flat(node, x)
    *others, k = axes_of(x.ndim)
    element = x[(*others[:axis], k, *others[axis:])]
    return Running(
        x.dtype,
        x.shape,
        extents=(x.shape[axis],),
        initial=(Literal(identity_of(function, x.dtype).item(), x.dtype),),
        following=(Call(function, (Carried(0, x.dtype), element), x.dtype),),
        axis=axis,
        origin=node,
    )


def _flat(node: Any, x: Definition) -> Definition:
    """The elements of ``x`` in C order, as a vector."""
    count: Expression = Literal(1)
    for n in x.shape:
        count = count * n
    if x.ndim == 0:
        return Pointwise(x.dtype, (count,), element=x[()], origin=node)
    return Reshaped(x.dtype, (count,), source=x, origin=node)
