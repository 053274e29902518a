"""A recurrent network of tanh units, 100 steps of 16 rows, 64 inputs, 128 units: forward, and a training step.

h <- tanh(x[t] W + h U + b),    cost = mean (h - target)^2 of the last h,    p <- p - rate dcost/dp, returns cost
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 0.0078125  # a power of two: float32 holds it, so no peer is led to compute in float64
STEPS, ROWS, WIDTH, UNITS = 100, 16, 64, 128
PARAMETERS = ("W", "U", "b")


def inputs(parameters: Parameters) -> Inputs:
    """Normal numbers; weights that let h neither die nor saturate."""
    rng = np.random.default_rng(5)
    arrays = {
        "x": rng.standard_normal((STEPS, ROWS, WIDTH)),
        "target": rng.uniform(-0.5, 0.5, (ROWS, UNITS)),
        "W": rng.standard_normal((WIDTH, UNITS)) / np.sqrt(WIDTH) / 2,
        "U": np.linalg.qr(rng.standard_normal((UNITS, UNITS)))[0],
        "b": np.zeros(UNITS),
    }
    return {name: array.astype(parameters["dtype"]) for name, array in arrays.items()}


def given(inputs: Inputs) -> dict[str, tuple[object, ...]]:
    return {"numpy arrays": (inputs["x"], inputs["target"])}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Back-propagation through time by hand, all products that can be outside of the loop."""
    W, U, b = (inputs[name].copy() for name in PARAMETERS)

    def forward(x: np.ndarray) -> list[np.ndarray]:
        driven = (x.reshape(-1, WIDTH) @ W + b).reshape(STEPS, ROWS, UNITS)
        hs = [np.zeros((ROWS, UNITS), x.dtype)]
        for t in range(STEPS):
            hs.append(np.tanh(driven[t] + hs[-1] @ U))
        return hs

    def step(x: np.ndarray, target: np.ndarray) -> float:
        hs = forward(x)
        error = hs[-1] - target
        dh = error * (2 / error.size)
        das = np.empty((STEPS, ROWS, UNITS), x.dtype)
        for t in reversed(range(STEPS)):
            das[t] = dh * (1 - hs[t + 1] ** 2)
            dh = das[t] @ U.T
        da = das.reshape(-1, UNITS)
        for p, dp in (
            (W, x.reshape(-1, WIDTH).T @ da),
            (U, np.concatenate(hs[:-1]).T @ da),
            (b, da.sum(axis=0)),
        ):
            p -= dp.dtype.type(RATE) * dp
        return (error**2).mean()

    if parameters["what"] == "forward":
        return Prepared(lambda x, target: forward(x)[-1], given(inputs))
    return Prepared(step, given(inputs))


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """scan, shared variables and their updates."""
    dtype = parameters["dtype"]
    x, target = T.tensor3("x", dtype=dtype), T.matrix("target", dtype=dtype)
    W, U, b = weights = [theano.shared(inputs[name], name) for name in PARAMETERS]
    first = T.zeros((x.shape[1], UNITS), dtype=dtype)
    hs, _ = theano.scan(lambda e, h: T.tanh(T.dot(e, W) + T.dot(h, U) + b), sequences=x, outputs_info=first)
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

        def unit(h, driven):
            return jnp.tanh(driven + h @ U), None

        return jax.lax.scan(unit, jnp.zeros((x.shape[1], UNITS), x.dtype), x @ W + b)[0]

    def update(weights, x, target):
        cost, gradients = jax.value_and_grad(lambda weights: ((last(weights, x) - target) ** 2).mean())(weights)
        return [p - RATE * dp for p, dp in zip(weights, gradients, strict=True)], cost

    return jax_prepared(jax, jnp, parameters, inputs, weights, last, update)


def jax_prepared(jax, jnp, parameters, inputs, weights, last, update) -> Prepared:
    """Jitted functions of the weights: ``last(weights, x)``, or ``update``, which takes them over and hands them back."""
    on_device = {**given(inputs), "jax arrays": (jnp.asarray(inputs["x"]), jnp.asarray(inputs["target"]))}
    if parameters["what"] == "forward":
        last = jax.jit(last)
        return Prepared(lambda x, target: last(weights, x).block_until_ready(), on_device)
    update = jax.jit(update, donate_argnums=0)

    def step(x, target):
        nonlocal weights
        weights, cost = update(weights, x, target)
        return jax.block_until_ready((weights, cost))[1]  # the weights may come later than the cost

    return Prepared(step, on_device)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """torch.nn.RNN, whose loop is not in Python."""
    dtype = getattr(torch, parameters["dtype"])
    net = torch.nn.RNN(WIDTH, UNITS, dtype=dtype)
    values = (inputs["W"].T, inputs["U"].T, inputs["b"], np.zeros_like(inputs["b"]))
    return torch_prepared(torch, parameters, inputs, net, values, lambda net, x: net(x)[1][0])


def torch_prepared(torch, parameters, inputs, net, values, last) -> Prepared:
    """Automatic differentiation of a network of torch, and its weights changed in place; not the second bias."""
    weights = list(net.parameters())
    with torch.no_grad():
        for p, value in zip(weights, values, strict=True):
            p.copy_(torch.from_numpy(value.copy()))
    weights[-1].requires_grad_(False)

    def forward(x, target):
        with torch.no_grad():
            return last(net, x)

    def step(x, target):
        cost = ((last(net, x) - target) ** 2).mean()
        gradients = torch.autograd.grad(cost, weights[:-1])
        with torch.no_grad():
            for p, dp in zip(weights[:-1], gradients, strict=True):
                p.sub_(dp, alpha=RATE)
        return cost.detach()

    tensors = {"torch tensors": (torch.from_numpy(inputs["x"]), torch.from_numpy(inputs["target"]))}
    return Prepared(forward if parameters["what"] == "forward" else step, tensors)


def cases(flops: int) -> tuple[Case, ...]:
    """Forward and training steps; ``flops`` forward, of which a training step has three times as many."""
    return tuple(
        Case(
            f"{what} {dtype}",
            {"what": what, "dtype": dtype},
            1e-4 if dtype == "float32" else 1e-10,
            checked_calls=1 if what == "forward" else 3,
            flops=flops if what == "forward" else 3 * flops,
        )
        for what, dtype in (("forward", "float32"), ("step", "float32"), ("step", "float64"))
    )


WORKLOAD = Workload(
    name="rnn_scan",
    cases=cases(2 * STEPS * ROWS * (WIDTH + UNITS) * UNITS),
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
