"""Products of few rows, for which loops have code of their own."""

import ctypes
from itertools import product

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import image
from theano.backends.llvm.machine import Module, Processor, host, object_code, vector_bytes
from theano.backends.llvm.thin_product_code import BLOCK, can_be_thin, thin_product

TOLERANCE = {"float32": 1e-5, "float64": 1e-13}
NUMBER = {"float32": ctypes.c_float, "float64": ctypes.c_double}
PROCESSORS = [host()] + [p for p in [Processor("haswell")] if vector_bytes(host()) >= vector_bytes(p)]
LENGTHS = [(1, 1, 1), (3, 5, 7), (4, 16, 33), (5, 2, 40), (8, 64, 8), (13, 9, 65), (16, BLOCK + 3, 31), (32, 2 * BLOCK, 16)]


@pytest.mark.parametrize(("processor", "dtype"), list(product(PROCESSORS, NUMBER)), ids=str)
def test_product_is_that_of_numpy(processor: Processor, dtype: str) -> None:
    if not can_be_thin(dtype, processor):
        assert not processor.fused or vector_bytes(processor) < 32
        return
    module = Module("products", processor)
    function = thin_product(module, dtype)
    assert thin_product(module, dtype) is function
    function.linkage = ""
    loaded = image.load(image.link(object_code(module)))
    kinds = [ctypes.c_void_p] * 3 + [ctypes.c_int64] * 5 + [NUMBER[dtype], ctypes.c_bool]
    multiply = ctypes.CFUNCTYPE(None, *kinds)(loaded.address(function.name))
    rng = np.random.default_rng(1)
    for (m, k, n), transposed, adds in product(LENGTHS, (False, True), (False, True)):
        x, w, z = (rng.uniform(-1, 1, shape).astype(dtype) for shape in ((m, k), (k, n), (m + 1, n + 1)))
        out = np.full((m + 2, n), np.nan, dtype)
        out[1:-1] = z[:m, :n] if adds else np.nan
        given = np.ascontiguousarray(x.T) if transposed else x
        row, column = (1, m) if transposed else (k, 1)
        multiply(out[1:].ctypes.data, given.ctypes.data, w.ctypes.data, m, n, k, row, column, -0.5, adds)
        expected = -0.5 * (x @ w) + (z[:m, :n] if adds else 0)
        np.testing.assert_allclose(out[1:-1], expected, rtol=0, atol=TOLERANCE[dtype] * k)
        assert np.isnan(out[0]).all() and np.isnan(out[-1]).all()  # nothing is written beyond


STEPS = {
    "plain": lambda h, w: T.dot(h, w),
    "added": lambda h, w: 0.25 * h + T.dot(h, w),
    "scaled": lambda h, w: h - 0.5 * T.dot(h, w),
    "transposed": lambda h, w: T.tanh(T.dot(h, w.T)),
    "from the left": lambda h, w: T.dot(w, h.T).T,
    "of a transpose": lambda h, w: T.dot(T.dot(h, w).T, h).sum(axis=1)[: h.shape[1]] + h,
}


@pytest.mark.parametrize(("name", "dtype"), list(product(STEPS, NUMBER)))
def test_loops_over_few_and_many_rows(name: str, dtype: str) -> None:
    """The same code takes its own way or BLAS's, by the lengths at run time."""
    h0, w = T.matrix("h", dtype=dtype), T.matrix("w", dtype=dtype)
    hs, _ = theano.scan(lambda h, w: STEPS[name](h, w).astype(dtype), outputs_info=h0, non_sequences=w, n_steps=3)
    slope = T.grad(hs[-1].sum(), w)
    ours = theano.function([h0, w], [hs, slope])
    plain = theano.function([h0, w], [hs, slope], mode=theano.Mode(linker="py", optimizer=None))
    rng = np.random.default_rng(2)
    for m, n in ((0, 3), (1, 4), (5, 1), (6, 20), (64, 17), (65, 18), (32, 35)):
        x, weight = (rng.uniform(-1, 1, shape).astype(dtype) / n**0.5 for shape in ((m, n), (n, n)))
        given = [v.astype(dtype) for v in (x, weight)]
        for found, expected in zip(ours(*given), plain(*given), strict=True):
            assert found.shape == expected.shape and found.dtype == expected.dtype
            np.testing.assert_allclose(found, expected, rtol=0, atol=100 * TOLERANCE[dtype] * (1 + abs(expected).max(initial=0)))


def test_reshape_by_lengths_known_at_run_time() -> None:
    x, n = T.dmatrix("x"), T.lscalar("n")
    f = theano.function([x, n], x.reshape((n, T.maximum(n, 1) * 3 // 3, -1)), mode=theano.Mode(linker="llvm"))
    g = theano.function([x, n], x.reshape((n, 2)))
    given = np.arange(12.0).reshape(4, 3)
    np.testing.assert_array_equal(f(given, 2), given.reshape(2, 2, 3))
    np.testing.assert_array_equal(g(given, -1), given.reshape(6, 2))
    for length in (5, -3, -6):
        with pytest.raises(ValueError, match="reshape"):
            g(given, length)
