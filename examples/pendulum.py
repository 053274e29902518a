"""A pendulum for a thousand swings: the leapfrog method keeps its energy, Euler's does not.

H(q, p) = p^2 / 2 - cos q,    q' = dH/dp,  p' = -dH/dq: the force is what T.grad finds
"""

import numpy as np
from picture import parser, save

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--steps", type=int, default=100_000)
options = options.parse_args()

STEP = 0.05


def energy(q, p):
    return p**2 / 2 - T.cos(q)


def force(q):
    return -T.grad(-T.cos(q), q)


def leapfrog(q, p):
    p = p + STEP / 2 * force(q)
    q = q + STEP * p
    return q, p + STEP / 2 * force(q)


def euler(q, p):
    return q + STEP * p, p + STEP * force(q)


q, p, n = T.dscalar("q"), T.dscalar("p"), T.lscalar("n")


def energies_by(method):
    """The function from the first state and a number of steps to angles, and the energy after every step."""
    (angles, momenta), _ = theano.scan(method, outputs_info=[q, p], n_steps=n)
    return theano.function([q, p, n], [angles, energy(angles, momenta)])


angles, energies = energies_by(leapfrog)(1.0, 0.0, options.steps)
first = -np.cos(1.0)
print("steps:", options.steps)
print("energy at first:", first)
print("largest error of leapfrog:", np.abs(energies - first).max())
print("error of Euler's method after 200 steps:", energies_by(euler)(1.0, 0.0, 200)[1][-1] - first)


def draw(axes):
    axes.plot(np.arange(1, 501) * STEP, angles[:500])
    axes.set_xlabel("time")
    axes.set_ylabel("angle")


save(options.plot, draw, "Pendulum")
