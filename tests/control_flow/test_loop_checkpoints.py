"""loop with checkpoints: the same values and gradients, and few carries kept."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.random import MRG_RandomStreams


@pytest.mark.parametrize("every", [True, 1, 7, "n"])
def test_results_and_gradients_are_those_of_the_plain_loop(every, backend):
    x, h, W, n = T.dtensor3("x"), T.dmatrix("h"), T.dmatrix("W"), T.lscalar("n")
    every = n if every == "n" else every

    def step(carry, given):
        new = T.tanh(T.dot(carry["h"], W) + given)
        return {"h": new, "count": carry["count"] + 1}, (new.sum(axis=1), [new[0]])

    outputs = []
    for checkpoint in (None, every):
        start = {"h": h, "count": T.constant(0, dtype="int64")}
        carry, (sums, [rows]) = theano.loop(step, start, x, checkpoint=checkpoint)
        cost = (carry["h"] ** 2).sum() + (sums**2).sum() + rows.sum()
        outputs += [carry["h"], carry["count"], sums, rows, *T.grad(cost, [x, h, W])]
    f = theano.function([x, h, W, n], outputs, mode=theano.Mode(linker=backend), on_unused_input="ignore")
    rng = np.random.default_rng(0)
    for steps in (0, 1, 2, 9, 10, 14):
        found = f(rng.normal(size=(steps, 2, 3)), rng.normal(size=(2, 3)), rng.normal(size=(3, 3)), 4)
        for plain, kept in zip(found[:7], found[7:], strict=True):
            assert plain.shape == kept.shape
            np.testing.assert_allclose(kept, plain, rtol=1e-9, atol=1e-12)


def test_a_number_of_steps_and_second_derivatives():
    w, n = T.dscalar("w"), T.lscalar("n")
    slopes = []
    for checkpoint in (False, 4):
        last, _ = theano.loop(lambda h: (T.sin(w * h), None), T.constant(0.5, dtype="float64"), n=n, checkpoint=checkpoint)
        slopes.append(T.grad(T.grad(last, w), w))
    plain, kept = theano.function([w, n], slopes)(1.5, 11)
    np.testing.assert_allclose(kept, plain, rtol=1e-9)


def test_draws_are_made_once_for_value_and_gradient():
    p, found = T.dscalar("p"), []
    for checkpoint in (None, 4):
        u = MRG_RandomStreams(7)
        last, _ = theano.loop(
            lambda h, u=u: (h * (1 + p * u.uniform((3,), dtype="float64")), None), T.ones((3,), "float64"), n=10,
            checkpoint=checkpoint,
        )  # fmt: skip
        f = theano.function([p], [last, T.grad(last.sum(), p)])
        found.append([f(0.3), f(0.3)])
    for plain, kept in zip(*found, strict=True):
        for one, other in zip(plain, kept, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-10)
    assert not np.allclose(found[0][0][0], found[0][1][0])


def test_mistakes():
    x = T.dvector("x")
    with pytest.raises(ValueError, match="while_"):
        theano.loop(lambda h, e: (h + e, None), T.zeros(()), x, while_=lambda h: h < 3, checkpoint=True)
    with pytest.raises(ValueError, match="at least 1, found 0"):
        theano.loop(lambda h, e: (h + e, None), T.zeros(()), x, checkpoint=0)


MEMORY = """
import resource, sys
import numpy as np, theano, theano.tensor as T
x, h, w = T.dvector("x"), T.dmatrix("h"), T.dmatrix("w")
step = lambda h, e: (T.tanh(T.dot(h, w) * e), None)
last, _ = theano.loop(step, h, x, checkpoint=eval(sys.argv[1]))
f = theano.function([x, h, w], T.grad(last.sum(), [h, w]))
small = np.ones((2000, 10)), np.eye(10)
f(np.ones(2), *small)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
f(np.ones(1600), *small)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def grown_by(checkpoint: str) -> float:
    """How many MB the process grows in a gradient through 1,600 steps of 160 kB."""
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(theano.__file__))}
    run = subprocess.run([sys.executable, "-c", MEMORY, checkpoint], env=environment, capture_output=True, text=True, check=True)
    return int(run.stdout) / 1000


def test_carries_of_a_block_and_between_blocks_are_kept():
    assert grown_by("None") > 240  # 1,600 states
    for checkpoint in ("True", "40"):
        assert grown_by(checkpoint) < 80  # 40 + 40 states, with cotangents and what products need
