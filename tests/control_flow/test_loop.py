"""loop: carries in nested tuples and dicts, conditions, gradients."""

from collections import namedtuple

import numpy as np
import pytest

import theano
import theano.tensor as T


def run(inputs, outputs, values, backend, **kwargs):
    f = theano.function(inputs, outputs, mode=theano.Mode(linker=backend), on_unused_input="ignore", **kwargs)
    return f(*values)


def test_a_carry_in_a_dict_and_outputs_in_a_tuple(backend):
    xs, w = T.dmatrix("xs"), T.dvector("w")

    def step(carry, x):
        h = T.tanh(carry["h"] + x * w)
        return {"h": h, "count": carry["count"] + 1}, (h.sum(), [x[0]])

    carry, (sums, [firsts]) = theano.loop(step, {"h": T.zeros_like(w), "count": T.constant(0, dtype="int64")}, xs)
    cost = carry["h"].sum() + sums.sum()
    values = np.random.RandomState(0).randn(4, 3), np.array([0.5, -1.0, 2.0])
    outputs = [carry["h"], carry["count"], sums, firsts, T.grad(cost, w)]
    h_found, count, sums_found, firsts_found, slope = run([xs, w], outputs, values, backend)
    h, kept = np.zeros(3), []
    for row in values[0]:
        h = np.tanh(h + row * values[1])
        kept.append(h.sum())
    np.testing.assert_allclose(h_found, h)
    np.testing.assert_allclose(sums_found, kept)
    np.testing.assert_array_equal(firsts_found, values[0][:, 0])
    assert count == 4 and slope.shape == (3,)


def test_no_steps_leave_the_carry(backend):
    x, n = T.dvector("x"), T.lscalar("n")
    carry, y = theano.loop(lambda c: (c * 2, c.sum()), x, n=n)
    last, sums, slope = run([x, n], [carry, y, T.grad(carry.sum(), x)], ([1.0, 2.0], 0), backend)
    np.testing.assert_array_equal(last, [1, 2])
    assert sums.shape == (0,)
    np.testing.assert_array_equal(slope, [1, 1])


def test_a_condition_is_asked_before_each_step(backend):
    x = T.dscalar("x")
    carry, seen = theano.loop(lambda c: (c * 2, c), x, n=100, while_=lambda c: c < 10)
    f = theano.function([x], [carry, seen, T.grad(carry, x)], mode=theano.Mode(linker=backend))
    last, values, slope = f(3.0)
    assert last == 12.0 and slope == 4.0
    np.testing.assert_array_equal(values, [3.0, 6.0])
    last, values, slope = f(50.0)
    assert last == 50.0 and values.shape == (0,) and slope == 1.0


def test_named_tuples_stay(backend):
    Pair = namedtuple("Pair", "a b")
    carry, y = theano.loop(lambda p: (Pair(p.b, p.a + p.b), p.a), Pair(T.constant(0), T.constant(1, dtype="int8")), n=8)
    a, numbers = run([], [carry.a, y], (), backend)
    assert a == 21 and numbers.tolist() == [0, 1, 1, 2, 3, 5, 8, 13]


def test_draws_differ_from_step_to_step_and_from_call_to_call(backend):
    from theano.tensor.shared_randomstreams import RandomStreams

    random = RandomStreams(3)
    _, draws = theano.loop(lambda s: (s + 1, random.uniform(())), T.zeros(()), n=4)
    f = theano.function([], draws, mode=theano.Mode(linker=backend))
    assert len(set(f()) | set(f())) == 8


MISTAKES = {
    "neither xs nor n": (lambda: theano.loop(lambda c: (c, None), T.zeros(())), "give one of them"),
    "no pair": (lambda: theano.loop(lambda c: c, T.zeros(()), n=3), "returns .carry, output."),
    "another nesting": (lambda: theano.loop(lambda c: ([c, c], None), T.zeros(()), n=3), "nested otherwise"),
    "another dtype": (
        lambda: theano.loop(lambda c: (c.astype("int32"), None), T.zeros(()), n=3),
        "dtype float64.*dtype int32",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes(mistake):
    build, text = MISTAKES[mistake]
    with pytest.raises(ValueError, match=f"(?s).*{text}"):
        build()
