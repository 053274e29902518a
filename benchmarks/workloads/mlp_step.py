"""A training step of a three-layer perceptron, 784-500-500-10, on 60 rows; the loss is written in elementary operations.

h1 = tanh(x W1 + b1),  h2 = tanh(h1 W2 + b2),  z = h2 W3 + b3
cost = mean over rows of sum(t (log sum exp z - z)),    p <- p - rate dcost/dp,    returns cost
"""

from collections.abc import Callable
from itertools import pairwise
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 0.0078125  # a power of two: float32 holds it, so no peer is led to compute in float64
SIZES = (784, 500, 500, 10)
PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


def inputs(parameters: Parameters) -> Inputs:
    """Images x in [0, 1), one-hot targets t, weights scaled to their fan-in."""
    rng = np.random.default_rng(3)
    rows = parameters["rows"]
    arrays = {
        "x": rng.random((rows, SIZES[0])),
        "t": np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], rows)],
    }
    for layer, (m, n) in enumerate(pairwise(SIZES), start=1):
        arrays[f"W{layer}"] = rng.standard_normal((m, n)) / np.sqrt(m)
        arrays[f"b{layer}"] = np.zeros(n)
    return {name: array.astype(parameters["dtype"]) for name, array in arrays.items()}


def formula(dot: Callable, xp: ModuleType, x, t, weights):
    """The cost, for libraries that agree on the names of NumPy; the maximum keeps exp from overflowing."""
    W1, b1, W2, b2, W3, b3 = weights
    h1 = xp.tanh(dot(x, W1) + b1)
    h2 = xp.tanh(dot(h1, W2) + b2)
    z = dot(h2, W3) + b3
    top = z.max(axis=1, keepdims=True)
    log_sum = xp.log(xp.exp(z - top).sum(axis=1, keepdims=True)) + top
    return (t * (log_sum - z)).sum(axis=1).mean()


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation by hand: dz = (softmax(z) - t) / rows."""
    W1, b1, W2, b2, W3, b3 = (inputs[name].copy() for name in PARAMETERS)

    def step(x: np.ndarray, t: np.ndarray) -> float:
        h1 = np.tanh(x @ W1 + b1)
        h2 = np.tanh(h1 @ W2 + b2)
        z = h2 @ W3 + b3
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        total = e.sum(axis=1, keepdims=True)
        cost = (t * (np.log(total) - z)).sum(axis=1).mean()
        dz = (e / total - t) / len(x)
        da2 = dz @ W3.T * (1 - h2 * h2)
        da1 = da2 @ W2.T * (1 - h1 * h1)
        for W, b, h, da in ((W3, b3, h2, dz), (W2, b2, h1, da2), (W1, b1, x, da1)):
            W -= RATE * (h.T @ da)
            b -= RATE * da.sum(axis=0)
        return cost

    return Prepared(step, {"numpy arrays": (inputs["x"], inputs["t"])})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Shared variables and their updates."""
    x, t = (T.matrix(name, dtype=parameters["dtype"]) for name in "xt")
    weights = [theano.shared(inputs[name], name) for name in PARAMETERS]
    cost = formula(T.dot, T, x, t, weights)
    gradients = theano.grad(cost, weights)
    updates = [(p, p - RATE * dp) for p, dp in zip(weights, gradients, strict=True)]
    return Prepared(
        theano.function([x, t], cost, updates=updates),
        {"numpy arrays": (inputs["x"], inputs["t"])},
    )


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function of the weights, which it takes over and hands back."""
    weights = [jnp.array(inputs[name]) for name in PARAMETERS]

    def update(weights, x, t):
        cost, gradients = jax.value_and_grad(lambda weights: formula(jnp.dot, jnp, x, t, weights))(weights)
        return [p - RATE * dp for p, dp in zip(weights, gradients, strict=True)], cost

    update = jax.jit(update, donate_argnums=0)

    def step(x, t):
        nonlocal weights
        weights, cost = update(weights, x, t)
        return jax.block_until_ready((weights, cost))[1]  # the weights may come later than the cost

    on_device = jnp.asarray(inputs["x"]), jnp.asarray(inputs["t"])
    return Prepared(step, {"numpy arrays": (inputs["x"], inputs["t"]), "jax arrays": on_device})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Automatic differentiation, and the weights changed in place."""
    weights = [torch.from_numpy(inputs[name].copy()).requires_grad_() for name in PARAMETERS]

    def step(x, t):
        cost = _torch_cost(torch, x, t, weights)
        gradients = torch.autograd.grad(cost, weights)
        with torch.no_grad():
            for p, dp in zip(weights, gradients, strict=True):
                p.sub_(dp, alpha=RATE)
        return cost.detach()

    return Prepared(step, _torch_arguments(torch, inputs))


def with_torch_compile(
    torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs
) -> Prepared:
    """The whole step in one compiled graph: ``torch.func`` is traced where ``torch.autograd`` breaks the graph."""
    weights = [torch.from_numpy(inputs[name].copy()) for name in PARAMETERS]

    def update(weights, x, t):
        gradients, cost = torch.func.grad_and_value(lambda weights: _torch_cost(torch, x, t, weights))(
            weights
        )
        for p, dp in zip(weights, gradients, strict=True):
            p.sub_(RATE * dp)
        return cost

    update = compiled(update)

    def step(x, t):
        with torch.no_grad():
            return update(weights, x, t)

    return Prepared(step, _torch_arguments(torch, inputs))


def _torch_cost(torch: ModuleType, x, t, weights):
    """As ``formula``, which uses names that torch spells otherwise."""
    W1, b1, W2, b2, W3, b3 = weights
    h1 = torch.tanh(torch.addmm(b1, x, W1))
    h2 = torch.tanh(torch.addmm(b2, h1, W2))
    z = torch.addmm(b3, h2, W3)
    top = z.amax(dim=1, keepdim=True)
    log_sum = torch.log(torch.exp(z - top).sum(dim=1, keepdim=True)) + top
    return (t * (log_sum - z)).sum(dim=1).mean()


def _torch_arguments(torch: ModuleType, inputs: Inputs) -> dict[str, tuple[object, ...]]:
    return {"torch tensors": (torch.from_numpy(inputs["x"]), torch.from_numpy(inputs["t"]))}


def _flops(rows: int) -> int:
    """Products forward, and backward twice as many but for the gradient of x."""
    forward = sum(2 * rows * m * n for m, n in pairwise(SIZES))
    return 3 * forward - 2 * rows * SIZES[0] * SIZES[1]


WORKLOAD = Workload(
    name="mlp_step",
    cases=tuple(
        Case(
            dtype,
            {"rows": 60, "dtype": dtype},
            tolerance,
            checked_calls=3,
            flops=_flops(60),
        )
        for dtype, tolerance in (("float32", 1e-4), ("float64", 1e-10))
    ),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch_compile,
    },
    compiled=("float32",),
)
