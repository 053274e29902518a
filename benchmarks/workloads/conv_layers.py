"""Single layers of convolution: forward, and the gradients of images and of kernels; float32, kernels not turned round."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.workloads.network import conv2d_of
from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

LAYERS = {  # images, kernels, step
    "3x3 of 3": ((64, 3, 64, 64), (32, 3, 3, 3), 1),
    "3x3 of 64": ((32, 64, 28, 28), (64, 64, 3, 3), 1),
    "1x1 of 128": ((16, 128, 14, 14), (256, 128, 1, 1), 1),
    "3x3 of 64 by 2": ((32, 64, 28, 28), (64, 64, 3, 3), 2),
}
WHAT = ("forward", "images", "kernels")


def inputs(parameters: Parameters) -> Inputs:
    """Normal numbers, kernels scaled to their fan-in; of the three arrays two are used."""
    rng = np.random.default_rng(12)
    image, kernel, step = LAYERS[parameters["layer"]]
    top = (image[0], kernel[0], *((n - k) // step + 1 for n, k in zip(image[2:], kernel[2:], strict=True)))
    arrays = {
        "x": rng.standard_normal(image),
        "w": rng.standard_normal(kernel) / np.sqrt(np.prod(kernel[1:])),
        "d": rng.standard_normal(top),
    }
    wanted = {"forward": "xw", "images": "wd", "kernels": "xd"}[parameters["what"]]
    return {name: arrays[name].astype("float32") for name in wanted}


def _shapes(parameters: Parameters) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    return LAYERS[parameters["layer"]]


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Products of windows, one element of the kernels after the other."""
    image, kernel, s = _shapes(parameters)
    top = [(n - k) // s + 1 for n, k in zip(image[2:], kernel[2:], strict=True)]

    def windows(x: Any) -> Any:
        for i in range(kernel[2]):
            for j in range(kernel[3]):
                yield (i, j), x[:, :, i : i + s * (top[0] - 1) + 1 : s, j : j + s * (top[1] - 1) + 1 : s]

    def forward(x: Any, w: Any) -> Any:
        return sum(np.einsum("bcyx,fc->bfyx", part, w[:, :, i, j], optimize=True) for (i, j), part in windows(x))

    def images(w: Any, d: Any) -> Any:
        x = np.zeros(image, "float32")
        for (i, j), part in windows(x):
            part += np.einsum("bfyx,fc->bcyx", d, w[:, :, i, j], optimize=True)
        return x

    def kernels(x: Any, d: Any) -> Any:
        w = np.zeros(kernel, "float32")
        for (i, j), part in windows(x):
            w[:, :, i, j] = np.einsum("bfyx,bcyx->fc", d, part, optimize=True)
        return w

    call = {"forward": forward, "images": images, "kernels": kernels}[parameters["what"]]
    return Prepared(call, {"numpy arrays": tuple(inputs.values())})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The convolution, and its gradient where the cotangent is an input."""
    image, kernel, s = _shapes(parameters)
    names = {name: T.TensorType("float32", (False,) * 4)(name) for name in "xwd"}
    fixed = {"x": T.zeros(image, "float32"), "w": T.zeros(kernel, "float32")}
    x, w = (names[n] if n in inputs else fixed[n] for n in "xw")
    y = conv2d_of(theano)(x, w, subsample=(s, s), filter_flip=False)
    if parameters["what"] == "forward":
        out = y
    else:
        out = theano.grad(None, {"images": x, "kernels": w}[parameters["what"]], known_grads={y: names["d"]})
    call = theano.function([names[n] for n in inputs], out)
    return Prepared(call, {"numpy arrays": tuple(inputs.values())})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The convolution and its transposes as a linear function."""
    image, kernel, s = _shapes(parameters)

    def conv(x: Any, w: Any) -> Any:
        return jax.lax.conv_general_dilated(x, w, (s, s), "VALID")

    def images(w: Any, d: Any) -> Any:
        return jax.linear_transpose(lambda x: conv(x, w), jax.ShapeDtypeStruct(image, "float32"))(d)[0]

    def kernels(x: Any, d: Any) -> Any:
        return jax.linear_transpose(lambda w: conv(x, w), jax.ShapeDtypeStruct(kernel, "float32"))(d)[0]

    function = jax.jit({"forward": conv, "images": images, "kernels": kernels}[parameters["what"]])
    arrays = tuple(jnp.asarray(array) for array in inputs.values())
    return Prepared(lambda *given: function(*given).block_until_ready(), {"jax arrays": arrays})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The library's own functions of convolution."""
    image, kernel, s = _shapes(parameters)
    grad = torch.nn.grad
    function = {
        "forward": lambda x, w: torch.nn.functional.conv2d(x, w, stride=s),
        "images": lambda w, d: grad.conv2d_input(image, w, d, stride=s),
        "kernels": lambda x, d: grad.conv2d_weight(x, kernel, d, stride=s),
    }[parameters["what"]]
    arrays = tuple(torch.from_numpy(array) for array in inputs.values())
    return Prepared(compiled(function), {"torch tensors": arrays})


def _flops(layer: str) -> int:
    image, kernel, s = LAYERS[layer]
    places = np.prod([(n - k) // s + 1 for n, k in zip(image[2:], kernel[2:], strict=True)])
    return int(2 * image[0] * places * np.prod(kernel))


WORKLOAD = Workload(
    name="conv_layers",
    cases=tuple(
        Case(f"{layer}, {what}", {"layer": layer, "what": what}, 1e-3, flops=_flops(layer))
        for layer in LAYERS
        for what in WHAT
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
)
