"""Loops that differ in numbers alone are one kernel, and compute what they computed each for itself."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.llvm.test_programs import launches, program
from theano.backends.llvm.arguments_code import ArgumentSpec
from theano.backends.llvm.machine import module_for_host
from theano.backends.llvm.program_code import emit_program
from theano.loops.program import Launch, LoopCall

NATIVE = theano.Mode(linker="llvm")
ORACLE = theano.Mode(linker="py", optimizer=None)
NUMBERS = [0.3, 2.0, 0.5, 1.7, 7.0, 0.25, 40.0]


def chain(x, numbers, step):
    """x_k = step(x + mean(x_{k-1}), a_k): every step has a loop of its own.  The sum of all of them."""
    mean, results = 0, []
    for number in numbers:
        results.append(step(x + mean, np.array(number, x.dtype)))
        mean = results[-1].mean()
    return sum(results)


STEPS = {
    "times": lambda x, a: T.tanh(x * a),
    "plus": lambda x, a: T.sin(x + a),
    "over": lambda x, a: T.cos(x / a) + a / (2 + T.cos(x)),
    "compared": lambda x, a: T.switch(x < a, T.sin(x), T.cos(x)),
    "chosen": lambda x, a: T.switch(x < 0.1, T.sin(x), a),
    "power": lambda x, a: T.cos(T.abs_(x) ** (a % 3)),
    "clipped": lambda x, a: T.clip(T.sin(x), -a, a),
}


def kernels(inputs, outputs):
    return {step.kernel for step in launches(inputs, outputs)}


@pytest.mark.parametrize("step", ["times", "plus", "compared", "chosen"])
def test_loops_that_differ_in_numbers_are_one_kernel(step):
    x = T.dvector("x")
    few, many = (len(kernels([x], [chain(x, np.linspace(0.3, 1.7, n), STEPS[step])])) for n in (4, 40))
    assert few == many


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("repetitions", [1, 5])
def test_values(step, dtype, repetitions):
    """Of short programs, whose loops are written out one by one, and of long ones, whose steps stand in a table."""
    x = T.vector("x", dtype)
    y = chain(x, NUMBERS * repetitions, STEPS[step])
    values = np.random.default_rng(0).uniform(-1, 1, 37).astype(dtype)
    found, expected = (theano.function([x], y, mode=mode)(values) for mode in (NATIVE, ORACLE))
    assert found.dtype == dtype
    np.testing.assert_allclose(found, expected, rtol=1e-4 if dtype == "float32" else 1e-12)


def test_a_number_in_which_all_loops_agree_stays_in_the_code():
    x, y, z = T.dvectors("xyz")
    (kernel,) = kernels([x, y, z], [T.exp(v * a + 0.7) for v, a in ((x, 0.3), (y, 0.4), (z, 0.6))])
    assert [i.value for i in kernel.body if i.code == "literal"] == [0.7] and kernel.scalars == ("float64",)


def test_loops_are_one_kernel_even_where_one_of_them_uses_a_number_twice():
    x, y, z = T.dvectors("xyz")
    functions = [T.tanh(v * a) + T.sin(v * b) for v, a, b in ((x, 0.3, 0.4), (y, 0.5, 0.6), (z, 0.7, 0.7))]
    f = theano.function([x, y, z], functions, mode=NATIVE)
    v = np.linspace(-2, 2, 19)
    for found, a, b in zip(f(v, v, v), (0.3, 0.5, 0.7), (0.4, 0.6, 0.7), strict=True):
        np.testing.assert_allclose(found, np.tanh(v * a) + np.sin(v * b), rtol=1e-13, atol=1e-15)
    first, second = (T.sqr(v - v[k]).sum() * T.exp(v) for v, k in ((x, 0), (y, 1)))
    assert len(kernels([x, y], [first, second])) == 2  # a sum, and what it is multiplied by


def test_division_by_a_power_of_two_stays_a_product():
    x, y, z = T.dvectors("xyz")
    steps = launches([x, y, z], [x / 4.0, y / 3.0, z / 5.0])
    assert [tuple(n.value for n in step.numbers) for step in steps] == [(), (3.0,), (5.0,)]


def test_zeros_of_both_signs_are_kept_apart():
    x, y = T.dvectors("xy")
    f = theano.function([x, y], [T.switch(x > 0, 0.0, x), T.switch(y > 0, -0.0, y)], mode=NATIVE)
    plus, minus = f([1.0, 2.0], [1.0, 2.0, 3.0])
    assert not np.signbit(plus).any() and np.signbit(minus).all()


def test_integers_are_numbers_of_the_dtype_in_which_they_are_used():
    x, y, z = T.fvectors("xyz")
    steps = launches([x, y, z], [T.tanh(x * 3), T.tanh(y * np.float32(0.5)), T.tanh(z * 7)])
    assert len({step.kernel for step in steps}) == 1
    assert [step.numbers[0].value for step in steps] == [3.0, 0.5, 7.0]


def test_loops_that_begin_at_different_places_are_one_kernel():
    x, table = T.dvector("x"), T.dmatrix("table")
    parts = [T.tanh(table[:, k]) for k in (1, 2, 5)]
    assert len(kernels([table], parts)) == 1
    values = np.random.default_rng(1).standard_normal((4, 6))
    for found, k in zip(theano.function([table], parts, mode=NATIVE)(values), (1, 2, 5), strict=True):
        np.testing.assert_allclose(found, np.tanh(values[:, k]), rtol=1e-14)
    shifted = [T.tanh(x[k : k + 10]) for k in (1, 2, 5)]
    assert len(kernels([x], shifted)) == 1


def test_sums_that_differ_in_numbers_are_one_kernel_in_any_number_of_threads():
    x, y, z = T.dvectors("xyz")
    sums = [T.sqr(v * a).sum() for v, a in ((x, 0.3), (y, 0.7), (z, 0.9))]
    assert len(kernels([x, y, z], sums)) == 1
    values = [np.random.default_rng(k).standard_normal(200_000 + k) for k in range(3)]
    for threads in (1, 3):
        with theano.config.change_flags(threads=threads):
            found = theano.function([x, y, z], sums, mode=NATIVE)(*values)
        for result, v, a in zip(found, values, (0.3, 0.7, 0.9), strict=True):
            np.testing.assert_allclose(result, np.square(v * a).sum(), rtol=1e-12)


def test_loops_over_rows_that_differ_in_numbers():
    x = T.dmatrix("x")

    def softmax(y):
        e = T.exp(y - y.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    y = softmax(softmax(x * 0.3) * 0.7) * 0.9
    values = np.random.default_rng(3).standard_normal((9, 33))
    found, expected = (theano.function([x], y, mode=mode)(values) for mode in (NATIVE, ORACLE))
    np.testing.assert_allclose(found, expected, rtol=1e-13)


def test_the_step_of_a_loop_has_as_few_kernels_as_forms():
    xs, h0 = T.dmatrix("xs"), T.dvector("h0")

    def step(x, h):
        for k in range(100):
            h = T.tanh(h * (1 + k / 1000) + x)
        return h

    hs, _ = theano.scan(step, sequences=xs, outputs_info=h0)
    (loop,) = [s for s in program([xs, h0], [hs[-1]]).steps if isinstance(s, LoopCall)]
    inner = [s for s in loop.loop.body.steps if isinstance(s, Launch)]
    assert len({s.kernel for s in inner}) <= 3 < len(inner)
    values, start = np.random.default_rng(4).standard_normal((3, 5)), np.full(5, 0.5)
    expected = start
    for x in values:
        for k in range(100):
            expected = np.tanh(expected * (1 + k / 1000) + x)
    np.testing.assert_allclose(theano.function([xs, h0], hs[-1], mode=NATIVE)(values, start), expected, rtol=1e-10)


def test_the_code_of_a_long_program_has_one_function_for_loops_that_differ_in_numbers():
    x = T.dvector("x")
    made = program([x], [chain(x, np.linspace(0.3, 1.7, 60), STEPS["times"])])
    module = module_for_host("long")
    emit_program(module, made, [ArgumentSpec("float64", (False,), True)], True, frozenset())
    launched = [s for s in made.steps if isinstance(s, Launch)]
    assert len(launched) > 60 and sum(f.name.startswith("step0.") for f in module.functions) == len({s.kernel for s in launched})
