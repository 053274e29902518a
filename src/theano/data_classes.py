"""Data classes whose methods are made when they are first used.

``dataclasses.dataclass`` translates the source of up to six methods of every class: half a millisecond each, and a
program that compiles one function imports a hundred such classes.  `dataclass` of this module gives classes that behave alike, also
to ``dataclasses.fields`` and ``replace``, for a twentieth: comparing, hashing and printing need no source, and that of
the constructor is translated when the first instance is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, *, frozen=False, eq=True, repr=True, slots=False):
        """As ``dataclasses.dataclass``, whose further parameters have their default."""

        def decorated(cls: type) -> type:
            return _complete(dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls), frozen, eq, repr, slots)

        return decorated if cls is None else decorated(cls)


def _complete(cls: type, frozen: bool, eq: bool, has_repr: bool, slots: bool) -> type:
    """Give a class its methods, but for those that it defines itself."""
    own = cls.__dict__
    if "__init__" not in own:
        cls.__init__ = _Constructor(cls, frozen, slots)  # type: ignore[misc]
    if has_repr and "__repr__" not in own:
        cls.__repr__ = _printing([f.name for f in dataclasses.fields(cls) if f.repr])  # type: ignore[method-assign,assignment]
    if eq:
        values = _getter([f.name for f in dataclasses.fields(cls) if f.compare])
        hashes = own.get("__hash__") is not None
        if "__eq__" not in own:
            cls.__eq__ = _comparing(values)  # type: ignore[method-assign,assignment]
        if not hashes:
            cls.__hash__ = _hashing(values) if frozen else None  # type: ignore[method-assign,assignment]
    if frozen:
        cls.__setattr__, cls.__delattr__ = _refusing(cls)  # type: ignore[method-assign,assignment]
        if slots and "__getstate__" not in own:
            cls.__getstate__, cls.__setstate__ = _get_state, _set_state  # type: ignore
    return cls


class _Constructor:
    """Stands for ``__init__`` of a class until it is asked for."""

    def __init__(self, owner: type, frozen: bool, slots: bool) -> None:
        self.owner, self.frozen, self.slots = owner, frozen, slots

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        function = _constructor(self.owner, self.frozen, self.slots)
        self.owner.__init__ = function  # type: ignore[misc]
        return function if instance is None else function.__get__(instance)


class _Made:
    """The default of a parameter whose value is made for each instance."""

    def __repr__(self) -> str:
        return "<factory>"


_MADE = _Made()


def _constructor(cls: type, frozen: bool, slots: bool) -> Any:
    """``__init__`` with a parameter for each field."""
    missing = dataclasses.MISSING
    known: dict[str, Any] = {"put": object.__setattr__, "made": _MADE}
    positional: list[str] = ["self"]
    by_name: list[str] = []
    body: list[str] = []
    for f in dataclasses.fields(cls):  # type: ignore[arg-type]
        name, value = f.name, f.name
        known[f"default_{name}"] = f.default if f.default_factory is missing else f.default_factory
        if f.init:
            parameter = name
            if f.default is not missing:
                parameter += f"=default_{name}"
            elif f.default_factory is not missing:
                parameter += "=made"
                value = f"default_{name}() if {name} is made else {name}"
            (by_name if f.kw_only else positional).append(parameter)
        elif f.default_factory is not missing:
            value = f"default_{name}()"
        elif slots and f.default is not missing:
            value = f"default_{name}"
        else:
            continue  # the default is an attribute of the class
        body.append(f"put(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join([*positional, *(["*", *by_name] if by_name else [])])
    exec("\n ".join([f"def __init__({parameters}):", *(body or ["pass"])]), known)
    function = known["__init__"]
    function.__qualname__ = f"{cls.__qualname__}.__init__"
    function.__module__ = cls.__module__
    types = {f.name: f.type for f in dataclasses.fields(cls) if f.init}  # type: ignore[arg-type]
    function.__annotations__ = {**types, "return": None}
    return function


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of some attributes."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda instance: ()
    (get,) = map(attrgetter, names)
    return lambda instance: (get(instance),)


def _comparing(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, object], Any]:
    def __eq__(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hashing(values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:
        return hash(values(self))

    return __hash__


def _printing(names: list[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def __repr__(self: Any) -> str:
        return f"{self.__class__.__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"

    return __repr__


def _refusing(cls: type) -> tuple[Callable[..., None], Callable[..., None]]:
    """``__setattr__`` and ``__delattr__`` of a frozen class, whose subclasses may have attributes of their own."""
    names = {f.name for f in dataclasses.fields(cls)}  # type: ignore[arg-type]

    def __setattr__(self: Any, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return __setattr__, __delattr__


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, f.name) for f in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for f, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)
