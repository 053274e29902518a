"""Linear algebra in compiled code: the same values as NumPy and SciPy give, and the same errors."""

from __future__ import annotations

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.loops.program import HostCall
from theano.tensor.linalg.cholesky import Cholesky, cholesky
from theano.tensor.linalg.determinant import det, slogdet
from theano.tensor.linalg.eigen import eigh
from theano.tensor.linalg.inverse import matrix_inverse
from theano.tensor.linalg.orthogonal import qr, svd
from theano.tensor.linalg.solve import Solve, solve, solve_lower_triangular, solve_upper_triangular
from theano.tensor.nnet import sigmoid

NATIVE, BY_NUMPY = theano.Mode(linker="llvm"), theano.Mode(linker="py")
TOLERANCE = {"float32": 2e-4, "complex64": 2e-4, "float64": 1e-10, "complex128": 1e-10}


def random(dtype, *shape):
    rng = np.random.RandomState(sum(shape))
    x = rng.randn(*shape)
    return (x + 1j * rng.randn(*shape) if dtype.startswith("complex") else x).astype(dtype)


def positive(dtype, *shape):
    x = random(dtype, *shape)
    return (x @ x.conj().swapaxes(-1, -2) / shape[-1] + np.eye(shape[-1])).astype(dtype)


def both(build, *values):
    """What the two back ends make of values."""
    inputs = [T.TensorType(v.dtype.name, (False,) * v.ndim)() for v in values]
    made = build(*inputs)
    made = made if isinstance(made, (list, tuple)) else [made]
    return [theano.function(inputs, made, mode=mode)(*values) for mode in (NATIVE, BY_NUMPY)]


def agree(build, *values):
    for found, wanted in zip(*both(build, *values), strict=True):
        assert (found.dtype, found.shape) == (wanted.dtype, wanted.shape)
        assert found.flags.c_contiguous
        tolerance = TOLERANCE[found.dtype.name]
        np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance)


OPS = {
    "cholesky": (cholesky, positive),
    "cholesky_upper": (Cholesky(lower=False), positive),
    "inverse": (matrix_inverse, positive),
    "det": (det, positive),
    "svd_values": (lambda x: svd(x, compute_uv=False), random),
    "svd": (lambda x: _product(svd(x, full_matrices=False)), random),
    "eigh": (lambda x: [eigh(x)[0], _rebuilt(*eigh(x))], positive),
    "qr": (qr, random),
}


def _product(usv):
    u, s, vt = usv
    return [s, T.dot(u * s, vt)]


def _rebuilt(w, v):
    return T.dot(v * w, T.conj(v).T)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("n", [1, 2, 7, 33])
@pytest.mark.parametrize("name", OPS)
def test_factorisations(name, dtype, n):
    op, make = OPS[name]
    agree(op, make(dtype, n, n))


@pytest.mark.parametrize("shape", [(3, 5), (5, 3), (1, 4), (4, 1), (0, 3), (3, 0), (0, 0)])
@pytest.mark.parametrize("full", [True, False])
def test_rectangular_matrices(shape, full):
    x = random("float64", *shape)
    agree(lambda v: svd(v, full), x)
    agree(lambda v: qr(v), x)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("columns", [(), (1,), (3,), (0,)], ids=str)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("structure", ["general", "symmetric", "lower_triangular", "upper_triangular"])
def test_equations(structure, turned, columns, dtype):
    A, b = random(dtype, 6, 6) + 4 * np.eye(6, dtype=dtype), random(dtype, 6, *columns)
    if structure == "symmetric":
        A = A + A.T
    agree(lambda x, y: Solve(structure)(x.T if turned else x, y), A, b)


def test_arrays_that_are_not_in_c_order():
    A = positive("float64", 8, 8)
    agree(cholesky, A[::2, ::2])
    agree(solve, np.asfortranarray(A), random("float64", 8, 4).T[:, ::2].T[:8].repeat(4, 0)[:8])


