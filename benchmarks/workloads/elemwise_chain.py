"""Chains of elementwise operations, with transcendental functions (``rich``) and without (``cheap``).

    rich     tanh(x w + b) exp(-x x) + log1p(|y|) / (1 + sqrt(|w|))     four arrays read, one written
    cheap    1.25 x + 0.5 y - x y                                       two arrays read, one written

``memcpy`` moves as many bytes as the case must, and so marks the memory bandwidth of the machine.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

OPERANDS = {"rich": ("x", "w", "b", "y"), "cheap": ("x", "y")}


def inputs(parameters: Parameters) -> Inputs:
    """Normally distributed vectors."""
    rng = np.random.default_rng(1)
    return {
        name: rng.standard_normal(parameters["size"]).astype(parameters["dtype"])
        for name in OPERANDS[parameters["chain"]]
    }


def formula(xp: ModuleType, parameters: Parameters) -> Callable:
    """The chain in the functions of one array library, with constants that float32 holds exactly."""

    def rich(x, w, b, y):
        return xp.tanh(x * w + b) * xp.exp(-x * x) + xp.log1p(abs(y)) / (1 + xp.sqrt(abs(w)))

    def cheap(x, y):
        return 1.25 * x + y * 0.5 - x * y

    return rich if parameters["chain"] == "rich" else cheap


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """As a user writes it, one temporary per operation."""
    return Prepared(formula(np, parameters), {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One compiled function."""
    variables = [T.vector(name, dtype=parameters["dtype"]) for name in inputs]
    f = theano.function(variables, formula(T, parameters)(*variables))
    return Prepared(f, {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One jitted function, awaited."""
    f = jax.jit(formula(jnp, parameters))
    on_device = tuple(jnp.asarray(value) for value in inputs.values())
    arguments = {"numpy arrays": tuple(inputs.values()), "jax arrays": on_device}
    return Prepared(lambda *operands: f(*operands).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Eager, or compiled whole."""
    tensors = tuple(torch.from_numpy(value) for value in inputs.values())
    return Prepared(compiled(formula(torch, parameters)), {"torch tensors": tensors})


def with_memcpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Copy half of the case's traffic, once read and once written, in as many threads as there are processors."""
    source = np.ones((len(inputs) + 1) * parameters["size"] // 2, parameters["dtype"])
    target = np.zeros_like(source)
    threads = len(os.sched_getaffinity(0))
    if threads == 1 or source.nbytes < 1 << 20:  # handing a part to a thread takes longer than copying it
        return Prepared(lambda: np.copyto(target, source), {"numpy arrays": ()})
    pool = ThreadPoolExecutor(threads)
    parts = list(
        zip(
            np.array_split(target, threads),
            np.array_split(source, threads),
            strict=True,
        )
    )

    def copy() -> None:
        for done in [pool.submit(np.copyto, part, values) for part, values in parts]:
            done.result()

    return Prepared(copy, {"numpy arrays": ()})


def _case(chain: str, size: int, dtype: str) -> Case:
    return Case(
        label=f"{chain} {dtype} {size:.0e}".replace("e+0", "e"),
        parameters={"chain": chain, "size": size, "dtype": dtype},
        tolerance=1e-5 if dtype == "float32" else 1e-12,
        moved_bytes=(len(OPERANDS[chain]) + 1) * size * np.dtype(dtype).itemsize,
        is_quick=size < 10**7,
    )


WORKLOAD = Workload(
    name="elemwise_chain",
    cases=tuple(
        _case(chain, size, dtype)
        for chain in OPERANDS
        for dtype in ("float32", "float64")
        for size in (10**3, 10**5, 10**7)
    ),
    inputs=inputs,
    builders={
        "memcpy": with_memcpy,
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
        "torch_compile": with_torch,
    },
)
