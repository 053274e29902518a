"""Container: a cell that holds a value of one type, shared by variables, functions and native code."""

from __future__ import annotations

from typing import Any

from theano.graph import Type, Variable


class Container:
    """One value, filtered by a type as it comes in.

    storage  the one-element list that holds the value; native code reads and exchanges its element
    """

    def __init__(
        self,
        r: Variable | Type,
        storage: list,
        readonly: bool = False,
        strict: bool = False,
        allow_downcast: bool | None = None,
        name: str | None = None,
    ) -> None:
        if not isinstance(storage, list) or len(storage) < 1:
            raise TypeError("The storage of a Container is a list with one element", storage)
        self.type: Type = r if isinstance(r, Type) else r.type
        self.name = getattr(r, "name", None) if name is None else name
        self.storage = storage
        self.readonly = readonly
        self.strict = strict
        self.allow_downcast = allow_downcast

    def filter(self, value: Any) -> Any:
        """``value`` in the type's own form; the exception names the container when it cannot be."""
        try:
            return self.type.filter(value, strict=self.strict, allow_downcast=self.allow_downcast)
        except (TypeError, ValueError) as error:
            if self.name is not None:
                error.args = (*error.args, f'Container name "{self.name}"')
            raise

    @property
    def value(self) -> Any:
        return self.storage[0]

    @value.setter
    def value(self, value: Any) -> None:
        if self.readonly:
            raise AttributeError(f"Cannot set read-only storage: {self.name}")
        self.storage[0] = None if value is None else self.filter(value)

    data = value

    def __repr__(self) -> str:
        return f"<{self.storage[0]!r}>"
