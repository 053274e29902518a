"""The trivial training step: four weights moved by gradient descent until their weighted sum is the target.

y = sum(x * W),    W <- W - 0.1 d(target - y)^2/dW,    returns y
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 0.1


def inputs(parameters: Parameters) -> Inputs:
    """x and target in float32, W in float64."""
    return {
        "x": np.ones(4, "float32"),
        "target": np.array(100.0, "float32"),
        "W": np.array([0.1, 0.25, 0.15, 0.3]),
    }


def given(parameters: Parameters, inputs: Inputs) -> dict[str, tuple[object, ...]]:
    """The arguments as the case wants them: arrays, or a list and a number."""
    if parameters["given"] == "arrays":
        return {"numpy arrays": (inputs["x"], inputs["target"])}
    return {"list and float": ([1.0, 1.0, 1.0, 1.0], 100.0)}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The gradient written out: dW = -2 (target - y) x."""
    W = inputs["W"].copy()

    def step(x: np.ndarray, target: float) -> float:
        x = np.asarray(x, "float32")
        y = (x * W).sum()
        W[...] -= RATE * (-2 * (target - y)) * x
        return y

    return Prepared(step, given(parameters, inputs))


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A shared variable and its update."""
    x, target = T.fvector("x"), T.fscalar("target")
    W = theano.shared(inputs["W"], "W")
    y = (x * W).sum()
    cost = T.sqr(target - y)
    step = theano.function([x, target], y, updates=[(W, W - RATE * theano.grad(cost, W))])
    return Prepared(step, given(parameters, inputs))


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function of the state, which it takes over and hands back."""
    W = jnp.array(inputs["W"])

    def cost(W, x, target):
        y = (x * W).sum()
        return (target - y) ** 2, y

    def update(W, x, target):
        dW, y = jax.grad(cost, has_aux=True)(W, x, target)
        return W - RATE * dW, y

    update = jax.jit(update, donate_argnums=0)

    def step(x, target):
        nonlocal W
        W, y = update(W, x, target)
        return y.block_until_ready()

    def step_from_list(x, target):
        return step(np.array(x, "float32"), target)

    if parameters["given"] == "lists":
        return Prepared(step_from_list, given(parameters, inputs))
    on_device = jnp.asarray(inputs["x"]), jnp.asarray(inputs["target"])
    return Prepared(step, {**given(parameters, inputs), "jax arrays": on_device})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Automatic differentiation, and W changed in place."""
    W = torch.from_numpy(inputs["W"].copy()).requires_grad_()

    def step(x, target):
        y = (x * W).sum()
        (dW,) = torch.autograd.grad((target - y) ** 2, W)
        with torch.no_grad():
            W.sub_(RATE * dW)
        return y.detach()

    return _torch_prepared(torch, step, parameters, inputs)


def with_torch_compile(
    torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs
) -> Prepared:
    """The whole step in one compiled graph: ``torch.func`` is traced where ``torch.autograd`` breaks the graph."""
    W = torch.from_numpy(inputs["W"].copy())

    def cost(W, x, target):
        y = (x * W).sum()
        return (target - y) ** 2, y

    def update(W, x, target):
        dW, y = torch.func.grad(cost, has_aux=True)(W, x, target)
        W.sub_(RATE * dW)
        return y

    update = compiled(update)

    def step(x, target):
        with torch.no_grad():
            return update(W, x, target)

    return _torch_prepared(torch, step, parameters, inputs)


def _torch_prepared(torch: ModuleType, step: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    def step_from_list(x, target):
        return step(torch.tensor(x), target)

    if parameters["given"] == "lists":
        return Prepared(step_from_list, given(parameters, inputs))
    return Prepared(
        step,
        {
            "torch tensors": (
                torch.from_numpy(inputs["x"]),
                torch.tensor(inputs["target"]),
            )
        },
    )


WORKLOAD = Workload(
    name="seed_step",
    cases=tuple(Case(label, {"given": label}, checked_calls=3) for label in ("arrays", "lists")),
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
    compiled=("arrays",),
)
