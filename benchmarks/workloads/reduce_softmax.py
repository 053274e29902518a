"""Sums, largest entries and variances along an axis, log sum exp and softmax of rows, written in elementary operations.

variance     mean (x - mean x)^2
logsumexp    log sum exp(x - top) + top,             top = max x
softmax      exp(x - top) / sum exp(x - top)
gradient     d sum(t softmax(x)) / dx
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

FULL = ("float32", (1000, 1000))
FULL_DOUBLE = ("float64", (1000, 1000))
SMALL = ("float32", (64, 10))
SMALL_DOUBLE = ("float64", (64, 10))

CASES = {
    "sum": (FULL, FULL_DOUBLE),
    "sum axis 0": (FULL, SMALL),
    "sum axis 1": (FULL, SMALL),
    "mean axis 0": (FULL_DOUBLE,),
    "max": (FULL,),
    "max axis 0": (FULL, FULL_DOUBLE),
    "max axis 1": (FULL, SMALL),
    "variance axis 0": (FULL,),
    "variance axis 1": (FULL, FULL_DOUBLE),
    "logsumexp": (FULL, SMALL_DOUBLE),
    "softmax": (FULL, FULL_DOUBLE, SMALL),
    "gradient": (FULL, FULL_DOUBLE, SMALL_DOUBLE),
}
"""What is computed, of which matrices."""


def inputs(parameters: Parameters) -> Inputs:
    """x, normally distributed about 1, so that no sum of it is near 0; for a gradient also weights t in [0, 1)."""
    rng = np.random.default_rng(5)
    shape = parameters["shape"]
    arrays = {"x": rng.standard_normal(shape) + 1}
    if parameters["kind"] == "gradient":
        arrays["t"] = rng.random(shape)
    return {name: array.astype(parameters["dtype"]) for name, array in arrays.items()}


def formula(xp: ModuleType, top: Callable, kind: str) -> Callable:
    """What is computed forward, for libraries that agree but for ``top(x, axis)``, the largest entries, axis kept."""

    def softmax(x):
        e = xp.exp(x - top(x, 1))
        return e / e.sum(axis=1, keepdims=True)

    def variance(x, axis):
        distance = x - x.mean(axis=axis, keepdims=True)
        return (distance * distance).mean(axis=axis)

    def logsumexp(x):
        highest = top(x, 1)
        return xp.log(xp.exp(x - highest).sum(axis=1, keepdims=True)) + highest

    return {
        "sum": lambda x: x.sum(),
        "sum axis 0": lambda x: x.sum(axis=0),
        "sum axis 1": lambda x: x.sum(axis=1),
        "mean axis 0": lambda x: x.mean(axis=0),
        "max": lambda x: top(x, (0, 1)),
        "max axis 0": lambda x: top(x, 0),
        "max axis 1": lambda x: top(x, 1),
        "variance axis 0": lambda x: variance(x, 0),
        "variance axis 1": lambda x: variance(x, 1),
        "logsumexp": logsumexp,
        "softmax": softmax,
        "gradient": lambda x, t: (t * softmax(x)).sum(),
    }[kind]


def _top(x, axis):
    """As NumPy, Theano and JAX spell it."""
    return x.max(axis=axis, keepdims=True)


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """As a user writes it; the gradient written out, p (t - sum(t p)) with p = softmax(x)."""
    arguments = {"numpy arrays": tuple(inputs.values())}
    if parameters["kind"] != "gradient":
        return Prepared(formula(np, _top, parameters["kind"]), arguments)
    softmax = formula(np, _top, "softmax")

    def gradient(x: np.ndarray, t: np.ndarray) -> np.ndarray:
        p = softmax(x)
        return p * (t - (t * p).sum(axis=1, keepdims=True))

    return Prepared(gradient, arguments)


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One compiled function."""
    variables = [T.matrix(name, dtype=parameters["dtype"]) for name in inputs]
    value = formula(T, _top, parameters["kind"])(*variables)
    result = theano.grad(value, variables[0]) if parameters["kind"] == "gradient" else value
    return Prepared(theano.function(variables, result), {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One jitted function, awaited."""
    value = formula(jnp, _top, parameters["kind"])
    f = jax.jit(jax.grad(value) if parameters["kind"] == "gradient" else value)
    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    arguments = {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device}
    return Prepared(lambda *operands: f(*operands).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Eager, or compiled whole; eager gradients by ``torch.autograd``, which a compiled function cannot hold."""
    value = formula(torch, lambda x, axis: x.amax(axis, keepdim=True), parameters["kind"])
    x, *others = (torch.from_numpy(array) for array in inputs.values())
    if parameters["kind"] != "gradient":
        return Prepared(compiled(value), {"torch tensors": (x,)})
    by_transform = torch.func.grad(value)
    if (gradient := compiled(by_transform)) is by_transform:
        x.requires_grad_()

        def gradient(x, t):
            return torch.autograd.grad(value(x, t), x)[0]

    return Prepared(gradient, {"torch tensors": (x, *others)})


def _case(kind: str, dtype: str, shape: tuple[int, int]) -> Case:
    m, n = shape
    return Case(
        f"{kind} {dtype} {m}x{n}",
        {"kind": kind, "dtype": dtype, "shape": shape},
        tolerance=1e-5 if dtype == "float32" else 1e-12,
        moved_bytes={"softmax": 2, "gradient": 3}.get(kind, 1) * m * n * np.dtype(dtype).itemsize,
    )


WORKLOAD = Workload(
    name="reduce_softmax",
    cases=tuple(_case(kind, *chosen) for kind, of in CASES.items() for chosen in of),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch,
    },
    compiled=("sum axis 1 float32 1000x1000", "gradient float32 1000x1000"),
)
