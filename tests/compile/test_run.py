"""f.run: many calls in one."""

import signal

import numpy as np
import pytest

import theano
import theano.tensor as T


def counter(backend, *inputs, output=None):
    w = theano.shared(np.zeros(()), "w")
    x = T.dscalar("x")
    f = theano.function([x], w * 10, updates=[(w, w + x)], mode=theano.Mode(linker=backend))
    return f, w


def test_n_calls_are_made(backend):
    f, w = counter(backend)
    assert f.run(5, 2.0) == 80.0
    assert w.get_value() == 10.0
    assert f.run(0, 2.0) is None
    assert w.get_value() == 10.0


def test_an_input_counts(backend):
    i, x = T.lscalar("i"), T.dvector("x")
    total = theano.shared(np.zeros(2), "total")
    f = theano.function([x, i], [total, i], updates=[(total, total + i * x)], mode=theano.Mode(linker=backend))
    totals, numbers = f.run(4, [1.0, 2.0], index="i", stack=True)
    np.testing.assert_array_equal(numbers, [0, 1, 2, 3])
    np.testing.assert_array_equal(totals, [[0, 0], [0, 0], [1, 2], [3, 6]])
    f.run(2, [1.0, 1.0], index=i, start=10)
    np.testing.assert_array_equal(total.get_value(), [27, 33])


def test_rows_are_cut_into_batches(backend):
    x, y, scale = T.dmatrix("x"), T.dvector("y"), T.dscalar("scale")
    f = theano.function([x, scale, y], [x.sum(0) * scale, y[0]], mode=theano.Mode(linker=backend))
    rows = np.arange(14.0).reshape(7, 2)
    sums, firsts = f.run(5, 2.0, cut={x: rows, "y": np.arange(7)}, batch_size=2, stack=True)
    np.testing.assert_array_equal(firsts, [0, 2, 4, 0, 2])
    wanted = [2 * rows[k : k + 2].sum(0) for k in (0, 2, 4, 0, 2)]
    np.testing.assert_array_equal(sums, wanted)


def test_columns_in_another_order_are_copied_once(backend):
    x = T.dmatrix("x")
    f = theano.function([x], x[0], mode=theano.Mode(linker=backend))
    rows = np.asfortranarray(np.arange(12.0).reshape(6, 2))
    np.testing.assert_array_equal(f.run(3, cut={x: rows}, batch_size=2, stack=True), rows[::2])


def test_results_keep_the_form_of_a_call(backend):
    x = T.dscalar("x")
    named = theano.function([x], {"a": x, "b": x * 2}, mode=theano.Mode(linker=backend))
    assert named.run(3, 2.0) == {"a": 2.0, "b": 4.0}
    stacked = named.run(3, 2.0, stack=True)
    assert {key: value.tolist() for key, value in stacked.items()} == {"a": [2.0] * 3, "b": [4.0] * 3}
    listed = theano.function([x], [x], mode=theano.Mode(linker=backend))
    assert listed.run(2, 2.0) == [2.0]
    silent = theano.function([x], [], mode=theano.Mode(linker=backend), on_unused_input="ignore")
    assert silent.run(2, 2.0) == []


def test_keywords_and_defaults(backend):
    x, y = T.dscalar("x"), T.dscalar("y")
    f = theano.function([x, theano.In(y, value=3.0)], x * y, mode=theano.Mode(linker=backend))
    assert f.run(2, x=2.0) == 6.0
    assert f.run(2, 2.0, y=5.0) == 10.0
    f["y"] = 7.0
    assert f.run(2, 2.0) == 14.0
    assert f(2.0) == 6.0


def test_an_input_that_updates_itself(backend):
    x, step = T.dscalar("x"), T.dscalar("step")
    f = theano.function([step, theano.In(x, value=0.0, update=x + step)], x, mode=theano.Mode(linker=backend))
    assert f.run(4, 2.0) == 6.0
    assert f["x"] == 8.0
    assert f.run(2, 1.0, x=100.0) == 101.0


def test_a_callback_sees_the_last_results(backend):
    f, _ = counter(backend)
    seen = []
    f.run(7, 1.0, callback=lambda done, result: seen.append((done, float(result))), every=3)
    assert seen == [(3, 20.0), (6, 50.0), (7, 60.0)]


def test_progress_needs_no_package(backend):
    f, w = counter(backend)
    f.run(250, 1.0, progress=True)
    assert w.get_value() == 250


def test_an_error_keeps_the_updates_of_calls_before(backend):
    w = theano.shared(np.zeros(()), "w")
    x, i = T.dvector("x"), T.lscalar("i")
    f = theano.function([x, i], x[i], updates=[(w, w + 1)], mode=theano.Mode(linker=backend))
    with pytest.raises(IndexError):
        f.run(10, [1.0, 2.0, 3.0], index=i)
    assert w.get_value() == 3


@pytest.fixture
def interruptible():
    """As in a terminal: a process in the background ignores interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_ends_between_calls(backend, interruptible):
    import _thread

    f, w = counter(backend)

    def callback(done, result):
        if done == 20:
            _thread.interrupt_main()

    with pytest.raises(KeyboardInterrupt):
        f.run(1000, 1.0, callback=callback, every=10)
    assert 20 <= w.get_value() <= 30


@pytest.mark.parametrize(
    "settings, error, text",
    [
        ({"n": -1}, ValueError, "n is 0 or more"),
        ({"n": 2.5}, ValueError, "n is 0 or more"),
        ({"n": 2, "every": 0}, ValueError, "1 or more"),
        ({"n": 2, "index": "x"}, TypeError, "0-d int64"),
        ({"n": 2, "index": "unknown"}, TypeError, "Unknown input"),
        ({"n": 2, "cut": {"x": np.zeros((4, 2))}}, ValueError, "needs batch_size"),
        ({"n": 2, "cut": {"x": np.zeros((4, 2))}, "batch_size": 9}, ValueError, "too few rows"),
    ],
)
def test_mistakes(settings, error, text):
    x = T.dmatrix("x")
    f = theano.function([x], x.sum())
    arguments = [] if "cut" in settings or "index" in settings else [np.zeros((1, 1))]
    settings = dict(settings)
    with pytest.raises(error, match=text):
        f.run(settings.pop("n"), *arguments, **settings)
