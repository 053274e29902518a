"""The elementwise functions of theano.tensor that are more than one line."""

import numpy as np
import pytest

import theano.tensor as T
from theano.configuration import config
from theano.scalar import ComplexError

NAN, INF = float("nan"), float("inf")


def value(result, *pairs):
    """The value of ``result`` by NumPy, given (variable, array) pairs."""
    return result.eval(dict(pairs))


@pytest.mark.parametrize("equal_nan", [False, True])
@pytest.mark.parametrize("rtol", [1e-5, 0.2])
def test_isclose_is_that_of_numpy(rtol, equal_nan):
    a = np.array([1.0, 1.0, 0.0, INF, INF, -INF, NAN, NAN, 1e-9])
    b = np.array([1.0 + 1e-6, 1.1, 1e-9, INF, 1.0, INF, NAN, 1.0, 0.0])
    x, y = T.dvectors("x", "y")
    found = value(T.isclose(x, y, rtol=rtol, equal_nan=equal_nan), (x, a), (y, b))
    np.testing.assert_array_equal(found, np.isclose(a, b, rtol=rtol, equal_nan=equal_nan))


def test_isclose_of_integers_and_bools():
    assert T.isclose(3, 3).eval() and not T.isclose(3, 4).eval()
    assert T.isclose(np.array(True), np.array(True)).eval()


def test_allclose_is_a_bool_scalar():
    out = T.allclose(T.constant([1.0, 2.0]), T.constant([1.0, 2.0]))
    assert (out.dtype, out.ndim) == ("bool", 0) and out.eval()


@pytest.mark.parametrize("test", [T.isnan, T.isinf])
def test_no_integer_is_nan_or_infinite(test):
    x = T.ivector("x")
    out = test(x)
    assert out.dtype == "bool"
    np.testing.assert_array_equal(value(out, (x, np.array([0, 7], "int32"))), [False, False])


def test_round_knows_two_modes():
    x = np.array([-2.5, -0.5, 0.5, 1.5, 2.5])
    v = T.dvector("v")
    np.testing.assert_array_equal(value(T.round(v), (v, x)), [-2, 0, 0, 2, 2])
    np.testing.assert_array_equal(value(T.iround(v, "half_away_from_zero"), (v, x)), [-3, -1, 1, 2, 3])
    with pytest.raises(ValueError, match="half_up"):
        T.round(v, "half_up")


def test_round_refuses_integers():
    with pytest.raises(TypeError):
        T.round(T.ivector())


def test_cast_takes_python_values_and_floatX():
    assert T.cast(3.7, "int64").eval() == 3
    with config.change_flags(floatX="float32"):
        assert T.cast(3, "floatX").dtype == "float32"


def test_cast_to_the_same_dtype_is_the_variable_itself():
    x = T.dvector()
    assert T.cast(x, "float64") is x


def test_casting_complex_to_real_is_a_type_error():
    with pytest.raises(TypeError, match="real"):
        T.cast(T.zvector(), "float64")


def test_modulo_of_complex_numbers_is_a_complex_error():
    with pytest.raises(ComplexError):
        T.mod_check(T.zvector(), 2)


def test_ceil_intdiv_is_exact_for_large_and_negative_integers():
    a, b = T.lscalars("a", "b")
    for x, y in [(7, 2), (-7, 2), (6, 2), (2**62 + 1, 2), (0, 3)]:
        assert value(T.ceil_intdiv(a, b), (a, x), (b, y)) == -(-x // y)


def test_divmod_rounds_to_minus_infinity():
    assert [int(p.eval()) for p in T.divmod(T.constant(-7), 2)] == [-4, 1]


def test_div_proxy_divides_integers_as_python_2_did():
    assert T.div_proxy(7, 2).dtype == "int8"
    assert T.div_proxy(7.0, 2).eval() == 3.5


def test_largest_and_smallest_take_any_number():
    assert T.largest(1, 3, 2).eval() == 3
    assert T.smallest(4.0).eval() == 4
    with pytest.raises(TypeError):
        T.largest()
