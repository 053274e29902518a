"""A deep graph of small operations: h <- tanh(W_i h + b) through many layers, with the gradient of every W_i and of b.

    h_0 = x,  h_i = tanh(W_i h_{i-1} + b),  cost = sum(h_n),    p <- p - rate dcost/dp,    returns cost

All are vectors of 64 elements, so the time is that of compiling and of calling, not of arithmetic.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 0.0001220703125  # 2 ** -13: many steps leave the weights near 1, where gradients neither vanish nor explode
SIZE = 64


def inputs(parameters: Parameters) -> Inputs:
    """x, b, and the weights as the rows of W, near 1."""
    rng = np.random.default_rng(4)
    return {
        "x": rng.standard_normal(SIZE),
        "b": rng.uniform(-0.01, 0.01, SIZE),
        "W": rng.uniform(0.9, 1.1, (parameters["layers"], SIZE)),
    }


def formula(tanh: Callable, x, weights, b):
    """The cost; every peer unrolls the layers."""
    h = x
    for W in weights:
        h = tanh(W * h + b)
    return h.sum()


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation by hand, through a list of the h_i."""
    weights, b = [W.copy() for W in inputs["W"]], inputs["b"].copy()

    def step(x: np.ndarray) -> float:
        hs = [x]
        for W in weights:
            hs.append(np.tanh(W * hs[-1] + b))
        dh, db = np.ones_like(x), np.zeros_like(b)
        for i in range(len(weights) - 1, -1, -1):
            da = dh * (1 - hs[i + 1] * hs[i + 1])
            db += da
            dh = da * weights[i]
            weights[i] -= RATE * (da * hs[i])
        b[...] -= RATE * db
        return hs[-1].sum()

    return Prepared(step, {"numpy array": (inputs["x"],)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One shared variable a layer."""
    x = T.dvector("x")
    weights = [theano.shared(W, f"W{i}") for i, W in enumerate(inputs["W"])]
    b = theano.shared(inputs["b"], "b")
    cost = formula(T.tanh, x, weights, b)
    states = [*weights, b]
    gradients = theano.grad(cost, states)
    updates = [(p, p - RATE * dp) for p, dp in zip(states, gradients, strict=True)]
    return Prepared(theano.function([x], cost, updates=updates), {"numpy array": (inputs["x"],)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function of the list of weights, which it takes over and hands back."""
    states = [*(jnp.array(W) for W in inputs["W"]), jnp.array(inputs["b"])]

    def update(states, x):
        cost, gradients = jax.value_and_grad(lambda states: formula(jnp.tanh, x, states[:-1], states[-1]))(
            states
        )
        return [p - RATE * dp for p, dp in zip(states, gradients, strict=True)], cost

    update = jax.jit(update, donate_argnums=0)

    def step(x):
        nonlocal states
        states, cost = update(states, x)
        return jax.block_until_ready((states, cost))[1]

    return Prepared(step, {"numpy array": (inputs["x"],), "jax array": (jnp.asarray(inputs["x"]),)})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Automatic differentiation, and the weights changed in place by one call for all of them."""
    states = [torch.from_numpy(p.copy()).requires_grad_() for p in (*inputs["W"], inputs["b"])]

    def step(x):
        cost = formula(torch.tanh, x, states[:-1], states[-1])
        gradients = torch.autograd.grad(cost, states)
        with torch.no_grad():
            torch._foreach_sub_(states, gradients, alpha=RATE)  # as torch's own optimizers do
        return cost.detach()

    return Prepared(step, {"torch tensor": (torch.from_numpy(inputs["x"]),)})


def with_torch_compile(
    torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs
) -> Prepared:
    """The whole step in one compiled graph: ``torch.func`` is traced where ``torch.autograd`` breaks the graph."""
    states = [torch.from_numpy(p.copy()) for p in (*inputs["W"], inputs["b"])]

    def update(states, x):
        gradients, cost = torch.func.grad_and_value(
            lambda states: formula(torch.tanh, x, states[:-1], states[-1])
        )(states)
        for p, dp in zip(states, gradients, strict=True):
            p.sub_(RATE * dp)
        return cost

    update = compiled(update)

    def step(x):
        with torch.no_grad():
            return update(states, x)

    return Prepared(step, {"torch tensor": (torch.from_numpy(inputs["x"]),)})


WORKLOAD = Workload(
    name="deep_chain",
    cases=tuple(
        Case(
            f"{layers} layers",
            {"layers": layers},
            1e-10,
            checked_calls=3,
            is_quick=layers < 200,
            is_long=layers >= 200,
        )
        for layers in (50, 200, 800)
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
    threads=(1,),
    compiled=("50 layers", "200 layers", "800 layers"),
)
