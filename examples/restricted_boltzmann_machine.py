"""A restricted Boltzmann machine that learns bars and stripes, with contrastive divergence or persistent chains.

    p(v, h) ~ exp(v W h + b v + c h),    F(v) = -b v - sum log(1 + exp(c + v W))
    cost = mean F(data) - mean F(v_k),   v_k from k sweeps of Gibbs sampling, a loop, taken as constant

The 30 pictures of 4 x 4 pixels whose rows, or columns, are each one colour.  There are few enough pictures in all, 2^16,
to tell the likelihood exactly: log p(v) = -F(v) - log sum exp(-F).
"""

from itertools import product

import numpy as np
from picture import parser, save
from theano.sandbox.rng_mrg import MRG_RandomStreams

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--epochs", type=int, default=10_000, help="steps of learning")
options.add_argument("--k", type=int, default=5, help="sweeps of Gibbs sampling in a step")
options.add_argument("--restart", action="store_true", help="begin at the data in every step: contrastive divergence")
options = options.parse_args()

SIDE, HIDDEN, RATE = 4, 16, 0.02
floatX = theano.config.floatX
lines = np.array(list(product([0, 1], repeat=SIDE)), floatX)
pictures = np.concatenate([np.repeat(lines, SIDE, axis=1), np.tile(lines, SIDE)])
pictures = np.unique(pictures, axis=0)

rng = np.random.RandomState(0)
streams = MRG_RandomStreams(seed=2)
W = theano.shared((0.1 * rng.randn(SIDE * SIDE, HIDDEN)).astype(floatX), "W")
b = theano.shared(np.zeros(SIDE * SIDE, floatX), "b")
c = theano.shared(np.zeros(HIDDEN, floatX), "c")
data = theano.shared(pictures, "data")
chains = theano.shared(pictures.copy(), "chains")


def free_energy(v):
    return -T.dot(v, b) - T.nnet.softplus(T.dot(v, W) + c).sum(axis=1)


def draw(mean, shape):
    return T.cast(streams.uniform(shape, dtype=floatX) < mean, floatX)


def sweep(v):
    h = draw(T.nnet.sigmoid(T.dot(v, W) + c), (len(pictures), HIDDEN))
    return draw(T.nnet.sigmoid(T.dot(h, W.T) + b), pictures.shape)


samples, updates = theano.scan(sweep, outputs_info=data if options.restart else chains, n_steps=options.k)
end = theano.gradient.disconnected_grad(samples[-1])
cost = free_energy(data).mean() - free_energy(end).mean()
for p in (W, b, c):
    updates[p] = p - RATE * T.grad(cost, p)
if not options.restart:
    updates[chains] = samples[-1]
learn = theano.function([], cost, updates=updates)

everything = np.array(list(product([0, 1], repeat=SIDE * SIDE)), floatX)
x = T.matrix("x")
energy = theano.function([x], free_energy(x))


def log_likelihood():
    """The mean over the pictures of log p(v), in nats; at best -log 30 = -3.40."""
    exponents = -energy(everything)
    largest = exponents.max()
    return (-energy(pictures)).mean() - largest - np.log(np.exp(exponents - largest).sum())


history = [log_likelihood()]
print(f"log likelihood at first: {history[0]:.2f}")
for _ in range(10):
    learn.run(options.epochs // 10)
    history.append(log_likelihood())
print(f"log likelihood after {options.epochs} steps: {history[-1]:.2f}, at best {-np.log(len(pictures)):.2f}")
exponents = -energy(everything)
best = everything[np.argsort(exponents)[::-1][: len(pictures)]]
known = {tuple(p) for p in pictures.tolist()}
print(f"of its {len(pictures)} likeliest pictures {sum(tuple(p) in known for p in best.tolist())} are bars or stripes")

save(options.plot, lambda axes: axes.plot(np.linspace(0, options.epochs, 11), history), "Log likelihood")
