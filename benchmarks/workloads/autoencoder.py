"""A training step of a denoising autoencoder, 784-500-784 with tied weights, on batches of 20.

h = sigmoid((mask x) W + b),  z = sigmoid(h W' + c),  cost = mean over rows of the cross entropy of x and z
p <- p - rate dcost/dp,  returns cost.  The mask is given, so that every peer corrupts alike.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 2.0**-7
VISIBLE, HIDDEN = 784, 500
PARAMETERS = ("W", "b", "c")


def inputs(parameters: Parameters) -> Inputs:
    rng = np.random.default_rng(13)
    rows = parameters["rows"]
    arrays = {
        "x": rng.random((rows, VISIBLE)),
        "mask": rng.random((rows, VISIBLE)) < 0.7,
        "W": rng.standard_normal((VISIBLE, HIDDEN)) / np.sqrt(VISIBLE),
        "b": np.zeros(HIDDEN),
        "c": np.zeros(VISIBLE),
    }
    return {name: array.astype("float32") for name, array in arrays.items()}


def given(inputs: Inputs, convert: Callable = lambda array: array) -> tuple[Any, ...]:
    return convert(inputs["x"]), convert(inputs["mask"])


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation by hand: d cost / d(h W' + c) = (z - x) / rows."""
    W, b, c = (inputs[name].copy() for name in PARAMETERS)

    def sigmoid(a: Any) -> Any:
        return 1 / (1 + np.exp(-a))

    def step(x: Any, mask: Any) -> Any:
        seen = mask * x
        h = sigmoid(seen @ W + b)
        a = h @ W.T + c
        cost = (np.logaddexp(0, a) - x * a).sum(axis=1).mean()
        da = (sigmoid(a) - x) / np.float32(len(x))
        dh = da @ W * h * (1 - h)
        W[...] -= np.float32(RATE) * (seen.T @ dh + da.T @ h)
        b[...] -= np.float32(RATE) * dh.sum(axis=0)
        c[...] -= np.float32(RATE) * da.sum(axis=0)
        return cost

    return Prepared(step, {"numpy arrays": given(inputs)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The cross entropy of a sigmoid, which rewriting makes stable."""
    x, mask = T.fmatrix("x"), T.fmatrix("mask")
    W, b, c = weights = [theano.shared(inputs[name], name) for name in PARAMETERS]
    sigmoid = T.nnet.sigmoid if theano.__name__ == "theano" else T.sigmoid
    h = sigmoid(T.dot(mask * x, W) + b)
    z = sigmoid(T.dot(h, W.T) + c)
    cost = -(x * T.log(z) + (1 - x) * T.log(1 - z)).sum(axis=1).mean()
    updates = [(p, p - RATE * d) for p, d in zip(weights, theano.grad(cost, weights), strict=True)]
    return Prepared(theano.function([x, mask], cost, updates=updates), {"numpy arrays": given(inputs)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    weights = [jnp.array(inputs[name]) for name in PARAMETERS]

    def cost_of(weights: Any, x: Any, mask: Any) -> Any:
        W, b, c = weights
        a = jax.nn.sigmoid((mask * x) @ W + b) @ W.T + c
        return (jax.nn.softplus(a) - x * a).sum(axis=1).mean()

    def update(weights: Any, x: Any, mask: Any) -> Any:
        cost, gradients = jax.value_and_grad(cost_of)(weights, x, mask)
        return [p - RATE * d for p, d in zip(weights, gradients, strict=True)], cost

    update = jax.jit(update, donate_argnums=0)

    def step(x: Any, mask: Any) -> Any:
        nonlocal weights
        weights, cost = update(weights, x, mask)
        return jax.block_until_ready((weights, cost))[1]

    return Prepared(step, {"numpy arrays": given(inputs), "jax arrays": given(inputs, jnp.asarray)})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The whole step in one graph if it is compiled."""
    weights = [torch.from_numpy(inputs[name].copy()) for name in PARAMETERS]

    def cost_of(weights: Any, x: Any, mask: Any) -> Any:
        W, b, c = weights
        h = torch.sigmoid(torch.addmm(b, mask * x, W))
        a = torch.addmm(c, h, W.T)
        return torch.nn.functional.binary_cross_entropy_with_logits(a, x, reduction="sum") / len(x)

    def eager(weights: Any, x: Any, mask: Any) -> Any:
        tracked = [p.detach().requires_grad_() for p in weights]
        cost = cost_of(tracked, x, mask)
        for p, d in zip(weights, torch.autograd.grad(cost, tracked), strict=True):
            p.sub_(d, alpha=RATE)
        return cost.detach()

    def whole(weights: Any, x: Any, mask: Any) -> Any:
        gradients, cost = torch.func.grad_and_value(cost_of)(weights, x, mask)
        for p, d in zip(weights, gradients, strict=True):
            p.sub_(RATE * d)
        return cost

    graph = compiled(whole)
    if graph is whole:
        return Prepared(lambda x, mask: eager(weights, x, mask), {"torch tensors": given(inputs, torch.from_numpy)})

    def step(x: Any, mask: Any) -> Any:
        with torch.no_grad():
            return graph(weights, x, mask)

    return Prepared(step, {"torch tensors": given(inputs, torch.from_numpy)})


WORKLOAD = Workload(
    name="autoencoder",
    cases=(Case("batch 20", {"rows": 20}, tolerance=1e-3, checked_calls=3),),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch,
    },
    compiled=("batch 20",),
)
