"""MRG_RandomStreams: the recurrences, streams, states, distributions, gradients, mistakes."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.random import MRG_RandomStreams, mrg
from theano.random.mrg import MRGUniform, ff_2p72, ff_2p134, guess_n_streams, substreams
from theano.random.multinomial import choice_without_replacement

MODES = [theano.Mode(linker="cvm"), theano.Mode(linker="py")]
M1, M2 = 2**31 - 1, 2**31 - 21069


def by_definition(state: list[int], count: int) -> tuple[list[float], list[int]]:
    """(numbers, last state) of one stream, with integers of any length."""
    x, y = list(map(int, state[:3])), list(map(int, state[3:]))
    numbers = []
    for _ in range(count):
        x = [(2**22 * x[1] + (2**7 + 1) * x[2]) % M1, *x[:2]]
        y = [(2**15 * y[0] + (2**15 + 1) * y[2]) % M2, *y[:2]]
        numbers.append(((x[0] - y[0]) % M1 or M1) / 2**31)
    return numbers, x + y


@pytest.mark.parametrize("mode", MODES, ids=["llvm", "python"])
@pytest.mark.parametrize(
    ("streams", "shape"), [(1, (10,)), (3, (2,)), (3, (3, 5)), (40, (123,)), (5, (0,)), (2, ()), (70, (1, 70))], ids=str
)
def test_numbers_and_states_are_those_of_the_recurrences(streams: int, shape: tuple, mode: theano.Mode) -> None:
    states = substreams([12345] * 6, streams)
    draw = MRGUniform.new(theano.shared(states), None, "float64", shape)
    following, sample = theano.function([], draw, mode=mode)()
    assert sample.shape == shape
    flat = sample.ravel()
    for k, state in enumerate(states):
        numbers, last = by_definition(state, len(flat[k::streams]))
        np.testing.assert_array_equal(flat[k::streams], numbers)
        np.testing.assert_array_equal(following[k], last)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("shape", [(7,), (100, 100), (40000,)], ids=str)
def test_every_back_end_draws_the_same(shape: tuple, dtype: str) -> None:
    draw = MRGUniform.new(theano.shared(substreams([7] * 6, guess_n_streams(shape))), None, dtype, shape)
    first, second = (theano.function([], draw, mode=mode)() for mode in MODES)
    for a, b in zip(first, second, strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(a, b)


def test_lengths_may_be_symbolic_and_must_not_be_negative() -> None:
    n = T.lscalar("n")
    f = theano.function([n], MRG_RandomStreams(1).uniform((n, 3), nstreams=6))
    np.testing.assert_allclose(f(2), [[0.00192267, 0.7363597, 0.35380846], [0.31550116, 0.13921158, 0.32093638]], 1e-5)
    assert f(0).shape == (0, 3)
    with pytest.raises(ValueError, match="negative"):
        f(-1)
    size = T.lvector("size")
    assert theano.function([size], MRG_RandomStreams(1).uniform(size, ndim=2))([2, 5]).shape == (2, 5)


def test_streams_lie_two_to_the_72_apart_and_draws_two_to_the_134() -> None:
    state = [1, 2, 3, 4, 5, 6]
    states = substreams(state, 5)
    np.testing.assert_array_equal(ff_2p72(states[:-1]), states[1:])
    streams = MRG_RandomStreams(state)
    streams.inc_rstate()
    np.testing.assert_array_equal(streams.rstate, ff_2p134(state))


def test_reseeding_starts_over_in_the_order_of_creation() -> None:
    streams = MRG_RandomStreams(5)
    f = theano.function([], [streams.uniform((3,)), streams.normal((2,))])
    first = [v.copy() for v in f()]
    f()
    streams.seed(5)
    np.testing.assert_array_equal(np.concatenate(f()), np.concatenate(first))
    streams.seed(6)
    assert not np.array_equal(f()[0], first[0])
    streams.seed()
    np.testing.assert_array_equal(np.concatenate(f()), np.concatenate(first))


def test_default_updates_can_be_switched_off() -> None:
    u = MRG_RandomStreams(5).uniform((3,))
    still = theano.function([], u, no_default_updates=True)
    np.testing.assert_array_equal(still(), still())
    moves = theano.function([], u)
    assert not np.array_equal(moves(), moves())


def test_states_are_arrays_that_can_be_kept() -> None:
    u = MRG_RandomStreams(5).uniform((3,))
    f = theano.function([], u)
    f()
    kept, twin = u.rstate.get_value(), pickle.loads(pickle.dumps(f))
    following = f()
    np.testing.assert_array_equal(twin(), following)
    u.rstate.set_value(kept)
    np.testing.assert_array_equal(f(), following)


MOMENTS = {  # draw of 60 000 -> mean, deviation
    "uniform": (lambda s: s.uniform((60000,)), 0.5, 12**-0.5),
    "uniform of bounds": (lambda s: s.uniform((60000,), -1, 3, dtype="float32"), 1.0, 4 * 12**-0.5),
    "uniform float16": (lambda s: s.uniform((60000,), dtype="float16"), 0.5, 12**-0.5),
    "normal": (lambda s: s.normal((60000,)), 0.0, 1.0),
    "normal of 2 and 3": (lambda s: s.normal((60000,), 2, 3), 2.0, 3.0),
    "truncated": (lambda s: s.normal((60000,), truncate=True), 0.0, 0.8796),
    "truncated of deviation 2": (lambda s: s.truncated_normal((60000,), 1, 2), 1.0, 2.0),
    "binomial": (lambda s: s.binomial((60000,), p=0.3), 0.3, 0.21**0.5),
    "multinomial": (lambda s: s.multinomial(pvals=T.alloc(np.array([0.2, 0.8]), 60000, 2))[:, 0], 0.2, 0.4),
    "trials": (lambda s: s.multinomial(n=5, pvals=T.alloc(np.array([0.2, 0.8]), 60000, 2))[:, 0], 1.0, 0.8**0.5),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_moments_are_those_of_the_distribution(name: str) -> None:
    draw, mean, deviation = MOMENTS[name]
    found = theano.function([], draw(MRG_RandomStreams(29)))().astype("float64")
    assert abs(found.mean() - mean) < 4 * deviation / 60000**0.5
    assert abs(found.std() / deviation - 1) < 0.02


def test_normal_numbers_have_no_kurtosis() -> None:
    z = theano.function([], MRG_RandomStreams(31).normal((60001,)))()
    assert z.shape == (60001,)
    assert abs((z**4).mean() - 3) < 4 * (96 / 60000) ** 0.5


def test_truncated_numbers_stay_within_two_deviations() -> None:
    z = theano.function([], MRG_RandomStreams(31).normal((5000,), 1, 3, truncate=True))()
    assert z.shape == (5000,) and (abs(z - 1) <= 6).all()


def test_a_choice_without_replacement_has_no_outcome_twice() -> None:
    p = np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])
    rows = np.repeat(p, 20000, axis=0)
    found = theano.function([], MRG_RandomStreams(3).choice(2, replace=False, p=rows))()
    assert (found[:, 0] != found[:, 1]).all()
    first = np.bincount(found[:20000, 0]) / 20000
    np.testing.assert_allclose(first, p[0], atol=0.02)
    second = np.bincount(found[:20000, 1]) / 20000
    np.testing.assert_allclose(second, [1 / 3, 1 / 3, 1 / 3], atol=0.02)  # 2 * 1/4 * 2/3; 1/2 * 1/2 + 1/4 * 1/3


def test_a_gradient_flows_to_the_parameters() -> None:
    a, b = T.dscalars("a", "b")
    streams = MRG_RandomStreams(3)
    u, z = streams.uniform((4,), a, b), streams.normal((4,), a, b)
    f = theano.function([a, b], [u, *T.grad(u.sum(), [a, b]), z, *T.grad(z.sum(), [a, b])])
    sample, da, db, normal, dm, ds = f(1.0, 3.0)
    share = (sample - 1) / 2
    np.testing.assert_allclose([da, db], [(1 - share).sum(), share.sum()])
    np.testing.assert_allclose([dm, ds], [4, ((normal - 1) / 3).sum()])


def test_no_gradient_flows_to_what_a_draw_decides() -> None:
    x = T.dscalar("x")
    mask = MRG_RandomStreams(3).binomial((6,), p=0.5, dtype="float64")
    value, slope = theano.function([x], [(x * mask).sum(), T.grad((x * mask).sum(), x)])(3.0)
    assert value == 3 * slope


@pytest.mark.parametrize("mode", MODES, ids=["llvm", "python"])
def test_each_step_of_a_loop_draws_anew(mode: theano.Mode) -> None:
    streams = MRG_RandomStreams(7)
    sums, updates = theano.scan(lambda s: s + streams.uniform((2,)), outputs_info=T.zeros(2), n_steps=3)
    f = theano.function([], sums, updates=updates, mode=mode)
    expected = np.cumsum(np.transpose([by_definition(s, 6)[0] for s in substreams([7] * 6, 2)]), axis=0)
    np.testing.assert_allclose(f(), expected[:3])
    np.testing.assert_allclose(f(), expected[3:] - expected[2])


MISTAKES = {
    "seed 0": (ValueError, lambda s: MRG_RandomStreams(0)),
    "large seed": (ValueError, lambda s: MRG_RandomStreams(2**31 - 21069)),
    "text as seed": (TypeError, lambda s: MRG_RandomStreams("a")),
    "five numbers as seed": (TypeError, lambda s: MRG_RandomStreams([1, 2, 3, 4, 5])),
    "a recurrence of zeros": (ValueError, lambda s: MRG_RandomStreams([0, 0, 0, 1, 1, 1])),
    "the other one": (ValueError, lambda s: MRG_RandomStreams([1, 1, 1, 0, 0, 0])),
    "negative length": (ValueError, lambda s: s.uniform((-1,))),
    "no size": (TypeError, lambda s: s.uniform(None)),
    "unknown ndim": (ValueError, lambda s: s.normal(T.lvector())),
    "no streams": (ValueError, lambda s: s.uniform((3,), nstreams=0)),
    "probability above 1": (ValueError, lambda s: s.binomial((3,), p=1.5)),
    "several trials": (NotImplementedError, lambda s: s.binomial((3,), n=2)),
    "vector of probabilities": (NotImplementedError, lambda s: s.multinomial(pvals=[0.5, 0.5])),
    "no probabilities": (TypeError, lambda s: s.multinomial(n=1)),
    "replacement": (NotImplementedError, lambda s: s.choice(1, p=[[0.5, 0.5]])),
    "parameters larger than the sample": (NotImplementedError, lambda s: s.uniform((1,), low=np.zeros(3))),
    "another argument": (TypeError, lambda s: s.uniform((1,), lower=3)),
    "a dtype of integers": (TypeError, lambda s: s.uniform((1,), dtype="int32")),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_when_the_draw_is_made(name: str) -> None:
    error, draw = MISTAKES[name]
    with pytest.raises(error):
        draw(MRG_RandomStreams(1))


def test_more_choices_than_outcomes_are_refused() -> None:
    f = theano.function([], choice_without_replacement(np.array([[0.5, 0.5]]), np.zeros(3), 3))
    with pytest.raises(ValueError, match="without replacement"):
        f()


@pytest.mark.parametrize("matrix, of, exponent, modulus", [
    (mrg.A1p72, mrg.A1, 72, mrg.M1),
    (mrg.A2p72, mrg.A2, 72, mrg.M2),
    (mrg.A1p134, mrg.A1, 134, mrg.M1),
    (mrg.A2p134, mrg.A2, 134, mrg.M2),
])  # fmt: skip
def test_matrices_that_move_streams_on_are_powers(matrix, of, exponent, modulus):
    assert np.array_equal(matrix, mrg.power_matrix(of, exponent, modulus))
