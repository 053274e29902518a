"""A training step of an embedding: some rows of a large matrix are read, and those rows alone are changed.

cost = sum((E[rows] - t)^2),    E <- E - 0.01 dcost/dE,    returns cost

Rows may be named twice; then both gradients are subtracted.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = np.float32(0.01)


def inputs(parameters: Parameters) -> Inputs:
    """The matrix, the rows and their targets."""
    rng = np.random.default_rng(0)
    vocabulary, rows, width = parameters["vocabulary"], parameters["rows"], parameters["width"]
    return {
        "E": rng.standard_normal((vocabulary, width)).astype("float32"),
        "rows": rng.integers(0, vocabulary, rows),
        "t": rng.standard_normal((rows, width)).astype("float32"),
    }


def arguments(inputs: Inputs) -> tuple[np.ndarray, np.ndarray]:
    """What a call is given."""
    return inputs["rows"], inputs["t"]


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The gradient written out; ``subtract.at`` because rows may be named twice."""
    E = inputs["E"].copy()

    def step(rows: np.ndarray, t: np.ndarray) -> np.ndarray:
        distance = E[rows] - t
        np.subtract.at(E, rows, RATE * (2 * distance))
        return (distance**2).sum()

    return Prepared(step, {"numpy arrays": arguments(inputs)})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The gradient with respect to the whole matrix, as a user writes it."""
    E, rows, t = theano.shared(inputs["E"], "E"), T.lvector("rows"), T.fmatrix("t")
    cost = T.sqr(E[rows] - t).sum()
    step = theano.function([rows, t], cost, updates=[(E, E - RATE * theano.grad(cost, E))])
    return Prepared(step, {"numpy arrays": arguments(inputs)})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function of the matrix, which it takes over and hands back."""
    E = jnp.array(inputs["E"])

    def cost(picked, t):
        return ((picked - t) ** 2).sum()

    def update(E, rows, t):
        value, slope = jax.value_and_grad(cost)(E[rows], t)
        return E.at[rows].add(-RATE * slope), value

    update = jax.jit(update, donate_argnums=0)

    def step(rows, t):
        nonlocal E
        E, value = update(E, rows, t)
        return value.block_until_ready()

    on_device = tuple(jnp.asarray(value) for value in arguments(inputs))
    return Prepared(step, {"numpy arrays": arguments(inputs), "jax arrays": on_device})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The gradient of the rows that were read, added into the matrix."""
    E = torch.from_numpy(inputs["E"].copy())

    def update(rows, t):
        distance = E[rows] - t
        E.index_add_(0, rows, 2 * distance, alpha=-float(RATE))
        return (distance**2).sum()

    update = compiled(update)

    def step(rows, t):
        with torch.no_grad():
            return update(rows, t)

    return Prepared(step, {"torch tensors": tuple(torch.from_numpy(value) for value in arguments(inputs))})


def _case(vocabulary: int, rows: int, is_quick: bool) -> Case:
    parameters = {"vocabulary": vocabulary, "rows": rows, "width": 64}
    label = f"{rows} of {vocabulary:.0e}".replace("e+0", "e")
    return Case(label, parameters, tolerance=1e-4, checked_calls=3, is_quick=is_quick)


WORKLOAD = Workload(
    name="embedding",
    cases=(_case(10_000, 20, True), _case(10_000, 1000, True), _case(1_000_000, 1000, False)),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch,
    },
    compiled=("20 of 1e4",),
)
