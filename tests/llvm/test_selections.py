"""Masks and positions of what is not 0, as loops: results whose length their values tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano
import theano.tensor as T
from tests.llvm.test_indexed_loops import both
from tests.llvm.test_programs import launches, program
from tests.sweep import examples
from theano.loops.program import HostCall

NATIVE = theano.Mode(linker="llvm")
LENGTHS = (4, 3, 5)


def variable(value, name):
    return T.TensorType(value.dtype.name, [False] * value.ndim)(name)


@examples(60)
@given(
    st.lists(st.sampled_from([0, 1, 3, 70]), min_size=1, max_size=3),
    st.sampled_from(["bool", "int8", "float32", "float64", "complex64", "float16"]),
    st.integers(0, 3),
)
def test_positions_of_what_is_not_0(shape, dtype, least):
    values = np.random.default_rng(0).integers(-2, 3, shape)
    values = np.where(values >= 2 - least, values, 0).astype(dtype)
    if values.size and dtype.startswith("float"):
        values.flat[0], values.flat[-1] = np.nan, -0.0
    x = variable(values, "x")
    found = theano.function([x], [*T.nonzero(x), T.nonzero_values(x), T.flatnonzero(x)], mode=NATIVE)(values)
    wanted = [*np.nonzero(values), values[np.nonzero(values)], np.flatnonzero(values)]
    for ours, numpys in zip(found, wanted, strict=True):
        assert ours.dtype == numpys.dtype
        np.testing.assert_array_equal(ours, numpys)


@st.composite
def masked(draw):
    """Index kinds for an array of shape LENGTHS, at least one of them a mask, of one axis or of several."""
    kinds, left = [], len(LENGTHS)
    where = draw(st.integers(0, 2))
    while left and len(kinds) <= where:
        axis = len(LENGTHS) - left
        if len(kinds) == where:
            ndim = draw(st.integers(1, left))
            mask = draw(st.lists(st.booleans(), min_size=2, max_size=7))
            kinds.append(np.resize(np.array(mask), LENGTHS[axis : axis + ndim]))
            left -= ndim
        else:
            kinds.append(draw(st.sampled_from([slice(None), slice(1, None, 2), 1, None])))
            left -= kinds[-1] is not None
    if not any(isinstance(k, np.ndarray) for k in kinds):
        kinds[-1] = np.resize([True, False], LENGTHS[-1])
    return tuple(kinds)


@examples(80)
@given(masked(), st.booleans(), st.booleans())
def test_reading_and_changing_where_masks_are_true(index, puts, is_number):
    data = np.arange(60.0).reshape(LENGTHS)
    names = [variable(k, "m") if isinstance(k, np.ndarray) else k for k in index]
    masks = [k for k in index if isinstance(k, np.ndarray)]
    variables = [n for n in names if isinstance(n, T.TensorVariable)]
    x = T.dtensor3("x")
    wanted = data[index]
    np.testing.assert_array_equal(both([x, *variables], x[tuple(names)], data, *masks), wanted)
    if None in [k if k is None else 0 for k in index]:
        return
    new = np.float64(7.5) if is_number else np.arange(wanted.size).reshape(wanted.shape) - 3.0
    y = variable(np.asarray(new), "y")
    change = T.set_subtensor if puts else T.inc_subtensor
    changed = data.copy()
    changed[index] = new if puts else changed[index] + new
    np.testing.assert_array_equal(both([x, y, *variables], change(x[tuple(names)], y), data, new, *masks), changed)


def test_an_array_and_a_mask_stretch_together():
    x, m, i = T.dmatrix("x"), T.TensorType("bool", (False,))("m"), T.lvector("i")
    data = np.arange(12.0).reshape(3, 4)
    mask = np.array([True, False, True])
    for places in ([1, -1], [2]):
        found = both([x, m, i], x[m, i], data, mask, np.array(places))
        np.testing.assert_array_equal(found, data[mask, np.array(places)])
    with pytest.raises(IndexError):
        both([x, m, i], x[m, i], data, mask, np.array([0, 1, 2]))


def test_a_mask_of_another_length_is_an_error():
    x, m = T.dmatrix("x"), T.TensorType("bool", (False,))("m")
    whole = T.TensorType("bool", (False, False))("m")
    for expression in (x[m], T.inc_subtensor(x[m], 1)):
        with pytest.raises(IndexError, match="boolean index did not match"):
            theano.function([x, m], expression, mode=NATIVE)(np.ones((3, 4)), np.ones(2, bool))
    for expression in (x[whole], T.inc_subtensor(x[whole], 1)):
        with pytest.raises(IndexError, match="boolean index did not match"):
            theano.function([x, whole], expression, mode=NATIVE)(np.ones((3, 4)), np.ones((3, 5), bool))


def test_what_is_selected_is_as_long_as_what_it_is_added_to():
    x, y = T.dvectors("xy")
    data = np.array([1.0, -2.0, 3.0, -4.0])
    f = theano.function([x, y], [x[x > 0] + y[y < 0], x[x > 0].sum(), x[x > 0].shape[0]], mode=NATIVE)
    total, positive, count = f(data, data)
    assert total.tolist() == [-1, -1] and positive == 4 and count == 2
    with pytest.raises(ValueError):
        f(data, np.array([-1.0, 2.0]))


def test_gradients_through_masks():
    x = T.dmatrix("x")
    data = np.random.default_rng(0).normal(size=(5, 7))
    np.testing.assert_allclose(both([x], T.grad((x[x > 0] ** 2).sum(), x), data), np.where(data > 0, 2 * data, 0))
    rows = T.TensorType("bool", (False,))("m")
    keep = data[:, 0] > 0
    np.testing.assert_allclose(both([x, rows], T.grad((x[rows] ** 3).sum(), x), data, keep), 3 * data**2 * keep[:, None])


def test_a_state_is_changed_in_place_where_a_mask_is_true():
    w = theano.shared(np.array([[-1.0, 2.0], [3.0, -4.0]]))
    address = w.container.storage[0].ctypes.data
    theano.function([], [], updates=[(w, T.set_subtensor(w[w < 0], 0.0))], mode=NATIVE)()
    assert w.get_value().tolist() == [[0, 2], [3, 0]]
    assert w.container.storage[0].ctypes.data == address


def test_masks_are_loops():
    x, m = T.dmatrix("x"), T.TensorType("bool", (False, False))("m")
    for output in (x[m], T.set_subtensor(x[m], 1.0), T.nonzero_values(x)):
        assert not any(isinstance(step, HostCall) for step in program([x, m], [output]).steps)
    (launch,) = launches([x, m], [T.set_subtensor(x[m], 1.0)])  # chosen element by element
    assert len(launch.kernel.extents) == 1
    assert len(launches([x, m], [x[m]])) == 2  # count, select


@pytest.mark.parametrize("chance", [0.0, 0.01, 0.5, 1.0])
def test_long_masks_on_any_number_of_threads(chance):
    x, m = T.dvector("x"), T.TensorType("bool", (False,))("m")
    data = np.random.default_rng(0).normal(size=400_000)
    mask = np.random.default_rng(1).random(400_000) < chance
    for threads in (1, 2, 5):
        with theano.config.change_flags(threads=threads):
            f = theano.function([x, m], [x[m], *m.nonzero()], mode=NATIVE)
        values, places = f(data, mask)
        np.testing.assert_array_equal(values, data[mask])
        np.testing.assert_array_equal(places, np.flatnonzero(mask))


@examples(60)
@given(
    st.lists(st.integers(0, 4), max_size=9),
    st.sampled_from(["int64", "int32", "uint8"]),
    st.sampled_from([0, 1, None]),
)
def test_each_entry_as_often_as_its_number_says(numbers, dtype, axis):
    data = np.arange(3 * len(numbers)).reshape((len(numbers), 3) if axis == 0 else (3, len(numbers)))
    if axis is None:
        data = data[0]
    x, r = variable(data, "x"), T.TensorType(dtype, (False,))("r")
    repeats = np.array(numbers, dtype)
    found = both([x, r], T.repeat(x, r, axis=axis), data, repeats)
    np.testing.assert_array_equal(found, np.repeat(data, repeats.astype("int64"), axis=axis))


def test_one_number_of_unknown_length_is_for_all_entries():
    x, r = T.dvector("x"), T.lvector("r")
    f = theano.function([x, r], T.repeat(x, r), mode=NATIVE)
    assert f([1.0, 2.0], [2]).tolist() == [1, 1, 2, 2]
    with pytest.raises(ValueError):
        f([1.0, 2.0, 3.0], [2, 2])
    with pytest.raises(ValueError, match="repeats may not contain negative values"):
        f([1.0, 2.0, 3.0], [2, -1, 5])
