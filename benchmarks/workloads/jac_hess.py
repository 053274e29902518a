"""The Jacobian of a small network's outputs, and the Hessian of a logistic regression's log likelihood.

jacobian   d tanh(W x) / d x,                                    W of n x n
hessian    d2 sum(log(1 + exp(X b)) - y X b) / d b d b,          X of 8 n x n
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload


def inputs(parameters: Parameters) -> Inputs:
    """A matrix and a vector; of the Hessian the answers too."""
    rng = np.random.default_rng(0)
    n = parameters["size"]
    if parameters["kind"] == "jacobian":
        return {"W": rng.standard_normal((n, n)) / np.sqrt(n), "x": rng.standard_normal(n)}
    answers = (rng.random(8 * n) < 0.5).astype("float64")
    return {"X": rng.standard_normal((8 * n, n)), "y": answers, "b": rng.standard_normal(n) / np.sqrt(n)}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The formulas: (1 - tanh(W x)^2) W, and X' diag(p (1 - p)) X."""

    def jacobian(W, x):
        return (1 - np.tanh(W @ x) ** 2)[:, None] * W

    def hessian(X, y, b):
        p = 1 / (1 + np.exp(-(X @ b)))
        return (X * (p * (1 - p))[:, None]).T @ X

    return Prepared(jacobian if parameters["kind"] == "jacobian" else hessian, {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``theano.gradient.jacobian`` and ``hessian``."""
    variables = {name: T.TensorType("float64", (False,) * value.ndim)(name) for name, value in inputs.items()}
    if parameters["kind"] == "jacobian":
        W, x = variables.values()
        result = theano.gradient.jacobian(T.tanh(T.dot(W, x)), x)
    else:
        X, y, b = variables.values()
        z = T.dot(X, b)
        result = theano.gradient.hessian((T.log(1 + T.exp(z)) - y * z).sum(), b)
    f = theano.function(list(variables.values()), result, on_unused_input="ignore")
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``jacrev``, and ``hessian`` (forward over reverse)."""

    def outputs(W, x):
        return jnp.tanh(W @ x)

    def cost(X, y, b):
        z = X @ b
        return (jnp.logaddexp(z, 0) - y * z).sum()

    f = jax.jit(jax.jacrev(outputs, 1) if parameters["kind"] == "jacobian" else jax.hessian(cost, 2))
    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    return Prepared(
        lambda *operands: f(*operands).block_until_ready(),
        {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device},
    )


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``torch.func``, which batches as JAX does."""

    def outputs(W, x):
        return torch.tanh(W @ x)

    def cost(X, y, b):
        z = X @ b
        return (torch.nn.functional.softplus(z) - y * z).sum()

    is_jacobian = parameters["kind"] == "jacobian"
    f = compiled(torch.func.jacrev(outputs, 1) if is_jacobian else torch.func.hessian(cost, 2))
    return Prepared(f, {"torch tensors": tuple(torch.from_numpy(value) for value in inputs.values())})


WORKLOAD = Workload(
    name="jac_hess",
    cases=tuple(
        Case(f"{kind} {size}", {"kind": kind, "size": size}, tolerance=1e-10)
        for kind in ("jacobian", "hessian")
        for size in (10, 100)
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
    compiled=("jacobian 10", "hessian 10"),
)
