"""scan_checkpoints: every N-th result of a loop, with the gradient of the loop and less memory."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import theano
import theano.tensor as T

RNG = np.random.RandomState(3)


def step(e, h, W):
    return T.tanh(T.dot(h, W) + e)


@pytest.mark.parametrize("n", [12, 16])
def test_results_and_gradients_are_those_of_scan(n):
    x, h, W = T.dmatrix("x"), T.dvector("h"), T.dmatrix("W")
    every, _ = theano.scan(step, x, h, W)
    fourth, updates = theano.scan_checkpoints(step, [x], [h], [W], save_every_N=4)
    assert not updates
    plain, kept = every[3::4], fourth
    found = theano.function(
        [x, h, W], [plain, *T.grad((plain**2).sum(), [x, h, W]), kept, *T.grad((kept**2).sum(), [x, h, W])]
    )(RNG.normal(size=(n, 3)), RNG.normal(size=3), RNG.normal(size=(3, 3)))
    for expected, value in zip(found[:4], found[4:], strict=True):
        np.testing.assert_allclose(value, expected, rtol=1e-12, atol=1e-12)


def test_a_sequence_is_filled_up_with_zeros():
    x = T.dvector("x")
    sums, _ = theano.scan_checkpoints(lambda e, s: s * 2 + e, [x], [T.zeros(())], save_every_N=3)
    assert theano.function([x], sums)([1, 1, 1, 1]).tolist() == [7, ((7 * 2 + 1) * 2) * 2]


def test_without_padding_steps_that_fill_no_block_are_left_out():
    x = T.dvector("x")
    sums, _ = theano.scan_checkpoints(lambda e, s: s + e, [x], [T.zeros(())], save_every_N=3, padding=False)
    assert theano.function([x], sums)([1, 1, 1, 1]).tolist() == [3]


def test_a_number_of_steps_and_updates():
    count, n = theano.shared(0, "count"), T.lscalar("n")
    powers, updates = theano.scan_checkpoints(
        lambda p: ([p * 2], {count: count + 1}), outputs_info=[T.constant(1.0, dtype="float64")], n_steps=n, save_every_N=5
    )
    assert theano.function([n], powers, updates=updates)(20).tolist() == [2**5, 2**10, 2**15, 2**20]
    assert count.get_value() == 20


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sequences": [T.dvector()], "outputs_info": [None]}, "every output feeds back"),
        ({"sequences": [T.dvector()]}, "every output feeds back"),
        ({"outputs_info": [T.dscalar()]}, "n_steps"),
    ],
)
def test_mistakes(arguments, message):
    with pytest.raises(ValueError, match=message):
        theano.scan_checkpoints(lambda *a: a[-1], **arguments)


MEMORY = """
import resource, sys
import numpy as np, theano, theano.tensor as T
x, h = T.dvector("x"), T.dvector("h")
step = lambda e, h: T.tanh(h * e)
if sys.argv[1] == "scan":
    last = theano.scan(step, x, h)[0][-1]
else:
    last = theano.scan_checkpoints(step, [x], [h], save_every_N=40)[0][-1]
f = theano.function([x, h], T.grad(last.sum(), h))
f(np.ones(2), np.ones(20000))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
f(np.ones(1600), np.ones(20000))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def grown_by(how: str) -> float:
    """How many MB the process grows in a gradient through 1,600 steps of 160 kB."""
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(theano.__file__))}
    run = subprocess.run([sys.executable, "-c", MEMORY, how], env=environment, capture_output=True, text=True, check=True)
    return int(run.stdout) / 1000


def test_the_gradient_keeps_a_block_and_the_ends_of_blocks():
    assert grown_by("scan") > 240  # 1,600 states
    assert grown_by("scan_checkpoints") < 60  # 40 + 40 states, twice: with their cotangents
