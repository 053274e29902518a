"""Loops that run together with the scatters of what they make: storage, order, values."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.llvm.test_programs import launches
from theano import scalar

NATIVE = theano.Mode(linker="llvm")
PLAIN = theano.Mode(linker="py", optimizer=None)

x, y, v = T.dmatrix("x"), T.dmatrix("y"), T.dvector("v")


def gates(a, n):
    return [a[:, k * n : (k + 1) * n] for k in range(4)]


def gated(a, c, n=3):
    """A unit of long short-term memory, before the last product."""
    i, f, g, o = gates(a, n)
    c = T.nnet.sigmoid(f) * c + T.nnet.sigmoid(i) * T.tanh(g)
    return T.nnet.sigmoid(o) * T.tanh(c)


def put_together(*pieces):
    """A row of zeros in which each piece is put."""
    n = pieces[0].shape[1]
    whole = T.zeros((pieces[0].shape[0], n * len(pieces)))
    for k, piece in enumerate(pieces):
        whole = T.set_subtensor(whole[:, k * n : (k + 1) * n], piece)
    return whole


PROGRAMS = {
    "gradient of gates": lambda: T.grad((gated(x, y) * y).sum(), [x, y]),
    "pieces that are wanted too": lambda: [put_together(T.exp(y), T.exp(y) * 2), T.exp(y), T.exp(y) - y],
    "what else reads them is late": lambda: [put_together(T.exp(y), y), T.exp(y) * T.sin(T.exp(y)).sum(axis=0)],
    "a piece that stretches": lambda: [T.set_subtensor(T.zeros_like(x)[:, :4], T.exp(v)), T.exp(v)],
    "pieces added": lambda: [T.inc_subtensor(x[:, :3], T.exp(y)), T.exp(y) + 1],
    "pieces that overlap": lambda: [T.set_subtensor(put_together(T.exp(y), y)[:, 1:4], T.exp(y))],
    "joined": lambda: [T.concatenate([T.exp(y), T.sin(T.exp(y)), y], axis=1), T.exp(y)],
}


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_values(name: str) -> None:
    outputs = PROGRAMS[name]()
    ours, plain = (theano.function([x, y, v], outputs, mode=m, on_unused_input="ignore") for m in (NATIVE, PLAIN))
    rng = np.random.default_rng(4)
    for rows in (0, 1, 2, 9):
        for width in (1, 4) if "stretches" in name else (4,):
            given = [rng.uniform(-2, 2, shape) for shape in ((rows, 12), (rows, 3), (width,))]
            if rows > 1:
                given[0][1, 2] = given[1][0, 1] = np.nan
            for found, expected in zip(ours(*given), plain(*given), strict=True):
                np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-15)


def test_a_gradient_of_gates_is_one_loop() -> None:
    """sigmoid(-x) of the derivative stands beside sigmoid(x), and both take one exponential."""
    loops = launches([x, y], T.grad((gated(x, y) * y).sum(), [x, y]))
    (loop,) = [one for one in loops if any(i.value is scalar.sigmoid for i in one.kernel.body)]
    assert sum(i.value is scalar.tanh for i in loop.kernel.body) == 2


@pytest.mark.parametrize("name", ["exchanged", "read late"])
def test_pieces_of_states(name: str) -> None:
    """What is scattered into a state's own memory, and what is made beside it."""
    start = np.arange(24.0).reshape(4, 6) / 7
    state, expected = theano.shared(start, "state"), start.copy()
    e = T.exp(state[:, :3]) if name == "exchanged" else T.exp(y)
    new = T.set_subtensor(state[:, 3:], e)
    f = theano.function([y], [e, e + state[:, 3:]], updates=[(state, new)], mode=NATIVE, on_unused_input="ignore")
    given = np.linspace(-1, 1, 12).reshape(4, 3)
    for _ in range(2):
        made = np.exp(expected[:, :3] if name == "exchanged" else given)
        first, second = f(given)
        np.testing.assert_allclose(first, made, rtol=1e-14)
        np.testing.assert_allclose(second, made + expected[:, 3:], rtol=1e-14)
        expected[:, 3:] = made
        np.testing.assert_allclose(state.get_value(), expected, rtol=1e-14)
