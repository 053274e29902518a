"""Lowerings are imported when such an op is met."""

import pkgutil
from importlib import import_module

import pytest

from theano.backends.llvm import lower as rooms
from theano.backends.llvm.lower.registry import ROOMS, lower

FOLDER = "theano.backends.llvm.lower"
NAMES = [name for _, name, _ in pkgutil.iter_modules(rooms.__path__)]


def registered(room: str) -> list[type]:
    """The classes of ops whose lowerings are in a file."""
    import_module(f"{FOLDER}.{room}")
    return [kind for kind, function in lower.registry.items() if function.__module__ == f"{FOLDER}.{room}"]


def path_of(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


@pytest.mark.parametrize("room", NAMES)
def test_each_lowering_is_found(room: str) -> None:
    for kind in registered(room):
        assert ROOMS.get(path_of(kind), ROOMS.get(kind.__module__)) == room or kind is object


@pytest.mark.parametrize("path", ROOMS)
def test_each_room_lowers_ops_of_the_module_that_it_is_named_for(path: str) -> None:
    assert any(path in (kind.__module__, path_of(kind)) for kind in registered(ROOMS[path]))
