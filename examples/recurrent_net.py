"""A recurrent network learns to repeat what it was told three steps ago.

h[t] = tanh(x[t] W + h[t-1] U + b),    y[t] = h[t] V + c,    cost = mean (y[t] - x[t-3])^2
"""

import numpy as np
from picture import parser, save

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--rounds", type=int, default=1500)
options = options.parse_args()

DELAY, STEPS, ROWS, UNITS, RATE = 3, 20, 50, 20, 0.1

rng = np.random.default_rng(0)
x = T.dtensor3("x")  # (step, row, 1)
W = theano.shared(rng.normal(0, 0.5, (1, UNITS)), "W")
U = theano.shared(np.linalg.qr(rng.normal(size=(UNITS, UNITS)))[0], "U")
b = theano.shared(np.zeros(UNITS), "b")
V = theano.shared(rng.normal(0, UNITS**-0.5, (UNITS, 1)), "V")
c = theano.shared(np.zeros(1), "c")
parameters = [W, U, b, V, c]


def step(x, h):
    return T.tanh(T.dot(x, W) + T.dot(h, U) + b)


h, _ = theano.scan(step, sequences=x, outputs_info=T.zeros((x.shape[1], UNITS), "float64"))
y = T.dot(h, V) + c
cost = T.sqr(y[DELAY:] - x[:-DELAY]).mean()
updates = []
for p, d in zip(parameters, T.grad(cost, parameters)):
    speed = theano.shared(np.zeros_like(p.get_value()))
    updates += [(speed, 0.9 * speed - RATE * d), (p, p + 0.9 * speed - RATE * d)]
learn = theano.function([x], cost, updates=updates)
test = theano.function([x], [y, cost])


def draw_batch():
    return rng.uniform(-0.5, 0.5, (STEPS, ROWS, 1))


costs = [float(learn(draw_batch())) for _ in range(options.rounds)]
batch = draw_batch()
answers, error = test(batch)
print(f"mean squared error at first: {costs[0]:.4f}, of always answering 0: {1 / 12:.4f}")
print(f"after {options.rounds} rounds, on new rows: {float(error):.5f}")
print("told:    ", " ".join(f"{v:+.2f}" for v in batch[:-DELAY, 0, 0][:8]))
print("repeated:", " ".join(f"{v:+.2f}" for v in answers[DELAY:, 0, 0][:8]))


def draw(axes):
    axes.semilogy(costs)
    axes.set_xlabel("round")
    axes.set_ylabel("mean squared error")


save(options.plot, draw, "Repeating after three steps")
