"""Linear algebra, rewritten: which ops are left, and numbers that the plain form does not reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.rewrite.evaluation import rewritten, values
from theano.graph import FunctionGraph, Variable
from theano.rewrite.facts import is_diagonal, is_orthogonal, is_positive_definite, is_symmetric, triangle
from theano.tensor.linalg.cholesky import Cholesky, cholesky
from theano.tensor.linalg.determinant import det, slogdet
from theano.tensor.linalg.eigen import eigh
from theano.tensor.linalg.hint import Hint, assume, psd, spectral_radius_bound
from theano.tensor.linalg.inverse import matrix_inverse
from theano.tensor.linalg.orthogonal import qr, svd
from theano.tensor.linalg.solve import Solve, solve, solve_positive_definite

A, B = T.dmatrices("A", "B")
b = T.dvector("b")
s = T.dscalar("s")
N = np.random.RandomState(5).uniform(-1, 1, (4, 4)) + 3 * np.eye(4)
ASSUMED = ("an assumed", "the transpose of one")  # of numbers that are not so
VALUES = {A: N.T @ N, B: N, b: N[0], s: np.array(0.5)}
HEAVY = {"MatrixInverse", "InverseFromFactor", "Solve", "Cholesky", "LUFactor", "LUSolve", "SLogDet", "Det", "Dot"}

inv = matrix_inverse


def heavy(outputs: list[Variable]) -> list[str]:
    """The ops of linear algebra that are left, a structured Solve by its structure, in alphabetical order."""
    graph = rewritten(list(VALUES), outputs)
    ops = [node.op for node in graph.toposort()]
    names = [op.A_structure if isinstance(op, Solve) else type(op).__name__ for op in ops]
    return sorted(n for n in names if n in HEAVY or "triangular" in n or n in ("general", "symmetric"))


LEFT: dict[str, tuple[Callable[[], Any], str]] = {
    "an inverse times a vector": (lambda: T.dot(inv(A), b), "general"),
    "a vector times an inverse": (lambda: T.dot(b, inv(A)), "general"),
    "a matrix times an inverse": (lambda: T.dot(B, inv(A)), "general"),
    "a transposed inverse": (lambda: T.dot(inv(A).T, B), "general"),
    "an inverse that is shown too": (lambda: [inv(A), T.dot(inv(A), b)], "Dot MatrixInverse"),
    "a quadratic form": (lambda: T.dot(b, T.dot(inv(A), b)), "Dot general"),
    "an inverse of an inverse": (lambda: inv(inv(A)), ""),
    "the inverse of a Cholesky factor": (lambda: T.dot(inv(cholesky(A)), b), "Cholesky lower_triangular"),
    "equations of a Cholesky factor": (lambda: solve(cholesky(A), b), "Cholesky lower_triangular"),
    "equations of its transpose": (lambda: solve(cholesky(A).T, b), "Cholesky upper_triangular"),
    "equations of an upper factor": (lambda: solve(Cholesky(lower=False)(A), b), "Cholesky upper_triangular"),
    "equations of a triangle": (lambda: solve(T.triu(A), b), "upper_triangular"),
    "equations of more than a triangle": (lambda: solve(T.tril(A, 1), b), "general"),
    "equations of a factor of QR": (lambda: solve(qr(A, "r"), b), "upper_triangular"),
    "equations of psd": (lambda: solve(psd(A), b), "Cholesky lower_triangular upper_triangular"),
    "equations beside a factor": (
        lambda: [solve(A, b), cholesky(A)],
        "Cholesky lower_triangular upper_triangular",
    ),
    "two systems of one matrix": (lambda: [solve(A, b), solve(A, B)], "LUFactor LUSolve LUSolve"),
    "a system and its transpose": (lambda: [solve(A, b), solve(A.T, b + s)], "LUFactor LUSolve LUSolve"),
    "a system and a determinant": (lambda: [det(A), solve(A, b)], "LUFactor LUSolve"),
    "a system and the logarithm of a determinant": (lambda: [solve(B, b), T.log(abs(det(B)))], "LUFactor LUSolve"),
    "a system, slogdet and the gradient": (
        lambda: [T.dot(b, solve(A, b)), *slogdet(A), T.grad(T.dot(b, solve(A, b)), b)],
        "Dot LUFactor LUSolve LUSolve",
    ),
    "systems of two matrices": (lambda: [solve(A, b), solve(B, b)], "general general"),
    "equations of a positive definite matrix": (lambda: solve_positive_definite(A, b), "Cholesky lower_triangular upper_triangular"),
    "their gradient": (
        lambda: T.grad(T.sqr(solve_positive_definite(A, b)).sum(), b),
        "Cholesky lower_triangular lower_triangular upper_triangular upper_triangular",
    ),
    "an assumed triangle": (lambda: solve(assume(A, "upper_triangular"), b), "upper_triangular"),
    "the transpose of one": (lambda: solve(assume(A, "upper_triangular").T, b), "lower_triangular"),
    "an assumed diagonal": (lambda: solve(assume(A, "diagonal"), B), "lower_triangular"),
    "the inverse of a diagonal": (lambda: inv(T.diag(b)), "lower_triangular"),
    "an assumed rotation": (lambda: [solve(assume(A, "orthogonal"), b), inv(assume(B, "orthogonal"))], "Dot"),
    "the inverse of eigenvectors": (lambda: inv(eigh(A)[1]), ""),
    "assumed to be positive definite": (
        lambda: [inv(assume(A, "positive_definite")), slogdet(assume(A, "positive_definite"))[1]],
        "Cholesky InverseFromFactor",
    ),
    "an inverse beside a factor": (lambda: [inv(A), cholesky(A)], "Cholesky InverseFromFactor"),
    "the inverse of a triangle": (lambda: inv(T.tril(A)), "lower_triangular"),
    "slogdet of a triangle": (lambda: slogdet(T.triu(A)), ""),
    "the likelihood of a Gaussian process, and its gradient": (
        lambda: T.grad(T.dot(b, solve(psd(A), b)) + T.log(det(psd(A))), A),
        "Cholesky InverseFromFactor lower_triangular upper_triangular",
    ),
    "an outer product from the left": (lambda: T.dot(T.outer(b, b * s), A), "Dot"),
    "an outer product from the right": (lambda: T.dot(A, T.outer(b, b * s).T), "Dot"),
    "an outer product times a vector": (lambda: T.dot(T.outer(b, b * s), b), "Dot"),
    "a vector times an outer product": (lambda: T.dot(b, T.outer(b, b * s)), "Dot"),
    "an identity matrix from the left": (lambda: T.dot(T.eye(B.shape[0]), B), ""),
    "an identity matrix from the right": (lambda: T.dot(B, 3 * T.eye(B.shape[1])), ""),
    "an identity matrix of another length": (lambda: T.dot(T.eye(4), B), "Dot"),
    "an identity matrix and a vector": (lambda: T.dot(T.eye(b.shape[0]), b), ""),
    "a scaled identity from the left": (
        lambda: T.dot(b * T.eye(B.shape[0]) * T.exp(b)[:, None], B),
        "",
    ),
    "a scaled identity from the right": (
        lambda: T.dot(B, b * T.eye(B.shape[1]) * T.exp(b)[:, None] * s),
        "",
    ),
    "a scaled identity and a vector": (
        lambda: T.dot(b * T.eye(b.shape[0]), b) + T.dot(b, b[:, None] * T.eye(b.shape[0])),
        "",
    ),
    "another diagonal": (lambda: T.dot(b * T.eye(4, 4, 1), B), "Dot"),
    "rows of an identity": (lambda: T.dot(b * T.eye(3, 4)[:, :], B), "Dot"),
    "a matrix times an identity": (lambda: T.dot(B * T.eye(4), B), "Dot"),
    "a Jacobian": (lambda: theano.gradient.jacobian(T.tanh(T.dot(B, b)), b), "Dot"),
    "a Hessian": (lambda: theano.gradient.hessian(T.exp(T.dot(B, b)).sum(), b), "Dot Dot"),
    "the gradient of a quadratic form": (lambda: T.grad(T.dot(b, T.dot(inv(A), b)), A), "LUFactor LUSolve LUSolve"),
    "a logarithm of a determinant": (lambda: T.log(det(A)), "SLogDet"),
    "its gradient": (lambda: T.grad(T.log(det(A)), A), "MatrixInverse"),
    "the gradient of log abs det": (lambda: T.grad(T.log(abs(det(A))), A), "MatrixInverse"),
    "a logarithm of det psd": (lambda: T.log(det(psd(A))), "Cholesky"),
    "density of a normal distribution": (
        lambda: T.dot(b, T.dot(inv(psd(A)), b)) + T.log(det(psd(A))),
        "Cholesky Dot lower_triangular upper_triangular",
    ),
    "log det of B.T B + c I": (lambda: T.log(det(T.dot(B.T, B) + 0.1 * T.eye(4))), "Cholesky Dot"),
    "log det of B B.T + exp(s) I": (
        lambda: T.log(det(T.dot(B, B.T) + T.exp(s) * T.identity_like(T.dot(B, B.T)))),
        "Cholesky Dot",
    ),
    "log det of B.T B": (lambda: T.log(det(T.dot(B.T, B))), "Dot SLogDet"),
    "log det of B.T B + s I": (lambda: T.log(det(T.dot(B.T, B) + s * T.eye(4))), "Dot SLogDet"),
    "log det of B.T A + I": (lambda: T.log(det(T.dot(B.T, A) + T.eye(4))), "Dot SLogDet"),
    "det of a Cholesky factor": (lambda: det(cholesky(A)), "Cholesky"),
    "log det of a Cholesky factor": (lambda: T.log(det(cholesky(A))), "Cholesky"),
    "log det of a triangle": (lambda: T.log(det(T.tril(A))), ""),
    "det beside a factor": (lambda: [det(A), cholesky(A)], "Cholesky"),
    "a trace of a product": (lambda: T.dot(A, B).trace(), ""),
    "a diagonal of a product": (lambda: T.diag(T.dot(A, B)), ""),
    "a product that is shown too": (lambda: [T.diag(T.dot(A, B)), T.dot(A, B)], "Dot"),
}


def outputs_of(name: str) -> list[Variable]:
    made = LEFT[name][0]()
    return made if isinstance(made, list) else [made]


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left(name: str) -> None:
    assert " ".join(heavy(outputs_of(name))) == LEFT[name][1]


@pytest.mark.parametrize("name", [name for name in LEFT if not name.startswith(ASSUMED)])
def test_values_stay(name: str, backend: str) -> None:
    outputs = outputs_of(name)
    plain = values(FunctionGraph(list(VALUES), outputs), list(VALUES.values()))
    f = theano.function(list(VALUES), outputs, mode=theano.Mode(backend), on_unused_input="ignore")
    for found, wanted in zip(f(*VALUES.values()), plain, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-12)


def test_logarithms_of_determinants_beyond_the_range_of_numbers(backend: str) -> None:
    large = 1e200 * np.array([[2.0, 1.0], [1.0, 2.0]])
    outputs = [T.log(det(A)), T.log(abs(det(-A))), T.grad(T.log(det(A)), A), T.grad(T.log(abs(det(A))), A)]
    f = theano.function([A], outputs, mode=theano.Mode(backend))
    wanted = np.log(3.0) + 400 * np.log(10.0)
    for found, expected in zip(f(large), (wanted, wanted, *[np.linalg.inv(large)] * 2), strict=True):
        np.testing.assert_allclose(found, expected)
    small, _, *gradients = f(np.linalg.inv(large))
    np.testing.assert_allclose(small, -wanted)
    for gradient in gradients:
        np.testing.assert_allclose(gradient, large)


def test_a_logarithm_keeps_its_value_for_other_signs(backend: str) -> None:
    f = theano.function([A], [T.log(det(A)), T.log(abs(det(A)))], mode=theano.Mode(backend))
    value, magnitude = f(np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert np.isnan(value) and magnitude == 0
    assert [float(v) for v in f(np.ones((2, 2)))] == [-np.inf, -np.inf]


def test_what_rounding_spoils_is_nan_and_no_error(backend: str) -> None:
    f = theano.function([B], T.log(det(T.dot(B.T, B) + 1e-40 * T.eye(2))), mode=theano.Mode(backend))
    assert np.isnan(f(np.array([[1.0, 1.0]])))


KNOWN_TRIANGLES = [
    (cholesky(A), "lower"),
    (cholesky(A).T.T, "lower"),
    (Cholesky(lower=False)(A).T, "lower"),
    (qr(A)[1], "upper"),
    (qr(A)[0], None),
    (T.tril(A, -1), "lower"),
    (T.triu(A, 1), "upper"),
    (T.triu(A, -1), None),
    (T.diag(b), "lower"),
    (T.diag(b, 1), None),
    (A, None),
]


@pytest.mark.parametrize(("v", "wanted"), KNOWN_TRIANGLES, ids=lambda x: str(x))
def test_triangles_that_are_known(v: Variable, wanted: str | None) -> None:
    assert triangle(v) == wanted


def test_matrices_that_are_diagonal_or_orthogonal() -> None:
    for v in (T.diag(b), T.eye(3), assume(A, "diagonal")):
        assert is_diagonal(v) and is_symmetric(v), v
    for v in (A, T.diag(b, 1), T.eye(3, 2), assume(A, "symmetric")):
        assert not is_diagonal(v), v
    for v in (eigh(A)[1], qr(A, "complete")[0].T, svd(A)[0], svd(A)[2], assume(A, "orthogonal")):
        assert is_orthogonal(v), v
    for v in (A, qr(A)[0], qr(A, "complete")[1], svd(A, full_matrices=False)[0], assume(A, "symmetric")):
        assert not is_orthogonal(v), v


@pytest.mark.parametrize(
    ("fact", "of"),
    {
        "symmetric": lambda m: m + np.swapaxes(m, -1, -2),
        "positive_definite": lambda m: m @ np.swapaxes(m, -1, -2),
        "lower_triangular": np.tril,
        "upper_triangular": np.triu,
        "diagonal": lambda m: m * np.eye(4),
        "orthogonal": lambda m: np.linalg.qr(m)[0],
    }.items(),
)
def test_what_is_assumed_changes_no_value(fact: str, of: Callable[..., Any], backend: str) -> None:
    for value in (of(N), of(np.stack([N, N + 1]))):
        x, y = T.TensorType("float64", (False,) * value.ndim)("x"), T.TensorType("float64", (False,) * value.ndim)("y")
        known = assume(x, fact)
        outputs = [solve(known, y), inv(known), det(known), *slogdet(known), -T.log(abs(det(known)))]
        f = theano.function([x, y], outputs, mode=theano.Mode(backend))
        wanted = [np.linalg.solve(value, value + 1), np.linalg.inv(value), np.linalg.det(value), *np.linalg.slogdet(value)]
        for found, expected in zip(f(value, value + 1), (*wanted, -wanted[-1]), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_what_cannot_be_assumed() -> None:
    for facts in ((), ("psd",), ("symmetric", "round")):
        with pytest.raises(ValueError, match="positive_definite"):
            assume(A, *facts)
    with pytest.raises(TypeError):
        assume(b, "symmetric")


def test_what_is_singular_stays_an_error(backend: str) -> None:
    for output in (
        inv(assume(A, "diagonal")), solve(assume(A, "diagonal"), B), inv(assume(A, "lower_triangular")),
        inv(assume(A, "positive_definite")), T.dot(solve(A, B), solve(A.T, B)),
    ):  # fmt: skip
        f = theano.function([A, B], output, mode=theano.Mode(backend), on_unused_input="ignore")
        with pytest.raises(np.linalg.LinAlgError):
            f(np.diag([1.0, 0.0]), np.ones((2, 2)))


def test_symmetric_matrices_that_are_known() -> None:
    gram = T.dot(A.T, A)
    for v in (psd(A), Hint(symmetric=True)(A), gram, gram - psd(B), inv(psd(A)), T.eye(3), 2.0 * gram):
        assert is_symmetric(v), v
    for v in (A, Hint(positive=True)(A), T.dot(A.T, B), gram + A, T.eye(3, 2), T.diag(b, 1)):
        assert not is_symmetric(v), v


def test_positive_definite_matrices_that_are_known() -> None:
    gram, unit = T.dot(A, A.T), T.eye(3)
    for v in (psd(A), gram + unit, 2.0 * gram + T.exp(s) * unit, gram + np.eye(3), T.diag(T.exp(b)), psd(A) / 2.0):
        assert is_positive_definite(v), v
    for v in (gram, gram - unit, gram + s * unit, gram + T.eye(3, 3, 1), A + unit, -psd(A), 1.0 / psd(A), T.diag(b)):
        assert not is_positive_definite(v), v


def test_a_hint_is_passed_by_derivatives_and_gone_in_the_end(backend: str) -> None:
    out = (psd(A) ** 2).sum()
    f = theano.function([A], [T.grad(out, A), T.Rop(out, A, A)], mode=theano.Mode(backend))
    gradient, tangent = f(N)
    np.testing.assert_allclose(gradient, 2 * N)
    np.testing.assert_allclose(tangent, (2 * N * N).sum())
    assert not any(isinstance(node.op, Hint) for node in rewritten([A], [out]).toposort())
    cheap = theano.function([A], psd(A), mode=theano.Mode(backend, "fast_compile"))
    np.testing.assert_array_equal(cheap(N), N)


def test_a_bound_of_the_spectral_radius(backend: str) -> None:
    symmetric = N + N.T
    radius = np.abs(np.linalg.eigvalsh(symmetric)).max()
    bounds = [spectral_radius_bound(A, k) for k in (1, 3, 6)]
    found = theano.function([A], bounds, mode=theano.Mode(backend))(symmetric)
    assert found[0] >= found[1] >= found[2] >= radius
    np.testing.assert_allclose(found[2], radius, rtol=0.03)
    for wrong, error in ((1.5, TypeError), (0, ValueError)):
        with pytest.raises(error):
            spectral_radius_bound(A, wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        spectral_radius_bound(b, 2)
