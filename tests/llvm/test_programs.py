"""Compiled programs: storage, updates in place, threads, forks, long chains."""

import os
import platform
import threading

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import machine
from theano.backends.llvm.arguments_code import ArgumentSpec
from theano.backends.llvm.kernel_code import WIDEST, emit_kernel
from theano.backends.llvm.lower import lower_graph
from theano.backends.llvm.machine import module_for_host
from theano.backends.llvm.program_code import emit_program
from theano.loops.plan import make_program
from theano.loops.program import Check, Launch
from theano.rewrite.passes import rewriter

NATIVE = theano.Mode(linker="llvm")


def program(inputs, outputs):
    fgraph = theano.FunctionGraph(inputs, outputs)
    rewriter("fast_run")(fgraph)
    graph = lower_graph(fgraph, len(inputs))
    return make_program(graph.inputs, graph.states, graph.constants, graph.definitions, graph.outputs, [])


def launches(inputs, outputs):
    return [step for step in program(inputs, outputs).steps if isinstance(step, Launch)]


def test_a_chain_of_elementwise_functions_is_one_loop_over_one_axis():
    x, y = T.dmatrices("xy")
    (launch,) = launches([x, y], [T.tanh(x * y + 1) - x])
    assert len(launch.kernel.extents) == 1  # rows and columns are walked as one


def test_a_producer_runs_in_the_loop_of_the_sum():
    x = T.dvector("x")
    (launch,) = launches([x], [(x * x).sum()])
    assert launch.kernel.folded == 1 and len(launch.kernel.stores) == 1


def test_what_a_permuted_producer_reads_is_written_out_too():
    x = T.fmatrix("x")
    distance = x - x.mean(axis=0, keepdims=True)
    loops = launches([x], [T.sqr(distance).sum(axis=0)])
    assert all(len(step.kernel.extents) < 2 or step.kernel.folded for step in loops)
    values = np.random.default_rng(0).standard_normal((7, 5)).astype("float32")
    found = theano.function([x], T.sqr(distance).sum(axis=0))(values)
    np.testing.assert_allclose(found, values.var(axis=0) * 7, rtol=1e-5)


def test_a_few_additions_are_computed_again_in_a_later_loop():
    x = T.dmatrix("x")
    distance = 2 * (x - 1)
    first, second = launches([x], [distance * T.sqr(distance).sum()])
    assert [is_written for step in (first, second) for _, is_written in step.kernel.buffers].count(True) == 2


def test_a_state_is_changed_in_the_loop_that_alone_reads_its_new_value():
    w, m, k = (theano.shared(np.full(shape, 2.0)) for shape in ((5,), (5,), ()))
    moment = 0.5 * m + 0.25 * w
    updates = [(m, moment), (w, w - moment / (1 - k**2)), (k, k + 1)]
    f = theano.function([], T.sqr(w - 1).sum(), updates=updates, mode=NATIVE)
    memory = w.get_value(borrow=True).ctypes.data, m.get_value(borrow=True).ctypes.data
    assert f() == 5
    np.testing.assert_array_equal(m.get_value(), 1.5)
    np.testing.assert_array_equal(w.get_value(), 2 - 1.5 / -3)
    assert memory == (w.get_value(borrow=True).ctypes.data, m.get_value(borrow=True).ctypes.data)


def test_loops_of_long_functions_take_the_widest_vectors():
    x, wide = T.dvector("x"), []
    for output in (T.exp(x), x * x):
        module = module_for_host("wide")
        (step,) = launches([x], [output])
        wide.append(WIDEST in str(emit_kernel(module, step.kernel, "kernel")))
    assert wide == [True, False]


@pytest.mark.parametrize("n", [31, 32, 63, 64, 65, 200, 1003])
def test_long_functions_of_float32_are_summed_in_float64(n):
    x = T.fmatrix("x")
    module = module_for_host("lanes")
    (step, *_) = launches([x], [T.exp(x).sum(axis=1)])
    assert "llvm.loop.vectorize.width" in str(emit_kernel(module, step.kernel, "kernel").module)
    values = np.random.default_rng(n).standard_normal((3, n)).astype("float32")
    found = theano.function([x], T.exp(x).sum(axis=1), mode=NATIVE)(values)
    np.testing.assert_allclose(found, np.exp(values).sum(axis=1, dtype="float64"), rtol=3e-7)


def test_sums_over_one_domain_share_a_loop():
    x = T.dvector("x")
    (launch,) = launches([x], [x.sum(), T.exp(x).sum()])
    assert len(launch.kernel.accumulators) == 2


def test_lengths_known_to_agree_are_checked_once():
    x, y = T.dvectors("xy")
    checks = [step for step in program([x, y], [x + y, x * y, x - y]).steps if isinstance(step, Check)]
    assert len(checks) == 1


