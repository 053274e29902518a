"""Small systems of equations and Cholesky factors, one at a time and ten thousand at once."""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

MANY = 10_000


def inputs(parameters: Parameters) -> Inputs:
    """Positive definite matrices, and vectors for systems of equations."""
    rng = np.random.default_rng(0)
    n = parameters["size"]
    batch = (parameters["count"],) if parameters["count"] > 1 else ()
    x = rng.standard_normal((*batch, n, n))
    A = x @ x.swapaxes(-1, -2) / n + np.eye(n)
    return {"A": A} if parameters["kind"] == "cholesky" else {"A": A + x, "b": rng.standard_normal((*batch, n))}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """NumPy's own loops over LAPACK; its vectors must be columns."""

    def solve(A, b):
        return np.linalg.solve(A, b[..., None])[..., 0]

    f = np.linalg.cholesky if parameters["kind"] == "cholesky" else solve
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One op, on an array of matrices where there are many."""
    variables = [T.TensorType("float64", (False,) * value.ndim)(name) for name, value in inputs.items()]
    op = T.slinalg.cholesky if parameters["kind"] == "cholesky" else T.slinalg.solve
    return Prepared(theano.function(variables, op(*variables)), {"numpy arrays": tuple(inputs.values())})


def with_pytensor(pytensor: ModuleType, pt: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The same."""
    variables = [pt.tensor(name, shape=(None,) * value.ndim, dtype="float64") for name, value in inputs.items()]
    if parameters["kind"] == "cholesky":
        out = pt.linalg.cholesky(*variables)
    else:
        out = pt.linalg.solve(*variables, b_ndim=1)
    return Prepared(pytensor.function(variables, out), {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Jitted, and awaited."""

    def solve(A, b):
        return jnp.linalg.solve(A, b[..., None])[..., 0]

    f = jax.jit(jnp.linalg.cholesky if parameters["kind"] == "cholesky" else solve)
    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    arguments = {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device}
    return Prepared(lambda *operands: f(*operands).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``torch.linalg``."""
    f = compiled(torch.linalg.cholesky if parameters["kind"] == "cholesky" else torch.linalg.solve)
    return Prepared(f, {"torch tensors": tuple(torch.from_numpy(value) for value in inputs.values())})


WORKLOAD = Workload(
    name="small_linalg",
    cases=tuple(
        Case(
            f"{kind} {size} x {size}" + (f" x {count}" if count > 1 else ""),
            {"kind": kind, "size": size, "count": count},
            tolerance=1e-9,
            is_quick=size in (4, 32) and count == 1,
        )
        for count in (1, MANY)
        for kind in ("solve", "cholesky")
        for size in (4, 8, 16, 32)
    ),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_pytensor,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch,
    },
)
