"""Who leaves the updates of a loop behind is warned, with the lines of the loop and of its step."""

import inspect
import warnings

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.random import MRG_RandomStreams


def counting():
    count = theano.shared(0, "count")

    def step():
        return count, {count: count + 1}

    return count, step


def here() -> int:
    return inspect.currentframe().f_back.f_lineno


def test_the_lines_of_the_loop_and_of_the_step_are_told():
    count = theano.shared(0, "count")
    counts, updates = theano.scan(lambda: (count, {count: count + 1}), n_steps=5)
    line = here() - 1
    place = rf"test_unkept_updates.py:{line}"
    with pytest.warns(UserWarning, match=rf"(?s)loop for.*{place}.*at {place} of the shared variable count.*updates=updates") as told:
        f = theano.function([], counts)
    assert len(told) == 1 and told[0].filename == __file__
    assert f().tolist() == f().tolist() == [0, 1, 2, 3, 4]
    assert updates


def test_random_states():
    draws, _ = theano.scan(MRG_RandomStreams(3).uniform, [], n_steps=3, non_sequences=[T.constant([2])])
    with pytest.warns(UserWarning, match=r"(?s)state of random draws.*no_default_updates=True") as told:
        theano.function([], draws)
    assert len(told) == 1


def test_a_loop_around_that_forgets():
    _, step = counting()
    with pytest.warns(UserWarning, match="but the loop around it does not keep"):
        theano.scan(lambda: theano.scan(step, n_steps=2)[0][-1], n_steps=3)


def test_nobody_is_warned_who_means_it():
    count, step = counting()
    counts, updates = theano.scan(step, n_steps=5)
    stream, p = MRG_RandomStreams(3), T.dscalar("p")
    draws, moved = theano.scan(lambda: stream.uniform((2,), dtype="float64") * p, n_steps=3)
    last, _ = theano.loop(lambda h: (h * p + stream.uniform((2,), dtype="float64"), None), T.zeros((2,), "float64"), n=4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        theano.function([], counts, updates=updates)
        theano.function([], counts, updates={count: T.constant(7, dtype="int64")})
        theano.function([], counts, no_default_updates=[count])
        theano.function([p], [draws, T.grad(draws.sum(), p)], updates=moved)
        theano.function([p], draws, no_default_updates=True)
        theano.function([p], [last, T.grad(last.sum(), p)])
        theano.function([], count)
        assert counts.eval().tolist() == [0, 1, 2, 3, 4]
        assert np.shape(draws.eval({p: 1.0})) == (3, 2)