def test_equal_loops_are_one_kernel():
    x = T.dvector("x")
    y = x
    for _ in range(200):
        y = T.exp(-y)
    steps = launches([x], [y])
    assert len(steps) > 10 and len({step.kernel for step in steps}) <= 3


@pytest.mark.parametrize("n", [0, 1, 3, 31, 32, 33, 1000])
def test_sums_of_all_lengths(n):
    x = T.dvector("x")
    values = np.random.default_rng(0).normal(size=n)
    result = theano.function([x], x.sum(), mode=NATIVE)(values)
    np.testing.assert_allclose(result, values.sum(), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("axis", [0, 1, 2, (0, 2), (1, 2), (0, 1)])
@pytest.mark.parametrize("shape", [(2, 3, 4), (70, 1, 130), (0, 3, 2), (5, 0, 4)])
def test_sums_along_every_axis(shape, axis):
    x = T.dtensor3("x")
    values = np.random.default_rng(0).normal(size=shape)
    result = theano.function([x], x.sum(axis=axis), mode=NATIVE)(values)
    np.testing.assert_allclose(result, values.sum(axis=axis), rtol=1e-12, atol=1e-12)


def test_arguments_of_any_layout():
    x = T.dmatrix("x")
    f = theano.function([x], x * 2, mode=NATIVE)
    base = np.arange(24.0).reshape(4, 6)
    for value in (base, base.T, base[::2, 1::2], base[::-1], np.asfortranarray(base), np.broadcast_to(base[:1], (3, 6))):
        np.testing.assert_array_equal(f(value), value * 2)
    swapped = base.astype(">f8")
    np.testing.assert_array_equal(f(swapped), base * 2)


def test_an_update_in_place_leaves_alone_an_array_that_somebody_holds():
    w = theano.shared(np.zeros(3), "w")
    f = theano.function([], [], updates=[(w, w + 1)], mode=NATIVE)
    held = w.get_value(borrow=True)
    f()
    np.testing.assert_array_equal(held, 0)
    np.testing.assert_array_equal(w.get_value(), 1)


def test_an_update_is_written_into_the_same_memory_when_nobody_holds_it():
    w = theano.shared(np.zeros(3), "w")
    f = theano.function([], [], updates=[(w, w + 1)], mode=NATIVE)
    address = w.container.storage[0].ctypes.data
    f()
    assert w.container.storage[0].ctypes.data == address
    np.testing.assert_array_equal(w.get_value(), 1)


def test_two_states_can_be_swapped():
    a, b = theano.shared(np.zeros(2), "a"), theano.shared(np.ones(2), "b")
    theano.function([], [], updates=[(a, b), (b, a)], mode=NATIVE)()
    np.testing.assert_array_equal(a.get_value(), 1)
    np.testing.assert_array_equal(b.get_value(), 0)


def test_updates_that_read_each_other_see_the_old_values():
    a, b = theano.shared(np.full(2, 2.0), "a"), theano.shared(np.full(2, 3.0), "b")
    theano.function([], [], updates=[(a, a + b), (b, a * b)], mode=NATIVE)()
    np.testing.assert_array_equal(a.get_value(), 5)
    np.testing.assert_array_equal(b.get_value(), 6)


def test_an_update_sees_the_old_value_of_a_state_that_the_same_loop_replaces():
    a, b = theano.shared(np.full(2, 2.0), "a"), theano.shared(np.zeros(2), "b")
    x = T.dvector("x")
    theano.function([x], [], updates=[(a, T.exp(x)), (b, a * x)], mode=NATIVE)(np.zeros(2) + 1.5)
    np.testing.assert_array_equal(a.get_value(), np.exp([1.5, 1.5]))
    np.testing.assert_array_equal(b.get_value(), 3.0)


def test_a_value_returned_in_another_shape_keeps_its_memory_to_the_end():
    x = T.dmatrix("x")
    turned = (2 * x.T).reshape((2, 6))
    later = T.exp(x).T.reshape((12,)).sum() + T.dot(T.dot(x, x.T), x).sum()  # needs room of the same size
    values = np.arange(12.0).reshape(3, 4) / 12
    result, _, _ = theano.function([x], [turned, later, T.dot(T.exp(x).T, x)], mode=NATIVE)(values)
    np.testing.assert_array_equal(result, (2 * values.T).reshape(2, 6))


def test_a_failed_call_changes_no_state():
    x = T.dvector("x")
    w, n = theano.shared(np.zeros(3), "w"), theano.shared(0, "n")
    f = theano.function([x], x.max(), updates=[(w, w + x), (n, n + 1)], mode=NATIVE)
    with pytest.raises(ValueError, match="mis-match"):
        f(np.ones(2))
    assert n.get_value() == 0 and not w.get_value().any()


def test_sixteen_threads_call_one_function():
    x = T.dvector("x")
    calls = theano.shared(0, "calls")
    f = theano.function([x], T.exp(x).sum(), updates=[(calls, calls + 1)], mode=NATIVE)
    wrong = []

    def work(k):
        values = np.full(100, k / 16)
        for _ in range(100):
            if not np.isclose(f(values), 100 * np.exp(k / 16)):
                wrong.append(k)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong and calls.get_value() == 1600


def test_a_forked_child_calls_and_compiles():
    x = T.dvector("x")
    f = theano.function([x], x * 2, mode=NATIVE)
    child = os.fork()
    if child == 0:
        try:
            g = theano.function([x], x * 3 + 1, mode=NATIVE)
            os._exit(0 if f([1.0])[0] == 2 and g([1.0])[0] == 4 else 1)
        except BaseException:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0


def test_a_long_chain_with_its_gradient():
    x = T.dvector("x")
    y = x
    for _ in range(1000):
        y = T.tanh(y) * 1.01
    f = theano.function([x], T.grad(y.sum(), x), mode=NATIVE)
    g = theano.function([x], T.grad(y.sum(), x), mode=theano.Mode(linker="py"))
    np.testing.assert_allclose(f([0.1, 0.5]), g([0.1, 0.5]), rtol=1e-9)


def test_long_programs_run_from_a_table_whose_code_does_not_grow():
    def text(steps):
        x = T.dvector("x")
        y = x
        for _ in range(steps):
            y = T.tanh(y) * 1.01
        compiled = program([x], [y.sum(), T.grad(y.sum(), x)])
        module = module_for_host("function")
        emit_program(module, compiled, [ArgumentSpec("float64", (False,), True)], False, frozenset())
        return compiled, str(module)

    (short, short_text), (long, long_text) = text(500), text(1000)
    assert len(long.steps) > 1.8 * len(short.steps)
    assert long_text.count("\n") < 1.2 * short_text.count("\n")


@pytest.mark.skipif(platform.machine() != "x86_64", reason="names a processor of this kind")
def test_code_for_a_processor_without_fma_calls_none(monkeypatch):
    made = []

    def object_code(module, real=machine.object_code):
        made.append(real(module))
        return made[-1]

    x, y = T.dvectors("x", "y")
    values = np.linspace(0.5, 2.0, 37), np.linspace(-3.0, 3.0, 37)
    newest = theano.function([x, y], x**y)(*values)
    monkeypatch.setattr(machine, "host", lambda: machine.Processor("x86-64"))
    monkeypatch.setattr(machine, "object_code", object_code)
    with theano.change_flags(cache=False):
        first = theano.function([x, y], x**y)(*values)
    assert len(made) == 1 and b"\0fma\0" not in made[0]
    np.testing.assert_allclose(first, newest, rtol=1e-15)


def test_a_value_is_made_in_the_memory_of_the_output_that_alone_reads_it():
    x = T.dmatrix("x")
    e = T.exp(x)
    made = program([x], [e / e.sum(axis=1, keepdims=True)])
    (output,) = made.outputs
    *_, first, last = (step for step in made.steps if isinstance(step, Launch))
    assert output in first.buffers and output in last.buffers


@pytest.mark.parametrize(
    "output",
    [
        lambda e, s: [e / s, e],  # it leaves the program itself
        lambda e, s: [e / s, (e / s).T.dot(e)],  # read once more later
        lambda e, s: [(e / s.T) - e.T / s.T],  # read in another order
        lambda e, s: [(e / s) + e[::-1]],
        lambda e, s: [e / s, e * s],  # two outputs: one of them may take it
        lambda e, s: [e.reshape((-1,)) / s.sum(), e / s],
        lambda e, s: [T.cast(e / s, "float32")],
    ],
)
def test_what_else_is_read_of_a_value_is_not_written_over(output):
    x = T.dmatrix("x")
    e = T.exp(x)
    outputs = output(e, e.sum(axis=1, keepdims=True))
    values = np.random.default_rng(0).standard_normal((5, 5))
    plain = theano.Mode(linker="py", optimizer=None)
    results = [theano.function([x], outputs, mode=mode)(values) for mode in (NATIVE, plain)]
    for ours, expected in zip(*results, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-6 if ours.dtype == "float32" else 1e-12)


def test_a_number_that_is_written_over_leaves_twice():
    x = T.dvector("x")
    total = 2 * x.sum()
    f = theano.function([x], [total, total, total + 1], mode=theano.Mode(linker="llvm"))
    assert [float(v) for v in f([2.0, 3.0])] == [10.0, 10.0, 11.0]
