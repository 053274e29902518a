"""An LSTM, 100 steps of 16 rows, 64 inputs, 128 units: forward, and a training step.

i, f, g, o = split(x[t] W + h U + b),    c <- sigmoid(f) c + sigmoid(i) tanh(g),    h <- sigmoid(o) tanh(c)
cost = mean (h - target)^2 of the last h,    p <- p - rate dcost/dp, returns cost
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.rnn_scan import (
    PARAMETERS,
    RATE,
    ROWS,
    STEPS,
    UNITS,
    WIDTH,
    cases,
    given,
    jax_prepared,
    torch_prepared,
)
from benchmarks.workloads.workload import Inputs, Parameters, Prepared, Workload


def inputs(parameters: Parameters) -> Inputs:
    """Normal numbers; the bias of f is 1, so that c is remembered."""
    rng = np.random.default_rng(6)
    arrays = {
        "x": rng.standard_normal((STEPS, ROWS, WIDTH)),
        "target": rng.uniform(-0.5, 0.5, (ROWS, UNITS)),
        "W": rng.standard_normal((WIDTH, 4 * UNITS)) / np.sqrt(WIDTH) / 2,
        "U": rng.standard_normal((UNITS, 4 * UNITS)) / np.sqrt(UNITS),
        "b": np.repeat([0.0, 1.0, 0.0, 0.0], UNITS),
    }
    return {name: array.astype(parameters["dtype"]) for name, array in arrays.items()}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation through time by hand, all products that can be outside of the loop."""
    W, U, b = (inputs[name].copy() for name in PARAMETERS)

    def sigmoid(a: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-a))

    def forward(x: np.ndarray) -> tuple[list, list, list]:
        driven = (x.reshape(-1, WIDTH) @ W + b).reshape(STEPS, ROWS, 4 * UNITS)
        hs, cs, gates = [np.zeros((ROWS, UNITS), x.dtype)], [np.zeros((ROWS, UNITS), x.dtype)], []
        for t in range(STEPS):
            a = driven[t] + hs[-1] @ U
            i, f, o = sigmoid(a[:, :UNITS]), sigmoid(a[:, UNITS : 2 * UNITS]), sigmoid(a[:, 3 * UNITS :])
            g = np.tanh(a[:, 2 * UNITS : 3 * UNITS])
            cs.append(f * cs[-1] + i * g)
            hs.append(o * np.tanh(cs[-1]))
            gates.append((i, f, g, o))
        return hs, cs, gates

    def step(x: np.ndarray, target: np.ndarray) -> float:
        hs, cs, gates = forward(x)
        error = hs[-1] - target
        dh, dc = error * (2 / error.size), 0
        das = np.empty((STEPS, ROWS, 4 * UNITS), x.dtype)
        for t in reversed(range(STEPS)):
            i, f, g, o = gates[t]
            tanh_c = np.tanh(cs[t + 1])
            dc = dc + dh * o * (1 - tanh_c**2)
            da = (dc * g * i * (1 - i), dc * cs[t] * f * (1 - f), dc * i * (1 - g**2), dh * tanh_c * o * (1 - o))
            das[t] = np.concatenate(da, axis=1)
            dh, dc = das[t] @ U.T, dc * f
        da = das.reshape(-1, 4 * UNITS)
        for p, dp in (
            (W, x.reshape(-1, WIDTH).T @ da),
            (U, np.concatenate(hs[:-1]).T @ da),
            (b, da.sum(axis=0)),
        ):
            p -= dp.dtype.type(RATE) * dp
        return (error**2).mean()

    if parameters["what"] == "forward":
        return Prepared(lambda x, target: forward(x)[0][-1], given(inputs))
    return Prepared(step, given(inputs))


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """scan, shared variables and their updates."""
    dtype = parameters["dtype"]
    x, target = T.tensor3("x", dtype=dtype), T.matrix("target", dtype=dtype)
    W, U, b = weights = [theano.shared(inputs[name], name) for name in PARAMETERS]
    sigmoid = T.nnet.sigmoid if theano.__name__ == "theano" else T.sigmoid

    def unit(e, h, c):
        a = T.dot(e, W) + T.dot(h, U) + b
        i, f, g, o = (a[:, k * UNITS : (k + 1) * UNITS] for k in range(4))
        c = sigmoid(f) * c + sigmoid(i) * T.tanh(g)
        return sigmoid(o) * T.tanh(c), c

    first = T.zeros((x.shape[1], UNITS), dtype=dtype)
    (hs, _), _ = theano.scan(unit, sequences=x, outputs_info=[first, first])
    if parameters["what"] == "forward":
        return Prepared(theano.function([x, target], hs[-1], on_unused_input="ignore"), given(inputs))
    cost = ((hs[-1] - target) ** 2).mean()
    gradients = theano.grad(cost, weights)
    updates = [(p, p - RATE * dp) for p, dp in zip(weights, gradients, strict=True)]
    return Prepared(theano.function([x, target], cost, updates=updates), given(inputs))


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """lax.scan, over inputs multiplied beforehand."""
    weights = [jnp.array(inputs[name]) for name in PARAMETERS]

    def last(weights, x):
        W, U, b = weights

        def unit(state, driven):
            h, c = state
            i, f, g, o = jnp.split(driven + h @ U, 4, axis=1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

        first = jnp.zeros((x.shape[1], UNITS), x.dtype)
        return jax.lax.scan(unit, (first, first), x @ W + b)[0][0]

    def update(weights, x, target):
        cost, gradients = jax.value_and_grad(lambda weights: ((last(weights, x) - target) ** 2).mean())(weights)
        return [p - RATE * dp for p, dp in zip(weights, gradients, strict=True)], cost

    return jax_prepared(jax, jnp, parameters, inputs, weights, last, update)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """torch.nn.LSTM, which hands all steps to one library call."""
    dtype = getattr(torch, parameters["dtype"])
    net = torch.nn.LSTM(WIDTH, UNITS, dtype=dtype)
    values = (inputs["W"].T, inputs["U"].T, inputs["b"], np.zeros_like(inputs["b"]))
    return torch_prepared(torch, parameters, inputs, net, values, lambda net, x: net(x)[1][0][0])


WORKLOAD = Workload(
    name="lstm",
    cases=cases(2 * STEPS * ROWS * (WIDTH + UNITS) * 4 * UNITS),
    inputs=inputs,
    builders={  # torch.compile would write all steps out
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
    },
    compiled=("step float32",),
)
