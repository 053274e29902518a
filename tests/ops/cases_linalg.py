"""Cases of linear algebra.  Edge cases first.

Eigenvectors and singular vectors are determined but for their signs, which LAPACK keeps under small changes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from case import Case, case, sample

import theano.tensor as T
from theano.tensor import fft
from theano.tensor.linalg.cholesky import Cholesky, InverseFromFactor, cholesky
from theano.tensor.linalg.determinant import det, slogdet
from theano.tensor.linalg.eigen import Eig, Eigh, Eigvalsh
from theano.tensor.linalg.exponential import expm
from theano.tensor.linalg.hint import psd, spectral_radius_bound
from theano.tensor.linalg.inverse import matrix_inverse, pinv, tensorinv
from theano.tensor.linalg.least_squares import lstsq
from theano.tensor.linalg.lu import lu, lu_factor, lu_solve
from theano.tensor.linalg.norm import norm
from theano.tensor.linalg.orthogonal import qr, svd
from theano.tensor.linalg.solve import (
    MATRIX_STRUCTURES,
    Solve,
    cho_solve,
    solve_transposed,
    solve_triangular,
    tensorsolve,
)
from theano.tensor.matrix_product import matrix_power

SQUARE = np.array([[3.2, -0.1, 0.4], [1.7, 3.6, -0.8], [-0.5, -1.9, 4.7]])
POSITIVE = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.25, 2.0]])
TALL = np.array([[-0.9, -0.2], [-0.7, 0.5], [-0.6, -1.9]])
WIDE = TALL.T.copy()
TRIANGLES = {"lower_triangular": np.tril, "upper_triangular": np.triu}
SYMMETRIC = ("symmetric", "positive_definite")
b, B = sample(3), sample(3, 2)


def inverses() -> Iterator[Case]:
    empty = np.empty((0, 0))
    yield case("inverse_of_empty", matrix_inverse, empty)
    yield case("det_of_empty", det, empty)
    yield case("pinv_of_deficient", pinv, np.ones((3, 2)), gradient=())
    for dtype in ("float16", "float32", "float64", "int8", "int64", "complex128"):
        yield case(f"inverse_{dtype}", matrix_inverse, SQUARE.astype(dtype))
        yield case(f"det_{dtype}", det, SQUARE.astype(dtype))
        yield case(f"slogdet_{dtype}", slogdet, SQUARE.astype(dtype))
    yield case("slogdet_of_negative", slogdet, -SQUARE)
    yield case("slogdet_of_singular", slogdet, np.ones((2, 2)), gradient=())
    yield case("det_of_singular", det, np.ones((2, 2)), gradient=())
    for name, x in {"square": SQUARE, "tall": TALL, "wide": WIDE}.items():
        yield case(f"pinv_{name}", pinv, x)
    cube = np.eye(6).reshape(6, 2, 3) + 0.1 * sample(6, 2, 3)
    yield case("tensorinv_1", lambda a: tensorinv(a, 1), cube)
    yield case("tensorinv_2", tensorinv, cube.transpose(1, 2, 0).copy())


def equations() -> Iterator[Case]:
    yield case("solve_of_empty", Solve(), np.empty((0, 0)), np.empty((0, 2)))
    yield case("solve_of_row", Solve(), np.array([[2.0]]), np.array([[1.0, 3.0]]), patterns={1: (True, False)})
    for structure in MATRIX_STRUCTURES:
        A = TRIANGLES.get(structure, lambda x: x)(POSITIVE)
        symmetric = structure == "symmetric"
        build = lambda A, b, s=structure: Solve(s)((A + A.T) / 2 if s in SYMMETRIC else A, b)  # noqa: E731
        yield case(f"solve_{structure}", build, A, b)
        yield case(f"solve_{structure}_many", build, A, B)
        if symmetric:
            yield case("solve_symmetric_lower", lambda A, b: Solve("symmetric", True)(A + A.T, b), A, b)
    for structure, triangle in TRIANGLES.items():  # what is beyond the triangle is not read
        yield case(f"solve_{structure}_of_full", Solve(structure), SQUARE, B)
        yield case(f"solve_{structure}_complex", Solve(structure), triangle(SQUARE) * 1j, b, gradient=())
    for dtypes in (("float32", "float32"), ("float32", "int64"), ("int64", "int8"), ("float16", "float16")):
        yield case(f"solve_{'_'.join(dtypes)}", Solve(), SQUARE.astype(dtypes[0]), b.astype(dtypes[1]), gradient=())
    yield case("tensorsolve_vector", tensorsolve, SQUARE, b)
    a = np.eye(6).reshape(2, 3, 6) + 0.1 * sample(2, 3, 6)
    yield case("tensorsolve_matrix", tensorsolve, a, sample(2, 3))
    yield case("tensorsolve_axes", lambda a, b: tensorsolve(a, b, axes=(0,)), a.transpose(2, 0, 1).copy(), sample(2, 3))
    least = lambda A, b: lstsq()(A, b, -1.0)  # noqa: E731
    yield case("lstsq_deficient", least, np.ones((3, 2)), B, gradient=())
    yield case("lstsq_tall", least, TALL, b)
    yield case("lstsq_tall_many", least, TALL, B)
    yield case("lstsq_wide", least, WIDE, sample(2))
    yield case("lstsq_solution", lambda A, b: least(A, b)[0], TALL, B)
    yield case("lstsq_residuals", lambda A, b: least(A, b)[1], TALL, B)


def eliminations() -> Iterator[Case]:
    swapped = SQUARE[[2, 0, 1]]
    both = lambda A: lu_factor(A)[0]  # noqa: E731
    for name, x in {"square": SQUARE, "swapped": swapped, "each": np.stack([SQUARE, swapped])}.items():
        yield case(f"lu_{name}", lu, x)
        yield case(f"lu_factor_{name}", both, x)
        for trans in (0, 1, 2):
            rhs = sample(*x.shape[:-1])
            yield case(f"lu_solve_{name}_{trans}", lambda A, b, t=trans: lu_solve(lu_factor(A), b, t), x, rhs)
            rhs = sample(*x.shape[:-1], 2)
            yield case(f"lu_solve_{name}_{trans}_many", lambda A, b, t=trans: lu_solve(lu_factor(A), b, t), x, rhs)
        yield case(f"solve_transposed_{name}", solve_transposed, x, sample(*x.shape[:-1]))
    yield case("lu_factor_of_empty", lu_factor, np.empty((0, 0)))
    yield case("lu_factor_of_singular", lu_factor, np.ones((2, 2)), gradient=())
    yield case("lu_factor_float32", lu_factor, SQUARE.astype("float32"))
    yield case("lu_factor_complex128", lambda A, b: lu_solve(lu_factor(A), b, 2), SQUARE * 1j + swapped, b, gradient=())
    yield case("inverse_from_factor", InverseFromFactor(), np.tril(SQUARE))
    yield case("inverse_from_factor_each", InverseFromFactor(), np.stack([np.tril(SQUARE)] * 2))
    yield case("inverse_from_factor_complex", InverseFromFactor(), np.tril(SQUARE) + 1j * np.tril(SQUARE.T, -1), gradient=())
    yield case("inverse_from_long_factor", InverseFromFactor(), np.tril(sample(37, 37)) / 30 + 9 * np.eye(37), gradient=())
    for lower in (True, False):
        solve_ = Solve("pos", lower)
        symmetric = lambda A, b, s=solve_: s((A + A.T) / 2, b)  # noqa: E731
        yield case(f"solve_positive_definite_{lower}", symmetric, POSITIVE, b)
        yield case(f"solve_positive_definite_many_{lower}", symmetric, POSITIVE, B)
        hermitian = POSITIVE + 0.2j * (np.triu(SQUARE, 1) - np.triu(SQUARE, 1).T)
        yield case(f"solve_positive_definite_complex_{lower}", solve_, hermitian, b, gradient=())
        c = np.tril(SQUARE) if lower else np.triu(SQUARE)
        yield case(f"cho_solve_{lower}", lambda c, b, low=lower: cho_solve((c, low), b), c, B)
        for trans, unit in ((0, False), (1, True), (2, False)):
            build = lambda A, b, t=trans, u=unit, low=lower: solve_triangular(A, b, t, low, u)  # noqa: E731
            yield case(f"solve_triangular_{lower}_{trans}", build, SQUARE, b)


def eigenvalues() -> Iterator[Case]:
    real = np.array([[3.0, 1.0, 0.5], [0.25, 1.0, 0.125], [0.5, 0.75, -2.0]])  # has three real eigenvalues
    yield case("eig", Eig(), real)
    yield case("eig_values", lambda x: Eig()(x)[0], real)
    yield case("eig_complex128", Eig(), SQUARE.astype("complex128"))
    for UPLO in "LU":
        yield case(f"eigh_{UPLO}", Eigh(UPLO), SQUARE)  # the other triangle is not read
        yield case(f"eigh_values_{UPLO}", lambda x, u=UPLO: Eigh(u)(x)[0], SQUARE)
        yield case(f"eigh_vectors_{UPLO}", lambda x, u=UPLO: Eigh(u)(x)[1], SQUARE)
    yield case("eigh_float32", Eigh(), POSITIVE.astype("float32"))
    yield case("eigh_complex128", Eigh(), POSITIVE + 1j * np.triu(SQUARE, 1) - 1j * np.triu(SQUARE, 1).T)
    for lower in (True, False):
        yield case(f"eigvalsh_{lower}", Eigvalsh(lower), SQUARE, POSITIVE)
    yield case("eigvalsh_float32", Eigvalsh(), SQUARE.astype("float32"), POSITIVE.astype("float32"))


def factors() -> Iterator[Case]:
    for lower in (True, False):
        yield case(f"cholesky_{lower}", Cholesky(lower), POSITIVE)
        yield case(f"cholesky_nan_{lower}", Cholesky(lower, on_error="nan"), -POSITIVE, gradient=())
    yield case("cholesky_float32", cholesky, POSITIVE.astype("float32"))
    yield case("cholesky_int64", cholesky, np.diag([4, 9]))
    for name, x in {"square": SQUARE, "tall": TALL, "wide": WIDE}.items():
        yield case(f"svd_full_{name}", svd, x, gradient=(0,) if name == "square" else ())
        yield case(f"svd_full_values_{name}", lambda x: svd(x)[1], x)
        yield case(f"svd_{name}", lambda x: svd(x, full_matrices=False), x)
        yield case(f"svd_u_{name}", lambda x: svd(x, full_matrices=False)[0], x)
        yield case(f"svd_v_{name}", lambda x: svd(x, full_matrices=False)[2], x)
        yield case(f"svd_values_{name}", lambda x: svd(x, compute_uv=False), x)
        for mode in ("reduced", "full", "complete", "r", "raw"):
            smooth = mode not in ("raw", "complete") or (mode, name) in (("complete", "square"), ("complete", "wide"))
            yield case(f"qr_{mode}_{name}", lambda x, m=mode: qr(x, m), x, gradient=(0,) if smooth else ())
        yield case(f"qr_q_{name}", lambda x: qr(x)[0], x)
        yield case(f"qr_r_{name}", lambda x: qr(x)[1], x)
    yield case("svd_float32", svd, SQUARE.astype("float32"))
    yield case("svd_complex64", svd, SQUARE.astype("complex64") * 1j)
    yield case("qr_float32", qr, SQUARE.astype("float32"))


def functions() -> Iterator[Case]:
    yield case("hint", psd, POSITIVE)
    yield case("spectral_radius_bound", lambda x: spectral_radius_bound(x, 2), POSITIVE)
    yield case("expm", expm, SQUARE / 4)
    yield case("expm_of_nilpotent", expm, np.triu(SQUARE, 1))
    yield case("expm_float32", expm, SQUARE.astype("float32"))
    for ord in (None, 0, 1, 2, 3, 0.5, "inf", "-inf"):
        yield case(f"norm_of_vector_{ord}", lambda x, o=ord: norm(x, o), b, gradient=() if ord == 0 else None)
    for ord in (None, "fro", 1, -1, "inf", "-inf", 2, -2, "nuc"):
        yield case(f"norm_of_matrix_{ord}", lambda x, o=ord: norm(x, o), SQUARE)


def functions_of_each() -> Iterator[Case]:
    many = np.stack([SQUARE, SQUARE.T + np.eye(3)])
    for ord in (None, 1, 3, "inf"):
        yield case(f"norm_of_each_vector_{ord}", lambda x, o=ord: norm(x, o, axis=1), many)
    for ord in (None, "fro", 1, "-inf", 2, "nuc"):
        yield case(f"norm_of_each_matrix_{ord}", lambda x, o=ord: norm(x, o, axis=(-2, -1)), many)
    yield case("matrix_power_of_each", lambda x: matrix_power(x / 3, 3), many)


def transforms() -> Iterator[Case]:
    for shape in ((2, 6), (2, 5), (1, 1), (2, 3, 4), (2, 4, 3)):
        x = sample(*shape)
        name = "x".join(map(str, shape))
        for norm_ in (None, "ortho", "no_norm"):
            yield case(f"rfft_{name}_{norm_}", lambda x, n=norm_: fft.rfft(x, n), x)
        pairs = sample(*shape, 2)
        for odd in (False, True):
            if shape[-1] > 1 or odd:
                yield case(f"irfft_{name}_{odd}", lambda x, o=odd: fft.irfft(x, None, o), pairs)
    yield case("irfft_ortho", lambda x: fft.irfft(x, "ortho"), sample(2, 3, 2))
    yield case("rfft_float32", fft.rfft, sample(2, 6, dtype="float32"))
    yield case("rfft_int8", fft.rfft, sample(2, 6, dtype="int8"))
    for length in (3, 8):
        yield case(f"rfft_to_{length}", lambda x, n=length: fft.rfft_op(x, T.constant([n])), sample(2, 6))
        yield case(f"irfft_to_{length}", lambda x, n=length: fft.irfft_op(x, T.constant([n])), sample(2, 4, 2))


def batches() -> Iterator[Case]:
    two = np.stack([SQUARE, SQUARE.T + np.eye(3)])
    positive = np.stack([POSITIVE, POSITIVE + np.diag([1.0, 0.5, 2.0])])
    many = np.stack([TALL, TALL[::-1] - 0.3])
    yield case("cholesky_each", cholesky, positive)
    yield case("cholesky_upper_each", Cholesky(lower=False), positive[None])
    for op in (matrix_inverse, det, slogdet, expm):
        yield case(f"{op}_each", op, two)
        yield case(f"{op}_of_none", op, np.empty((0, 3, 3)), gradient=())
    yield case("pinv_each", pinv, many)
    yield case("eigh_each", Eigh(), positive)
    yield case("eig_each", Eig(), positive)
    yield case("svd_each", lambda x: svd(x, full_matrices=False), many)
    yield case("qr_each", qr, many)
    yield case("qr_r_each", lambda x: qr(x, "r"), many)
    for structure in ("general", "symmetric", "lower_triangular", "upper_triangular"):
        A = TRIANGLES.get(structure, lambda x: x)(positive)
        build = lambda A, b, s=structure: Solve(s)((A + A.dimshuffle(0, 2, 1)) / 2 if s == "symmetric" else A, b)  # noqa: E731
        yield case(f"solve_{structure}_each", build, A, sample(2, 3))
        yield case(f"solve_{structure}_each_many", build, A, sample(2, 3, 2))
    yield case("solve_each_of_rows", Solve(), np.ones((1, 2, 2)) + np.eye(2), sample(1, 2, 3), patterns={0: (True, False, False)})


CASES = [*batches(), *inverses(), *equations(), *eliminations(), *eigenvalues(), *factors(), *functions(), *functions_of_each(), *transforms()]
