"""A deep graph of small operations, h <- tanh(W_i h + b) through many layers, with the gradient of every W_i and of b.

h_0 = x,    cost = sum(h_n),    p <- p - rate dcost/dp,    returns cost

chain     h_i = tanh(W_i * h_{i-1} + b),        all vectors of 64 elements
dense     h_i = tanh(h_{i-1} W_i + b),          16 rows, W_i of 32 x 32

The arrays are small, so the time is that of compiling and of calling, not of arithmetic.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 0.0001220703125  # 2 ** -13: many steps leave the weights near where they began, so gradients stay as they are


def inputs(parameters: Parameters) -> Inputs:
    """x, b, and the weights one after the other in W: of a chain near 1, of dense layers near an orthogonal matrix."""
    rng = np.random.default_rng(4)
    layers = parameters["layers"]
    if parameters["kind"] == "chain":
        size = 64
        return {
            "x": rng.standard_normal(size),
            "b": rng.uniform(-0.01, 0.01, size),
            "W": rng.uniform(0.9, 1.1, (layers, size)),
        }
    size = 32
    return {
        "x": rng.standard_normal((16, size)),
        "b": rng.uniform(-0.01, 0.01, size),
        "W": np.linalg.qr(rng.standard_normal((layers, size, size)))[0],
    }


def formula(dot: Callable, tanh: Callable, kind: str) -> Callable:
    """The cost as a function of x, the weights and b; every peer unrolls the layers."""

    def cost(x, weights, b):
        h = x
        for W in weights:
            h = tanh((W * h if kind == "chain" else dot(h, W)) + b)
        return h.sum()

    return cost


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation by hand, through a list of the h_i."""
    weights, b = [W.copy() for W in inputs["W"]], inputs["b"].copy()
    is_chain = parameters["kind"] == "chain"

    def step(x: np.ndarray) -> float:
        hs = [x]
        for W in weights:
            hs.append(np.tanh((W * hs[-1] if is_chain else hs[-1] @ W) + b))
        dh, db = np.ones_like(x), np.zeros_like(b)
        for i in range(len(weights) - 1, -1, -1):
            W, h = weights[i], hs[i]
            da = dh * (1 - hs[i + 1] * hs[i + 1])
            db += da if is_chain else da.sum(axis=0)
            dh = da * W if is_chain else da @ W.T
            W -= RATE * (da * h if is_chain else h.T @ da)
        b[...] -= RATE * db
        return hs[-1].sum()

    return Prepared(step, {"numpy array": (inputs["x"],)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One shared variable a layer."""
    x = T.TensorType("float64", (False,) * inputs["x"].ndim)("x")
    weights = [theano.shared(W, f"W{i}") for i, W in enumerate(inputs["W"])]
    b = theano.shared(inputs["b"], "b")
    cost = formula(T.dot, T.tanh, parameters["kind"])(x, weights, b)
    states = [*weights, b]
    gradients = theano.grad(cost, states)
    updates = [(p, p - RATE * dp) for p, dp in zip(states, gradients, strict=True)]
    return Prepared(theano.function([x], cost, updates=updates), {"numpy array": (inputs["x"],)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function of the list of weights, which it takes over and hands back."""
    states = [*(jnp.array(W) for W in inputs["W"]), jnp.array(inputs["b"])]
    cost = formula(jnp.dot, jnp.tanh, parameters["kind"])

    def update(states, x):
        value, gradients = jax.value_and_grad(lambda states: cost(x, states[:-1], states[-1]))(states)
        return [p - RATE * dp for p, dp in zip(states, gradients, strict=True)], value

    update = jax.jit(update, donate_argnums=0)

    def step(x):
        nonlocal states
        states, value = update(states, x)
        return jax.block_until_ready((states, value))[1]

    return Prepared(step, {"numpy array": (inputs["x"],), "jax array": (jnp.asarray(inputs["x"]),)})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Automatic differentiation, and the weights changed in place by one call for all of them."""
    states = [torch.from_numpy(p.copy()).requires_grad_() for p in (*inputs["W"], inputs["b"])]
    cost = formula(torch.matmul, torch.tanh, parameters["kind"])

    def step(x):
        value = cost(x, states[:-1], states[-1])
        gradients = torch.autograd.grad(value, states)
        with torch.no_grad():
            torch._foreach_sub_(states, gradients, alpha=RATE)  # as torch's own optimizers do
        return value.detach()

    return Prepared(step, {"torch tensor": (torch.from_numpy(inputs["x"]),)})


def with_torch_compile(
    torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs
) -> Prepared:
    """The whole step in one compiled graph: ``torch.func`` is traced where ``torch.autograd`` breaks the graph."""
    states = [torch.from_numpy(p.copy()) for p in (*inputs["W"], inputs["b"])]
    cost = formula(torch.matmul, torch.tanh, parameters["kind"])

    def update(states, x):
        gradients, value = torch.func.grad_and_value(lambda states: cost(x, states[:-1], states[-1]))(states)
        for p, dp in zip(states, gradients, strict=True):
            p.sub_(RATE * dp)
        return value

    update = compiled(update)

    def step(x):
        with torch.no_grad():
            return update(states, x)

    return Prepared(step, {"torch tensor": (torch.from_numpy(inputs["x"]),)})


def _case(kind: str, layers: int) -> Case:
    return Case(
        f"{layers} layers" if kind == "chain" else f"{layers} {kind} layers",
        {"kind": kind, "layers": layers},
        1e-10,
        checked_calls=3,
        is_quick=layers < 200,
        is_long=layers >= 200,
    )


WORKLOAD = Workload(
    name="compile_deep",
    cases=(
        *(_case("chain", layers) for layers in (50, 200, 800)),
        *(_case("dense", layers) for layers in (50, 200)),
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
    compiled=("50 layers", "200 layers", "800 layers", "50 dense layers", "200 dense layers"),
)
