"""Stream: known answers of Philox, back ends, positions, splitting, distributions, mistakes."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.random import Stream
from theano.scalar.random_bits import philox_words

MODES = [theano.Mode(linker="cvm"), theano.Mode(linker="py")]

KNOWN = [  # counter, key, words: those published with the generator
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((2**32 - 1,) * 4, (2**32 - 1,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN, ids=["zeros", "ones", "digits of pi"])
def test_the_generator_gives_the_published_words(counter: tuple, key: tuple, words: tuple) -> None:
    arguments = [np.uint64(low + (high << 32)) for low, high in (counter[:2], counter[2:], key)]
    assert [int(word.impl(*arguments)) for word in philox_words] == list(words)


DRAWS = {
    "random": lambda s: s.random((3, 4)),
    "random float32": lambda s: s.random(5, "float32"),
    "random float16": lambda s: s.random((1, 20), "float16"),
    "one": lambda s: s.random(),
    "uniform": lambda s: s.uniform([0.0, 10.0], [1.0, 20.0]),
    "normal": lambda s: s.normal(1, 2, (5,)),
    "normal float32": lambda s: s.normal(size=(4,), dtype="float32"),
    "exponential": lambda s: s.exponential(2.0, (3,)),
    "integers": lambda s: s.integers(-3, 3, (10,), endpoint=True),
    "integers of bounds": lambda s: s.integers([5, 7]),
    "bernoulli": lambda s: s.bernoulli([0.1, 0.9], dtype="int8"),
    "binomial": lambda s: s.binomial(10, [0.1, 0.9]),
    "choice": lambda s: s.choice(np.array([10.0, 20.0, 30.0]), (6,), p=[0.1, 0.1, 0.8]),
    "choice without replacement": lambda s: s.choice(6, 3, replace=False),
    "weighted choice without replacement": lambda s: s.choice(4, 2, replace=False, p=[0.1, 0.1, 0.1, 0.7]),
    "permutation": lambda s: s.permutation(6),
    "permutation of rows": lambda s: s.permutation(np.arange(6.0).reshape(3, 2)),
}


@pytest.mark.parametrize("name", DRAWS)
def test_every_back_end_draws_the_same(name: str) -> None:
    first, second = (theano.function([], DRAWS[name](Stream(5)), mode=mode) for mode in MODES)
    for _ in range(2):
        a, b = first(), second()
        assert a.dtype == b.dtype and a.shape == b.shape
        np.testing.assert_allclose(a, b, rtol=1e-5 if a.dtype == "float32" else 1e-12)


def test_uniform_numbers_are_the_bits_of_the_counter() -> None:
    stream = Stream(2**40 + 3)
    stream.random(())
    f = theano.function([], stream.random((2, 3)))
    for call in range(2):
        counters = np.arange(6 * call, 6 * call + 6, dtype="uint64")
        high, low = (word.impl(counters, np.uint64(1), np.uint64(2**40 + 3)).astype("int64") for word in philox_words[:2])
        np.testing.assert_array_equal(f().ravel(), ((high >> 5) * 2**26 + (low >> 6)) / 2**53)


def test_draws_fuse_with_what_uses_them() -> None:
    n = T.lscalar("n")
    x = T.dvector("x")
    f = theano.function([x], x * (Stream(1).random(x.shape) < 0.5))
    found = f(np.ones(1000))
    assert set(found) == {0.0, 1.0} and 400 < found.sum() < 600
    assert theano.function([n], Stream(1).random((n, 2)))(3).shape == (3, 2)


def test_reseeding_begins_again() -> None:
    stream = Stream(5)
    f = theano.function([], [stream.random(3), stream.normal(size=3)])
    first = f()
    assert not np.array_equal(f()[0], first[0])
    stream.seed()
    np.testing.assert_array_equal(f(), first)
    stream.seed(6)
    assert not np.array_equal(f(), first)
    stream.seed(5)
    np.testing.assert_array_equal(f(), first)


def test_split_streams_are_others_each_time() -> None:
    stream = Stream(5)
    streams = [stream, *stream.split(3), *stream.split()]
    drawn = [theano.function([], s.random(4))() for s in streams]
    assert len(np.unique(np.concatenate(drawn))) == 4 * len(streams)
    again = Stream(5)
    np.testing.assert_array_equal(theano.function([], again.split(3)[2].random(4))(), drawn[3])


def test_streams_without_a_seed_differ() -> None:
    assert Stream().key.get_value() != Stream().key.get_value()


def test_default_updates_can_be_switched_off_and_functions_pickled() -> None:
    u = Stream(5).random(3)
    still = theano.function([], u, no_default_updates=True)
    np.testing.assert_array_equal(still(), still())
    f = theano.function([], u)
    f()
    twin = pickle.loads(pickle.dumps(f))
    np.testing.assert_array_equal(twin(), f())


MOMENTS = {  # draw of 60 000 -> mean, deviation
    "random": (lambda s, n: s.random(n), 0.5, 12**-0.5),
    "random float32": (lambda s, n: s.random(n, "float32"), 0.5, 12**-0.5),
    "random float16": (lambda s, n: s.random(n, "float16"), 0.5 - 2.0**-12, 12**-0.5),
    "uniform": (lambda s, n: s.uniform(-1, 3, n), 1.0, 4 * 12**-0.5),
    "normal": (lambda s, n: s.normal(2, 3, n), 2.0, 3.0),
    "normal float32": (lambda s, n: s.normal(2, 3, n, "float32"), 2.0, 3.0),
    "exponential": (lambda s, n: s.exponential(2.0, n), 2.0, 2.0),
    "integers": (lambda s, n: s.integers(-3, 3, n, endpoint=True), 0.0, 2.0),
    "many integers": (lambda s, n: s.integers(2**31, size=n), 2**30 - 0.5, 2**31 * 12**-0.5),
    "bernoulli": (lambda s, n: s.bernoulli(0.3, n), 0.3, 0.21**0.5),
    "binomial": (lambda s, n: s.binomial(5, 0.2, n), 1.0, 0.8**0.5),
    "choice": (lambda s, n: s.choice(np.array([1.0, 5.0]), n, p=[0.75, 0.25]), 2.0, 3**0.5),
    "first of a permutation": (lambda s, n: T.argsort(s.random((*n, 3)), axis=1)[:, 0], 1.0, (2 / 3) ** 0.5),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_moments_are_those_of_the_distribution(name: str) -> None:
    draw, mean, deviation = MOMENTS[name]
    found = theano.function([], draw(Stream(29), (60000,)))().astype("float64")
    assert abs(found.mean() - mean) < 4 * deviation / 60000**0.5
    assert abs(found.std() / deviation - 1) < 0.02


def test_random_numbers_are_less_than_one_in_every_dtype() -> None:
    for dtype in ("float16", "float32", "float64"):
        u = theano.function([], Stream(1).random(100000, dtype))()
        assert u.min() >= 0 and u.max() < 1


def test_weighted_choices_without_replacement_have_the_right_chances() -> None:
    f = theano.function([], Stream(3).choice(3, 2, replace=False, p=[0.5, 0.25, 0.25]))
    drawn = np.array([f() for _ in range(4000)])
    assert (drawn[:, 0] != drawn[:, 1]).all()
    np.testing.assert_allclose(np.bincount(drawn[:, 0]) / 4000, [0.5, 0.25, 0.25], atol=0.03)


def test_a_gradient_flows_to_the_parameters() -> None:
    a, b = T.dscalars("a", "b")
    u = Stream(3).uniform(a, b, (4,))
    sample, da, db = theano.function([a, b], [u, *T.grad(u.sum(), [a, b])])(1.0, 3.0)
    share = (sample - 1) / 2
    np.testing.assert_allclose([da, db], [(1 - share).sum(), share.sum()])


@pytest.mark.parametrize("mode", MODES, ids=["llvm", "python"])
def test_each_step_of_a_loop_draws_anew(mode: theano.Mode) -> None:
    stream = Stream(7)
    drawn, updates = theano.scan(lambda: stream.random((2,)), n_steps=3)
    f = theano.function([], drawn, updates=updates, mode=mode)
    direct = theano.function([], Stream(7).random((12,)))()
    np.testing.assert_array_equal(np.concatenate([f().ravel(), f().ravel()]), direct)


MISTAKES = {
    "negative seed": (ValueError, lambda s: Stream(-1)),
    "seed too large": (ValueError, lambda s: Stream(2**64)),
    "text as seed": (TypeError, lambda s: Stream("a")),
    "negative length": (ValueError, lambda s: s.random((-2,))),
    "a dtype of integers": (TypeError, lambda s: s.random(3, "int32")),
    "empty range": (ValueError, lambda s: s.integers(3, 3, (2,))),
    "long range": (ValueError, lambda s: s.integers(0, 2**32, (2,))),
    "fractional bound": (TypeError, lambda s: s.integers(2.5)),
    "probability above 1": (ValueError, lambda s: s.bernoulli(1.5)),
    "symbolic number of trials": (TypeError, lambda s: s.binomial(T.lscalar(), 0.5)),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_when_the_draw_is_made(name: str) -> None:
    error, draw = MISTAKES[name]
    with pytest.raises(error):
        draw(Stream(1))
