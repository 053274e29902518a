"""Complex arrays against NumPy, with both back ends: functions and their edges, reductions, products, indexing, loops."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm.probe import probe
from theano.scalar.function import scalar_function_named

DTYPES = ["complex128", "complex64"]
TOLERANCE = {"complex128": 1e-10, "complex64": 2e-4}
RNG = np.random.default_rng(0)
X, Y = (RNG.standard_normal((3, 4)) + 1j * RNG.standard_normal((3, 4)) for _ in range(2))
A, B = (RNG.standard_normal(s) + 1j * RNG.standard_normal(s) for s in ((2, 3, 4), (2, 4, 5)))

NUMPY_NAMES = {"abs_": "abs", "neg": "negative", "sqr": "square", "inv": "reciprocal"}
ELEMENTWISE = (
    "exp exp2 expm1 log log2 log10 log1p sqrt sqr sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh "
    "abs_ conj real imag neg inv isnan isinf"
).split()  # fmt: skip


def changed(x, y):
    x = x.copy()
    x[1] = y[0]
    return x


def increased(x, y):
    x = x.copy()
    np.add.at(x, [0, 0], y[:2])
    return x


def products(x):
    start = T.constant(np.asarray(1, x.dtype))
    return theano.scan(lambda u, carried: carried * u, sequences=x[0], outputs_info=start)[0]


OF_TWO = {  # ours, NumPy's
    "true_div": (lambda x, y: x / y, np.divide),
    "pow": (lambda x, y: x**y, np.power),
    "cube": (lambda x, y: x**3, lambda x, y: x**3),
    "eq": (T.eq, np.equal),
    "neq": (lambda x, y: T.neq(x, y * 1), np.not_equal),
    **{n: (getattr(T, n), getattr(np, full)) for n, full in (
        ("lt", "less"), ("le", "less_equal"), ("gt", "greater"), ("ge", "greater_equal"))},
    "dot": (lambda x, y: T.dot(x, y.conj().T), lambda x, y: x @ y.conj().T),
    "matrix_vector": (lambda x, y: T.dot(x, y[0]), lambda x, y: x @ y[0]),
    "inner": (lambda x, y: T.dot(x[0], y[0]), lambda x, y: x[0] @ y[0]),
    "outer": (lambda x, y: T.outer(x[0], y[0]), lambda x, y: np.outer(x[0], y[0])),
    "slice": (lambda x, y: x[1:, ::2], lambda x, y: x[1:, ::2]),
    "take": (lambda x, y: x[[2, 0]], lambda x, y: x[[2, 0]]),
    "set": (lambda x, y: T.set_subtensor(x[1], y[0]), changed),
    "inc": (lambda x, y: T.inc_subtensor(x[[0, 0]], y[:2]), increased),
    "join": (lambda x, y: T.concatenate([x, y], 1), lambda x, y: np.concatenate([x, y], 1)),
    "switch": (lambda x, y: T.switch(T.gt(x.real, 0), x, y), lambda x, y: np.where(x.real > 0, x, y)),
    "scan": (lambda x, y: products(x), lambda x, y: np.cumprod(x[0])),
    "inverse": (lambda x, y: T.nlinalg.matrix_inverse(x[:, :3]), lambda x, y: np.linalg.inv(x[:, :3])),
    "solve": (lambda x, y: T.slinalg.solve(x[:, :3], y), lambda x, y: np.linalg.solve(x[:, :3], y)),
    "sort": (lambda x, y: T.sort(x, axis=1), lambda x, y: np.sort(x, axis=1)),
    "norm": (lambda x, y: abs(x).norm(2), lambda x, y: np.linalg.norm(x)),
    "polar": (lambda x, y: T.complex_from_polar(abs(x), T.cast(T.angle(x), x.real.dtype)), lambda x, y: x),
    **{n: (lambda x, y, n=n: getattr(T, n)(x, axis=1), lambda x, y, n=n: getattr(np, n)(x, axis=1)) for n in (
        "sum", "prod", "mean", "cumsum", "cumprod", "max", "min", "argmax")},
}  # fmt: skip


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", [*ELEMENTWISE, *OF_TWO])
def test_values_and_dtypes_are_those_of_numpy(name, dtype, backend):
    x, y = (T.TensorType(dtype, (False, False))(n) for n in "xy")
    values = X.astype(dtype), Y.astype(dtype)
    if name in OF_TWO:
        ours, numpys = OF_TWO[name]
        out, wanted = ours(x, y), numpys(*values)
    else:
        out = getattr(T, name)(x)
        wanted = getattr(np, NUMPY_NAMES.get(name, name))(values[0])
    f = theano.function([x, y], out, mode=theano.Mode(linker=backend), on_unused_input="ignore")
    found = f(*values)
    assert found.dtype == wanted.dtype
    np.testing.assert_allclose(found, wanted, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


@pytest.mark.parametrize("dtype", DTYPES)
def test_batches_of_products(dtype, backend):
    a, b = (T.TensorType(dtype, (False,) * 3)(n) for n in "ab")
    values = A.astype(dtype), B.astype(dtype)
    outs = [T.batched_dot(a, b), T.tensordot(a, b, [[2], [1]])]
    wanted = [values[0] @ values[1], np.tensordot(*values, [[2], [1]])]
    for found, exact in zip(
        theano.function([a, b], outs, mode=theano.Mode(linker=backend))(*values), wanted, strict=True
    ):
        np.testing.assert_allclose(found, exact, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


INVERSES = ("sqrt", "log", "arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh")


@pytest.mark.parametrize("name", INVERSES)
def test_both_sides_of_branch_cuts(name):
    """Zeros of either sign say from which side a cut is approached."""
    cuts = [complex(s * u, z) for u in (0.5, 2.0, 7.0) for s in (1, -1) for z in (0.0, -0.0)]
    z = np.array([w for c in cuts for w in (c, complex(c.imag, c.real))])
    found = probe(scalar_function_named(name), ["complex128"])(z)
    np.testing.assert_allclose(found, getattr(np, name)(z), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize(
    "name", ["tan", "tanh", "log1p", "expm1", "exp", "log", "arcsinh", "arccosh", "arcsin"]
)
def test_large_numbers_do_not_overflow_between(name):
    z = np.array(
        [30 + 1j, -30 + 2j, 1j * 30 + 0.5, 2 - 40j, 600 + 0.1j, -800 + 1j, 1e10 - 3e9j, 1e-12 + 1e-9j]
    )
    if name in ("expm1", "exp"):
        z = z[z.real < 700]
    found = probe(scalar_function_named(name), ["complex128"])(z)
    np.testing.assert_allclose(found, getattr(np, name)(z), rtol=1e-12, atol=1e-15)  # NumPy's log1p loses small parts


def test_powers_of_zero():
    x, y = np.zeros(4, complex), np.array([0, 2, 1j, -1])
    found = probe(scalar_function_named("pow"), ["complex128"] * 2)(x, y)
    np.testing.assert_array_equal(found, np.power(x, y))


def test_a_step_against_the_gradient_descends():
    z = T.zvector()
    cost = (abs(z * z - 1j) ** 2).sum()
    f = theano.function([z], [cost, z - 1e-3 * T.grad(cost, z)])
    before, after = f(X[0])
    assert f(after)[0] < before


def test_the_gradient_is_that_of_the_real_and_the_imaginary_part():
    z = T.zmatrix()
    cost = T.real(T.exp(z) * T.conj(z)).sum() + abs(T.dot(z, z.T)).sum() + T.angle(z[0, 0])
    f, g = theano.function([z], cost), theano.function([z], T.grad(cost, z))
    found = g(X)
    for place in ((0, 0), (1, 2)):
        for unit in (1, 1j):
            step = np.zeros_like(X)
            step[place] = 1e-6 * unit
            slope = (f(X + step) - f(X - step)) / 2e-6
            part = found[place].real if unit == 1 else found[place].imag
            assert abs(slope - part) < 1e-6 * max(1, abs(part))
