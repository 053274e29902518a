"""Lowerings of ops whose results are as long as a condition holds."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower
from theano.loops.ir import (
    INDEX,
    Carried,
    Definition,
    Expression,
    Fold,
    Literal,
    Load,
    Selected,
    apply,
    axes_of,
)
from theano.tensor.nonzero import Nonzero


@lower.register
def lower_nonzero(op: Nonzero, node: Any, x: Definition) -> list[Definition]:
    """out_axis[k] = the index along that axis of the k-th element that is not 0"""
    return positions_where(node, x, number_where(node, x))


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
