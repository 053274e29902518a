"""Gibbs sampling of a bivariate normal: a loop that draws random numbers, whose state it carries along.

x | y ~ N(r y, 1 - r^2),    y | x ~ N(r x, 1 - r^2)
"""

import numpy as np
from picture import parser, save
from theano.sandbox.rng_mrg import MRG_RandomStreams

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--draws", type=int, default=2_000, help="of each of 500 chains")
options = options.parse_args()

CORRELATION, CHAINS, WARM_UP = 0.8, 500, 50
WIDTH = (1 - CORRELATION**2) ** 0.5

streams = MRG_RandomStreams(seed=1)
first = T.dvector("first")


def sweep(x, y):
    x = CORRELATION * y + WIDTH * streams.normal((CHAINS,), dtype="float64")
    y = CORRELATION * x + WIDTH * streams.normal((CHAINS,), dtype="float64")
    return x, y


(xs, ys), updates = theano.scan(sweep, outputs_info=[first, first], n_steps=options.draws)
x, y = xs[WARM_UP:].flatten(), ys[WARM_UP:].flatten()
sample = theano.function([first], [x, y], updates=updates)

x, y = sample(np.full(CHAINS, 5.0))
print("draws:", x.size)
print(f"means: {x.mean():.2f} {y.mean():.2f}, wanted 0 0")
print(f"variances: {x.var():.2f} {y.var():.2f}, wanted 1 1")
print(f"correlation: {np.corrcoef(x, y)[0, 1]:.2f}, wanted {CORRELATION}")

again, _ = sample(np.full(CHAINS, 5.0))
print("a further call draws other numbers:", not np.array_equal(x, again))

save(options.plot, lambda axes: axes.plot(x[:5000], y[:5000], ",k"), "Gibbs sampling")
