"""Pieces that gradients compute a second time: the same digits, less memory."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import arena
from theano.gradient import checkpoint
from theano.gradient.recomputation import After

MODES = [theano.Mode(linker="llvm"), theano.Mode(linker="py")]
x = T.dmatrix("x")


def layers(h, *weights):
    for w in weights:
        h = T.tanh(T.dot(h, w))
    return h


def step_of(wrap, depth, pieces, mode, width=8):
    """A training step of ``depth`` layers in ``pieces``, and the weights."""
    rng = np.random.RandomState(3)
    weights = [theano.shared(rng.randn(width, width) / width**0.5, f"w{k}") for k in range(depth)]
    h, each = x, depth // pieces
    for k in range(0, depth, each):
        h = wrap(layers, h, *weights[k : k + each])
    cost = T.sum(h**2)
    updates = [(w, w - 0.1 * d) for w, d in zip(weights, T.grad(cost, weights))]
    return theano.function([x], cost, updates=updates, mode=mode), weights


def plain(f, *inputs):
    return f(*inputs)


def seconds(f):
    """How many nodes of a function hold something back."""
    return sum(isinstance(node.op, After) for node in f.maker.fgraph.toposort())


@pytest.mark.parametrize("mode", MODES, ids=["llvm", "py"])
@pytest.mark.parametrize("depth, pieces", [(4, 2), (16, 4), (3, 1)])
def test_training_takes_the_same_steps(mode, depth, pieces):
    value = np.random.RandomState(5).randn(6, 8)
    (f, kept), (g, again) = (step_of(wrap, depth, pieces, mode) for wrap in (plain, checkpoint))
    assert seconds(f) == 0 and seconds(g) == pieces
    for _ in range(3):
        assert f(value) == g(value)
    for one, other in zip(kept, again):
        np.testing.assert_array_equal(one.get_value(), other.get_value())


def bytes_at_work(f, value):
    """The size of the block that holds what a call computes on its way."""
    f(value)
    f.free()
    f(value)
    libc = ctypes.CDLL(None)
    libc.malloc_usable_size.argtypes, libc.malloc_usable_size.restype = [ctypes.c_void_p], ctypes.c_size_t
    return libc.malloc_usable_size(ctypes.c_void_p.from_address(arena.address()).value)


def test_what_is_computed_again_is_not_kept():
    value = np.ones((1000, 8))
    whole, parts = (bytes_at_work(step_of(wrap, 36, 6, MODES[0])[0], value) for wrap in (plain, checkpoint))
    assert parts < 0.6 * whole


def test_several_results_and_variables_from_outside():
    k, a = T.dscalar("k"), theano.shared(2.0)
    outside = T.exp(k)

    def pair(h):
        s = T.sin(h * outside)
        return s * a, s.sum()

    def cost(wrap):
        found = wrap(pair, x)
        assert type(found) is tuple
        return (found[0] ** 2).sum() * found[1]

    for mode in MODES:
        values = [
            theano.function([x, k], T.grad(cost(wrap), [x, k, a]), mode=mode)(np.ones((2, 3)), 0.5)
            for wrap in (plain, checkpoint)
        ]
        for one, other in zip(*values):
            np.testing.assert_allclose(other, one, rtol=1e-14)
    assert type(checkpoint(lambda h: [h + 1], x)) is list


def test_only_some_results_are_differentiated():
    _, first = checkpoint(lambda h: (T.exp(h).sum(), T.sqr(h).sum()), x)
    f = theano.function([x], T.grad(first, x))
    np.testing.assert_array_equal(f([[1.0, 2.0]]), [[2.0, 4.0]])


def test_pieces_within_pieces():
    def outer(h):
        return T.sin(checkpoint(lambda inner: T.exp(T.cos(inner)), h))

    f, g = (theano.function([x], T.grad(wrap(outer, x).sum(), x)) for wrap in (plain, checkpoint))
    value = np.random.RandomState(2).randn(3, 4)
    np.testing.assert_allclose(g(value), f(value), rtol=1e-14)
    assert seconds(g) >= 2


def test_derivatives_of_derivatives_and_forward_mode():
    v = T.dvector("v")

    def f(wrap):
        return wrap(lambda h: T.exp(T.sin(h)), v).sum()

    value, direction = np.array([0.1, 0.7, -2.0]), T.dvector("d")
    hessians = [theano.function([v], theano.gradient.hessian(f(wrap), v))(value) for wrap in (plain, checkpoint)]
    np.testing.assert_allclose(*hessians, rtol=1e-13)
    forward = [
        theano.function([v, direction], T.Rop(T.grad(f(wrap), v), v, direction))(value, value) for wrap in (plain, checkpoint)
    ]
    np.testing.assert_allclose(*forward, rtol=1e-13)
    theano.gradient.verify_grad(
        lambda h: checkpoint(lambda u: T.exp(T.sin(u)), h), [value], rng=np.random.RandomState(1), mode=MODES[1]
    )


def test_in_a_loop():
    w = theano.shared(0.9)

    def cost(wrap):
        states, _ = theano.scan(lambda s: wrap(lambda u: T.tanh(T.exp(u) * w), s), outputs_info=x, n_steps=4)
        return states[-1].sum()

    value = np.random.RandomState(4).randn(2, 3)
    found = [theano.function([x], T.grad(cost(wrap), [x, w]))(value) for wrap in (plain, checkpoint)]
    for one, other in zip(*found):
        np.testing.assert_allclose(other, one, rtol=1e-13)


@pytest.mark.parametrize("source", ["shared_randomstreams", "mrg"])
def test_draws_are_the_same_the_second_time(source):
    from theano.sandbox.rng_mrg import MRG_RandomStreams
    from theano.tensor.shared_randomstreams import RandomStreams

    def gradient(wrap):
        stream = (MRG_RandomStreams if source == "mrg" else RandomStreams)(seed=11)
        cost = wrap(lambda h: T.exp(h * stream.uniform((2, 3), dtype="float64")), x).sum()
        return theano.function([x], T.grad(cost, x))

    f, g = gradient(plain), gradient(checkpoint)
    for _ in range(2):
        np.testing.assert_array_equal(f(np.ones((2, 3))), g(np.ones((2, 3))))


def test_a_failing_call_leaves_states_alone():
    k = T.lvector("k")
    w = theano.shared(np.eye(3))
    cost = checkpoint(lambda h: T.exp(T.dot(h, w)), x)[k].sum()
    f = theano.function([x, k], cost, updates=[(w, w - T.grad(cost, w))])
    with pytest.raises(IndexError):
        f(np.ones((2, 3)), [0, 2])
    np.testing.assert_array_equal(w.get_value(), np.eye(3))
    f(np.ones((2, 3)), [0, 1])
    assert (w.get_value() != np.eye(3)).any()


def test_only_variables_can_be_computed_again():
    with pytest.raises(TypeError, match=r"checkpoint: the function gives variables.*found 3 of type int"):
        checkpoint(lambda h: 3, x)
