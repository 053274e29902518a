"""A training step of a restricted Boltzmann machine by contrastive divergence: 784 visible and 500 hidden units, 20 rows.

From the data v a chain of STEPS draws by turns   h ~ sigmoid(v W + b),   v ~ sigmoid(h W' + a)
cost = mean F(data) - mean F(last v),             F(v) = -v a - sum softplus(v W + b)
p <- p - rate dcost/dp for W, a, b, the last v being held fixed;  returns the mean squared distance of data and last v

Peers draw from generators of their own: what they return agrees as far as a mean over 15,680 draws does.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

RATE = 0.0078125  # a power of two, as in rnn_scan
STEPS, ROWS, VISIBLE, HIDDEN = 15, 20, 784, 500
PARAMETERS = ("W", "a", "b")
DTYPE = "float32"


def inputs(parameters: Parameters) -> Inputs:
    """Pixels that are on as often as those of digits, in the middle more than at the rim; a machine that knows that."""
    rng = np.random.default_rng(8)
    side = np.linspace(-1, 1, 28)
    often = np.clip(0.6 - 0.6 * np.hypot(*np.meshgrid(side, side)), 0.02, 0.98).reshape(-1)
    arrays = {
        "x": rng.uniform(size=(ROWS, VISIBLE)) < often,
        "W": rng.standard_normal((VISIBLE, HIDDEN)) * 0.01,
        "a": np.log(often / (1 - often)),
        "b": np.zeros(HIDDEN),
    }
    return {name: array.astype(DTYPE) for name, array in arrays.items()}


def given(inputs: Inputs) -> dict[str, tuple[object, ...]]:
    return {"numpy arrays": (inputs["x"],)}


def with_numpy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The gradient by hand: softplus' = sigmoid."""
    W, a, b = weights = [inputs[name].copy() for name in PARAMETERS]
    rng = np.random.default_rng(1)

    def sigmoid(z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z))

    def drawn(z: np.ndarray) -> np.ndarray:
        return (rng.random(z.shape, DTYPE) < sigmoid(z)).astype(DTYPE)

    def step(x: np.ndarray) -> float:
        v = x
        for _ in range(STEPS):
            v = drawn(drawn(v @ W + b) @ W.T + a)
        there, here = sigmoid(v @ W + b), sigmoid(x @ W + b)
        slopes = (v.T @ there - x.T @ here, (v - x).sum(axis=0), (there - here).sum(axis=0))
        for p, dp in zip(weights, slopes, strict=True):
            p -= np.float32(RATE / ROWS) * dp
        return ((v - x) ** 2).mean()

    return Prepared(step, given(inputs))


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """scan over the draws of MRG_RandomStreams; the gradient by grad."""
    from theano.sandbox.rng_mrg import MRG_RandomStreams

    return _of_draws(theano, T, inputs, MRG_RandomStreams(1).binomial, T.nnet.sigmoid, T.nnet.softplus)


def with_pytensor(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """The same with ``RandomStream``."""
    from pytensor.tensor.random.utils import RandomStream

    stream = RandomStream(1)

    def draw(size, p, dtype):
        return stream.bernoulli(p, size=size).astype(dtype)

    return _of_draws(theano, T, inputs, draw, T.sigmoid, T.softplus)


def _of_draws(theano, T, inputs, draw, sigmoid, softplus) -> Prepared:
    W, a, b = weights = [theano.shared(inputs[name], name) for name in PARAMETERS]
    x = T.matrix("x", dtype=DTYPE)

    def gibbs(v):
        h = draw(size=(ROWS, HIDDEN), p=sigmoid(T.dot(v, W) + b), dtype=DTYPE)
        return draw(size=(ROWS, VISIBLE), p=sigmoid(T.dot(h, W.T) + a), dtype=DTYPE)

    def energy(v):
        return -T.dot(v, a) - softplus(T.dot(v, W) + b).sum(axis=1)

    chain, updates = theano.scan(gibbs, outputs_info=x, n_steps=STEPS)
    last = chain[-1]
    cost = energy(x).mean() - energy(last).mean()
    slopes = theano.grad(cost, weights, consider_constant=[last])
    rate = np.float32(RATE)
    learnt = [(p, p - rate * dp) for p, dp in zip(weights, slopes, strict=True)]
    step = theano.function([x], T.sqr(last - x).mean(), updates=[*updates.items(), *learnt])
    return Prepared(step, given(inputs))


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """lax.scan over keys, all in one jitted function that takes the weights over."""
    weights = [jnp.array(inputs[name]) for name in PARAMETERS]

    def energy(weights, v):
        W, a, b = weights
        return (-v @ a - jax.nn.softplus(v @ W + b).sum(axis=1)).mean()

    def update(weights, key, x):
        W, a, b = weights
        key, own = jax.random.split(key)

        def drawn(key, z):
            return (jax.random.uniform(key, z.shape, z.dtype) < jax.nn.sigmoid(z)).astype(z.dtype)

        def gibbs(v, key):
            first, second = jax.random.split(key)
            return drawn(second, drawn(first, v @ W + b) @ W.T + a), None

        last = jax.lax.scan(gibbs, x, jax.random.split(own, STEPS))[0]
        slopes = jax.grad(lambda weights: energy(weights, x) - energy(weights, last))(weights)
        return [p - RATE * dp for p, dp in zip(weights, slopes, strict=True)], key, ((last - x) ** 2).mean()

    update = jax.jit(update, donate_argnums=0)
    key = jax.random.key(1)

    def step(x):
        nonlocal weights, key
        weights, key, distance = update(weights, key, x)
        return jax.block_until_ready((weights, distance))[1]

    return Prepared(step, {**given(inputs), "jax arrays": (jnp.asarray(inputs["x"]),)})


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A Python loop over torch.bernoulli; automatic differentiation of the energies."""
    torch.manual_seed(1)
    W, a, b = weights = [torch.from_numpy(inputs[name].copy()).requires_grad_() for name in PARAMETERS]

    def energy(v):
        return (-v @ a - torch.nn.functional.softplus(v @ W + b).sum(1)).mean()

    @compiled
    def chain(v):
        for _ in range(STEPS):
            h = torch.bernoulli(torch.sigmoid(torch.addmm(b, v, W)))
            v = torch.bernoulli(torch.sigmoid(torch.addmm(a, h, W.T)))
        return v

    def step(x):
        with torch.no_grad():
            last = chain(x)
        slopes = torch.autograd.grad(energy(x) - energy(last), weights)
        with torch.no_grad():
            for p, dp in zip(weights, slopes, strict=True):
                p.sub_(dp, alpha=RATE)
            return ((last - x) ** 2).mean()

    return Prepared(step, {"torch tensors": (torch.from_numpy(inputs["x"]),)})


WORKLOAD = Workload(
    name="rbm_cd",
    cases=(
        Case(
            f"step {DTYPE}",
            {},
            tolerance=0.1,  # of a mean whose deviation is 2 %
            checked_calls=3,
            flops=2 * ROWS * VISIBLE * HIDDEN * (2 * STEPS + 4),
        ),
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
    compiled=(f"step {DTYPE}",),
)