def test_many_small_matrices_are_shared_by_threads():
    A, b = positive("float64", 3000, 5, 5), random("float64", 3000, 5)
    agree(solve, A, b)
    agree(cholesky, A)
    agree(det, A)


def test_signs_of_determinants():
    x = random("float64", 40, 4, 4)
    agree(det, x)
    agree(slogdet, x)
    agree(slogdet, np.zeros((2, 2)))


def test_nothing_is_called_back():
    x = T.dmatrix("x")
    made = [cholesky(x), *svd(x), *qr(x), *eigh(x), det(x), *slogdet(x), matrix_inverse(x), solve(x, x)]
    f = theano.function([x], made, mode=NATIVE)
    from theano.backends.llvm.lower import lower_graph
    from theano.loops.plan import make_program

    lowered = lower_graph(f.maker.fgraph, 1)
    program = make_program(
        lowered.inputs, lowered.states, lowered.constants, lowered.definitions, lowered.outputs, []
    )
    assert not [step for step in program.steps if isinstance(step, HostCall)]


def raises(error, build, *values):
    """The message of a native call that fails, which leaves a state alone."""
    inputs = [T.TensorType(v.dtype.name, (False,) * v.ndim)() for v in values]
    state = theano.shared(1.0)
    f = theano.function(inputs, build(*inputs), updates=[(state, state + 1)], mode=NATIVE)
    with pytest.raises(error) as caught:
        f(*values)
    assert state.get_value() == 1.0
    text = "\n".join([str(caught.value), *getattr(caught.value, "__notes__", [])])
    assert "made at test_lapack.py" in text
    return text


def test_the_minor_that_is_not_positive_is_named():
    x = np.diag([1.0, 2.0, -3.0, 4.0])
    assert "its leading minor of order 3 is not positive" in raises(np.linalg.LinAlgError, cholesky, x)
    each = np.stack([np.eye(4), x])
    assert "order 3" in raises(np.linalg.LinAlgError, cholesky, each)
    found = theano.function([], Cholesky(on_error="nan")(each), mode=NATIVE)()
    assert np.isnan(found[1]).all()
    np.testing.assert_array_equal(found[0], np.eye(4))


def test_singular_matrices():
    x = np.diag([1.0, 0.0, 2.0])
    assert "pivot 2" in raises(np.linalg.LinAlgError, matrix_inverse, x)
    assert "pivot 2" in raises(np.linalg.LinAlgError, solve, x, np.ones(3))
    for op in (solve_lower_triangular, solve_upper_triangular):
        assert "element 2 of its diagonal is 0" in raises(np.linalg.LinAlgError, op, x, np.ones((3, 2)))
    assert "is singular" in raises(np.linalg.LinAlgError, Solve("symmetric"), x, np.ones(3))


def test_numbers_that_are_none():
    x = np.full((3, 3), np.nan)
    raises(np.linalg.LinAlgError, lambda v: svd(v)[1], x)
    for op in (cholesky, det, matrix_inverse):
        assert np.isnan(theano.function([], op(x), mode=NATIVE)()).any()


def test_shapes_that_do_not_fit():
    wide = np.ones((2, 3))
    for op in (matrix_inverse, det, lambda v: eigh(v)[0]):
        assert "must be square, found shape (2, 3)" in raises(np.linalg.LinAlgError, op, wide)
    assert "must be square, found shape (2, 3)" in raises(ValueError, cholesky, wide)
    assert "an A of shape (2, 3)" in raises(ValueError, solve, wide, np.ones(2))
    assert "2 rows of A and 3 of b" in raises(ValueError, solve, np.eye(2), np.ones(3))
    assert "batches of one shape" in raises(ValueError, solve, np.ones((2, 3, 3)), np.ones((4, 3)))


def test_factors_are_fused_with_what_is_around():
    x = positive("float64", 6, 6)
    agree(lambda v: T.log(T.diagonal(cholesky(v * 2 + 1))).sum(), x)
    agree(lambda v: sigmoid(solve(T.exp(v / 9), v) * 2), x)
