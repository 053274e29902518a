"""Loops to test with: each is written twice, as a scan and as a Python loop over NumPy arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from theano.scan_module import until

import theano
import theano.tensor as T

RNG = np.random.RandomState(0)


def draw(*shape):
    return RNG.uniform(-1, 1, shape)


@dataclass(frozen=True)
class Loop:
    """scan(*variables) -> outputs,  numpy(*arrays) -> the same; values are what both are given."""

    name: str
    scan: Callable[..., list]
    numpy: Callable[..., list]
    values: tuple[Any, ...]
    differentiable: bool = True


def check_gradient(number, values):
    """The gradient of ``number``, variables -> one number, is that of differences; machine code gives the same digits."""
    values = [np.asarray(v) for v in values]
    python, native = theano.Mode(linker="py"), theano.Mode(linker="llvm")
    theano.gradient.verify_grad(number, values, rng=np.random.RandomState(1), mode=python)
    variables = [T.TensorType(v.dtype.name, (False,) * v.ndim)() for v in values]
    result = number(*variables)
    outputs = [result, *T.grad(result, variables, disconnected_inputs="ignore")]
    found, wanted = (
        theano.function(variables, outputs, mode=mode, on_unused_input="ignore")(*values) for mode in (native, python)
    )
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-11)


def outputs_of(result):
    outputs, updates = result
    assert not updates
    return outputs if isinstance(outputs, list) else [outputs]


def scan(*args, **kwargs):
    return outputs_of(theano.scan(*args, **kwargs))


def running(step, steps, *initial):
    """All results of a recurrence: values = step(i, *values)."""
    kept, values = [], initial
    for i in range(steps):
        values = step(i, *values)
        kept.append(values)
    return [np.array(column) for column in zip(*kept)]


def rnn_numpy(x, W, h):
    return running(lambda i, h: (np.tanh(h @ W + x[i]),), len(x), h)


def taps_numpy(x, first):
    y = list(first)
    for e in x:
        y.append(e * y[-1] - y[-3] ** 2)
    return [np.array(y[3:])]


def windows_numpy(x):
    return [np.array([x[i] * x[i + 1] + x[i + 3] for i in range(len(x) - 3)])]


def power_numpy(a):
    return running(lambda i, p: (p * a,), 4, np.ones_like(a))


def two_numpy(x, p, q):
    return running(lambda i, p, q: (p + x[i] * q, q * x[i] + p), len(x), p, q)


def nested_numpy(m):
    return [np.array([np.cumsum(row**2)[-1] for row in m]), np.cumsum((m**2).sum(1))]


def nested(m):
    def outer(row, total):
        sums = scan(lambda e, s: s + e**2, sequences=row, outputs_info=T.zeros(()))[0]
        return [sums[-1], total + sums[-1]]

    return scan(outer, sequences=m, outputs_info=[None, T.zeros(())])


def until_numpy(x, limit):
    kept, total = [], 0.0
    for e in x:
        total = total + e**2
        kept.append(total)
        if total > limit:
            break
    return [np.array(kept)]


def stopped(x, limit):
    def step(e, total, limit):
        new = total + e**2
        return new, until(new > limit)

    return scan(step, sequences=x, outputs_info=T.zeros(()), non_sequences=limit)


def gated_numpy(x, W, U):
    return running(
        lambda i, h, c: (np.tanh(c) / (1 + np.exp(-(h @ W))), c * 0.5 + x[i] * (h @ U)), len(x), np.zeros(3), np.ones(3)
    )


def gated(x, W, U):
    def step(e, h, c):
        gate = 1 / (1 + T.exp(-T.dot(h, W)))
        return [T.tanh(c) * gate, c * 0.5 + e * T.dot(h, U)]

    return scan(step, sequences=x, outputs_info=[T.zeros((3,)), T.ones((3,))])


LOOPS = [
    Loop("map", lambda x: scan(lambda e: 2 * e + 1, sequences=x), lambda x: [2 * x + 1], (draw(5),)),
    Loop(
        "map of rows",
        lambda x: scan(lambda r: [r.sum(), r**2], sequences=x),
        lambda x: [x.sum(1), x**2],
        (draw(4, 3),),
    ),
    Loop(
        "power",
        lambda a: scan(lambda p, a: p * a, outputs_info=T.ones_like(a), non_sequences=a, n_steps=4),
        power_numpy,
        (draw(3),),
    ),
    Loop(
        "recurrent net",
        lambda x, W, h: scan(lambda e, h, W: T.tanh(T.dot(h, W) + e), x, h, W),
        rnn_numpy,
        (draw(5, 3), draw(3, 3), draw(3)),
    ),
    Loop(
        "taps of a recurrence",
        lambda x, first: scan(
            lambda e, near, far: e * near - far**2, x, {"initial": first, "taps": [-1, -3]}
        ),
        taps_numpy,
        (draw(6), draw(3)),
    ),
    Loop(
        "taps of a sequence",
        lambda x: scan(lambda a, b, c: a * b + c, {"input": x, "taps": [0, 1, 3]}),
        windows_numpy,
        (draw(8),),
    ),
    Loop(
        "two recurrences",
        lambda x, p, q: scan(lambda e, p, q: [p + e * q, q * e + p], x, [p, q]),
        two_numpy,
        (draw(4), draw(2), draw(2)),
    ),
    Loop("nested", nested, nested_numpy, (draw(3, 4),)),
    Loop("until", stopped, until_numpy, (np.array([0.5, 1.0, 0.25, 2.0, 3.0]), np.array(1.5))),
    Loop("until, never", stopped, until_numpy, (np.array([0.5, 1.0, 0.25]), np.array(100.0))),
    Loop(
        "backwards",
        lambda x: scan(lambda e, p: 0.5 * p + e, x, T.zeros(()), go_backwards=True),
        lambda x: running(lambda i, p: (0.5 * p + x[::-1][i],), len(x), 0.0),
        (draw(5),),
    ),
    Loop(
        "indices",
        lambda x: scan(lambda i, x: x[i] * i, T.arange(x.shape[0]), non_sequences=x),
        lambda x: [x * np.arange(len(x))],
        (draw(5),),
    ),
    Loop("gates", gated, gated_numpy, (draw(4, 3), draw(3, 3), draw(3, 3))),
    Loop(
        "matrices",
        lambda x: scan(T.dot, sequences=x, outputs_info=T.eye(2)),
        lambda x: running(lambda i, p: (x[i] @ p,), len(x), np.eye(2)),
        (draw(4, 2, 2),),
    ),
    Loop(
        "a value from outside",
        lambda x, w: scan(lambda e, s: s * T.exp(w).sum() + e, x, T.zeros(())),
        lambda x, w: running(lambda i, s: (s * np.exp(w).sum() + x[i],), len(x), 0.0),
        (draw(4), draw(2) - 1),
    ),
    Loop(
        "one step",
        lambda x: scan(lambda e, p: p + e, x, T.ones((2,)), n_steps=1),
        lambda x: [1 + x[:1]],
        (draw(3, 2),),
    ),
]
