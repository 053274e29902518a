"""The log marginal likelihood of a Gaussian process, and its gradient by three hyperparameters.

K = s^2 exp(-|x - x'|^2 / (2 l^2)) + e^2 I,   value = -y' inv(K) y / 2 - log(det(K)) / 2,   theta = log(s, l, e)
(Rasmussen and Williams 2006, eqs. 2.30 and 5.9)
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload


def inputs(parameters: Parameters) -> Inputs:
    """Points in three dimensions, noisy values at them, and hyperparameters."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((parameters["size"], 3))
    y = np.sin(x.sum(axis=1)) + 0.3 * rng.standard_normal(parameters["size"])
    return {"x": x, "y": y, "theta": np.log([1.1, 0.8, 0.4])}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The formula of the gradient, (a a' - inv(K)) * dK, summed; a = inv(K) y by SciPy's LAPACK."""
    from scipy.linalg import lapack

    def likelihood(x, y, theta):
        s2, l2, e2 = np.exp(2 * theta)
        squares = (x * x).sum(axis=1)
        distances = squares[:, None] + squares - 2 * (x @ x.T)
        smooth = s2 * np.exp(distances * (-0.5 / l2))
        factor, _ = lapack.dpotrf(smooth + e2 * np.eye(len(y)), lower=1, clean=1)
        a, _ = lapack.dpotrs(factor, y, lower=1)
        value = -0.5 * (y @ a) - np.log(np.diagonal(factor)).sum()
        inverse, _ = lapack.dpotri(factor, lower=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        weighted = (np.outer(a, a) - inverse) * smooth
        trace = e2 * ((a * a).sum() - np.trace(inverse))
        return np.array([value, weighted.sum(), 0.5 * (weighted * distances).sum() / l2, trace])

    return Prepared(likelihood, {"numpy arrays": tuple(inputs.values())})


def covariance(xp: Any, x: Any, theta: Any, eye: Any) -> Any:
    """K, in the names of a library."""
    s2, l2, e2 = (xp.exp(2 * theta[k]) for k in range(3))
    squares = (x * x).sum(1)
    distances = squares[:, None] + squares[None, :] - 2 * (x @ x.T)
    return s2 * xp.exp(distances * (-0.5 / l2)) + e2 * eye


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """As the formula reads; K is assumed to be positive definite."""
    x, y, theta = T.dmatrix("x"), T.dvector("y"), T.dvector("theta")
    K = T.assume(covariance(T, x, theta, T.eye(x.shape[0])), "positive_definite")
    value = -T.dot(y, T.slinalg.solve(K, y)) / 2 - T.log(T.nlinalg.det(K)) / 2
    f = theano.function([x, y, theta], T.concatenate([value[None], T.grad(value, theta)]))
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_pytensor(pytensor: ModuleType, pt: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """By the Cholesky factor."""
    x, y, theta = pt.dmatrix("x"), pt.dvector("y"), pt.dvector("theta")
    factor = pt.linalg.cholesky(covariance(pt, x, theta, pt.eye(x.shape[0])))
    half = pt.linalg.solve_triangular(factor, y, lower=True)
    value = -(half * half).sum() / 2 - pt.log(pt.diagonal(factor)).sum()
    f = pytensor.function([x, y, theta], pt.concatenate([value[None], pytensor.grad(value, theta)]))
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """By the Cholesky factor; ``value_and_grad``, jitted and awaited."""

    def likelihood(theta, x, y):
        factor = jnp.linalg.cholesky(covariance(jnp, x, theta, jnp.eye(len(y))))
        half = jax.scipy.linalg.solve_triangular(factor, y, lower=True)
        return -(half * half).sum() / 2 - jnp.log(jnp.diagonal(factor)).sum()

    @jax.jit
    def both(x, y, theta):
        value, gradient = jax.value_and_grad(likelihood)(theta, x, y)
        return jnp.concatenate([value[None], gradient])

    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    arguments = {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device}
    return Prepared(lambda *operands: both(*operands).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """By the Cholesky factor; reverse mode."""

    def likelihood(theta, x, y):
        eye = torch.eye(len(y), dtype=torch.float64)
        factor = torch.linalg.cholesky(covariance(torch, x, theta, eye))
        half = torch.linalg.solve_triangular(factor, y[:, None], upper=False)
        return -(half * half).sum() / 2 - torch.log(torch.diagonal(factor)).sum()

    f = compiled(torch.func.grad_and_value(likelihood))

    def both(x, y, theta):
        gradient, value = f(theta, x, y)
        return torch.cat([value[None], gradient])

    return Prepared(both, {"torch tensors": tuple(torch.from_numpy(value) for value in inputs.values())})


WORKLOAD = Workload(
    name="linalg",
    cases=tuple(
        Case(f"likelihood {size}", {"size": size}, tolerance=1e-9, is_quick=size < 1000) for size in (200, 1000)
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
