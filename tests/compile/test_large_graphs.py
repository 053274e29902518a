"""Large graphs: right values, no recursion on depth, and work that grows with the number of nodes and no faster."""

import inspect
import pickle
import sys

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.graph.walk import ancestors, clone_with_replacements, equal_computations, io_toposort

FACTOR = 1.01


def chain(steps):
    """x; tanh(x) * FACTOR, so many times; sum of the last, and its gradient."""
    x = T.dvector("x")
    y = x
    for _ in range(steps):
        y = T.tanh(y) * FACTOR
    cost = y.sum()
    return [x], [cost, T.grad(cost, x)], {}


def wide(terms):
    """Many functions of one vector, none of which needs another."""
    x = T.dvector("x")
    return [x], [T.exp(x * float(k)) for k in range(terms)], {}


def layers(count):
    """A training step through many dense layers: products, checks of shapes, states written in place."""
    x = h = T.dmatrix("x")
    weights = [theano.shared(np.full((3, 3), 0.4)) for _ in range(count)]
    for w in weights:
        h = T.tanh(T.dot(h, w))
    cost = h.sum()
    gradients = T.grad(cost, weights)
    return [x], [cost], {"updates": [(w, w - 0.1 * dw) for w, dw in zip(weights, gradients, strict=True)]}


def scalars(steps):
    """A chain of numbers, and what was seen on the way."""
    x = y = T.dscalar("x")
    seen = []
    for _ in range(steps):
        y = T.sin(y) * 0.9
        seen.append(y)
    return [x], seen, {}


def compiled(inputs, outputs, options):
    return theano.function(inputs, outputs, **options)


def calls_of(make, size):
    """How many functions are entered to make and compile a graph: its time, without the machine's moods."""
    count = 0

    def tell(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tell)
    try:
        compiled(*make(size))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("make", "size"), [(chain, 400), (wide, 300), (layers, 60), (scalars, 300)])
def test_work_grows_with_the_number_of_nodes(make, size):
    with theano.configuration.change_flags(cache=False):
        compiled(*make(size // 4))  # what is done once only
        once, twice = calls_of(make, size), calls_of(make, 2 * size)
    assert twice < 2.15 * once


def test_a_long_chain_with_its_gradient_gives_the_values_of_numpy():
    steps = 1_000
    values = np.linspace(0.1, 1, 7)
    cost, gradient = compiled(*chain(steps))(values)
    h, dh = values, np.ones_like(values)
    for _ in range(steps):
        t = np.tanh(h)
        h, dh = t * FACTOR, dh * (1 - t * t) * FACTOR
    np.testing.assert_allclose(cost, h.sum(), rtol=1e-12)
    np.testing.assert_allclose(gradient, dh, rtol=1e-10)


@pytest.mark.parametrize("optimizer", ["fast_run", "None"])
def test_long_training_steps_give_the_values_of_numpy(optimizer):
    count = 40
    inputs, outputs, options = layers(count)
    mode = theano.Mode(linker="llvm", optimizer=optimizer)
    step = theano.function(inputs, outputs, mode=mode, **options)
    weights = [np.full((3, 3), 0.4) for _ in range(count)]
    x = np.random.default_rng(0).normal(size=(4, 3))
    for _ in range(2):
        hs = [x]
        for w in weights:
            hs.append(np.tanh(hs[-1] @ w))
        np.testing.assert_allclose(step(x)[0], hs[-1].sum(), rtol=1e-10)
        dh = np.ones((4, 3))
        for k in reversed(range(count)):
            da = dh * (1 - hs[k + 1] ** 2)
            dh = da @ weights[k].T
            weights[k] = weights[k] - 0.1 * (hs[k].T @ da)
    for (state, _), w in zip(options["updates"], weights, strict=True):
        np.testing.assert_allclose(state.get_value(), w, rtol=1e-12)


def test_nothing_recurses_on_the_depth_of_a_graph():
    compiled(*chain(50))  # imports, which do recurse
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        inputs, outputs, _ = chain(2_000)
        (copy,), _ = clone_with_replacements(outputs[:1], {})
        assert equal_computations([copy], outputs[:1])
        assert len(io_toposort(inputs, outputs)) < len(ancestors(outputs))
        assert len(theano.FunctionGraph(inputs, outputs).clone().toposort()) > 4_000
        f = theano.function(inputs, outputs)
        again = pickle.loads(pickle.dumps(f))
    finally:
        sys.setrecursionlimit(limit)
    x = np.linspace(-1, 1, 5)
    np.testing.assert_array_equal(f(x)[1], again(x)[1])
