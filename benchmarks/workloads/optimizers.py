"""One step of an optimizer over twenty tensors of 10 to 100,000 elements, float32.

cost = sum over i of sum((p_i - side target)^2),    d_i = dcost/dp_i,    side <- -side,    returns cost

The target changes sides with every step, so that gradients and moments never vanish: a call costs the same however
many came before, and none computes with denormal numbers.

momentum    v <- momentum v + d,  p <- p - rate v
adam        k <- k + 1,  m <- b1 m + (1 - b1) d,  v <- b2 v + (1 - b2) d d,
            p <- p - rate (m / (1 - b1^k)) / (sqrt(v / (1 - b2^k)) + epsilon)
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

SIZES = tuple(int(size) for size in np.geomspace(10, 100_000, 20).round())

# numbers that float32 holds, so no peer is led to compute in float64
RATE = 2.0**-10
MOMENTUM = 1 - 2.0**-3
B1 = 1 - 2.0**-3
B2 = 1 - 2.0**-10
EPSILON = 2.0**-27

MOMENTS = {"momentum": 1, "adam": 2}
"""How many arrays are kept for each tensor."""


def inputs(parameters: Parameters) -> Inputs:
    """The tensors, and the target as a 0-d array."""
    rng = np.random.default_rng(7)
    tensors = {f"p{i}": rng.standard_normal(size).astype("float32") for i, size in enumerate(SIZES)}
    return {"target": np.array(0.5, "float32"), **tensors}


def arrays_of(inputs: Inputs) -> list[np.ndarray]:
    """Copies of the tensors."""
    return [array.copy() for name, array in inputs.items() if name != "target"]


def moments_of(parameters: Parameters) -> list[list[np.ndarray]]:
    """Zeros for each kept moment and tensor."""
    return [
        [np.zeros(size, "float32") for size in SIZES] for _ in range(MOMENTS[parameters["optimizer"]])
    ]


def cost_of(tensors, target):
    """The sum of squared distances."""
    return sum(((p - target) * (p - target)).sum() for p in tensors)


def momentum(p, d, v):
    """New values of a tensor and of its moment."""
    v = MOMENTUM * v + d
    return p - RATE * v, v


def adam(p, d, m, v, correction, sqrt):
    """New values of a tensor and of its two moments; ``correction`` is (1 - b1^k, 1 - b2^k)."""
    m = B1 * m + (1 - B1) * d
    v = B2 * v + (1 - B2) * d * d
    return p - RATE * (m / correction[0]) / (sqrt(v / correction[1]) + EPSILON), m, v


def correction_of(k):
    """What makes up for moments that began as zeros."""
    return 1 - B1**k, 1 - B2**k


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A loop over the tensors, which are changed in place."""
    tensors, moments = arrays_of(inputs), moments_of(parameters)
    k, side = np.float32(0), np.float32(1)

    def step(target: np.ndarray) -> np.ndarray:
        nonlocal k, side
        target = side * target
        k, side = k + np.float32(1), -side
        correction = correction_of(k)
        cost = np.float32(0)
        for p, *kept in zip(tensors, *moments, strict=True):
            distance = p - target
            cost += (distance * distance).sum()
            if parameters["optimizer"] == "adam":
                values = adam(p, 2 * distance, *kept, correction, np.sqrt)
            else:
                values = momentum(p, 2 * distance, *kept)
            for array, value in zip((p, *kept), values, strict=True):
                array[...] = value
        return cost

    return Prepared(step, {"numpy array": (inputs["target"],)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Everything a shared variable, the side of the target and the count of steps too."""
    target = T.fscalar("target")
    tensors = [theano.shared(p) for p in arrays_of(inputs)]
    moments = [[theano.shared(m) for m in kept] for kept in moments_of(parameters)]
    side = theano.shared(np.float32(1))
    cost = cost_of(tensors, side * target)
    updates = [(side, -side)]
    if parameters["optimizer"] == "adam":
        k = theano.shared(np.float32(0))
        updates.append((k, k + 1))
        correction = correction_of(k + 1)
    for p, d, *kept in zip(tensors, theano.grad(cost, tensors), *moments, strict=True):
        if parameters["optimizer"] == "adam":
            values = adam(p, d, *kept, correction, T.sqrt)
        else:
            values = momentum(p, d, *kept)
        updates += zip((p, *kept), values, strict=True)
    return Prepared(theano.function([target], cost, updates=updates), {"numpy array": (inputs["target"],)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function of the states, which it takes over and hands back."""
    states = jax.tree.map(jnp.array, (arrays_of(inputs), moments_of(parameters), np.float32(0), np.float32(1)))

    def update(states, target):
        tensors, moments, k, side = states
        cost, gradients = jax.value_and_grad(cost_of)(tensors, side * target)
        k = k + 1
        if parameters["optimizer"] == "adam":
            correction = correction_of(k)
            found = [adam(*one, correction, jnp.sqrt) for one in zip(tensors, gradients, *moments, strict=True)]
        else:
            found = [momentum(*one) for one in zip(tensors, gradients, *moments, strict=True)]
        tensors, *moments = map(list, zip(*found, strict=True))
        return (tensors, moments, k, -side), cost

    update = jax.jit(update, donate_argnums=0)

    def step(target):
        nonlocal states
        states, cost = update(states, target)
        return jax.block_until_ready((states, cost))[1]

    return Prepared(step, {"numpy array": (inputs["target"],), "jax array": (jnp.asarray(inputs["target"]),)})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Automatic differentiation, and torch's own optimizers in their fused form."""
    tensors = [torch.from_numpy(p).requires_grad_() for p in arrays_of(inputs)]
    if parameters["optimizer"] == "adam":
        optimizer = torch.optim.Adam(tensors, RATE, betas=(B1, B2), eps=EPSILON, fused=True)
    else:
        optimizer = torch.optim.SGD(tensors, RATE, momentum=MOMENTUM, fused=True)

    side = torch.ones(())

    def step(target):
        cost = cost_of(tensors, side * target)
        side.neg_()
        for p, d in zip(tensors, torch.autograd.grad(cost, tensors), strict=True):
            p.grad = d
        optimizer.step()
        return cost.detach()

    return Prepared(step, {"torch tensor": (torch.from_numpy(inputs["target"]),)})


def with_torch_compile(
    torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs
) -> Prepared:
    """The whole step in one compiled graph: ``torch.func`` is traced where ``torch.autograd`` breaks the graph."""
    tensors = [torch.from_numpy(p) for p in arrays_of(inputs)]
    moments = [[torch.from_numpy(m) for m in kept] for kept in moments_of(parameters)]
    k, side = torch.zeros(()), torch.ones(())

    def update(tensors, moments, k, side, target):
        gradients, cost = torch.func.grad_and_value(cost_of)(tensors, side * target)
        side.neg_()
        k.add_(1)
        correction = correction_of(k)
        for p, d, *kept in zip(tensors, gradients, *moments, strict=True):
            if parameters["optimizer"] == "adam":
                values = adam(p, d, *kept, correction, torch.sqrt)
            else:
                values = momentum(p, d, *kept)
            for array, value in zip((p, *kept), values, strict=True):
                array.copy_(value)
        return cost

    update = compiled(update)

    def step(target):
        with torch.no_grad():
            return update(tensors, moments, k, side, target)

    return Prepared(step, {"torch tensor": (torch.from_numpy(inputs["target"]),)})


WORKLOAD = Workload(
    name="optimizers",
    cases=tuple(
        Case(
            optimizer,
            {"optimizer": optimizer},
            tolerance=1e-4,
            checked_calls=3,
            moved_bytes=2 * (1 + kept) * sum(SIZES) * 4,
        )
        for optimizer, kept in MOMENTS.items()
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
    compiled=tuple(MOMENTS),
)
