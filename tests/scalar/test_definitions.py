"""Every function of numbers, tested because it is defined: dtype rule, value, partial derivatives."""

import itertools
import math

import numpy as np
import pytest
import scipy.special as sp
from mpmath import mp

import theano.scalar
from theano.scalar import dtype as dtypes
from theano.scalar.function import UNDEFINED, Factors, ScalarFunction, all_scalar_functions

FUNCTIONS = [f for f in all_scalar_functions() if not f.name.startswith("Cast{")]
CASTS = [f for f in all_scalar_functions() if f.name.startswith("Cast{")]
SIZE = 200
STEP = 1e-5


def of_integers(function):
    """A function of Python's integers, applied to arrays."""
    return lambda *arrays: np.array([function(*map(int, numbers)) for numbers in zip(*arrays, strict=True)])


def philox_by_definition(counter, draw, key):
    """Philox4x32-10 with integers of any length: ten rounds, between which the key is bumped."""
    word = 2**32
    c, k = [counter % word, counter // word, draw % word, draw // word], [key % word, key // word]
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [b // word ^ c[1] ^ k[0], b % word, a // word ^ c[3] ^ k[1], a % word]
        k = [(k[0] + 0x9E3779B9) % word, (k[1] + 0xBB67AE85) % word]
    return c


def exactly(function):
    """A function of mpmath's numbers, applied to arrays."""

    def of_arrays(*arrays):
        with mp.workdps(30):
            return np.array([float(function(*map(mp.mpf, numbers))) for numbers in zip(*arrays, strict=True)])

    return of_arrays


REFERENCES = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "sub": np.subtract,
    "neg": np.negative,
    "sqr": np.square,
    "identity": lambda x: x,
    "second": lambda x, y: y,
    "true_div": np.true_divide,
    "int_div": np.floor_divide,
    "mod": np.mod,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "clip": lambda x, low, high: np.select([x < low, x > high], [low, high], x),
    "switch": lambda c, x, y: np.where(c != 0, x, y),
    "eq": np.equal,
    "neq": np.not_equal,
    "lt": np.less,
    "gt": np.greater,
    "le": np.less_equal,
    "ge": np.greater_equal,
    "isnan": np.isnan,
    "isinf": np.isinf,
    "inopenrange": lambda x, low, high: np.logical_and(low < x, x < high),
    "inclosedrange": lambda x, low, high: np.logical_and(low <= x, x <= high),
    "and_": np.bitwise_and,
    "or_": np.bitwise_or,
    "xor": np.bitwise_xor,
    "invert": np.invert,
    "ceil": np.ceil,
    "floor": np.floor,
    "trunc": np.trunc,
    "round_half_to_even": np.round,
    "round_half_away_from_zero": lambda x: np.sign(x) * np.floor(np.abs(x) + 0.5),
    "abs_": np.abs,
    "sgn": np.sign,
    "real": np.real,
    "imag": np.imag,
    "angle": np.angle,
    "conj": np.conj,
    "complex": lambda x, y: x + 1j * y,
    "complex_from_polar": lambda r, t: r * np.cos(t) + 1j * r * np.sin(t),
    "sigmoid": sp.expit,
    "softplus": lambda x: np.logaddexp(0, x),
    "hard_sigmoid": lambda x: np.clip(x / 5 + 0.5, 0, 1),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "exp": np.exp,
    "exp2": np.exp2,
    "expm1": np.expm1,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "sqrt": np.sqrt,
    "inv": np.reciprocal,
    "pow": np.power,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "arctan2": np.arctan2,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "arcsinh": np.arcsinh,
    "arccosh": np.arccosh,
    "arctanh": np.arctanh,
    "deg2rad": np.deg2rad,
    "rad2deg": np.rad2deg,
    "erf": sp.erf,
    "erfc": sp.erfc,
    "erfcx": sp.erfcx,
    "erfinv": sp.erfinv,
    "erfcinv": sp.erfcinv,
    "gamma": sp.gamma,
    "gammaln": sp.gammaln,
    "psi": sp.digamma,
    "tri_gamma": lambda x: sp.zeta(2, x),
    "chi2sf": lambda x, k: sp.gammaincc(k / 2, x / 2),
    "gammainc": sp.gammainc,
    "gammaincc": sp.gammaincc,
    "gammau": lambda k, x: sp.gammaincc(k, x) * sp.gamma(k),
    "gammal": lambda k, x: sp.gammainc(k, x) * sp.gamma(k),
    "j0": lambda x: sp.jv(0, x),
    "j1": lambda x: sp.jv(1, x),
    "jv": sp.jv,
    "i0": lambda x: sp.iv(0, x),
    "i1": lambda x: sp.iv(1, x),
    "iv": sp.iv,
    "larger": np.maximum,
    "yv": sp.yv,
    "i0e": lambda x: sp.ive(0, x),
    "i1e": lambda x: sp.ive(1, x),
    "ive": sp.ive,
    "kv": sp.kv,
    "kve": sp.kve,
    "polygamma": sp.polygamma,
    "betaln": lambda a, b: sp.gammaln(a) + sp.gammaln(b) - sp.gammaln(a + b),
    "betainc": sp.betainc,
    "betainc_by_first": exactly(lambda a, b, x: mp.diff(lambda a: mp.betainc(a, b, 0, x, regularized=True), a)),
    "betainc_by_second": exactly(lambda a, b, x: mp.diff(lambda b: mp.betainc(a, b, 0, x, regularized=True), b)),
    "gammainc_by_shape": exactly(lambda k, x: mp.diff(lambda k: mp.gammainc(k, 0, x, regularized=True), k)),
    "ndtr": lambda x: sp.erfc(-x / np.sqrt(2)) / 2,
    "log_ndtr": exactly(lambda x: mp.log(mp.ncdf(x))),
    "ndtr_hazard": exactly(lambda x: mp.npdf(x) / mp.ncdf(x)),
    "ndtri": sp.ndtri,
    "logaddexp": np.logaddexp,
    "log1mexp": exactly(lambda x: mp.log(-mp.expm1(x))),
    "xlogy": sp.xlogy,
    "xlog1py": sp.xlog1py,
    "xlogx": lambda x: sp.xlogy(x, x),
    "xlogy0": sp.xlogy,
    "logistic_loss": lambda x, t: np.logaddexp(0, x) - t * x,
    "mrg_first": of_integers(lambda x, y: (2**22 * x + (2**7 + 1) * y) % (2**31 - 1)),
    "mrg_second": of_integers(lambda x, y: (2**15 * x + (2**15 + 1) * y) % (2**31 - 21069)),
    "mrg_difference": of_integers(lambda x, y: (x - y) % (2**31 - 1) or 2**31 - 1),
    "fraction32": of_integers(lambda word: (word >> 8) / 2**24),
    "fraction64": of_integers(lambda high, low: ((high >> 5) * 2**26 + (low >> 6)) / 2**53),
    "bits_below": of_integers(lambda high, low, n: (2**32 * high + low) * n // 2**64),
    **{f"philox_word{k}": of_integers(lambda *bits, k=k: philox_by_definition(*bits)[k]) for k in range(4)},
}


def arguments(function: ScalarFunction, dtype: str = "float64") -> list[np.ndarray]:
    """Samples of the domain; a variadic function gets two arguments."""
    rng = np.random.default_rng(7)
    domains = function.samples * 2 if function.variadic else function.samples
    return [domain.draw(rng, SIZE).astype(dtype) for domain in domains]


def takes(function: ScalarFunction, dtype: str) -> bool:
    """Whether the dtype rule accepts arguments of ``dtype``."""
    try:
        function.output_dtypes(*[dtype] * len(arguments(function)))
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("function", FUNCTIONS + CASTS, ids=str)
def test_dtype_rule_gives_a_dtype_or_a_type_error(function):
    count = len(arguments(function))
    accepted = 0
    for given in (
        itertools.product(dtypes.ALL, repeat=count) if count < 3 else zip(*[dtypes.ALL] * count, strict=True)
    ):
        try:
            (result,) = function.output_dtypes(*given)
        except TypeError:
            continue
        assert result in dtypes.ALL
        accepted += 1
    assert accepted


@pytest.mark.parametrize("function", FUNCTIONS + CASTS, ids=str)
def test_docstring_tells_what_it_is(function):
    assert len(function.__doc__) > 10


@pytest.mark.parametrize("function", FUNCTIONS, ids=str)
def test_value_is_the_reference(function):
    dtype = "float64" if takes(function, "float64") else "int64"
    values = arguments(function, dtype)
    (result,) = function.output_dtypes(*[dtype] * len(values))
    found = function(*values)
    assert found.dtype == result
    if function.name == "ultra_fast_sigmoid":
        np.testing.assert_allclose(found, sp.expit(values[0]), atol=0.051)  # an approximation by design
        return
    np.testing.assert_allclose(found, REFERENCES[function.name](*values), rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "uint8", "bool", "complex64"])
@pytest.mark.parametrize("function", FUNCTIONS, ids=str)
def test_value_has_the_dtype_of_the_rule(function, dtype):
    values = [np.abs(v).astype(dtype) for v in arguments(function)]
    undefined_by_numpy = function.name in ("int_div", "mod") and dtype == "complex64"
    if not takes(function, dtype) or undefined_by_numpy:
        return
    assert function(*values).dtype == function.output_dtypes(*[dtype] * len(values))[0]


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if f.partials and takes(f, "float64")], ids=str)
def test_partials_are_the_central_differences(function):
    values = arguments(function)
    found = function(*values)
    if found.dtype.kind == "b":
        return
    partials = function.partials(*values, found)
    assert len(partials) == len(values)
    for position, partial in enumerate(partials):
        if partial is UNDEFINED:
            continue
        moved = [v.copy() for v in values]
        moved[position] = values[position] + STEP
        above = function(*moved)
        moved[position] = values[position] - STEP
        slope = (above - function(*moved)) / (2 * STEP)
        partial = math.prod(partial) if isinstance(partial, Factors) else partial
        expected = np.broadcast_to(0 if partial is None else partial, slope.shape)
        np.testing.assert_allclose(expected, slope, rtol=2e-6, atol=2e-7)


