"""What moves numbers rather than computing: broadcasting, transposes, slices, gathers, joins and changes of parts.

x and y are n x n matrices, ``row`` and ``column`` vectors, ``rows`` and ``columns`` integers, some of them twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload


@dataclass(frozen=True)
class Spelling:
    """What libraries spell differently.

    reverse      x[::-1], of a matrix
    concatenate  as NumPy's
    put          x with a part replaced: put(x, index, value)
    add          x with something added to a part, for each mention of it: add(x, index, value)
    """

    reverse: Callable
    concatenate: Callable
    put: Callable
    add: Callable


EVERY_SECOND = (slice(1, None, 2), slice(None, None, 2))

FORMULAS = {
    "row and column": lambda s, x, row, column: (x + row) * column[:, None],
    "outer": lambda s, row, column: column[:, None] * row - row,
    "transpose": lambda s, x, y: x * y.T + x,
    "transpose of sum": lambda s, x, y, row: (x.T + row) * (x - y).T,
    "strided": lambda s, x, y: x[::2, ::2] * y[1::2, ::2],
    "reverse": lambda s, x, y: s.reverse(x) - y,
    "gather rows": lambda s, x, y, rows: x[rows] * y,
    "gather elements": lambda s, x, row, rows, columns: x[rows, columns] * row,
    "concatenate 0": lambda s, x, y, row: s.concatenate([x * y, row[None, :], y], 0),
    "concatenate 1": lambda s, x, y, column: s.concatenate([x * y, column[:, None], y], 1),
    "set part": lambda s, x, y: s.put(x * y, EVERY_SECOND, y[::2, ::2]),
    "increment rows": lambda s, x, y, rows: s.add(x, rows, 2 * y),
}
"""By what is done; the parameters after the spelling name the inputs."""


def inputs(parameters: Parameters) -> Inputs:
    """Those which the formula names."""
    rng = np.random.default_rng(6)
    n, dtype = parameters["size"], parameters["dtype"]
    known = {
        "x": rng.standard_normal((n, n)).astype(dtype),
        "y": rng.standard_normal((n, n)).astype(dtype),
        "row": rng.standard_normal(n).astype(dtype),
        "column": rng.standard_normal(n).astype(dtype),
        "rows": rng.integers(0, n, n),
        "columns": rng.integers(0, n, n),
    }
    formula = FORMULAS[parameters["kind"]]
    return {name: known[name] for name in formula.__code__.co_varnames[1 : formula.__code__.co_argcount]}


def _of(spelling: Spelling, parameters: Parameters) -> Callable:
    """The formula as a function of the inputs alone."""
    formula = FORMULAS[parameters["kind"]]
    return lambda *operands: formula(spelling, *operands)


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A part is changed in a copy."""

    def put(x, index, value):
        x = x.copy()
        x[index] = value
        return x

    def add(x, index, value):
        x = x.copy()
        np.add.at(x, index, value)
        return x

    spelling = Spelling(lambda x: x[::-1], np.concatenate, put, add)
    return Prepared(_of(spelling, parameters), {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One compiled function."""
    spelling = Spelling(
        reverse=lambda x: x[::-1],
        concatenate=T.concatenate,
        put=lambda x, index, value: T.set_subtensor(x[index], value),
        add=lambda x, index, value: T.inc_subtensor(x[index], value),
    )
    variables = [T.TensorType(str(a.dtype), (False,) * a.ndim)(name) for name, a in inputs.items()]
    f = theano.function(variables, _of(spelling, parameters)(*variables))
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One jitted function, awaited."""
    spelling = Spelling(
        reverse=lambda x: x[::-1],
        concatenate=jnp.concatenate,
        put=lambda x, index, value: x.at[index].set(value),
        add=lambda x, index, value: x.at[index].add(value),
    )
    f = jax.jit(_of(spelling, parameters))
    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    arguments = {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device}
    return Prepared(lambda *operands: f(*operands).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Eager, or compiled whole; torch has no negative steps, but ``flip``."""

    def put(x, index, value):
        x = x.clone()
        x[index] = value
        return x

    spelling = Spelling(
        reverse=lambda x: x.flip(0),
        concatenate=torch.cat,
        put=put,
        add=lambda x, index, value: x.index_add(0, index, value),
    )
    tensors = tuple(torch.from_numpy(value) for value in inputs.values())
    return Prepared(compiled(_of(spelling, parameters)), {"torch tensors": tensors})


WORKLOAD = Workload(
    name="broadcast_transpose_index",
    cases=tuple(
        Case(f"{kind} {dtype} {size}", {"kind": kind, "dtype": dtype, "size": size}, tolerance)
        for kind in FORMULAS
        for dtype, size, tolerance in (("float32", 1000, 1e-5), ("float64", 30, 1e-12))
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
    compiled=("transpose of sum float32 1000", "set part float32 1000"),
)
