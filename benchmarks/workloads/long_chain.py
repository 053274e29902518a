"""A graph of very many nodes: y <- c tanh(y) again and again, and the gradient of the sum of the last y.

    y_0 = x,  y_i = c tanh(y_{i-1}),  returns dx of sum(y_n)

Vectors have 10 elements, so the time is that of building, differentiating, compiling.  The label counts the nodes of
the forward half, two a step; the gradient has half as many again.  ``python -m benchmarks.phases`` splits the time.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

FACTOR = 1.01  # near 1, so that neither values nor gradients vanish at once
SIZE = 10


def inputs(parameters: Parameters) -> Inputs:
    """x, away from 0, where the chain stays."""
    return {"x": np.linspace(0.1, 1.0, SIZE)}


def formula(tanh: Callable, x, nodes: int):
    """The cost; every peer unrolls the steps."""
    y = x
    for _ in range(nodes // 2):
        y = tanh(y) * FACTOR
    return y.sum()


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation by hand, through a list of the values of tanh."""

    def gradient(x: np.ndarray) -> np.ndarray:
        ts = []
        for _ in range(parameters["nodes"] // 2):
            ts.append(np.tanh(x))
            x = ts[-1] * FACTOR
        dy = np.ones_like(x)
        for t in reversed(ts):
            dy = dy * FACTOR * (1 - t * t)
        return dy

    return Prepared(gradient, {"numpy array": (inputs["x"],)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    x = T.dvector("x")
    gradient = theano.grad(formula(T.tanh, x, parameters["nodes"]), x)
    return Prepared(theano.function([x], gradient), {"numpy array": (inputs["x"],)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    gradient = jax.jit(jax.grad(lambda x: formula(jnp.tanh, x, parameters["nodes"])))
    return Prepared(lambda x: jax.block_until_ready(gradient(x)), {"numpy array": (inputs["x"],)})


WORKLOAD = Workload(
    name="long_chain",
    cases=tuple(
        Case(f"{nodes} nodes", {"nodes": nodes}, 1e-9, is_quick=nodes <= 1_000, is_long=nodes > 1_000)
        for nodes in (1_000, 10_000, 50_000, 100_000)
    ),
    inputs=inputs,
    builders={"numpy": with_numpy, "theano": with_theano, "pytensor": with_theano, "jax": with_jax},
    threads=(1,),
    compiled=("1000 nodes", "10000 nodes", "50000 nodes", "100000 nodes"),
)
