"""Fibonacci numbers: a recurrence that reads two earlier values of itself."""

import numpy as np
from picture import parser, save

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--count", type=int, default=90, help="how many numbers after the first two; 90 fit in int64")
options = options.parse_args()

n = T.lscalar("n")
numbers, _ = theano.scan(
    fn=lambda before, one_earlier: before + one_earlier,
    outputs_info={"initial": np.array([0, 1]), "taps": [-1, -2]},
    n_steps=n,
)
fibonacci = theano.function([n], numbers)(options.count)

print("the first ten:", *fibonacci[:10])
print("the last one:", fibonacci[-1])
print("ratio to the one before:", fibonacci[-1] / fibonacci[-2])
print("golden ratio:", (1 + 5**0.5) / 2)

save(options.plot, lambda axes: axes.semilogy(fibonacci, "."), "Fibonacci numbers")
