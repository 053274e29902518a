"""Matrix products: square ones, and a dense layer tanh(x W + b) of 128 rows, 784 -> 500."""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload


def inputs(parameters: Parameters) -> Inputs:
    """Normally distributed matrices, those of the layer scaled so that tanh does not saturate."""
    rng = np.random.default_rng(2)
    m, k, n = (parameters[name] for name in "mkn")
    arrays = {
        "x": rng.standard_normal((m, k)),
        "W": rng.standard_normal((k, n)) / np.sqrt(k),
    }
    if parameters["is_layer"]:
        arrays["b"] = rng.standard_normal(n)
    return {name: array.astype(parameters["dtype"]) for name, array in arrays.items()}


def formula(dot: Callable, tanh: Callable, parameters: Parameters) -> Callable:
    """x W, or the layer."""
    return (lambda x, W, b: tanh(dot(x, W) + b)) if parameters["is_layer"] else (lambda x, W: dot(x, W))


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """NumPy's own BLAS."""
    return Prepared(formula(np.dot, np.tanh, parameters), {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One compiled function of all operands."""
    dtype = parameters["dtype"]
    variables = [(T.vector if name == "b" else T.matrix)(name, dtype=dtype) for name in inputs]
    f = theano.function(variables, formula(T.dot, T.tanh, parameters)(*variables))
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One jitted function, awaited."""
    f = jax.jit(formula(jnp.dot, jnp.tanh, parameters))
    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    arguments = {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device}
    return Prepared(lambda *operands: f(*operands).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Eager, or compiled whole."""
    tensors = tuple(torch.from_numpy(value) for value in inputs.values())
    return Prepared(
        compiled(formula(torch.matmul, torch.tanh, parameters)),
        {"torch tensors": tensors},
    )


def _case(label: str, m: int, k: int, n: int, dtype: str, *, is_layer: bool) -> Case:
    return Case(
        label=f"{label} {dtype}",
        parameters={"m": m, "k": k, "n": n, "dtype": dtype, "is_layer": is_layer},
        tolerance=1e-5 if dtype == "float32" else 1e-12,
        flops=2 * m * k * n,
        is_quick=max(m, k, n) < 1000,
    )


WORKLOAD = Workload(
    name="gemm",
    cases=tuple(
        case
        for dtype in ("float32", "float64")
        for case in (
            *(_case(f"{n} x {n}", n, n, n, dtype, is_layer=False) for n in (64, 256, 1024)),
            _case("layer 128 x 784 x 500", 128, 784, 500, dtype, is_layer=True),
        )
    ),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch,
    },
)
