"""A test of what an installation may break: compiling, BLAS, LAPACK, threads, gradients, loops, the cache, pickles."""

from __future__ import annotations

import pickle
import time
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

import theano
import theano.tensor
from theano.backends.llvm.cache import folder, key_of, read
from theano.compile.mode import predefined_linkers
from theano.compile.pickling import StoredGraph
from theano.configuration import config
from theano.random import MRG_RandomStreams

T: Any = theano.tensor  # names that are made on demand have no types
function: Any = theano.function
scan: Any = theano.scan
random_streams: Any = MRG_RandomStreams

Check = Callable[[], None]
CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Make a function one of the checks: it raises an error when something is not as it should be."""

    def registered(f: Check) -> Check:
        CHECKS[name] = f
        return f

    return registered


def self_test() -> int:
    """Carry out all checks and print how they went; 0 when all passed, else 1."""
    failed = 0
    for name, f in CHECKS.items():
        start = time.perf_counter()
        try:
            f()
        except Exception:
            failed += 1
            print(f"FAILED    {name}")
            print("".join(f"          {line}\n" for line in traceback.format_exc().splitlines()), end="")
        else:
            print(f"ok        {name}, {1e3 * (time.perf_counter() - start):.0f} ms")
    print(f"\n{failed} of {len(CHECKS)} checks failed" if failed else f"\nall {len(CHECKS)} checks passed")
    return 1 if failed else 0


def assert_close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-10)


@check("elementwise functions in one loop")
def elementwise() -> None:
    x, y = T.dvectors("x", "y")
    a, b = np.linspace(0.1, 2, 1000), np.linspace(3, 1, 1000)
    assert_close(
        function([x, y], T.exp(-x) * T.log1p(y) + T.tanh(x))(a, b),
        np.exp(-a) * np.log1p(b) + np.tanh(a),
    )


@check("products of matrices by BLAS")
def products() -> None:
    x, y = T.dmatrices("x", "y")
    a, b = np.arange(600.0).reshape(20, 30), np.arange(900.0).reshape(30, 30)
    assert_close(function([x, y], T.dot(x, y))(a, b), a @ b)


@check("systems of equations by LAPACK")
def systems() -> None:
    x, y = T.dmatrix("x"), T.dvector("y")
    a, b = np.eye(5) * 3 + 1, np.arange(5.0)
    assert_close(function([x, y], T.slinalg.solve(x, y))(a, b), np.linalg.solve(a, b))


@check("a loop shared by threads")
def threads() -> None:
    x = T.dvector("x")
    a = np.linspace(0, 1, 2_000_000)
    assert_close(function([x], T.sqrt(x) + 1)(a), np.sqrt(a) + 1)


@check("a gradient that updates a shared variable")
def gradient() -> None:
    x, w = T.dvector("x"), theano.shared(np.ones(3), "w")
    f = function([x], T.sqr(T.dot(x, w)), updates=[(w, w - 0.1 * T.grad(T.sqr(T.dot(x, w)), w))])
    assert_close(f([1.0, 2.0, 3.0]), 36.0)
    assert_close(w.get_value(), 1 - 0.1 * 12 * np.array([1.0, 2.0, 3.0]))


@check("a loop over time, and its gradient")
def loop() -> None:
    x = T.dvector("x")
    states, _ = scan(lambda v, before: before * 0.5 + v, x, T.zeros(()))
    f = function([x], [states[-1], T.grad(states[-1], x)])
    value, derivative = f([1.0, 2.0, 3.0])
    assert_close(value, 4.25)
    assert_close(derivative, [0.25, 0.5, 1.0])


@check("convolution")
def convolution() -> None:
    x, k = T.dtensor4("x"), T.dtensor4("k")
    a, b = np.arange(32.0).reshape(1, 2, 4, 4), np.ones((1, 2, 3, 3))
    found = function([x, k], T.nnet.conv2d(x, k, a.shape, b.shape))(a, b)
    assert_close(found[0, 0], [[a[0, :, i : i + 3, j : j + 3].sum() for j in range(2)] for i in range(2)])


@check("random numbers")
def random_numbers() -> None:
    draws = function([], random_streams(1).uniform((1000,)))()
    assert 0.45 < draws.mean() < 0.55 and draws.min() > 0 and draws.max() < 1


@check("the same by NumPy alone")
def numpy_alone() -> None:
    x = T.dmatrix("x")
    cost = T.nnet.softmax(T.dot(x, x.T)).max(axis=1).sum()
    a = np.arange(6.0).reshape(2, 3) / 10
    f, g = (function([x], T.grad(cost, x), mode=mode) for mode in (None, theano.Mode("py")))
    assert_close(f(a), g(a))


@check("finished code on disk, taken by a pickled function")
def finished_code() -> None:
    x = T.dvector("x")
    f = function([x], T.cosh(x).sum())
    g = pickle.loads(pickle.dumps(f))
    assert_close(g([0.0, 1.0]), f([0.0, 1.0]))
    if config.cache and predefined_linkers.get(config.linker) == predefined_linkers["llvm"]:
        key = key_of(f.maker.task)
        assert key is not None and read(key) is not None, f"functions cannot be kept in {folder()}"
        assert type(g.maker.graph) is StoredGraph, "the finished code was not taken"
