"""What the workloads that train a network have in common: a network is a list of layers, and every peer reads it.

    ("dense", n)        x W + b, after the images have been made rows
    ("conv", n, k)      convolution with n kernels of k x k, not turned round, and a bias for each
    ("pool",)           the largest of 2 x 2
    ("tanh",), ("relu",)

cost = - mean over rows of log softmax(z)[label],    p <- p - rate dcost/dp,    returns cost

The data stay where they are, and a call is given the number of a batch: the classic way to train with Theano.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 2.0**-7  # float32 holds it, so no peer is led to compute in float64
BATCHES = 3
BATCH = 1  # the one that is asked for

Layers = tuple[tuple, ...]


def inputs_of(layers: Layers, shape: tuple[int, ...], rows: int, classes: int = 10) -> Inputs:
    """Images in [0, 1), labels, weights scaled to their fan-in."""
    rng = np.random.default_rng(11)
    count = rows * BATCHES
    arrays = {
        "x": rng.random((count, *shape)).astype("float32"),
        "label": rng.integers(0, classes, count).astype("int32"),
    }
    for k, layer in enumerate(layers):
        match layer:
            case ("dense", n):
                m = int(np.prod(shape))
                weights, shape = rng.standard_normal((m, n)) / np.sqrt(m), (n,)
            case ("conv", n, size):
                m = shape[0] * size * size
                weights = rng.standard_normal((n, shape[0], size, size)) / np.sqrt(m)
                shape = (n, shape[1] - size + 1, shape[2] - size + 1)
            case ("pool",):
                shape = (shape[0], shape[1] // 2, shape[2] // 2)
                continue
            case _:
                continue
        arrays[f"W{k}"] = weights.astype("float32")
        arrays[f"b{k}"] = np.zeros(n, "float32")
    return arrays


def weights_of(inputs: Inputs) -> dict[str, np.ndarray]:
    return {name: array for name, array in inputs.items() if name not in ("x", "label")}


# -- NumPy: back-propagation layer by layer ----------------------------------------------------------------------------


def with_numpy(layers: Layers, rows: int, inputs: Inputs) -> Prepared:
    weights = {name: array.copy() for name, array in weights_of(inputs).items()}

    def step(index: int) -> Any:
        batch = slice(index * rows, (index + 1) * rows)
        x, label = inputs["x"][batch], inputs["label"][batch]
        backward = []
        for k, layer in enumerate(layers):
            x, back = _numpy_layer(layer, x, weights.get(f"W{k}"), weights.get(f"b{k}"))
            backward.append(back)
        z = x - x.max(axis=1, keepdims=True)
        log_softmax = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        cost = -log_softmax[np.arange(rows), label].mean()
        dx = np.exp(log_softmax)
        dx[np.arange(rows), label] -= 1
        dx /= np.float32(rows)
        for k in reversed(range(len(layers))):
            dx, dW, db = backward[k](dx)
            if dW is not None:
                weights[f"W{k}"] -= np.float32(RATE) * dW
                weights[f"b{k}"] -= np.float32(RATE) * db
        return cost

    return Prepared(step, {"number": (BATCH,)})


def _numpy_layer(layer: tuple, x: Any, W: Any, b: Any) -> tuple[Any, Callable]:
    """The value of a layer, and the function that takes its cotangent to those of x, W and b."""
    match layer:
        case ("dense", _):
            flat = x.reshape(len(x), -1)
            return flat @ W + b, lambda d: ((d @ W.T).reshape(x.shape), flat.T @ d, d.sum(axis=0))
        case ("conv", _, k):
            windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))

            def back(d: Any) -> tuple:
                wide = np.pad(d, [(0, 0), (0, 0), (k - 1, k - 1), (k - 1, k - 1)])
                turned = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
                dx = np.tensordot(turned, W[:, :, ::-1, ::-1], ((1, 4, 5), (0, 2, 3))).transpose(0, 3, 1, 2)
                return dx, np.tensordot(d, windows, ((0, 2, 3), (0, 2, 3))), d.sum(axis=(0, 2, 3))

            y = np.tensordot(windows, W, ((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
            return np.ascontiguousarray(y) + b[:, None, None], back
        case ("pool",):
            rows, channels, height, width = x.shape
            blocks = x.reshape(rows, channels, height // 2, 2, width // 2, 2)
            top = blocks.max(axis=(3, 5), keepdims=True)
            return (
                top[:, :, :, 0, :, 0],
                lambda d: (((blocks == top) * d[:, :, :, None, :, None]).reshape(x.shape), None, None),
            )
        case ("tanh",):
            y = np.tanh(x)
            return y, lambda d: (d * (1 - y * y), None, None)
        case _:
            return np.maximum(x, 0), lambda d: (d * (x > 0), None, None)


# -- the others --------------------------------------------------------------------------------------------------------


def with_theano(theano: ModuleType, T: ModuleType, layers: Layers, rows: int, inputs: Inputs) -> Prepared:
    """Data in shared variables, of which ``givens`` take a batch by its number."""
    data, labels = theano.shared(inputs["x"]), theano.shared(inputs["label"])
    weights = {name: theano.shared(array, name) for name, array in weights_of(inputs).items()}
    index, x, label = T.lscalar("index"), data.type("x"), T.ivector("label")
    y = x
    for k, layer in enumerate(layers):
        W, b = weights.get(f"W{k}"), weights.get(f"b{k}")
        match layer:
            case ("dense", _):
                y = T.dot(y if y.ndim == 2 else y.flatten(2), W) + b
            case ("conv", _, _):
                y = conv2d_of(theano)(y, W, filter_flip=False) + b.dimshuffle("x", 0, "x", "x")
            case ("pool",):
                y = pool_of(theano)(y)
            case ("tanh",):
                y = T.tanh(y)
            case _:
                y = T.maximum(y, 0)
    cost = cross_entropy_of(theano, T, y, label)
    parameters = list(weights.values())
    updates = [(p, p - RATE * d) for p, d in zip(parameters, theano.grad(cost, parameters), strict=True)]
    batch = slice(index * rows, (index + 1) * rows)
    step = theano.function([index], cost, updates=updates, givens={x: data[batch], label: labels[batch]})
    return Prepared(step, {"number": (BATCH,)})


def conv2d_of(theano: ModuleType) -> Callable:
    """Convolution, where the package keeps it."""
    if theano.__name__ == "theano":
        return theano.tensor.nnet.conv2d
    from pytensor.tensor.conv.abstract_conv import conv2d

    return conv2d


def pool_of(theano: ModuleType) -> Callable:
    """The largest of 2 x 2; PyTensor has no pooling, but can say it."""
    if theano.__name__ == "theano":
        from theano.tensor.signal.pool import pool_2d

        return lambda y: pool_2d(y, (2, 2), ignore_border=True)

    def pool(y: Any) -> Any:
        T = theano.tensor
        rows = T.maximum(y[:, :, ::2], y[:, :, 1::2])
        return T.maximum(rows[:, :, :, ::2], rows[:, :, :, 1::2])

    return pool


def cross_entropy_of(theano: ModuleType, T: ModuleType, z: Any, label: Any) -> Any:
    """The mean of - log softmax(z)[label], as users of each package write it."""
    if theano.__name__ == "theano":
        return T.nnet.categorical_crossentropy(T.nnet.softmax(z), label).mean()
    from pytensor.tensor.special import log_softmax

    return -log_softmax(z, axis=1)[T.arange(z.shape[0]), label].mean()


def with_jax(jax: ModuleType, jnp: ModuleType, layers: Layers, rows: int, inputs: Inputs) -> Prepared:
    """A jitted function of the weights, which it takes over and hands back."""
    weights = {name: jnp.array(array) for name, array in weights_of(inputs).items()}
    data, labels = jnp.asarray(inputs["x"]), jnp.asarray(inputs["label"])

    def cost_of(weights: Any, x: Any, label: Any) -> Any:
        for k, layer in enumerate(layers):
            W, b = weights.get(f"W{k}"), weights.get(f"b{k}")
            match layer:
                case ("dense", _):
                    x = x.reshape(len(x), -1) @ W + b
                case ("conv", _, _):
                    x = jax.lax.conv_general_dilated(x, W, (1, 1), "VALID") + b[:, None, None]
                case ("pool",):
                    x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
                case ("tanh",):
                    x = jnp.tanh(x)
                case _:
                    x = jnp.maximum(x, 0)
        return -jax.nn.log_softmax(x)[jnp.arange(rows), label].mean()

    def update(weights: Any, index: Any) -> Any:
        x, label = (jax.lax.dynamic_slice_in_dim(a, index * rows, rows) for a in (data, labels))
        cost, gradients = jax.value_and_grad(cost_of)(weights, x, label)
        return jax.tree.map(lambda p, d: p - RATE * d, weights, gradients), cost

    update = jax.jit(update, donate_argnums=0)

    def step(index: int) -> Any:
        nonlocal weights
        weights, cost = update(weights, index)
        return jax.block_until_ready((weights, cost))[1]

    return Prepared(step, {"number": (BATCH,)})


def with_torch(torch: ModuleType, compiled: Callable, layers: Layers, rows: int, inputs: Inputs) -> Prepared:
    """Automatic differentiation, and the weights changed in place; ``compiled`` for cost and gradients."""
    data, labels = torch.from_numpy(inputs["x"]), torch.from_numpy(inputs["label"]).long()
    weights = {name: torch.from_numpy(array.copy()) for name, array in weights_of(inputs).items()}
    F = torch.nn.functional

    def cost_of(weights: Any, x: Any, label: Any) -> Any:
        for k, layer in enumerate(layers):
            W, b = weights.get(f"W{k}"), weights.get(f"b{k}")
            match layer:
                case ("dense", _):
                    x = torch.addmm(b, x.flatten(1), W)
                case ("conv", _, _):
                    x = F.conv2d(x, W, b)
                case ("pool",):
                    x = F.max_pool2d(x, 2)
                case ("tanh",):
                    x = torch.tanh(x)
                case _:
                    x = torch.relu(x)
        return F.cross_entropy(x, label)

    def eager(x: Any, label: Any) -> Any:
        for p in weights.values():
            p.requires_grad_()
        cost = cost_of(weights, x, label)
        gradients = torch.autograd.grad(cost, list(weights.values()))
        with torch.no_grad():
            for p, d in zip(weights.values(), gradients, strict=True):
                p.sub_(d, alpha=RATE)
        return cost.detach()

    def whole(weights: Any, x: Any, label: Any) -> Any:
        gradients, cost = torch.func.grad_and_value(cost_of)(weights, x, label)
        for name, p in weights.items():
            p.sub_(RATE * gradients[name])
        return cost

    graph = compiled(whole)
    is_eager = graph is whole

    def step(index: int) -> Any:
        batch = slice(index * rows, (index + 1) * rows)
        x, label = data[batch], labels[batch]
        if is_eager:
            return eager(x, label)
        with torch.no_grad():
            return graph(weights, x, label)

    return Prepared(step, {"number": (BATCH,)})


def training(
    name: str, networks: dict[str, tuple[Layers, tuple[int, ...], int]], compiled: tuple[str, ...] = ()
) -> Workload:
    """The workload that trains some networks: for each case its layers, the shape of an image, rows of a batch."""

    def builder(make: Callable) -> Callable:
        def build(*given: Any) -> Prepared:
            *libraries, parameters, inputs = given
            layers, _, rows = networks[parameters["network"]]
            return make(*libraries, layers, rows, inputs)

        return build

    def numpy_builder(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
        layers, _, rows = networks[parameters["network"]]
        return with_numpy(layers, rows, inputs)

    def inputs(parameters: Parameters) -> Inputs:
        return inputs_of(*networks[parameters["network"]])

    return Workload(
        name=name,
        cases=tuple(Case(label, {"network": label}, tolerance=1e-3, checked_calls=3) for label in networks),
        inputs=inputs,
        builders={
            "numpy": numpy_builder,
            "theano": builder(with_theano),
            "pytensor": builder(with_theano),
            "jax": builder(with_jax),
            "torch": builder(with_torch),
            "torch_compile": builder(with_torch),
        },
        compiled=compiled,
    )
