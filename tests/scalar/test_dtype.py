"""Which dtype comes out of which dtypes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano.scalar as s
from theano.configuration import config
from theano.scalar import dtype as dtypes

any_dtype = st.sampled_from(dtypes.ALL)


@given(any_dtype, any_dtype)
def test_upcast_holds_both_and_does_not_ask_for_their_order(a, b):
    both = dtypes.upcast(a, b)
    assert both == dtypes.upcast(b, a)
    assert np.can_cast(a, both) and np.can_cast(b, both)


@given(any_dtype)
def test_floating_is_reached_in_one_step(a):
    assert dtypes.floating(dtypes.floating(a)) == dtypes.floating(a) in dtypes.CONTINUOUS


@given(any_dtype, any_dtype)
def test_comparisons_are_bool(a, b):
    assert {f.output_dtypes(a, b) for f in (s.eq, s.neq, s.lt, s.gt, s.le, s.ge)} == {("bool",)}


@pytest.mark.parametrize(
    ("function", "given", "result"),
    [
        (s.add, ("bool", "bool"), "bool"),
        (s.mul, ("bool", "int8"), "int8"),
        (s.add, ("int16", "float32"), "float32"),
        (s.add, ("int32", "float32"), "float64"),
        (s.add, ("int16", "float16"), "float32"),
        (s.add, ("uint64", "int8"), "float64"),
        (s.add, ("uint32", "int32"), "int64"),
        (s.add, ("complex64", "float64"), "complex128"),
        (s.int_div, ("bool", "bool"), "bool"),
        (s.maximum, ("bool", "bool"), "bool"),
        (s.pow, ("bool", "bool"), "int8"),
        (s.true_div, ("int8", "float32"), "float32"),
        (s.switch, ("int8", "float32", "int8"), "float32"),
        (s.second, ("float64", "int8"), "int8"),
        (s.sqr, ("int8",), "int8"),
        (s.exp, ("bool",), "float32"),
        (s.exp, ("int16",), "float32"),
        (s.exp, ("uint32",), "float64"),
        (s.floor, ("int32",), "float64"),
        (s.abs_, ("complex64",), "float32"),
        (s.abs_, ("bool",), "bool"),
        (s.imag, ("uint8",), "uint8"),
        (s.angle, ("float32",), "float64"),
        (s.conj, ("bool",), "int8"),
        (s.complex, ("float32", "float16"), "complex64"),
        (s.complex, ("int32", "int8"), "complex128"),
        (s.chi2sf, ("float32", "int8"), "float64"),
        (s.xor, ("uint8", "int8"), "int16"),
    ],
)
def test_dtypes_of_theano_1_0_5(function, given, result):
    assert function.output_dtypes(*given) == (result,)


@pytest.mark.parametrize(
    ("function", "given"),
    [
        (s.sub, ("bool", "bool")),
        (s.neg, ("bool",)),
        (s.sgn, ("bool",)),
        (s.sgn, ("complex64",)),
        (s.floor, ("complex64",)),
        (s.round_half_to_even, ("int32",)),
        (s.and_, ("int8", "float32")),
        (s.invert, ("float64",)),
        (s.complex, ("complex64", "float32")),
        (s.sigmoid, ("complex128",)),
        (s.gammaln, ("complex128",)),
        (s.casts["float32"], ("complex64",)),
    ],
)
def test_a_dtype_without_meaning_is_a_type_error(function, given):
    with pytest.raises(TypeError):
        function.output_dtypes(*given)


@pytest.mark.parametrize("floatX", ["float32", "float64"])
@pytest.mark.parametrize("a", ["bool", "int8", "int64", "uint64"])
def test_two_integers_are_divided_in_floatX(a, floatX):
    with config.change_flags(floatX=floatX):
        assert s.true_div.output_dtypes(a, "int64") == (floatX,)
