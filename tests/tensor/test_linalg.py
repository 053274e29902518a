"""Linear algebra: what goes wrong, and what is special."""

from __future__ import annotations

import subprocess
import sys
import warnings
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor import fft
from theano.tensor.linalg.cholesky import Cholesky, cholesky
from theano.tensor.linalg.eigen import eig, eigh, eigvalsh
from theano.tensor.linalg.inverse import TensorInv, matrix_inverse
from theano.tensor.linalg.norm import norm
from theano.tensor.linalg.orthogonal import qr, svd
from theano.tensor.linalg.solve import Solve, solve, solve_lower_triangular, tensorsolve

x, y = T.dmatrices("x", "y")
SINGULAR = np.ones((2, 2))


def function(inputs: list[Any], outputs: Any, backend: str) -> Any:
    return theano.function(inputs, outputs, mode=theano.Mode(linker=backend))


@pytest.mark.parametrize(
    ("output", "value", "message"),
    [
        (matrix_inverse(x), SINGULAR, "Singular matrix"),
        (matrix_inverse(x), np.ones((2, 3)), "must be square"),
        (cholesky(x), -np.eye(2), "not positive definite"),
        (solve(x, np.ones(2)), SINGULAR, "singular"),
        (solve_lower_triangular(x, np.ones(2)), np.zeros((2, 2)), "singular"),
        (eigvalsh(np.eye(2), x), -np.eye(2), "not positive definite"),
        (TensorInv(1)(x), np.ones((2, 3)), "as many rows as columns"),
        (tensorsolve(x, np.ones(2)), np.ones((2, 3)), "as many elements in b"),
    ],
)
def test_a_matrix_without_result_names_the_op_the_shape_and_the_line(
    output: Any, value: np.ndarray, message: str, backend: str
) -> None:
    with pytest.raises(np.linalg.LinAlgError) as caught:
        function([x], output, backend)(value)
    text = "\n".join([str(caught.value), *getattr(caught.value, "__notes__", [])])
    assert message in text
    assert f"Apply node that caused the error: {output.owner}" in text
    assert f"shape {value.shape}" in text
    assert "made at test_linalg.py:" in text


def test_lengths_that_do_not_fit(backend: str) -> None:
    f = function([x, y], solve(x, y), backend)
    with pytest.raises(ValueError, match=r"solve\(A, b\) needs a square A.*found.*2.*3"):
        f(np.eye(2), np.ones((3, 2)))


@pytest.mark.parametrize(
    ("build", "error"),
    [
        (lambda: matrix_inverse(T.vector()), TypeError),
        (lambda: solve(T.vector(), T.vector()), TypeError),
        (lambda: solve(T.matrix(), T.tensor3()), TypeError),
        (lambda: Solve("triangular"), ValueError),
        (lambda: Cholesky(on_error="ignore"), ValueError),
        (lambda: eigh(x, "M"), ValueError),
        (lambda: qr(x, "economic"), ValueError),
        (lambda: TensorInv(0)(x), ValueError),
        (lambda: norm(T.scalar(), None), ValueError),
        (lambda: norm(x, 3), ValueError),
        (lambda: norm(x[0], "fro"), ValueError),
        (lambda: norm(T.tensor3(), None), NotImplementedError),
        (lambda: fft.rfft(T.vector()), TypeError),
        (lambda: fft.irfft(T.matrix()), TypeError),
        (lambda: fft.rfft(x, "half"), ValueError),
        (lambda: fft.rfft_op(x, T.dvector()), TypeError),
        (lambda: fft.irfft(T.tensor3(), is_odd=2), ValueError),
    ],
)
def test_misuse_is_told_at_once(build: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        build()


def test_infinity_is_written_as_a_text() -> None:
    with pytest.raises(ValueError, match='write "inf" or "-inf"'):
        norm(x, np.inf)


def test_on_error_nan_gives_nan_and_gradients_of_nan(backend: str) -> None:
    L = Cholesky(on_error="nan")(x)
    f = function([x], [L, T.grad(L.sum(), x)], backend)
    value, gradient = f(-np.eye(2))
    assert np.isnan(value).all() and np.isnan(gradient[np.tril_indices(2)]).all()


def test_eigenvalues_that_coincide_have_gradients_if_no_vector_is_used(backend: str) -> None:
    w = eigh(x)[0]
    f = function([x], [T.grad(w.sum(), x), T.Rop(w, x, T.ones_like(x))], backend)
    gradient, tangent = f(np.eye(3))
    np.testing.assert_allclose(gradient, np.eye(3), atol=1e-15)
    np.testing.assert_allclose(tangent.sum(), 3)


@pytest.mark.filterwarnings("ignore::numpy.exceptions.ComplexWarning")
def test_complex_eigenvalues_lose_their_imaginary_part_with_a_warning() -> None:
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        w, _ = function([x], eig(x), "py")(turn)
    assert any(issubclass(w.category, np.exceptions.ComplexWarning) for w in told)
    np.testing.assert_array_equal(w, [0, 0])
    w, _ = function([x], eig(x.astype("complex128")), "py")(turn)
    np.testing.assert_allclose(sorted(w.imag), [-1, 1])


@pytest.mark.parametrize(
    "build", [lambda x: svd(x)[0], lambda x: svd(x)[2], lambda x: qr(x, "complete")[0]], ids=["u", "v", "q"]
)
def test_columns_that_are_not_determined_have_no_gradient(build: Any, backend: str) -> None:
    f = function([x], T.grad(build(x).sum(), x), backend)
    with pytest.raises(AssertionError, match="The gradient of"):
        f(np.random.RandomState(0).rand(3, 2))


def test_importing_linear_algebra_does_not_import_scipy() -> None:
    code = "import sys, theano.tensor.slinalg, theano.tensor.nlinalg; assert 'scipy' not in sys.modules"
    path = theano.__path__[0].rpartition("/")[0]
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": path})
