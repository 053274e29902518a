"""Cumulative sums and products as loops: values along all axes, what shares a loop, threads, states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano
import theano.tensor as T
from tests.llvm.test_programs import launches
from tests.sweep import examples

NATIVE = theano.Mode(linker="llvm")
CUMULATIVE = {"cumsum": T.cumsum, "cumprod": T.cumprod}


@examples(80)
@given(
    st.lists(st.sampled_from([0, 1, 2, 3, 63, 64, 65, 130]), min_size=1, max_size=3),
    st.integers(-1, 2),
    st.sampled_from(["float32", "float64", "int32", "int8", "uint16", "bool", "complex64", "float16"]),
    st.sampled_from(sorted(CUMULATIVE)),
    st.booleans(),
)
def test_running_values_are_numpys_to_the_digit(shape, axis, dtype, name, is_strided):
    axis = None if axis < 0 else axis % len(shape)
    values = np.random.default_rng(0).integers(-3, 4, shape).astype(dtype)
    if is_strided:
        values = values.T[..., ::-1]
        axis = None if axis is None else axis % values.ndim
    x = T.TensorType(dtype, [False] * values.ndim)("x")
    found = theano.function([x], CUMULATIVE[name](x, axis=axis), mode=NATIVE)(values)
    with np.errstate(all="ignore"):
        wanted = getattr(np, name)(values, axis=axis, dtype=dtype)
    assert found.dtype == wanted.dtype
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("shape", [(400_000,), (3, 200_000), (200_000, 3), (600, 700)])
@pytest.mark.parametrize("axis", [0, -1, None])
def test_any_number_of_threads_gives_the_same_digits(shape, axis):
    x = T.TensorType("float64", [False] * len(shape))("x")
    values = np.random.default_rng(0).normal(size=shape)
    for threads in (1, 2, 5):
        with theano.config.change_flags(threads=threads):
            f = theano.function([x], [T.cumsum(x, axis=axis), x.sum()], mode=NATIVE)
        np.testing.assert_array_equal(f(values)[0], np.cumsum(values, axis=axis))


def test_what_is_cumulated_down_columns_is_computed_in_that_loop():
    x = T.dmatrix("x")
    (launch,) = launches([x], [T.cumsum(T.exp(x), axis=0)])
    assert launch.kernel.by_columns


def test_along_rows_a_loop_of_its_own_leaves_the_rest_to_vector_registers():
    x = T.dmatrix("x")
    first, second = launches([x], [T.cumsum(T.exp(x), axis=1)])
    assert not first.kernel.accumulators and len(second.kernel.accumulators) == 1


def test_a_state_that_becomes_its_own_running_sum():
    w = theano.shared(np.arange(12.0).reshape(3, 4), "w")
    before = theano.function([], w.sum(), updates=[(w, T.cumsum(w, axis=1) - w)], mode=NATIVE)()
    assert before == 66
    np.testing.assert_array_equal(w.get_value(), [[0, 0, 1, 3], [0, 4, 9, 15], [0, 8, 17, 27]])
