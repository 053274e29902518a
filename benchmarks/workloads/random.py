"""Draws of uniform and normal numbers, each call another: ``theano.random.Stream``, and ``mrg`` for MRG_RandomStreams.

Peers draw from the generator that they recommend, so that only moments are compared; of ten numbers only the count.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

MANY = 10**6  # from here on the moments say something


def inputs(parameters: Parameters) -> Inputs:
    """None."""
    return {}


def moments(sample: object) -> np.ndarray:
    """1 + mean and deviation of many numbers; the count of few."""
    values = np.asarray(sample)
    return np.array([1 + values.mean(dtype="float64"), values.std(dtype="float64")] if values.size >= MANY else [values.size])


def _prepared(draw: Callable, kind: str) -> Prepared:
    return Prepared(draw, {kind: ()}, moments)


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``numpy.random.Generator``."""
    rng, size, dtype = np.random.default_rng(1), parameters["size"], parameters["dtype"]
    draw = rng.random if parameters["distribution"] == "uniform" else rng.standard_normal
    return _prepared(lambda: draw(size, dtype), "numpy arrays")


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A function whose stream moves on with each call."""
    from theano.random import MRG_RandomStreams, Stream

    stream = Stream(1) if parameters["generator"] == "stream" else MRG_RandomStreams(1)
    draw = getattr(stream, parameters["distribution"])
    return _prepared(theano.function([], draw(size=(parameters["size"],), dtype=parameters["dtype"])), "numpy arrays")


def with_pytensor(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``RandomStream``, whose generators are updated by default; it draws float64, and casts."""
    from pytensor.tensor.random.utils import RandomStream

    draw = getattr(RandomStream(1), parameters["distribution"])
    sample = draw(0, 1, size=(parameters["size"],)).astype(parameters["dtype"])
    return _prepared(theano.function([], sample), "numpy arrays")


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A jitted function that splits the key it is given."""
    draw = getattr(jax.random, parameters["distribution"])

    @jax.jit
    def step(key):
        following, own = jax.random.split(key)
        return following, draw(own, (parameters["size"],), parameters["dtype"])

    key = jax.random.key(1)

    def call():
        nonlocal key
        key, sample = step(key)
        return sample.block_until_ready()

    return _prepared(call, "jax arrays")


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """``torch.rand`` and ``torch.randn``, eager or compiled."""
    torch.manual_seed(1)
    draw = torch.rand if parameters["distribution"] == "uniform" else torch.randn
    size, dtype = parameters["size"], getattr(torch, parameters["dtype"])
    return _prepared(compiled(lambda: draw(size, dtype=dtype)), "torch tensors")


def _case(generator: str, distribution: str, dtype: str, size: int) -> Case:
    label = f"{distribution} {dtype} {size:.0e}".replace("e+0", "e")
    return Case(
        label=label if generator == "stream" else f"{generator} {label}",
        parameters={"generator": generator, "distribution": distribution, "dtype": dtype, "size": size},
        tolerance=1e-2,
        moved_bytes=size * np.dtype(dtype).itemsize,
        is_quick=size < MANY,
    )


WORKLOAD = Workload(
    name="random",
    cases=tuple(
        _case(generator, distribution, dtype, size)
        for generator in ("stream", "mrg")
        for distribution in ("uniform", "normal")
        for dtype in ("float32", "float64")
        for size in (10, 10**7)
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
