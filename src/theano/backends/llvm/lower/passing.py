"""Lowerings of ops that hand values on."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower, pointwise, verbatim
from theano.gradient.recomputation import After
from theano.loops.definitions import Definition, Pointwise, Requirement, Reshaped
from theano.loops.expand import substitute
from theano.loops.expressions import INDEX, Expression, Literal, Load, apply, computed_in
from theano.scalar import dtype as dtypes
from theano.tensor.assertion import Assert
from theano.tensor.passing import Barrier


@lower.register
def lower_barrier(op: Barrier, node: Any, x: Definition) -> Definition | None:
    """out = x"""
    return None if x.dtype == "object" else pointwise(node, x.shape, lambda *index: x[index])


@lower.register
def lower_after(op: After, node: Any, *operands: Definition) -> list[Definition] | None:
    """outs = xs, which nothing reads before the other operands are there"""
    if any(x.dtype == "object" for x in operands):
        return None
    return [Reshaped(x.dtype, x.shape, source=x, after=operands[op.n :], origin=node) for x in operands[: op.n]]


def _of_lengths(condition: Definition) -> Expression:
    """The value of a condition; written out where it is made of a few lengths, so that it is checked as early as lengths
    are, before those of what is computed under the condition."""

    def written_out(e: Load) -> Expression:
        source = e.source
        exact = source.dtype == "bool" or source.dtype in dtypes.INTEGER
        return substitute(source.element, e.index) if isinstance(source, Pointwise) and exact else e

    found: Expression = Load(condition, (), condition.dtype)
    for _ in range(4):
        found = substitute(found, (), written_out)
    return condition[()] if computed_in([found]) else found


@lower.register
def lower_assert(op: Assert, node: Any, x: Definition, *conditions: Definition) -> Definition | None:
    """out = x, where no condition is 0"""
    if x.dtype == "object":
        return None
    message, error = verbatim(op.msg), AssertionError
    requirements = tuple(
        Requirement(converted(apply(scalar.neq, _of_lengths(c), Literal(0, c.dtype)), INDEX), Literal(0), message, node, error, ">")
        for c in conditions
    )
    return pointwise(node, x.shape, lambda *index: x[index], requirements=requirements)
