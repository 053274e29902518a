"""Fourier transforms: batches of rows, and along two axes, of real and of complex numbers."""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload


def inputs(parameters: Parameters) -> Inputs:
    """Normally distributed numbers."""
    rng = np.random.default_rng(3)
    dtype = np.dtype(parameters["dtype"])
    x = rng.standard_normal(parameters["shape"])
    if dtype.kind == "c":
        x = x + 1j * rng.standard_normal(parameters["shape"])
    return {"x": x.astype(dtype)}


def name(parameters: Parameters) -> str:
    """What NumPy and its followers call the transform."""
    return ("fft" if "complex" in parameters["dtype"] else "rfft") + ("2" if parameters["is_2d"] else "")


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """NumPy's pocketfft."""
    return Prepared(getattr(np.fft, name(parameters)), {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One compiled function."""
    x = T.TensorType(parameters["dtype"], (False,) * inputs["x"].ndim)("x")
    axes = (-2, -1) if parameters["is_2d"] else (-1,)
    transform = T.fft.fftn if "complex" in parameters["dtype"] else T.fft.rfftn
    return Prepared(theano.function([x], transform(x, axes=axes)), {"numpy arrays": (inputs["x"],)})


def with_pytensor(pytensor: ModuleType, pt: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Its transform of real rows, which gives real and imaginary parts along a last axis; it has no other."""
    from pytensor.tensor.fft import rfft

    if "complex" in parameters["dtype"]:
        raise NotImplementedError("no transform of complex numbers")
    x = pt.tensor("x", shape=(None,) * inputs["x"].ndim, dtype=parameters["dtype"])
    if parameters["is_2d"]:
        f = pytensor.function([x], rfft(x[None])[0])
    else:
        f = pytensor.function([x], rfft(x))
    return Prepared(f, {"numpy arrays": (inputs["x"],)}, lambda y: y[..., 0] + 1j * y[..., 1])


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """One jitted function, awaited."""
    f = jax.jit(getattr(jnp.fft, name(parameters)))
    arguments = {"numpy arrays": (inputs["x"],), "jax arrays": (jnp.asarray(inputs["x"]),)}
    return Prepared(lambda x: f(x).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Eager, or compiled whole."""
    f = compiled(getattr(torch.fft, name(parameters)))
    return Prepared(f, {"torch tensors": (torch.from_numpy(inputs["x"]),)})


def _case(shape: tuple[int, ...], dtype: str, *, is_2d: bool) -> Case:
    is_single = dtype in ("float32", "complex64")
    return Case(
        label=f"{' x '.join(map(str, shape))} {'2d ' if is_2d else ''}{dtype}",
        parameters={"shape": shape, "dtype": dtype, "is_2d": is_2d},
        tolerance=1e-5 if is_single else 1e-12,
        is_quick=shape[0] * shape[1] < 100_000,
    )


WORKLOAD = Workload(
    name="fft",
    cases=tuple(
        _case(shape, dtype, is_2d=is_2d)
        for dtype in ("float32", "float64", "complex64", "complex128")
        for shape, is_2d in (
            ((1, 64), False),
            ((1, 1024), False),
            ((256, 1000), False),
            ((256, 1024), False),
            ((16, 65536), False),
            ((256, 256), True),
            ((1000, 1000), True),
        )
    ),
    inputs=inputs,
    builders={
        "numpy": with_numpy,
        "theano": with_theano,
        "pytensor": with_pytensor,
        "jax": with_jax,
        "torch": with_torch,
    },
)
