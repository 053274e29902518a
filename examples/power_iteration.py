"""The largest eigenvalue of a symmetric matrix by power iteration: a loop that ends when nothing changes any more.

v <- A v / |A v|,    eigenvalue v' A v
"""

import numpy as np
from picture import parser, save
from theano.scan_module import until

import theano
import theano.tensor as T

options = parser(__doc__)
options.add_argument("--size", type=int, default=100, help="rows of the matrix")
options = options.parse_args()

A, v = T.dmatrix("A"), T.dvector("v")


def step(v, eigenvalue):
    product = T.dot(A, v)
    following = T.dot(v, product)
    return [product / product.norm(2), following], until(abs(following - eigenvalue) < 1e-12 * abs(following))


(vectors, eigenvalues), _ = theano.scan(step, outputs_info=[v, T.zeros((), "float64")], n_steps=10_000)
iterate = theano.function([A, v], [vectors[-1], eigenvalues])

rng = np.random.default_rng(0)
m = rng.standard_normal((options.size, options.size))
matrix = m @ m.T
vector, found = iterate(matrix, np.ones(options.size) / options.size**0.5)

print("steps:", len(found))
print("largest eigenvalue:", found[-1])
print("NumPy says:        ", np.linalg.eigvalsh(matrix)[-1])
print("residual |A v - lambda v| / lambda:", np.linalg.norm(matrix @ vector - found[-1] * vector) / found[-1])


def draw(axes):
    axes.semilogy(np.abs(found[:-1] - found[-1]))
    axes.set_xlabel("step")
    axes.set_ylabel("error")


save(options.plot, draw, "Power iteration")
