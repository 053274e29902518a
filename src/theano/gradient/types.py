"""Types of gradients that are none: DisconnectedType and NullType."""

from __future__ import annotations

from typing import Any

from theano.graph import Type, Variable


class DisconnectedType(Type):
    """The type of the cotangent of an output on which the cost does not depend.  It has no values."""

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        raise AssertionError("A DisconnectedType variable has no value: it stands for the lack of a gradient.")

    def may_share_memory(self, a: Any, b: Any) -> bool:
        return False

    def value_eq(self, a: Any, b: Any, force_same_dtype: bool = True) -> bool:
        raise AssertionError("DisconnectedType variables have no values to compare")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(DisconnectedType)

    def __str__(self) -> str:
        return "DisconnectedType"


def disconnected_type() -> Variable:
    """A cotangent that is none."""
    return DisconnectedType()()


class NullType(Type):
    """The type of a gradient that is not defined; ``why_null`` tells the reason."""

    def __init__(self, why_null: str = "(no explanation given)") -> None:
        self.why_null = why_null

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        raise ValueError("NullType has no values")

    def values_eq(self, a: Any, b: Any, force_same_dtype: bool = True) -> bool:
        raise ValueError("NullType has no values to compare")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(NullType)

    def __str__(self) -> str:
        return "NullType"


null_type = NullType()
