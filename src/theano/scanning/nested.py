"""Variables in nested tuples, lists and dicts, as flat lists and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from theano.graph import Variable
from theano.tensor.constant import as_tensor_variable

Nested = Any  # a variable, None, or a tuple, list or dict of these


def flatten(nested: Nested) -> list[Variable]:
    """The variables in order, dicts by their keys in order of insertion; numbers and arrays become constants."""
    found: list[Variable] = []
    stack = [nested]
    while stack:
        match stack.pop():
            case None:
                continue
            case tuple(parts) | list(parts):
                stack.extend(reversed(parts))
            case dict(parts):
                stack.extend(reversed(parts.values()))
            case Variable() as v:
                found.append(v)
            case value:
                found.append(as_tensor_variable(value))
    return found


def like(nested: Nested, variables: list[Any]) -> Nested:
    """``nested`` with other variables in the places of its own."""
    rest: Iterator[Any] = iter(variables)
    return _rebuilt(nested, lambda: next(rest))


def _rebuilt(nested: Nested, following: Callable[[], Any]) -> Nested:
    match nested:
        case None:
            return None
        case tuple() if hasattr(nested, "_fields"):
            return type(nested)(*(_rebuilt(part, following) for part in nested))
        case tuple() | list():
            return type(nested)(_rebuilt(part, following) for part in nested)
        case dict():
            return {key: _rebuilt(part, following) for key, part in nested.items()}
    return following()


def same_form(one: Nested, other: Nested) -> bool:
    """Whether both are nested in the same way."""
    match one, other:
        case None, None:
            return True
        case (tuple(), tuple()) | (list(), list()):
            return type(one) is type(other) and len(one) == len(other) and all(map(same_form, one, other))
        case dict(), dict():
            return list(one) == list(other) and all(same_form(one[key], other[key]) for key in one)
    containers = (tuple, list, dict, type(None))
    return not isinstance(one, containers) and not isinstance(other, containers)
