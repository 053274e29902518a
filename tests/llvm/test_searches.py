"""Places of extrema: loops against NumPy, for ties, NaN and infinities, on both sides of a block's length."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import theano
import theano.tensor as T
from tests.llvm.test_programs import program
from tests.sweep import examples
from theano.backends.llvm.lower.extremum import BLOCK
from theano.loops.program import HostCall

NATIVE = theano.Mode(linker="llvm")
LENGTHS = [1, 2, 31, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 5]
SEARCHES = {"argmax": T.argmax, "argmin": T.argmin}


def searched(x, axes):
    """``x`` with the axes joined into the last one."""
    kept = [axis for axis in range(x.ndim) if axis not in axes]
    return x.transpose(*kept, *axes).reshape(*[x.shape[axis] for axis in kept], -1)


def check(values, axes):
    x = T.TensorType(values.dtype.name, [False] * values.ndim)("x")
    outputs = [f(x, axis=axes) for f in SEARCHES.values()] + [T.max(x, axis=axes), T.min(x, axis=axes)]
    found = theano.function([x], outputs, mode=NATIVE)(values)
    for name, place in zip([*SEARCHES, "max", "min"], found):
        np.testing.assert_array_equal(place, getattr(np, name)(searched(values, axes), axis=-1), err_msg=name)


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "int8", "uint8", "int64", "uint64", "bool"])
@pytest.mark.parametrize("n", LENGTHS)
def test_rows_and_columns_of_all_lengths(n, dtype):
    values = np.random.default_rng(n).integers(0, 50, (3, n)).astype(dtype)
    for array in (values, values.T.copy(), values.T, values[:, ::-1]):
        check(array, (0,))
        check(array, (1,))
        check(array, (0, 1))


@examples(60)
@given(
    st.lists(st.integers(1, 4), min_size=2, max_size=3),
    st.sampled_from(LENGTHS),
    st.integers(0, 2),
    st.sets(st.integers(0, 2), min_size=1),
    st.sampled_from(["float32", "float64"]),
    st.integers(0, 2**16),
)
def test_any_axes_of_special_numbers(others, n, position, axes, dtype, seed):
    shape = [*others[:2], n] if position == 2 else [*others[:position], n, *others[position:2]]
    choices = [0.0, -0.0, 1.0, 1.0, 2.0, -np.inf, np.inf, np.nan][: seed % 9]
    values = np.random.default_rng(seed).choice(choices or [-np.inf], shape).astype(dtype)
    check(values, tuple(sorted(a for a in axes if a < values.ndim)))


@pytest.mark.parametrize("place", [0, 5, BLOCK - 1, BLOCK, 4 * BLOCK - 1, 4 * BLOCK, 4 * BLOCK + 2])
def test_one_nan_is_found_wherever_it_is(place):
    values = np.linspace(-1, 1, 4 * BLOCK + 3)
    values[place] = np.nan
    x = T.dvector("x")
    y = T.dmatrix("y")
    assert theano.function([x], T.argmax(x), mode=NATIVE)(values) == place
    assert theano.function([y], T.argmin(y, axis=0), mode=NATIVE)(np.stack([values, values], 1)).tolist() == [place] * 2


def test_of_two_nan_the_first_is_found():
    values = np.zeros(4 * BLOCK)
    values[[BLOCK + 7, BLOCK + 8, 3 * BLOCK]] = np.nan
    x = T.dvector("x")
    assert theano.function([x], T.argmax(x), mode=NATIVE)(values) == BLOCK + 7


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
@pytest.mark.parametrize("name", SEARCHES)
def test_nothing_is_found_in_nothing(name, shape):
    x = T.dmatrix("x")
    for axis in (0, 1, None):
        f = theano.function([x], SEARCHES[name](x, axis=axis), mode=NATIVE)
        if axis is None or shape[axis] == 0:
            with pytest.raises(ValueError, match=f"attempt to get {name} of an empty sequence"):
                f(np.zeros(shape))
        else:
            assert f(np.zeros(shape)).shape == (0,)


def test_only_what_is_used_of_maximum_and_place_is_computed():
    x = T.dmatrix("x")
    (step,) = [s for s in program([x], [T.max(T.exp(x), axis=1)]).steps if hasattr(s, "kernel")]
    assert len(step.kernel.accumulators) == 1  # and the exponential is computed in its loop
    for outputs in ([T.max(x)], [T.argmax(x, axis=0)], T.max_and_argmax(x, axis=1)):
        assert not any(isinstance(s, HostCall) for s in program([x], list(outputs)).steps)
