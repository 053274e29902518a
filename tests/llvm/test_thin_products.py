"""Products of few rows, for which loops have code of their own."""

import ctypes
from itertools import product

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import image
from theano.backends.llvm.machine import AS_IT_IS, Module, Processor, host, object_code, vector_bytes
from theano.backends.llvm.product.direct import can_be_multiplied, emit_direct_product
from theano.backends.llvm.product.tiles import BLOCK
from theano.backends.llvm.product.vectors import panel_columns
from theano.backends.llvm.product_code import PACKED_FROM

TOLERANCE = {"float32": 1e-5, "float64": 1e-13}
NUMBER = {"float32": ctypes.c_float, "float64": ctypes.c_double}
PROCESSORS = [host()] + [p for p in [Processor("haswell")] if vector_bytes(host()) >= vector_bytes(p)]
LENGTHS = [(1, 1, 1), (3, 5, 7), (4, 16, 33), (5, 2, 40), (8, 64, 8), (13, 9, 65), (16, BLOCK + 3, 31), (32, 2 * BLOCK, 16)]


@pytest.mark.parametrize(("processor", "dtype"), list(product(PROCESSORS, NUMBER)), ids=str)
def test_product_is_that_of_numpy(processor: Processor, dtype: str) -> None:
    if not can_be_multiplied(dtype, processor):
        assert not processor.fused or vector_bytes(processor) < 32
        return
    module = Module("products", processor, AS_IT_IS)
    emit_direct_product(module, dtype)
    loaded = image.load(image.link(*object_code(module)))
    kinds = [ctypes.c_void_p] * 3 + [ctypes.c_int64] * 8 + [NUMBER[dtype], ctypes.c_bool]
    multiply = ctypes.CFUNCTYPE(None, *kinds)(loaded.address("direct"))
    copy = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 2, *[ctypes.c_int64] * 2)(loaded.address("pack"))
    columns = panel_columns(processor, dtype)
    rng = np.random.default_rng(1)
    for (m, k, n), transposed, adds, packs in product(LENGTHS, *[(False, True)] * 3):
        x, w, z = (rng.uniform(-1, 1, shape).astype(dtype) for shape in ((m, k), (k, n), (m + 1, n + 1)))
        out = np.full((m + 2, n), np.nan, dtype)
        out[1:-1] = z[:m, :n] if adds else np.nan
        given = np.ascontiguousarray(x.T) if transposed else x
        row, column = (1, m) if transposed else (k, 1)
        panels = np.full((-(-n // columns) + 1, k, columns), np.nan, dtype)
        copy(panels.ctypes.data, w.ctypes.data, k, n)
        wide = panels[:-1].transpose(1, 0, 2).reshape(k, -1)
        np.testing.assert_array_equal(wide, np.pad(w, [(0, 0), (0, wide.shape[1] - n)]))
        assert np.isnan(panels[-1]).all()
        read, line, panel = (panels, columns, columns * k) if packs else (w, n, columns)
        multiply(
            out[1:].ctypes.data, given.ctypes.data, read.ctypes.data, m, n, k, row, column, line, panel, n, -0.5, adds
        )
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
    """The same code takes its own way, with the matrix copied or where it is, or BLAS's, by the lengths at run time."""
    h0, w, count = T.matrix("h", dtype=dtype), T.matrix("w", dtype=dtype), T.lscalar("count")
    hs, _ = theano.scan(lambda h, w: STEPS[name](h, w).astype(dtype), outputs_info=h0, non_sequences=w, n_steps=count)
    slope = T.grad(hs[-1].sum(), w)
    ours = theano.function([h0, w, count], [hs, slope])
    plain = theano.function([h0, w, count], [hs, slope], mode=theano.Mode(linker="py", optimizer=None))
    rng = np.random.default_rng(2)
    lengths = ((0, 3), (1, 4), (5, 1), (6, 20), (64, 17), (65, 18), (32, 35))
    for (m, n), steps in product(lengths, (PACKED_FROM - 1, PACKED_FROM)):
        x, weight = (rng.uniform(-1, 1, shape).astype(dtype) / n**0.5 for shape in ((m, n), (n, n)))
        given = [v.astype(dtype) for v in (x, weight)]
        for found, expected in zip(ours(*given, steps), plain(*given, steps), strict=True):
            assert found.shape == expected.shape and found.dtype == expected.dtype
            np.testing.assert_allclose(found, expected, rtol=0, atol=100 * TOLERANCE[dtype] * (1 + abs(expected).max(initial=0)))


@pytest.mark.parametrize("dtype", list(NUMBER))
def test_products_by_the_same_factors(dtype: str) -> None:
    """Several products by one matrix, by a constant, by parts of one, and in a loop within a loop."""
    x, w = T.matrix("x", dtype=dtype), T.matrix("w", dtype=dtype)
    rng = np.random.default_rng(3)
    fixed = T.constant(rng.uniform(-0.2, 0.2, (9, 9)).astype(dtype))

    def step(h, w):
        inner, _ = theano.scan(lambda g, w: T.tanh(T.dot(g, w)), outputs_info=h, non_sequences=w, n_steps=5)
        return T.tanh(T.dot(h, w) + T.dot(T.dot(h * h, w), fixed) + T.dot(h[:, :5], w[:5]) + inner[-1])

    hs, _ = theano.scan(step, outputs_info=x, non_sequences=w, n_steps=6)
    ours = theano.function([x, w], hs)
    plain = theano.function([x, w], hs, mode=theano.Mode(linker="py", optimizer=None))
    for m in (1, 7, 70):
        given = [rng.uniform(-0.5, 0.5, shape).astype(dtype) for shape in ((m, 9), (9, 9))]
        np.testing.assert_allclose(ours(*given), plain(*given), rtol=0, atol=100 * TOLERANCE[dtype])


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
