"""Gradients of linear algebra by complex matrices: df/du + i df/dv for z = u + iv, against finite differences.

Eigenvectors and singular vectors are determined but for factors of magnitude 1: what is tried does not depend on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor.linalg.cholesky import Cholesky, InverseFromFactor
from theano.tensor.linalg.determinant import det, slogdet
from theano.tensor.linalg.eigen import eig, eigh, eigvalsh
from theano.tensor.linalg.exponential import expm
from theano.tensor.linalg.inverse import matrix_inverse, pinv
from theano.tensor.linalg.least_squares import lstsq
from theano.tensor.linalg.lu import lu_factor, lu_solve
from theano.tensor.linalg.orthogonal import qr, svd
from theano.tensor.linalg.solve import Solve, solve, solve_triangular

rng = np.random.RandomState(1)
N = rng.randn(3, 3) + 1j * rng.randn(3, 3)
TALL = rng.randn(4, 3) + 1j * rng.randn(4, 3)
POSITIVE = N @ N.conj().T + np.eye(3)
WEIGHTS = rng.randn(4, 4) + 1j * rng.randn(4, 4)
b = WEIGHTS[0, :3]


def weighed(x: Any) -> Any:
    """A real number that every part of ``x`` has a share in, twice differentiable."""
    m, n = (x.shape[k] for k in range(2)) if x.ndim == 2 else (x.shape[0] if x.ndim else None, None)
    W = T.constant(WEIGHTS.astype("complex64" if x.dtype in ("complex64", "float32") else "complex128"))
    w = W[:m, :n] if x.ndim == 2 else W[0, :m] if x.ndim else W[0, 0]
    return (T.real(T.conj(w) * x) + T.sqr(T.real(x * w)) / 4).sum()


def projectors(v: Any, u: Any = None) -> Any:
    """The sum over the columns of weights times v[:, k] u[:, k]', in which their factors cancel."""
    u = v if u is None else u
    return weighed(T.dot(v * T.constant(np.arange(1.0, 4.0)), T.conj(u).T))


def of_svd(x: Any) -> Any:
    u, s, vt = svd(x, full_matrices=False)
    return projectors(u, T.conj(vt).T) + projectors(u) + projectors(T.conj(vt).T) + (s**3).sum()


def of_eig(x: Any) -> Any:
    w, v = eig(x)
    return weighed(w) + projectors(v)


def of_eigh(x: Any, UPLO: str) -> Any:
    w, v = eigh(x, UPLO)
    return (w**3).sum() + projectors(v)


FUNCTIONS: dict[str, tuple[Callable[[Any], Any], np.ndarray]] = {
    "inverse": (lambda x: weighed(matrix_inverse(x)), N),
    "pinv": (lambda x: weighed(pinv(x)), TALL),
    "det": (lambda x: weighed(det(x)), N),
    "sign of det": (lambda x: weighed(slogdet(x)[0]), N),
    "slogdet": (lambda x: slogdet(x)[1] + weighed(slogdet(x)[0]), N),
    "solve for a vector": (lambda x: weighed(solve(x, x[0] + T.constant(b.astype(x.dtype)))), N),
    "solve": (lambda x: weighed(solve(x, T.dot(x, x) + 1)), N),
    "solve triangular": (lambda x: weighed(solve_triangular(x, x[0], trans=2, lower=True)), N),
    "solve positive definite": (lambda x: weighed(Solve("pos")(T.dot(x, T.conj(x).T), x[0])), N),
    "lu": (lambda x: weighed(lu_factor(x)[0]), N),
    "lu_solve": (lambda x: weighed(lu_solve(lu_factor(x), x[0], 2)) + weighed(lu_solve(lu_factor(x), x, 1)), N),
    "lstsq": (lambda x: weighed(lstsq()(x, x[:, 0] * x[:, 1], -1.0)[0]), TALL),
    "cholesky": (lambda x: weighed(Cholesky()(x)), POSITIVE),
    "upper cholesky": (lambda x: weighed(Cholesky(lower=False)(x)), POSITIVE),
    "inverse from factor": (lambda x: weighed(InverseFromFactor()(Cholesky()(x))), POSITIVE),
    "eigh": (lambda x: of_eigh(x, "L"), POSITIVE),
    "upper eigh": (lambda x: of_eigh(x, "U"), POSITIVE),
    "eigvalsh": (lambda x: (eigvalsh(x, T.constant(POSITIVE + np.eye(3))) ** 2).sum(), POSITIVE),
    "eig": (of_eig, N),
    "svd": (of_svd, TALL),
    "svd of wide": (of_svd, TALL.T.copy()),
    "singular values": (lambda x: (svd(x, compute_uv=False) ** 3).sum(), TALL),
    "qr": (lambda x: weighed(qr(x)[0]) + weighed(qr(x)[1]), TALL),
    "qr of wide": (lambda x: weighed(qr(x)[0]) + weighed(qr(x)[1]), TALL.T.copy()),
    "r of qr": (lambda x: weighed(qr(x, "r")), TALL),
    "expm": (lambda x: weighed(expm(x / 3)), N),
}


def gradient(f: Callable[[Any], Any], linker: str) -> tuple[Callable, Callable]:
    """f as a function of values, and its gradient."""
    x = T.zmatrix("x")
    cost = f(x)
    both = theano.function([x], [cost, T.grad(cost, x)], mode=theano.Mode(linker))
    return lambda value: both(value)[0], lambda value: both(value)[1]


def differences(f: Callable[[np.ndarray], Any], x: np.ndarray) -> np.ndarray:
    """df/du + i df/dv for every element."""
    found = np.zeros_like(x)
    for k in np.ndindex(*x.shape):
        for unit in (1, 1j):
            step = np.zeros_like(x)
            step[k] = 1e-6 * unit
            found[k] += unit * (f(x + step) - f(x - step)) / 2e-6
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_of_first_order(name: str, backend: str) -> None:
    build, value = FUNCTIONS[name]
    f, df = gradient(build, backend)
    np.testing.assert_allclose(df(value), differences(f, value), rtol=2e-6, atol=2e-7)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_of_second_order(name: str) -> None:
    build, value = FUNCTIONS[name]
    weights = T.constant(WEIGHTS)

    def slope(x: Any) -> Any:
        dx = T.grad(build(x), x)
        return T.real(T.conj(weights[: x.shape[0], : x.shape[1]]) * dx).sum()

    f, df = gradient(slope, "py")
    np.testing.assert_allclose(df(value), differences(f, value), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ["svd", "qr", "eigh", "cholesky", "slogdet", "solve"])
def test_gradients_have_the_dtype_of_the_matrix(name: str) -> None:
    x = T.cmatrix("x")
    assert T.grad(FUNCTIONS[name][0](x), x).type == x.type
