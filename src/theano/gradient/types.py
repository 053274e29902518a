"""What stands in place of a cotangent: DisconnectedType where none flows, NullType where none is known."""

from __future__ import annotations

from typing import Any

from theano.graph import Op, Type, Variable


class DisconnectedInputError(ValueError):
    """A gradient was asked for a variable that the cost does not depend on by differentiable operations."""


class NullTypeGradError(TypeError):
    """A gradient was asked for that is undefined, or that no one has written."""


class DisconnectedType(Type):
    """The type of a cotangent that is not there: the cost does not depend on the variable.

    Unlike a zero it says that even a huge change of the variable has no influence.  It has no values.
    """

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        raise AssertionError(
            "A variable of DisconnectedType has no value: a gradient that does not exist was used in a computation. "
            "In L_op, look at the type of each cotangent before using it."
        )

    def filter_variable(self, other: Any, allow_convert: bool = True) -> Variable:
        raise AssertionError(f"{other} cannot become a variable of DisconnectedType, which has no values.")

    fiter_variable = filter_variable  # so spelled in Theano 1.0.5

    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        return False

    @staticmethod
    def value_eq(a: Any, b: Any, force_same_dtype: bool = True) -> bool:
        raise AssertionError("Values of DisconnectedType cannot be compared: there are none.")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(DisconnectedType)

    def __str__(self) -> str:
        return "DisconnectedType"


class NullType(Type):
    """The type of a cotangent that is undefined or not implemented; ``why_null`` says why.  It has no values."""

    def __init__(self, why_null: str = "(no explanation given)") -> None:
        self.why_null = why_null

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        raise ValueError(f"No values may be assigned to a NullType: {self.why_null}")

    def filter_variable(self, other: Any, allow_convert: bool = True) -> Variable:
        raise ValueError(f"No values may be assigned to a NullType: {self.why_null}")

    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        return False

    def values_eq(self, a: Any, b: Any, force_same_dtype: bool = True) -> bool:
        raise ValueError("NullType has no values to compare")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(NullType)

    def __str__(self) -> str:
        return "NullType"


disconnected_type = DisconnectedType()
null_type = NullType()


def grad_not_implemented(op: Op, x_pos: int, x: Variable, comment: str = "") -> Variable:
    """For L_op: the cotangent of input ``x`` at position ``x_pos`` exists, but no one has written it.

    An error comes only if somebody needs it.
    """
    return _null("is not implemented", op, x_pos, x, comment)


def grad_undefined(op: Op, x_pos: int, x: Variable, comment: str = "") -> Variable:
    """For L_op: the cotangent of input ``x`` at position ``x_pos`` does not exist mathematically."""
    return _null("is not defined", op, x_pos, x, comment)


def _null(what: str, op: Op, position: int, x: Variable, comment: str) -> Variable:
    place = f", made at {x.origin}" if getattr(x, "origin", None) else ""
    text = f"the gradient of {op} with respect to its input {position}, {x} of type {x.type}{place}, {what}"
    return NullType(f"{text}. {comment}" if comment else f"{text}.")()


def is_cotangent(variable: Variable) -> bool:
    """Whether ``variable`` has values: neither disconnected nor null."""
    return not isinstance(variable.type, (DisconnectedType, NullType))
