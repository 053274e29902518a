"""Lowerings of ops whose results are as long as their operands' values tell."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement, Running, Scatter, Selected
from theano.loops.expressions import INDEX, Carried, Expression, Literal, Load, apply, axes_of
from theano.scalar import arithmetic
from theano.tensor.nonzero import Nonzero
from theano.tensor.repeat import RepeatOp


@lower.register
def lower_nonzero(op: Nonzero, node: Any, x: Definition) -> list[Definition]:
    """out_axis[k] = the index along that axis of the k-th element that is not 0"""
    return positions_where(node, x, number_where(node, x))


@lower.register
def lower_repeat(op: RepeatOp, node: Any, positions: Definition, repeats: Definition) -> Definition:
    """out[k] = positions[i] for the last i that begins at k or before, where i begins at the sum of repeats[:i]

    begun = 0;  begun[sum of repeats[:i]] += 1 for each i;  out[k] = positions[(sum of begun[: k + 1]) - 1]
    """
    n = positions.shape[0]
    (k,) = axes_of(1)
    one_for_all = apply(scalar.eq, repeats.shape[0], 1)
    given = converted(repeats[apply(scalar.switch, one_for_all, 0, k)], INDEX)
    found = apply(scalar.switch, one_for_all, n, repeats.shape[0])
    fits = Requirement(found, n, "operands could not be broadcast together with shape ({right},) ({left},)", node, ValueError)
    # an array of its own, without negative numbers: what follows stays in bounds whatever becomes of ``repeats``
    times = Pointwise(INDEX, (n,), element=apply(scalar.maximum, given, 0), requirements=(fits,), origin=node)
    added = apply(scalar.add, Carried(0, INDEX), times[k])
    total = Fold(INDEX, (), extents=(n,), initial=(Literal(0),), following=(added,), origin=node)
    ends = Running(INDEX, (n,), extents=(n,), initial=(Literal(0),), following=(added,), axis=0, origin=node)
    least = apply(scalar.minimum, Carried(0, INDEX), converted(repeats[k], INDEX))
    sign = Fold(INDEX, (), extents=repeats.shape, initial=(Literal(0),), following=(least,), origin=node)
    message = "repeats may not contain negative values."
    not_negative = Requirement(Load(sign, (), INDEX), Literal(-1), message, node, ValueError, ">")
    length = Load(total, (), INDEX)
    begun = Scatter(
        INDEX,
        (length + 1,),
        base=Pointwise(INDEX, (length + 1,), element=Literal(0), origin=node),
        extents=(n,),
        value=Literal(1),
        index=(ends[k] - times[k],),
        combine=arithmetic.add,
        requirements=(not_negative,),
        origin=node,
    )
    count = Running(
        INDEX,
        (length,),
        extents=(length,),
        initial=(Literal(0),),
        following=(apply(scalar.add, Carried(0, INDEX), begun[k]),),
        axis=0,
        origin=node,
    )
    return pointwise(node, (length,), lambda i: positions[count[i] - 1])


def number_where(node: Any, x: Definition) -> Definition:
    """How many elements are not 0."""
    following = apply(scalar.add, Carried(0, INDEX), converted(_is_not_0(x), INDEX))
    return Fold(INDEX, (), extents=x.shape, initial=(Literal(0),), following=(following,), origin=node)


def positions_where(node: Any, x: Definition, count: Definition) -> list[Definition]:
    """For each axis the indices of the elements that are not 0, of which there are ``count``."""
    return [values_where(node, x, count, axis) for axis in axes_of(x.ndim)]


def values_where(node: Any, x: Definition, count: Definition, value: Expression, **further: Any) -> Definition:
    """``value``, an expression of the axes of x, for each element of x that is not 0, of which there are ``count``."""
    length = Load(count, (), INDEX)
    return Selected(
        value.dtype, (length,), extents=x.shape, condition=_is_not_0(x), value=value, origin=node, **further
    )


def _is_not_0(x: Definition) -> Expression:
    element = x[axes_of(x.ndim)]
    return element if x.dtype == "bool" else apply(scalar.neq, element, Literal(0, x.dtype))
