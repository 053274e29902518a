"""Data classes whose methods are made late behave as those of the standard library."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field, fields, replace
from typing import Any

import pytest

from theano import data_classes


def classes(dataclass: Any) -> dict[str, type]:
    """The same classes by either decorator."""

    @dataclass
    class Plain:
        """Neither frozen nor hashable."""

        x: int
        y: list = field(default_factory=list)
        z: int = field(default=3, kw_only=True)
        hidden: int = field(default=4, init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            self.total = self.x + self.z

    @dataclass(frozen=True)
    class Frozen:
        """With a field that has a value of its own in each instance."""

        x: int
        y: tuple = ()
        z: dict = field(default_factory=dict, init=False, compare=False)

    @dataclass(frozen=True)
    class Wider(Frozen):
        """One field more than what it inherits."""

        w: int = 0

    class Freer(Frozen):
        """No data class: it may have attributes of its own."""

    @dataclass(frozen=True, slots=True)
    class Slotted:
        """Its fields are all that it has."""

        x: Any
        hidden: int = field(default=7, init=False, repr=False, compare=False)

        def __hash__(self) -> int:
            return 5

    @dataclass(eq=False)
    class Same:
        """Equal to itself only."""

        x: int

    @dataclass(frozen=True)
    class Empty:
        """Of one value."""

    @dataclass(frozen=True, repr=False)
    class Own:
        """Prints and compares itself in its own way."""

        x: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __repr__(self) -> str:
            return "own"

    found = {k: v for k, v in locals().items() if isinstance(v, type)}
    for made in found.values():
        made.__qualname__ = made.__name__
    return found


LATE, STANDARD = classes(data_classes.dataclass), classes(dataclasses.dataclass)
globals().update(LATE)  # where pickle looks for them

ARGUMENTS = {
    "Plain": [(1,), (1, [2]), (2,)],
    "Frozen": [(1,), (1, (2,)), (2,)],
    "Wider": [(1,), (1, (2,), 3)],
    "Freer": [(1,), (2,)],
    "Slotted": [(1,), (float("nan"),), ((1, 2),)],
    "Same": [(1,)],
    "Empty": [()],
    "Own": [(1,), (2,)],
}


def error_of(function: Any, *arguments: Any) -> str:
    with pytest.raises(Exception) as caught:
        function(*arguments)
    return f"{caught.type.__name__}: {caught.value}"


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_class_is_what_the_standard_decorator_makes_of_it(name):
    late, standard = LATE[name], STANDARD[name]
    assert [f.name for f in fields(late)] == [f.name for f in fields(standard)]
    assert str(inspect.signature(late)) == str(inspect.signature(standard))
    assert late.__match_args__ == standard.__match_args__
    assert (late.__hash__ is None) == (standard.__hash__ is None)
    values, expected = ([cls(*a) for a in ARGUMENTS[name]] for cls in (late, standard))
    assert [repr(v) for v in values] == [repr(v) for v in expected]
    assert [[v == w for w in values] for v in values] == [[v == w for w in expected] for v in expected]
    assert values[0] != expected[0] or name == "Own"
    if late.__hash__ is not None and name != "Same":
        assert [hash(v) for v in values] == [hash(v) for v in expected]
    if fields(late):
        first = fields(late)[0].name
        assert repr(replace(values[0], **{first: 9})) == repr(replace(expected[0], **{first: 9}))
        assert error_of(late).split("__init__")[1:] == error_of(standard).split("__init__")[1:]
        if name != "Same":
            assert copy.deepcopy(values[0]) == values[0]


@pytest.mark.parametrize("name", ["Frozen", "Wider", "Slotted", "Empty"])
def test_fields_of_a_frozen_class_cannot_be_changed(name):
    value = LATE[name](*ARGUMENTS[name][0])
    for change in (lambda v: setattr(v, "x", 2), lambda v: delattr(v, "x"), lambda v: setattr(v, "other", 2)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change(value)


def test_a_subclass_that_is_no_data_class_may_have_attributes_of_its_own():
    value = LATE["Freer"](1)
    value.other = 2
    assert value.other == 2
    del value.other
    assert "cannot assign" in error_of(setattr, value, "x", 2)


@pytest.mark.parametrize("name", ["Plain", "Frozen", "Slotted"])
def test_instances_are_pickled(name):
    value = LATE[name](1)
    assert pickle.loads(pickle.dumps(value)) == value


def test_a_default_is_made_for_each_instance():
    Plain = LATE["Plain"]
    assert Plain(1).y is not Plain(1).y
    assert Plain(1, z=5).total == 6
    assert Plain(1).hidden == 4


def test_printing_ends_where_an_instance_holds_itself():
    value = LATE["Plain"](1)
    value.y.append(value)
    assert repr(value) == "Plain(x=1, y=[...], z=3)"
