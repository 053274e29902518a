"""Indexing: the lengths of slices, declared patterns, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano
import theano.tensor as T
from theano.loops.expressions import Literal
from theano.tensor.subtensor import slice_extent

ends = st.none() | st.integers(-9, 9)
steps = st.none() | st.integers(-4, 4).filter(bool)


@given(ends, ends, steps, st.integers(0, 6))
def test_a_slice_of_known_ends_is_that_of_python(start, stop, step, length) -> None:
    positions = range(length)[slice(start, stop, step)]
    first, count = slice_extent(start, stop, step, length)
    assert count == len(positions)
    assert not positions or first == positions[0]


@given(ends, ends, steps, st.integers(0, 6))
def test_a_slice_of_an_axis_of_unknown_length_is_that_of_python(start, stop, step, length) -> None:
    """The same in index expressions, which loops are made of; literals fold."""
    positions = range(length)[slice(start, stop, step)]
    first, count = (
        e.value if isinstance(e, Literal) else e for e in slice_extent(start, stop, step, Literal(length))
    )
    assert count == len(positions)
    assert not positions or first == positions[0]


@given(ends, ends, steps, st.integers(0, 6))
def test_a_slice_of_unknown_ends_is_that_of_python(start, stop, step, length) -> None:
    positions = range(length)[slice(start, stop, step)]
    unknown = [None if n is None else Literal(n) for n in (start, stop, step)]
    first, count = (e.value if isinstance(e, Literal) else e for e in slice_extent(*unknown, Literal(length)))
    assert count == len(positions)
    assert not positions or first == positions[0]


@pytest.mark.parametrize(
    ("index", "pattern"),
    [
        (slice(0, 1), (True, False)),
        (slice(None), (True, False)),
        (slice(None, None, -1), (True, False)),
        (slice(1, None), (False, False)),
        (slice(0, T.iscalar("n")), (False, False)),
        (0, (False,)),
        ((slice(None), 0), (True,)),
        ([0, 0], (False, False)),
        ([0], (True, False)),
        ((None, 0), (True, False)),
    ],
    ids=str,
)
def test_what_is_known_to_be_of_length_one(index, pattern) -> None:
    assert T.row("r")[index].broadcastable == pattern


@pytest.mark.parametrize("index", [1.5, True, [True, False], "a", np.bool_(True), [0.5]], ids=repr)
def test_an_index_of_another_kind_is_a_type_error(index) -> None:
    with pytest.raises(TypeError):
        T.vector("x")[index]


@pytest.mark.parametrize("index", [(0, 0), (None, 0, 0), (slice(None), [1, 2]), (..., 0, 0)], ids=str)
def test_too_many_indices_are_an_index_error(index) -> None:
    with pytest.raises(IndexError, match="too many indices for array"):
        T.vector("x")[index]


def test_two_ellipses_are_an_index_error() -> None:
    with pytest.raises(IndexError, match="single Ellipsis"):
        T.matrix("x")[..., 0, ...]


def test_only_results_of_indexing_are_set() -> None:
    x = T.vector("x")
    for expression in (x, x + 1, 3):
        with pytest.raises(TypeError, match="must be the result of a subtensor operation"):
            T.set_subtensor(expression, 0)


def test_a_value_of_too_many_dimensions_is_refused() -> None:
    message = "Trying to increment a 0-dimensional subtensor with a 1-dimensional value."
    with pytest.raises(TypeError, match=message):
        T.inc_subtensor(T.vector("x")[0], T.vector("y"))


def test_setting_keeps_the_dtype_of_the_array() -> None:
    assert T.set_subtensor(T.ivector()[0], 2.5).dtype == "int32"
    assert T.inc_subtensor(T.fvector()[[0, 1]], T.dvector()).dtype == "float32"


def test_a_range_has_as_many_entries_as_pythons() -> None:
    from theano.tensor.alloc import range_length

    for start, stop, step in [(0, 5, 1), (5, 0, -2), (3, 3, 1), (4, 2, 1), (0, 7, 3), (-3, 4, 2)]:
        unknown = range_length(Literal(start), Literal(stop), Literal(step))
        assert unknown.value == range_length(start, stop, step) == len(range(start, stop, step))


@pytest.mark.parametrize("i", [[0, 2, 1], [0, -1, 1]])
def test_a_choice_that_is_none_of_them_is_an_error_of_value(i: list[int], backend: str) -> None:
    a, rows = T.lvector("a"), T.dmatrix("rows")
    for chosen in (T.choose(a, rows), T.choose(a, [rows[0], rows[1]]), a.choose(rows, mode="wrap")):
        f = theano.function([a, rows], chosen, mode=theano.Mode(linker=backend))
        assert f([0, 1, 1], np.arange(6.0).reshape(2, 3)).tolist() == [0.0, 4.0, 5.0]
        with pytest.raises(ValueError, match="invalid entry in choice array"):
            f(i, np.arange(6.0).reshape(2, 3))
