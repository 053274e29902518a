"""Shared variables: what they hold, and when values are copied."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.compile import ScalarSharedVariable, SharedVariable, TensorSharedVariable


@pytest.mark.parametrize(
    ("value", "dtype"),
    [(2, "int64"), (3.5, "float64"), (True, "bool"), (1j, "complex128"), (np.float32(1), "float32")],
)
def test_a_number_gives_a_scalar_of_its_dtype(value: object, dtype: str) -> None:
    s = theano.shared(value)
    assert isinstance(s, ScalarSharedVariable)
    assert s.type == T.TensorType(dtype, ())


@pytest.mark.parametrize("value", ["abc", [1, 2], (1, 2), None])
def test_other_objects_are_held_without_arithmetic(value: object) -> None:
    s = theano.shared(value)
    assert type(s) is SharedVariable
    assert s.get_value() == value
    assert not hasattr(s, "sum")


def test_lengths_of_one_are_not_broadcastable_unless_told() -> None:
    assert theano.shared(np.ones((1, 3))).broadcastable == (False, False)
    s = theano.shared(np.ones((1, 3)), broadcastable=(True, False))
    assert s.broadcastable == (True, False)
    with pytest.raises(TypeError, match="broadcastable"):
        s.set_value(np.ones((2, 3)))


def test_values_are_copied_unless_borrowed() -> None:
    given = np.zeros(3)
    s = theano.shared(given)
    given[0] = 1
    s.get_value()[1] = 1
    other = np.zeros(3)
    s.set_value(other)
    other[2] = 1
    assert s.get_value().tolist() == [0, 0, 0]


def test_borrowed_values_are_the_very_arrays() -> None:
    given = np.zeros(3)
    s = theano.shared(given, borrow=True)
    assert s.get_value(borrow=True) is given
    other = np.ones(3)
    s.set_value(other, borrow=True)
    assert s.get_value(borrow=True, return_internal_type=True) is other


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3).T,
        np.arange(12.0).reshape(6, 2)[:, :1],
        np.frombuffer(b"\0" * 49, "f8", 6, 1).reshape(2, 3),
        np.frombuffer(b"\0" * 48, "f8").reshape(2, 3),
    ],
    ids=["transposed", "strided", "unaligned", "readonly"],
)
def test_what_is_held_suits_native_code_even_when_borrowed(array: np.ndarray) -> None:
    for s in (theano.shared(array, borrow=True), theano.shared(np.zeros((1, 1)))):
        s.set_value(array, borrow=True)
        flags = s.get_value(borrow=True).flags
        assert flags.c_contiguous
        assert flags.aligned
        assert flags.writeable
        assert np.array_equal(s.get_value(), array)


def test_the_shape_may_change_and_the_rank_may_not() -> None:
    s = theano.shared(np.zeros(2))
    s.set_value(np.zeros(5))
    assert s.get_value().shape == (5,)
    with pytest.raises(TypeError, match="dimensions"):
        s.set_value(np.zeros((2, 2)))


def test_values_must_survive_exactly_unless_downcast_is_allowed() -> None:
    s = theano.shared(np.zeros(2, "float32"))
    s.set_value([1, 2])
    s.set_value(np.zeros(2, "int16"))
    for value in (np.zeros(2), [0.1, 2], np.zeros(2, "int64")):
        with pytest.raises(TypeError):
            s.set_value(value)
    free = theano.shared(np.zeros(2, "float32"), allow_downcast=True)
    free.set_value(np.array([0.1, 0.2]))
    assert free.get_value().dtype == "float32"
    exact = theano.shared(np.zeros(2), strict=True)
    with pytest.raises(TypeError, match="ndarray"):
        exact.set_value([1.0, 2.0])


def test_the_name_may_come_second() -> None:
    s = theano.shared(3.5, "w")
    assert s.name == str(s) == "w"


def test_a_clone_has_the_same_value() -> None:
    s = theano.shared(np.zeros(2), "s")
    c = s.clone()
    c.set_value(np.ones(2))
    assert c is not s
    assert c.name == "s"
    assert s.get_value().tolist() == [1.0, 1.0]


@pytest.mark.parametrize("borrow", [False, True])
def test_zero_sets_all_elements(borrow: bool) -> None:
    s = theano.shared(np.ones(2))
    before = s.get_value(borrow=True)
    s.zero(borrow=borrow)
    assert s.get_value().tolist() == [0.0, 0.0]
    assert (s.get_value(borrow=True) is before) == borrow


def test_a_deep_copy_and_a_pickle_have_values_of_their_own() -> None:
    s = theano.shared(np.ones(2), "s")
    for twin in (copy.deepcopy(s), pickle.loads(pickle.dumps(s, -1))):
        twin.set_value(np.zeros(2))
        assert twin.type == s.type
        assert s.get_value().tolist() == [1.0, 1.0]


def test_constructors_of_other_kinds_are_asked_first() -> None:
    class Celsius(float):
        pass

    def celsius(value: object, name: str | None, strict: bool, allow_downcast: bool | None) -> SharedVariable:
        if not isinstance(value, Celsius):
            raise TypeError("no temperature")
        return theano.shared(float(value) + 273.15, "kelvin")

    theano.compile.shared_constructor(celsius)
    try:
        assert theano.shared(Celsius(0)).name == "kelvin"
        assert isinstance(theano.shared(np.zeros(2)), TensorSharedVariable)
    finally:
        theano.compile.shared_constructor(celsius, remove=True)
    assert theano.shared(Celsius(0)).name is None


def test_ordered_updates_join_and_refuse_contradictions() -> None:
    a, b = theano.shared(1.0), theano.shared(2.0)
    joined = theano.OrderedUpdates([(a, b)]) + theano.OrderedUpdates([(b, a)])
    assert dict(joined) == {a: b, b: a}
    with pytest.raises(KeyError):
        joined.update({a: a})
    with pytest.raises(TypeError, match="shared"):
        joined[T.dscalar()] = a
