"""Hamiltonian Monte Carlo of a banana-shaped density: trajectories are a loop around the gradient of its logarithm.

log p(x, y) = -x^2 / 2 - (y - x^2)^2 / (2 s^2) + const:  E x = 0, E y = 1, var x = 1, var y = 2 + s^2
"""

import numpy as np
from picture import parser, save
from theano.tensor.shared_randomstreams import RandomStreams

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--draws", type=int, default=1_000, help="of each of 100 chains")
options = options.parse_args()

S, CHAINS, STEP, LEAPS = 1.0, 100, 0.15, 10


def energy(position):
    """-log p of each chain; position has shape (chains, 2)."""
    x, y = position[:, 0], position[:, 1]
    return x**2 / 2 + (y - x**2) ** 2 / (2 * S**2)


def slope(position):
    return T.grad(energy(position).sum(), position)


def leap(position, momentum):
    """One step of the leapfrog method."""
    momentum = momentum - STEP / 2 * slope(position)
    position = position + STEP * momentum
    return position, momentum - STEP / 2 * slope(position)


streams = RandomStreams(seed=4)
position = theano.shared(np.zeros((CHAINS, 2)), "position")
momentum = streams.normal((CHAINS, 2))
(positions, momenta), _ = theano.scan(leap, outputs_info=[position, momentum], n_steps=LEAPS)
proposed, arrived = positions[-1], momenta[-1]
gain = energy(position) + (momentum**2).sum(axis=1) / 2 - energy(proposed) - (arrived**2).sum(axis=1) / 2
accepted = T.log(streams.uniform((CHAINS,))) < gain
new = T.switch(accepted.dimshuffle(0, "x"), proposed, position)
move = theano.function([], [new, accepted.mean()], updates=[(position, new)])

for _ in range(100):  # from the origin to where the density is
    move()
moves = [move() for _ in range(options.draws)]
draws = np.concatenate([points for points, _ in moves])
x, y = draws.T
print("draws:", len(draws))
print(f"accepted: {np.mean([rate for _, rate in moves]):.2f}")
print(f"means: {x.mean():.2f} {y.mean():.2f}, wanted 0 1")
print(f"variances: {x.var():.2f} {y.var():.2f}, wanted 1 {2 + S**2}")

save(options.plot, lambda axes: axes.plot(x[:5000], y[:5000], ",k"), "Hamiltonian Monte Carlo")
