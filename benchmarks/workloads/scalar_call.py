"""What a call costs when there is next to nothing to compute: x + 1 of a number, and 2 x of one element."""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload


def inputs(parameters: Parameters) -> Inputs:
    """One float64 number, of the case's shape."""
    return {"x": np.full(parameters["shape"], 2.5)}


def formula(x, parameters: Parameters):
    """The same expression for every peer."""
    return x + 1 if parameters["expression"] == "x + 1" else x * 2


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Written out: a dispatching ``formula`` would be timed too."""
    if parameters["expression"] == "x + 1":
        return Prepared(lambda x: x + 1, {"numpy array": (inputs["x"],)})
    return Prepared(lambda x: x * 2, {"numpy array": (inputs["x"],)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One compiled function."""
    x = T.dscalar("x") if inputs["x"].ndim == 0 else T.dvector("x")
    return Prepared(theano.function([x], formula(x, parameters)), {"numpy array": (inputs["x"],)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One jitted function, awaited."""
    f = jax.jit(lambda x: formula(x, parameters))
    arguments = {
        "numpy array": (inputs["x"],),
        "jax array": (jnp.asarray(inputs["x"]),),
    }
    return Prepared(lambda x: f(x).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Written out, as for NumPy."""
    f = (lambda x: x + 1) if parameters["expression"] == "x + 1" else (lambda x: x * 2)
    return Prepared(compiled(f), {"torch tensor": (torch.tensor(inputs["x"]),)})


WORKLOAD = Workload(
    name="scalar_call",
    cases=(
        Case("x + 1, 0-d", {"expression": "x + 1", "shape": ()}),
        Case("2 x, 1 element", {"expression": "2 x", "shape": (1,)}),
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
    threads=(1,),
)
