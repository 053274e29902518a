"""An LSTM learns to add two numbers that are marked in a long sequence.

i, f, o = sigmoid, g = tanh of [x[t], h[t-1]] W + b,    c[t] = f c[t-1] + i g,    h[t] = o tanh(c[t])
The cost is the mean of (h[last] v - sum)^2; Adam moves the weights.
"""

import numpy as np
from picture import parser, save

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--rounds", type=int, default=2000)
options.add_argument("--steps", type=int, default=30, help="length of the sequences")
options = options.parse_args()

ROWS, UNITS, RATE = 50, 24, 0.01

rng = np.random.default_rng(0)
x, total = T.dtensor3("x"), T.dvector("total")  # (step, row, number and mark), (row)
W = theano.shared(rng.normal(0, 0.3, (2 + UNITS, 4 * UNITS)), "W")
b = theano.shared(np.repeat([0.0, 2.0, 0.0, 0.0], UNITS), "b")  # f is near 1: c is remembered
v = theano.shared(rng.normal(0, 0.3, UNITS), "v")
parameters = [W, b, v]


def step(x, h, c):
    a = T.dot(T.concatenate([x, h], axis=1), W) + b
    i, f, o, g = (a[:, k * UNITS : (k + 1) * UNITS] for k in range(4))
    c = T.nnet.sigmoid(f) * c + T.nnet.sigmoid(i) * T.tanh(g)
    return T.nnet.sigmoid(o) * T.tanh(c), c


nothing = T.zeros((x.shape[1], UNITS), "float64")
(h, _), _ = theano.scan(step, sequences=x, outputs_info=[nothing, nothing])
cost = T.sqr(T.dot(h[-1], v) - total).mean()

count = theano.shared(0.0, "count")
updates = [(count, count + 1)]
for p, d in zip(parameters, T.grad(cost, parameters)):
    mean, square = (theano.shared(np.zeros_like(p.get_value())) for _ in range(2))
    new_mean, new_square = 0.9 * mean + 0.1 * d, 0.999 * square + 0.001 * d**2
    rate = RATE * T.sqrt(1 - 0.999 ** (count + 1)) / (1 - 0.9 ** (count + 1))
    updates += [(mean, new_mean), (square, new_square), (p, p - rate * new_mean / (T.sqrt(new_square) + 1e-8))]
learn = theano.function([x, total], cost, updates=updates)
test = theano.function([x, total], cost)


def draw_batch():
    """Numbers in [0, 1), one mark in each half, and the sum of the marked ones."""
    numbers, marks = rng.random((options.steps, ROWS)), np.zeros((options.steps, ROWS))
    half, rows = options.steps // 2, np.arange(ROWS)
    marks[rng.integers(0, half, ROWS), rows] = 1
    marks[rng.integers(half, options.steps, ROWS), rows] = 1
    return np.stack([numbers, marks], axis=2), (numbers * marks).sum(axis=0)


costs = [float(learn(*draw_batch())) for _ in range(options.rounds)]
print(f"mean squared error of always answering 1: {1 / 6:.4f}")
print(f"after {options.rounds} rounds, on new rows: {float(test(*draw_batch())):.5f}")


def draw(axes):
    axes.semilogy(costs)
    axes.set_xlabel("round")
    axes.set_ylabel("mean squared error")


save(options.plot, draw, "Adding two marked numbers")
