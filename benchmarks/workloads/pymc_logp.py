"""The log density of a hierarchical regression and its gradient, which a sampler asks for thousands of times.

Levels y of radon in houses of 85 counties, explained by the floor x where they were measured, with an intercept and a
slope for each county g:

    y_i ~ Normal(a[g_i] + b[g_i] x_i, s)          i = 1 ... rows
    a ~ Normal(mu_a, s_a)    b ~ Normal(mu_b, s_b)
    mu_a, mu_b ~ Normal(0, 10)    s_a, s_b ~ Exponential(1)    s ~ HalfCauchy(5)

The scales are parameters by their logarithms, so the log density has the term log s for each.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

GROUPS = 85
LENGTHS = {"mu_a": 0, "mu_b": 0, "log_s_a": 0, "log_s_b": 0, "log_s": 0, "a": GROUPS, "b": GROUPS}
"""The parameters in their order: 0 for a number, or the length of a vector."""

BOUNDS = np.cumsum([0, *(max(1, length) for length in LENGTHS.values())]).tolist()
LOG_2_PI = math.log(2 * math.pi)


def inputs(parameters: Parameters) -> Inputs:
    """The data y, x, g, and the point at which the density is wanted."""
    rng = np.random.default_rng(8)
    rows = parameters["rows"]
    g = rng.integers(0, GROUPS, rows)
    x = (rng.random(rows) < 0.2).astype("float64")
    y = 1.5 + 0.3 * rng.standard_normal(GROUPS)[g] - 0.6 * x + 0.7 * rng.standard_normal(rows)
    numbers = [1.4, -0.5, math.log(0.4), math.log(0.3), math.log(0.8)]
    point = np.concatenate([numbers, 0.3 * rng.standard_normal(2 * GROUPS)])
    return {"y": y, "x": x, "g": g, "point": point}


def parts(point):
    """The parameters as parts of one vector."""
    return [
        point[start:stop] if length else point[start]
        for length, (start, stop) in zip(LENGTHS.values(), pairwise(BOUNDS), strict=True)
    ]


def density(xp: ModuleType, y, x, g, mu_a, mu_b, log_s_a, log_s_b, log_s, a, b):
    """The sum of the log densities of data and parameters, for libraries that agree on the names of NumPy."""

    def normal(value, mean, log_scale):
        z = (value - mean) * xp.exp(-log_scale)
        return (-0.5 * z * z - log_scale - 0.5 * LOG_2_PI).sum()

    def wide(mean):
        return -0.5 * (mean / 10) ** 2 - math.log(10) - 0.5 * LOG_2_PI

    def exponential(log_scale):
        return log_scale - xp.exp(log_scale)

    half_cauchy = math.log(2 / (math.pi * 5)) - xp.log1p((xp.exp(log_s) / 5) ** 2) + log_s
    prior = wide(mu_a) + wide(mu_b) + exponential(log_s_a) + exponential(log_s_b) + half_cauchy
    groups = normal(a, mu_a, log_s_a) + normal(b, mu_b, log_s_b)
    return prior + groups + normal(y, a[g] + b[g] * x, log_s)


def as_one(results) -> np.ndarray:
    """The density and its gradient, one after the other."""
    return np.concatenate([np.ravel(np.asarray(result)) for result in results])


def arguments_of(inputs: Inputs, parameters: Parameters) -> tuple[np.ndarray, ...]:
    """What a call is given: the parameters in one vector, or each for itself."""
    if parameters["given"] == "flat":
        return (inputs["point"],)
    return tuple(np.array(part) for part in parts(inputs["point"]))


def data_of(inputs: Inputs) -> list[np.ndarray]:
    """What stays the same from call to call."""
    return [inputs[name] for name in "yxg"]


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The gradient written out; sums over the houses of a county by ``bincount``."""
    y, x, g = data_of(inputs)

    def gradients(mu_a, mu_b, log_s_a, log_s_b, log_s, a, b):
        """For each normal density dz = z / s, the derivative by its mean; by log s it is sum(z z - 1)."""
        s_a, s_b, s = np.exp(log_s_a), np.exp(log_s_b), np.exp(log_s)
        z_a, z_b, z = (a - mu_a) / s_a, (b - mu_b) / s_b, (y - a[g] - b[g] * x) / s
        logp = (
            -0.5 * (z_a @ z_a + z_b @ z_b + z @ z + (mu_a / 10) ** 2 + (mu_b / 10) ** 2)
            - GROUPS * (log_s_a + log_s_b)
            - len(y) * log_s
            - 0.5 * LOG_2_PI * (2 * GROUPS + len(y) + 2)
            - 2 * math.log(10)
            + (log_s_a - s_a + log_s_b - s_b)
            + (math.log(2 / (math.pi * 5)) - np.log1p((s / 5) ** 2) + log_s)
        )
        ratio = (s / 5) ** 2
        return (
            logp,
            z_a.sum() / s_a - mu_a / 100,
            z_b.sum() / s_b - mu_b / 100,
            z_a @ z_a - GROUPS + 1 - s_a,
            z_b @ z_b - GROUPS + 1 - s_b,
            z @ z - len(y) + 1 - 2 * ratio / (1 + ratio),
            np.bincount(g, z, GROUPS) / s - z_a / s_a,
            np.bincount(g, z * x, GROUPS) / s - z_b / s_b,
        )

    def of_vector(point):
        logp, *slopes = gradients(*parts(point))
        return logp, np.concatenate([np.atleast_1d(slope) for slope in slopes])

    call = of_vector if parameters["given"] == "flat" else gradients
    return Prepared(call, {"numpy arrays": arguments_of(inputs, parameters)}, as_one)


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The data are shared variables, as PyMC keeps them."""
    y, x, g = (theano.shared(array) for array in data_of(inputs))
    if parameters["given"] == "flat":
        point = T.dvector("point")
        logp = density(T, y, x, g, *parts(point))
        f = theano.function([point], [logp, theano.grad(logp, point)])
    else:
        values = [(T.dvector if length else T.dscalar)(name) for name, length in LENGTHS.items()]
        logp = density(T, y, x, g, *values)
        f = theano.function(values, [logp, *theano.grad(logp, values)])
    return Prepared(f, {"numpy arrays": arguments_of(inputs, parameters)}, as_one)


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``value_and_grad``, with the data as constants."""
    y, x, g = map(jnp.asarray, data_of(inputs))
    given = arguments_of(inputs, parameters)
    if parameters["given"] == "flat":
        f = jax.jit(jax.value_and_grad(lambda point: density(jnp, y, x, g, *parts(point))))
    else:
        f = jax.jit(
            jax.value_and_grad(lambda *values: density(jnp, y, x, g, *values), argnums=tuple(range(len(given))))
        )

    def to_numpy(results):
        logp, slopes = results
        return as_one([logp, *(slopes if isinstance(slopes, tuple) else [slopes])])

    on_device = tuple(map(jnp.asarray, given))
    return Prepared(
        lambda *operands: jax.block_until_ready(f(*operands)),
        {"numpy arrays": given, "jax arrays": on_device},
        to_numpy,
    )


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Automatic differentiation."""
    density = _torch_density(torch, parameters, inputs)

    def call(*operands):
        for operand in operands:
            operand.requires_grad_()
        logp = density(*operands)
        return logp.detach(), *torch.autograd.grad(logp, operands)

    return Prepared(call, {"torch tensors": _torch_arguments(torch, parameters, inputs)}, as_one)


def with_torch_compile(
    torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs
) -> Prepared:
    """``torch.func``, which is traced where ``torch.autograd`` breaks the graph."""
    arguments = _torch_arguments(torch, parameters, inputs)
    density = _torch_density(torch, parameters, inputs)
    differentiated = torch.func.grad_and_value(density, argnums=tuple(range(len(arguments))))

    def call(*operands):
        slopes, logp = differentiated(*operands)
        return logp, *slopes

    return Prepared(compiled(call), {"torch tensors": arguments}, as_one)


def _torch_density(torch: ModuleType, parameters: Parameters, inputs: Inputs) -> Callable:
    y, x, g = map(torch.from_numpy, data_of(inputs))
    if parameters["given"] == "flat":
        return lambda point: density(torch, y, x, g, *parts(point))
    return lambda *values: density(torch, y, x, g, *values)


def _torch_arguments(torch: ModuleType, parameters: Parameters, inputs: Inputs) -> tuple[object, ...]:
    return tuple(torch.from_numpy(array.copy()) for array in arguments_of(inputs, parameters))


WORKLOAD = Workload(
    name="pymc_logp",
    cases=tuple(
        Case(f"{given} {rows} rows", {"given": given, "rows": rows}, tolerance=1e-11)
        for given, rows in (("flat", 919), ("separate", 919), ("flat", 91_900))
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
    compiled=("flat 919 rows",),
)
