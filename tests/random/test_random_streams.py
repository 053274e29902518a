"""RandomStreams: values of NumPy's legacy generator, states, seeds, shapes, mistakes."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.random import RandomStreams
from theano.random.function import RandomFunction
from theano.random.state_type import random_state_type
from theano.tensor import raw_random

MODES = [theano.Mode(linker="cvm"), theano.Mode(linker="py")]


def numpys_state(seed: int, position: int = 0) -> np.random.RandomState:
    """The state that the draw at ``position`` of streams of that seed begins with."""
    seeds = np.random.RandomState(seed)
    return [np.random.RandomState(int(seeds.randint(2**30))) for _ in range(position + 1)][-1]


DRAWS = {
    "uniform": (lambda s: s.uniform((3, 2), -1, [2.0, 5.0]), lambda r: r.uniform(-1, [2.0, 5.0], (3, 2))),
    "normal": (lambda s: s.normal((4,), 5, 0.1), lambda r: r.normal(5, 0.1, 4)),
    "binomial": (lambda s: s.binomial((5,), 10, 0.3), lambda r: r.binomial(10, 0.3, 5)),
    "poisson": (lambda s: s.poisson((5,), lam=3.0), lambda r: r.poisson(3.0, 5)),
    "random_integers": (lambda s: s.random_integers((6,), -3, 3), lambda r: r.randint(-3, 4, 6, "int64")),
    "bounds of integers": (
        lambda s: s.random_integers((2,), [0, 10], [3, 20]),
        lambda r: [r.randint(0, 4, dtype="int64"), r.randint(10, 21, dtype="int64")],
    ),
    "choice": (lambda s: s.choice((5,), a=4), lambda r: r.choice(4, 5)),
    "choice of elements": (
        lambda s: s.choice((5,), a=T.constant(np.array([3, 5, 9])), p=[0.2, 0.2, 0.6]),
        lambda r: r.choice([3, 5, 9], 5, p=np.array([0.2, 0.2, 0.6])),
    ),
    "permutation": (lambda s: s.permutation((2,), n=4), lambda r: [r.permutation(4), r.permutation(4)]),
    "multinomial": (lambda s: s.multinomial((2,), 5, [0.25, 0.75]), lambda r: r.multinomial(5, [0.25, 0.75], 2)),
}


@pytest.mark.parametrize("mode", MODES, ids=["llvm", "python"])
@pytest.mark.parametrize("name", DRAWS)
def test_a_draw_has_the_values_of_numpy(name: str, mode: theano.Mode) -> None:
    draw, reference = DRAWS[name]
    f = theano.function([], draw(RandomStreams(17)), mode=mode)
    state = numpys_state(17)
    for _ in range(2):
        np.testing.assert_allclose(f(), reference(state), rtol=1e-12)


def test_a_sample_without_a_size_has_the_shape_of_its_parameters() -> None:
    low, high = T.vector("low"), T.matrix("high")
    u = RandomStreams(1).uniform(low=low, high=high)
    assert u.type.ndim == 2
    found = theano.function([low, high], u)([0.0, 10.0], [[1.0, 11.0], [2.0, 12.0]])
    assert found.shape == (2, 2) and (found[:, 0] < 3).all() and (found[:, 1] >= 10).all()


def test_a_size_may_be_symbolic() -> None:
    n, size = T.lscalar("n"), T.lvector("size")
    streams = RandomStreams(1)
    assert theano.function([n], streams.uniform((n, 2)))(3).shape == (3, 2)
    assert theano.function([size], streams.normal(size, ndim=2))([1, 4]).shape == (1, 4)
    x = T.matrix("x")
    assert theano.function([x], streams.uniform((x.shape[0], -1), high=np.ones((1, 5))))(np.ones((2, 3))).shape == (2, 5)


def test_the_shape_of_a_sample_is_known_without_drawing() -> None:
    x = T.matrix("x")
    f = theano.function([x], RandomStreams(1).uniform(x.shape).shape, no_default_updates=True)
    assert not any(isinstance(node.op, RandomFunction) for node in f.maker.fgraph.toposort())
    assert f(np.zeros((2, 3))).tolist() == [2, 3]


def test_reseeding_starts_over_in_the_order_of_creation() -> None:
    streams = RandomStreams(5)
    f = theano.function([], [streams.uniform(()), streams.normal(())])
    first = f()
    f()
    streams.seed(5)
    np.testing.assert_array_equal(f(), first)
    streams.seed(6)
    np.testing.assert_array_equal(f(), [numpys_state(6).uniform(), numpys_state(6, 1).normal()])
    streams.seed()
    np.testing.assert_array_equal(f(), first)


def test_a_state_can_be_read_and_set() -> None:
    u = RandomStreams(5).uniform((2,))
    f = theano.function([], u)
    kept = u.rng.get_value()
    first = f()
    assert not np.array_equal(f(), first)
    u.rng.set_value(kept)
    np.testing.assert_array_equal(f(), first)
    lent = np.random.RandomState(3)
    u.rng.set_value(lent, borrow=True)
    assert u.rng.get_value(borrow=True) is lent and u.rng.get_value() is not lent


def test_default_updates_can_be_switched_off() -> None:
    u = RandomStreams(5).uniform(())
    still = theano.function([], u, no_default_updates=True)
    assert still() == still()
    also_still = theano.function([], u, no_default_updates=[u.rng])
    assert also_still() == still()
    moves = theano.function([], u)
    assert moves() != moves()


def test_a_pickled_function_draws_on_from_the_same_state() -> None:
    f = theano.function([], RandomStreams(5).uniform((2,)))
    f()
    twin = pickle.loads(pickle.dumps(f))
    np.testing.assert_array_equal(twin(), f())


def test_a_shared_random_state_is_its_own_kind() -> None:
    given = np.random.RandomState(3)
    state = theano.shared(given)
    assert state.type == random_state_type and state.type.values_eq(state.get_value(), given)
    following, sample = raw_random.uniform(state, (2,))
    f = theano.function([], sample, updates=[(state, following)])
    np.testing.assert_array_equal(f(), np.random.RandomState(3).uniform(size=2))
    np.testing.assert_array_equal(given.uniform(size=2), np.random.RandomState(3).uniform(size=2))


def test_rows_are_shuffled_each_on_its_own() -> None:
    m = T.matrix("m")
    f = theano.function([m], RandomStreams(7).shuffle_row_elements(m))
    found = f(np.arange(40.0).reshape(2, 20))
    assert (np.sort(found, axis=1) == np.arange(40.0).reshape(2, 20)).all()
    assert not np.array_equal(found[0], found[1] - 20)


def test_no_gradient_goes_through_a_draw() -> None:
    x = T.dscalar("x")
    u = RandomStreams(1).uniform((), high=x)
    with pytest.raises(theano.gradient.NullTypeGradError, match="random numbers"):
        T.grad(u, x)
    assert theano.function([x], T.grad(x * RandomStreams(1).uniform(()), x))(2.0) > 0


MISTAKES_WHEN_MADE = {
    "negative length": (ValueError, lambda s: s.uniform((-3,))),
    "fractional length": (TypeError, lambda s: s.uniform((2.5,))),
    "text for a size": (TypeError, lambda s: s.uniform("a")),
    "unknown number of dimensions": (ValueError, lambda s: s.uniform(T.lvector())),
    "two numbers of dimensions": (ValueError, lambda s: s.uniform((2,), ndim=3)),
    "parameters of too many dimensions": (ValueError, lambda s: s.uniform((2,), low=np.ones((2, 2)))),
    "fractional trials": (TypeError, lambda s: s.binomial((2,), n=1.5)),
    "no outcomes": (ValueError, lambda s: s.multinomial((2,), pvals=0.5)),
}
MISTAKES_WHEN_CALLED = {
    "probability above 1": lambda s: s.binomial((2,), p=1.5),
    "negative deviation": lambda s: s.normal((2,), std=-1.0),
    "negative rate": lambda s: s.poisson((2,), lam=-1.0),
    "probabilities above 1 together": lambda s: s.multinomial((2,), pvals=[0.9, 0.9, 0.1]),
    "empty range": lambda s: s.random_integers((2,), 3, 1),
    "too many without replacement": lambda s: s.choice((5,), a=3, replace=False),
}


@pytest.mark.parametrize("name", MISTAKES_WHEN_MADE)
def test_a_mistake_is_found_when_the_draw_is_made(name: str) -> None:
    error, draw = MISTAKES_WHEN_MADE[name]
    with pytest.raises(error):
        draw(RandomStreams(1))


@pytest.mark.parametrize("name", MISTAKES_WHEN_CALLED)
def test_a_mistake_in_the_parameters_is_found_by_the_call(name: str) -> None:
    f = theano.function([], MISTAKES_WHEN_CALLED[name](RandomStreams(1)))
    with pytest.raises(ValueError):
        f()


@pytest.mark.parametrize("mode", MODES, ids=["llvm", "python"])
def test_each_step_of_a_loop_draws_anew(mode: theano.Mode) -> None:
    streams = RandomStreams(11)
    sums, updates = theano.scan(lambda s: s + streams.uniform(()), outputs_info=T.zeros(()), n_steps=4)
    f = theano.function([], sums, updates=updates, mode=mode)
    state = numpys_state(11)
    for _ in range(2):
        np.testing.assert_allclose(f(), np.cumsum(state.uniform(size=4)))
