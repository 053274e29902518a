"""Loops shared by threads, and Python's lock given up in long calls."""

import os
import threading

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.random import MRG_RandomStreams

NATIVE = theano.Mode(linker="llvm")
LONG = 400_000  # elements: more than what is run in one part


def compiled(threads, inputs, outputs, **further):
    with theano.config.change_flags(threads=threads):
        return theano.function(inputs, outputs, mode=NATIVE, **further)


def values(*shape, dtype="float64"):
    return np.random.default_rng(0).normal(size=shape).astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "complex128", "bool"])
@pytest.mark.parametrize("shape", [(LONG,), (3, LONG), (LONG, 3), (1, LONG), (0, LONG)])
def test_a_split_loop_computes_what_the_whole_one_does(shape, dtype):
    x = T.TensorType(dtype, [False] * len(shape))("x")
    data = values(*shape).astype(dtype)
    expected = np.where(data, data, 1)
    for threads in (1, 2, 5):
        np.testing.assert_array_equal(compiled(threads, [x], T.switch(T.neq(x, 0), x, 1))(data), expected)


REDUCTIONS = ["sum", "prod", "max", "min", "mean", "std"]


@pytest.mark.parametrize("axis", [None, 0, 1])
@pytest.mark.parametrize("name", REDUCTIONS)
@pytest.mark.parametrize("shape", [(LONG, 1), (7, LONG // 7), (LONG // 50, 50)])
def test_reductions_have_the_same_digits_for_any_number_of_threads(shape, name, axis):
    x = T.dmatrix("x")
    data = 1 + values(*shape) / LONG
    results = [compiled(threads, [x], getattr(x, name)(axis=axis))(data) for threads in (1, 2, 3)]
    np.testing.assert_allclose(results[0], getattr(np, name)(data, axis=axis), rtol=1e-9)
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_array_equal(results[0], results[2])


@pytest.mark.parametrize("columns", [63, 129, 511, 513, 1023, 1025, 3000])
def test_columns_are_folded_once_each_however_they_are_dealt_out(columns):
    x = T.fmatrix("x")
    data = values(LONG // columns, columns, dtype="float32")
    expected = data.sum(axis=0, dtype="float64").astype("float32")
    for threads in (1, 2, 3):
        np.testing.assert_array_equal(compiled(threads, [x], x.sum(axis=0))(data), expected)


def test_several_folds_and_stores_in_one_split_loop():
    x = T.fvector("x")
    data = values(LONG, dtype="float32")
    y, total, largest = compiled(2, [x], [2 * x, (2 * x).sum(), T.exp(x).max()])(data)
    np.testing.assert_array_equal(y, 2 * data)
    np.testing.assert_allclose(total, (2 * data).sum(dtype="float64"), rtol=1e-5)
    np.testing.assert_allclose(largest, np.exp(data).max(), rtol=1e-6)


def test_nan_and_infinity_pass_through_blocks():
    x = T.dvector("x")
    data = np.ones(LONG)
    data[-1] = np.nan
    results = compiled(2, [x], [x.sum(), x.max(), x.min()])(data)
    assert np.isnan(results).all()


def test_splitting_from_a_given_length():
    x = T.dvector("x")
    with theano.config.change_flags(openmp=True, openmp_elemwise_minsize=10):
        f = compiled(2, [x], [T.exp(x), x.sum()])
    data = values(1000)
    y, total = f(data)
    np.testing.assert_allclose(y, np.exp(data), rtol=1e-15)
    np.testing.assert_allclose(total, data.sum(), rtol=1e-12)


def test_other_threads_run_while_a_long_call_does():
    x = T.dvector("x")
    y = x
    for _ in range(40):
        y = T.sin(y) + x
    f = compiled(1, [x], y.sum())
    data = values(2_000_000)
    inside = threading.Event()
    progress = []

    def count():
        while not inside.is_set():
            progress.append(1)

    counter = threading.Thread(target=count)
    f(data[:10])
    counter.start()
    before = len(progress)
    f(data)
    during = len(progress) - before
    inside.set()
    counter.join()
    assert during > 100


def test_threads_that_update_one_state_see_whole_values():
    w = theano.shared(np.zeros(LONG), "w")
    step = compiled(2, [], w.sum(), updates=[(w, T.round(T.cos(w * 0)) + w)])
    wrong = []

    def work():
        for _ in range(20):
            total = step()
            if total % LONG:
                wrong.append(total)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    final = w.get_value()
    assert not wrong and (final == final[0]).all() and 1 <= final[0] <= 80


def test_a_state_may_be_set_while_a_long_call_reads_it():
    w = theano.shared(np.zeros(LONG), "w")
    read = compiled(2, [], T.exp(T.sin(w)).sum())
    done = threading.Event()

    def replace():
        value = 0
        while not done.is_set():
            value += 1
            w.set_value(np.full(LONG, float(value)))

    writer = threading.Thread(target=replace)
    writer.start()
    totals = [float(read()) for _ in range(30)]
    done.set()
    writer.join()
    for total in totals:  # each is of one value, not of a mixture
        whole = total / LONG
        nearest = np.exp(np.sin(np.arange(2000.0)))
        assert np.abs(nearest - whole).min() < 1e-8


def test_a_forked_child_makes_threads_of_its_own():
    x = T.dvector("x")
    f = compiled(2, [x], T.exp(x).sum())
    data = values(LONG)
    expected = f(data)
    child = os.fork()
    if child == 0:
        os._exit(0 if f(data) == expected else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_an_update_in_place_of_a_long_state():
    w = theano.shared(np.zeros(LONG), "w")
    f = compiled(2, [], [], updates=[(w, w + 1)])
    address = w.container.storage[0].ctypes.data
    f()
    assert w.container.storage[0].ctypes.data == address
    np.testing.assert_array_equal(w.get_value(), 1)
    held = w.get_value(borrow=True)
    f()
    np.testing.assert_array_equal(held, 1)
    np.testing.assert_array_equal(w.get_value(), 2)


def test_a_long_program_shares_its_long_loops_too():
    x = T.dvector("x")
    w = theano.shared(np.linspace(0.9, 1.1, 300_000), "w")
    y = x
    for _ in range(60):
        y = T.tanh(y * w)
    cost = y.sum()
    step = compiled(4, [x], cost, updates=[(w, w - T.grad(cost, w))])
    v, u = np.linspace(0.1, 1, 300_000), w.get_value()
    hs = [v]
    for _ in range(60):
        hs.append(np.tanh(hs[-1] * u))
    dh, du = np.ones_like(v), np.zeros_like(u)
    for k in reversed(range(60)):
        da = dh * (1 - hs[k + 1] ** 2)
        du, dh = du + da * hs[k], da * u
    np.testing.assert_allclose(step(v), hs[-1].sum(), rtol=1e-10)
    np.testing.assert_allclose(w.get_value(), u - du, rtol=1e-8)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_draws_do_not_depend_on_the_number_of_threads(dtype):
    drawn = []
    for threads in (1, 2, 5):
        sample = MRG_RandomStreams(3).uniform((3 * LONG + 1,), dtype=dtype)
        f = compiled(threads, [], sample)
        drawn.append((f(), f(), sample.rstate.get_value()))
    for later in drawn[1:]:
        for a, b in zip(drawn[0], later, strict=True):
            np.testing.assert_array_equal(a, b)