@pytest.mark.parametrize("function", CASTS, ids=str)
def test_casts_convert_as_numpy_does(function):
    (dtype,) = function.output_dtypes("float64")
    x = np.array([-2.7, 0.0, 1.5, 100.0])
    x = np.abs(x) if dtype.startswith("uint") else x
    np.testing.assert_array_equal(function(x), x.astype(dtype))


@pytest.mark.parametrize(
    "name", ["round_half_away_from_zero", "round_half_to_even", "floor", "ceil", "trunc"]
)
def test_rounding_leaves_what_is_not_finite(name):
    x = np.array([np.inf, -np.inf, np.nan])
    np.testing.assert_array_equal(getattr(theano.scalar, name)(x), x)


def test_rounding_away_from_zero_is_right_just_below_a_half():
    assert theano.scalar.round_half_away_from_zero(np.nextafter(0.5, 0)) == 0


def test_a_tie_of_maximum_gives_all_to_the_first_argument():
    assert [float(p) for p in theano.scalar.maximum.partials(1.0, 1.0, 1.0)] == [1, 0]
    assert [float(p) for p in theano.scalar.minimum.partials(1.0, 1.0, 1.0)] == [1, 0]


def test_derivatives_at_kinks():
    assert theano.scalar.abs_.partials(0.0, 0.0)[0] == 0
    assert theano.scalar.clip.partials(1.0, -1.0, 1.0, 1.0)[0] == 1
    assert theano.scalar.clip.partials(-1.0, -1.0, 1.0, -1.0)[0] == 1


def test_clip_takes_the_lower_bound_first():
    x = np.array([-2.0, 0.0, 2.0])
    np.testing.assert_array_equal(theano.scalar.clip(x, 1.0, -1.0), [1, 1, -1])


def test_softplus_and_sigmoid_are_finite_where_exp_overflows():
    x = np.array([-1000.0, 1000.0])
    np.testing.assert_array_equal(theano.scalar.softplus(x), [0, 1000])
    np.testing.assert_array_equal(theano.scalar.sigmoid(x), [0, 1])


def test_integers_divided_by_zero_give_zero():
    x, zero = np.array([7, -7], "int32"), np.zeros(2, "int32")
    np.testing.assert_array_equal(theano.scalar.int_div(x, zero), zero)
    np.testing.assert_array_equal(theano.scalar.mod(x, zero), zero)
