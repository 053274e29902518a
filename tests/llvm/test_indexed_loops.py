"""Gathers, scatters and joins as loops: values, storage, failures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano
import theano.tensor as T
from tests.llvm.test_programs import launches, program
from tests.sweep import examples
from theano.loops.program import HostCall

NATIVE = theano.Mode(linker="llvm")
ORACLE = theano.Mode(linker="py")
LENGTHS = (5, 4, 3)


@st.composite
def indices(draw):
    """An index of an array of shape LENGTHS: integers, slices, index arrays of a common shape, new axes."""
    kinds = draw(st.lists(st.sampled_from(["integer", "slice", "array"]), min_size=1, max_size=3))
    shape = draw(st.sampled_from([(), (1,), (4,), (2, 3), (2, 1), (0,)]))
    index = []
    for length, kind in zip(LENGTHS, kinds):
        if kind == "integer":
            index.append(draw(st.integers(-length, length - 1)))
        elif kind == "slice":
            ends = st.none() | st.integers(-length - 2, length + 2)
            index.append(slice(draw(ends), draw(ends), draw(st.sampled_from([None, 1, 2, -1, -3]))))
        else:
            values = st.lists(st.integers(-length, length - 1), min_size=int(np.prod(shape)), max_size=int(np.prod(shape)))
            index.append(np.array(draw(values), dtype=draw(st.sampled_from(["int64", "int32", "int8"]))).reshape(shape))
    if draw(st.booleans()):
        index.insert(draw(st.integers(0, len(index))), None)
    return tuple(index)


def both(inputs, output, *values):
    results = [theano.function(inputs, output, mode=mode)(*values) for mode in (NATIVE, ORACLE)]
    assert results[0].dtype == results[1].dtype
    np.testing.assert_array_equal(*results)
    return results[0]


@examples(60)
@given(indices())
def test_reading_at_any_mixture_of_indices(index):
    x = T.dtensor3("x")
    data = np.arange(60.0).reshape(LENGTHS)
    if None in [i if i is None else 0 for i in index]:
        index = (*index, Ellipsis)
    np.testing.assert_array_equal(both([x], x[index], data), data[index])


@examples(60)
@given(indices(), st.booleans())
def test_changing_at_any_mixture_of_indices(index, puts):
    index = tuple(i for i in index if i is not None)
    x, y = T.dtensor3("x"), T.dscalar("y")
    data = np.arange(60.0).reshape(LENGTHS)
    expected = data.copy()
    if puts:
        expected[index] = 7.5
    else:
        np.add.at(expected, index, 7.5)
    change = T.set_subtensor if puts else T.inc_subtensor
    np.testing.assert_array_equal(both([x, y], change(x[index], y), data, 7.5), expected)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float16", "float32", "complex64"])
def test_changes_in_every_dtype(dtype):
    x, y, rows = T.TensorType(dtype, (False,) * 2)("x"), T.TensorType(dtype, (False,))("y"), T.lvector("rows")
    data, row = np.ones((4, 3), dtype), np.array([1, 0, 1], dtype)
    both([x, y, rows], T.inc_subtensor(x[rows], y), data, row, [0, 2, 2])
    both([x, y], T.inc_subtensor(x[1:, ::2], y[:1]), data, row)
    both([x, y], T.join(0, x, y.dimshuffle("x", 0), x), data, row)


def test_the_last_of_equal_indices_is_put():
    x, y, rows = T.dvector("x"), T.dvector("y"), T.lvector("rows")
    result = both([x, y, rows], T.set_subtensor(x[rows], y), np.zeros(3), [1.0, 2.0, 3.0], [1, 1, 0])
    np.testing.assert_array_equal(result, [3, 2, 0])


def test_nothing_of_this_is_called_back():
    x, y, rows = T.dmatrix("x"), T.dmatrix("y"), T.lvector("rows")
    outputs = [
        x[rows],
        x[rows, rows],
        T.inc_subtensor(x[rows], y),
        T.set_subtensor(x[:, 0], 1.0),
        T.join(1, x, y),
        T.grad(x[rows].sum(), x),
        *T.split(x, [1, 2], 2, axis=0),
    ]
    assert not [step for step in program([x, y, rows], outputs).steps if isinstance(step, HostCall)]


def test_pieces_of_a_join_are_computed_in_their_place():
    x, y = T.dvectors("xy")
    steps = launches([x, y], [T.join(0, T.exp(x), T.sin(y) * 2)])
    assert len(steps) == 2 and len({step.buffers[-1] for step in steps} | {step.buffers[0] for step in steps}) == 3


def embedding(rows=1000):
    w = theano.shared(np.zeros((rows, 3)), "w")
    chosen = T.lvector("chosen")
    picked = w[chosen]
    update = T.inc_subtensor(picked, -0.5 * (picked - 1))
    return w, theano.function([chosen], picked.sum(), updates=[(w, update)], mode=NATIVE)


def test_an_update_of_some_rows_is_written_in_place():
    w, step = embedding()
    address = w.container.storage[0].ctypes.data
    step([4, 7, 7])
    assert w.container.storage[0].ctypes.data == address
    np.testing.assert_array_equal(w.get_value()[[3, 4, 7], 0], [0, 0.5, 1.0])


def test_an_update_of_some_rows_leaves_alone_an_array_that_somebody_holds():
    w, step = embedding()
    held = w.get_value(borrow=True)
    step([1])
    assert not held.any() and w.get_value()[1, 0] == 0.5


def test_an_index_out_of_range_changes_nothing():
    w, step = embedding(10)
    with pytest.raises(IndexError, match="index 10 is out of bounds for axis 0 with size 10"):
        step([0, 10])
    assert not w.get_value().any()


def test_an_update_that_reads_the_state_elsewhere_works_on_a_copy():
    w = theano.shared(np.arange(4.0), "w")
    step = theano.function([], [], updates=[(w, T.set_subtensor(w[1:], w[:-1]))], mode=NATIVE)
    step()
    np.testing.assert_array_equal(w.get_value(), [0, 0, 1, 2])


def test_the_first_index_out_of_range_is_told_whatever_the_threads():
    x, rows = T.dvector("x"), T.lvector("rows")
    with theano.config.change_flags(threads=2):
        f = theano.function([x, rows], x[rows], mode=NATIVE)
    chosen = np.zeros(500_000, "int64")
    chosen[[300_000, 499_999]] = 9, 12
    with pytest.raises(IndexError, match="index 9 is out of bounds"):
        f(np.ones(5), chosen)


def test_a_value_that_does_not_fit_is_refused():
    x, y = T.dmatrix("x"), T.dvector("y")
    f = theano.function([x, y], T.set_subtensor(x[:, 1:], y), mode=NATIVE)
    with pytest.raises(ValueError, match=r"could not broadcast input array from shape \(3\) into shape \(2\)"):
        f(np.zeros((2, 3)), np.zeros(3))
    np.testing.assert_array_equal(f(np.zeros((2, 3)), np.ones(1)), [[0, 1, 1], [0, 1, 1]])


def test_a_copy_is_made_before_the_places_in_it_are_changed():
    """The copy of ``b`` shares a loop with the new value of ``b``, which must then not wait until the end."""
    a, b = theano.shared(np.ones((3, 4)), "a"), theano.shared(np.full((3, 4), 2.0), "b")
    changed = T.set_subtensor(b[1:], 0.25)
    step = theano.function([], [], updates=[(a, T.dot(T.dot(changed, a.T), a)), (b, a - b)], mode=NATIVE)
    step()
    np.testing.assert_array_equal(a.get_value(), np.array([[24.0], [3.0], [3.0]]) + np.zeros((3, 4)))
    np.testing.assert_array_equal(b.get_value(), -np.ones((3, 4)))


def test_a_join_waits_for_the_lengths_of_all_its_pieces():
    x, y = T.dmatrices("xy")
    late = T.sort(T.join(0, x[:2], y[:1]), axis=1)  # called back, so its lengths are known when it has been
    f = theano.function([x, y], T.join(0, x[:2], late[:1]), mode=NATIVE)
    np.testing.assert_array_equal(f(np.eye(3), np.zeros((2, 3))), [[1, 0, 0], [0, 1, 0], [0, 0, 1]])


def test_what_a_scatter_takes_up_comes_after_what_that_reads():
    x, v = T.dmatrix("x"), T.dvector("v")
    count = T.arange(1, 4).reshape((1, x.shape[1]))

    def weighted(row):
        return T.addbroadcast(count * T.unbroadcast(row.dimshuffle("x", 0), 0), 0).dimshuffle(1)

    late = weighted(T.cos(x[0] + v)) * v
    early = weighted(T.cos(x[1])) * v + 0.5 * late
    first = T.inc_subtensor(T.zeros_like(x)[1:], T.inc_subtensor(T.zeros_like(x[1:])[0], early))
    second = T.inc_subtensor(T.zeros_like(x[:-1])[0], late)
    f = [theano.function([x, v], T.inc_subtensor(first[:-1], second), mode=theano.Mode(linker)) for linker in ("py", "llvm")]
    values = np.random.RandomState(0).randn(4, 3), np.arange(1.0, 4.0)
    np.testing.assert_allclose(f[1](*values), f[0](*values))


def test_changes_one_after_the_other_copy_once():
    x, a, b = T.dmatrices("x", "a", "b")
    y = T.inc_subtensor(T.set_subtensor(T.inc_subtensor(x[:, :2], a)[:, 2:], b)[::2], 1.0)
    steps = launches([x, a, b], [y])
    written = {step.buffers[store.buffer] for step in steps for store in step.kernel.stores}
    assert [buffer.kind for buffer in written] == ["output"]
