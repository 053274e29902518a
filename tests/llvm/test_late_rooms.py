"""Lowerings of rare ops are imported when such an op is met."""

import pkgutil
from importlib import import_module

import pytest

from theano.backends.llvm import lower as rooms
from theano.backends.llvm.lower.graph import LATE_ROOMS, ROOMS
from theano.backends.llvm.lower.registry import lower

FOLDER = "theano.backends.llvm.lower"
NAMES = [name for _, name, _ in pkgutil.iter_modules(rooms.__path__)]


def registered(room: str) -> list[type]:
    """The classes of ops whose lowerings are in a file."""
    return [kind for kind, function in lower.registry.items() if function.__module__ == f"{FOLDER}.{room}"]


@pytest.mark.parametrize("room", NAMES)
def test_each_lowering_is_found(room):
    module = import_module(f"{FOLDER}.{room}")
    for kind in registered(room):
        assert module in ROOMS or LATE_ROOMS.get(kind.__module__) == room or kind is object


@pytest.mark.parametrize("module", LATE_ROOMS)
def test_each_late_room_lowers_ops_of_the_module_that_it_is_named_for(module):
    import_module(f"{FOLDER}.{LATE_ROOMS[module]}")
    assert any(kind.__module__ == module for kind in registered(LATE_ROOMS[module]))
