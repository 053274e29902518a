"""10,000 steps of the logistic map, of a number and of a vector of ten: what a step of a loop costs beside its arithmetic.

x <- r x (1 - x),    r = 3.2: x comes to alternate between two values, so rounding errors do not grow
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 3.2
STEPS = 10_000


def inputs(parameters: Parameters) -> Inputs:
    """First values in (0, 1)."""
    n = parameters["n"]
    return {"x": np.array(0.3) if n == 1 else np.linspace(0.1, 0.9, n)}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A Python loop; of Python numbers where x is one."""

    def step(x: np.ndarray) -> np.ndarray:
        x = float(x) if x.ndim == 0 else x
        kept = []
        for _ in range(STEPS):
            x = RATE * x * (1 - x)
            kept.append(x)
        return np.array(kept) if parameters["kept"] == "all" else np.array(x)

    return Prepared(step, {"numpy array": (inputs["x"],)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """scan, whose array is as long as what is read of it."""
    x = T.dscalar("x") if parameters["n"] == 1 else T.dvector("x")
    values, _ = theano.scan(lambda x: RATE * x * (1 - x), outputs_info=x, n_steps=STEPS)
    return Prepared(
        theano.function([x], values if parameters["kept"] == "all" else values[-1]),
        {"numpy array": (inputs["x"],)},
    )


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """lax.scan."""
    keeps_all = parameters["kept"] == "all"

    @jax.jit
    def loop(x):
        def step(x, _):
            x = RATE * x * (1 - x)
            return x, x if keeps_all else None

        last, values = jax.lax.scan(step, x, None, length=STEPS)
        return values if keeps_all else last

    return Prepared(
        lambda x: loop(x).block_until_ready(),
        {"numpy array": (inputs["x"],), "jax array": (jnp.asarray(inputs["x"]),)},
    )


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A Python loop."""

    def loop(x):
        kept = []
        for _ in range(STEPS):
            x = RATE * x * (1 - x)
            kept.append(x)
        return torch.stack(kept) if parameters["kept"] == "all" else x

    return Prepared(loop, {"torch tensor": (torch.from_numpy(inputs["x"]),)})


WORKLOAD = Workload(
    name="scan_scalar",
    cases=tuple(
        Case(f"{what}, {kept}", {"n": n, "kept": kept}, 1e-9)
        for what, n in (("number", 1), ("vector of 10", 10))
        for kept in ("last", "all")
    ),
    inputs=inputs,
    builders={  # torch.compile would write all steps out
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
    },
    threads=(1,),
    compiled=("number, last",),
)
