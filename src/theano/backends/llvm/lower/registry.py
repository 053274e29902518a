"""The registry of lowerings, and the few forms that they are written with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any

from theano.loops.definitions import Definition, Pointwise
from theano.loops.expressions import INDEX, Call, Expression, Extent, Literal, Load, axes_of, expression
from theano.scalar.arithmetic import casts


@singledispatch
def lower(op: Any, node: Any, *operands: Definition) -> Definition | Sequence[Definition] | None:
    """The definition of a node's output(s), or None where the op must be called back."""
    return None


def pointwise(
    node: Any, shape: Sequence[Any], element: Callable[..., Any], output: int = 0, **further: Any
) -> Pointwise:
    """out[index] = element(*index), converted to the dtype of the node's output."""
    dtype = node.outputs[output].type.dtype
    lengths = tuple(map(expression, shape))
    value = expression(element(*axes_of(len(lengths))))
    return Pointwise(dtype, lengths, element=converted(value, dtype), **further)


def converted(e: Expression, dtype: str) -> Expression:
    """``e`` in another dtype."""
    if e.dtype == dtype:
        return e
    if isinstance(e, Literal) and dtype == INDEX:
        return Literal(int(e.value))
    return Call(casts[dtype], (e,), dtype)


def number(operand: Definition) -> Expression:
    """The value of a 0-d operand as an index expression: written out where it is made of lengths, else loaded."""
    if isinstance(operand, Pointwise) and _is_arithmetic(operand.element):
        return converted(operand.element, INDEX)
    return converted(Load(operand, (), operand.dtype), INDEX)


def _is_arithmetic(e: Expression) -> bool:
    """Whether an expression is made of literals and lengths alone."""
    stack, size = [e], 0
    while stack:
        size += 1
        match stack.pop():
            case Literal() | Extent():
                continue
            case Call(_, arguments):
                stack.extend(arguments)
            case _:
                return False
    return size <= 16


def known(e: Expression) -> Any:
    """A Python integer where the number is known, else the expression."""
    return int(e.value) if isinstance(e, Literal) else e


def verbatim(text: Any) -> str:
    """``text`` within the message of a Requirement, which is a format: the name of an op may hold braces."""
    return str(text).replace("{", "{{").replace("}", "}}")
