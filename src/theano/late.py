"""Modules that are imported when they are first needed: those that deal with the ops of rare programs.

A value, an op above all, cannot be met before the module of its class has been imported.  So a function of an op finds
what it does for it when it meets one (`dispatched`), and what else is about the ops of a module waits for that
(`is_imported`).  Neither depends on the order of imports.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import singledispatch
from importlib import import_module
from typing import Any
from weakref import WeakSet


def is_imported(module: str) -> bool:
    """Whether values of the classes of a module, or of one within it, may exist."""
    return module in sys.modules


class Dispatched:
    """A function of several bodies, of which the class of the first argument decides, as in ``functools.singledispatch``.

    rooms  the path of a class, or of the module of several, and the module that registers what is done for them
    """

    def __init__(self, default: Callable[..., Any], rooms: Mapping[str, str]) -> None:
        self.rooms = rooms
        self._met: WeakSet[type] = WeakSet()
        self._bodies = singledispatch(default)
        self.register, self.registry = self._bodies.register, self._bodies.registry
        self.__doc__ = default.__doc__

    def dispatch(self, kind: type) -> Callable[..., Any]:
        """The body for a class, whose module is imported if it has not been."""
        if kind not in self._met:
            for base in kind.__mro__:
                module = base.__module__
                room = self.rooms.get(f"{module}.{base.__qualname__}") or self.rooms.get(module)
                if room is not None:
                    import_module(room)
            self._met.add(kind)
        return self._bodies.dispatch(kind)

    def __call__(self, first: Any, *others: Any) -> Any:
        return self.dispatch(type(first))(first, *others)


def dispatched(rooms: Mapping[str, str]) -> Callable[[Callable[..., Any]], Dispatched]:
    """Decorator: the default of a ``Dispatched`` function."""
    return lambda default: Dispatched(default, rooms)
