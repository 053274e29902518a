"""Lowerings of reductions."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.backends.llvm.scalar_code import can_emit
from theano.loops.ir import Axis, Call, Carried, Definition, Fold, Literal, Requirement
from theano.scalar.function import ScalarFunction
from theano.tensor.reduction import CAReduce


@lower.register
def lower_reduction(op: CAReduce, node: Any, x: Definition) -> Definition | None:
    """acc = initial; for each element along the axes: acc = function(acc, element)"""
    rule = op.fold(node)
    if not isinstance(rule.function, ScalarFunction) or rule.initial is None:
        return None
    if not can_emit(rule.function, [rule.dtype, rule.dtype]):
        return None
    kept = [axis for axis in range(x.ndim) if axis not in rule.axes]
    place = {axis: k for k, axis in enumerate([*kept, *rule.axes])}
    if rule.element is not None:
        return None
    read = x[tuple(Axis(place[axis]) for axis in range(x.ndim))]
    if not rule.axes:
        begun = Literal(np.asarray(rule.initial).item(), rule.dtype)
        element = Call(rule.function, (begun, converted(read, rule.dtype)), rule.dtype)
        return pointwise(node, x.shape, lambda *index: element)
    following = Call(rule.function, (Carried(0, rule.dtype), converted(read, rule.dtype)), rule.dtype)
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
