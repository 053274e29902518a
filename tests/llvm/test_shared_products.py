"""Products that are not left to BLAS: by columns or rows on threads, of matrices that lie either way."""

import ctypes
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import image, link
from theano.backends.llvm.machine import AS_IT_IS, Module, Processor, host, object_code, vector_bytes
from theano.backends.llvm.parts import loaded_pool, loaded_product
from theano.backends.llvm.product.blocked import DIRECT_ROWS
from theano.backends.llvm.product.direct import can_be_multiplied
from theano.backends.llvm.product.shared import WORDS, emit_shared_product
from theano.backends.llvm.product.tiles import BLOCK

DTYPES = ("float32", "float64")
EPSILON = {"float32": 1e-6, "float64": 1e-14}
PROCESSORS = [host()] + [p for p in [Processor("haswell")] if vector_bytes(host()) >= vector_bytes(p)]
LENGTHS = [
    (1, 1, 1), (3, 7, 5), (9, 33, BLOCK + 44), (DIRECT_ROWS, 70, 9), (DIRECT_ROWS + 1, 300, 2 * BLOCK + 1),
    (60, 128, BLOCK), (300, 40, 17), (5, 600, 300), (600, 10, 70),
]  # fmt: skip


def no_memory(name: str) -> int:
    """Where an allocation that always fails is."""
    return refusal[1] if name == "malloc" else link.resolve(name)


refuse = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_size_t)(lambda size: None)
refusal = refuse, ctypes.cast(refuse, ctypes.c_void_p).value


@pytest.mark.parametrize("resolve", [link.resolve, no_memory])
@pytest.mark.parametrize(("processor", "dtype"), list(product(PROCESSORS, DTYPES)), ids=str)
def test_product_is_that_of_numpy(processor: Processor, dtype: str, resolve: Callable[[str], int]) -> None:
    if not can_be_multiplied(dtype, processor):
        assert not processor.fused or vector_bytes(processor) < 32
        return
    module = Module("products", processor, AS_IT_IS)
    emit_shared_product(module, dtype)
    loaded = image.load(image.link(*object_code(module)), resolve)
    multiply = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(loaded.address("multiply"))
    run = loaded_pool().address("run")
    rng = np.random.default_rng(1)
    for (m, n, k), x_turned, w_turned, adds in product(LENGTHS, *[(False, True)] * 3):
        x, w, z = (rng.uniform(-1, 1, shape).astype(dtype) for shape in ((m, k), (k, n), (m, n)))
        given_x, given_w = (np.ascontiguousarray(a.T if turned else a) for a, turned in ((x, x_turned), (w, w_turned)))
        results = []
        for threads in (1, 2, 5):
            out = np.full((m + 2, n), np.nan, dtype)
            out[1:-1] = z if adds else np.nan
            frame = np.zeros(len(WORDS), "int64")
            frame[:11] = (
                out[1:].ctypes.data, given_x.ctypes.data, given_w.ctypes.data, m, n, k,
                *((1, m) if x_turned else (k, 1)), *((1, k) if w_turned else (n, 1)), adds,
            )  # fmt: skip
            frame[11:12].view(dtype)[0] = -0.5
            frame[12:14] = threads, run if threads > 1 else 0
            multiply(frame.ctypes.data)
            expected = -0.5 * (x @ w) + (z if adds else 0)
            np.testing.assert_allclose(out[1:-1], expected, rtol=0, atol=EPSILON[dtype] * k)
            assert np.isnan(out[0]).all() and np.isnan(out[-1]).all()  # nothing is written beyond
            results.append(out[1:-1])
        for other in results[1:]:
            np.testing.assert_array_equal(other, results[0])  # to the digit, however it is divided


EXPRESSIONS = {
    "plain": lambda x, w, z: T.dot(x, w),
    "left turned": lambda x, w, z: T.dot(x.T, w[: x.shape[0]]),
    "right turned": lambda x, w, z: T.dot(x[:, : w.shape[1]], w.T),
    "added": lambda x, w, z: z - 0.3 * T.dot(x, w),
}


@pytest.mark.parametrize(("name", "dtype"), list(product(EXPRESSIONS, DTYPES)))
def test_long_products_in_programs(name: str, dtype: str) -> None:
    x, w, z = (T.matrix(label, dtype=dtype) for label in "xwz")
    out = EXPRESSIONS[name](x, w, z).astype(dtype)
    f = theano.function([x, w, z], out, on_unused_input="ignore", mode=theano.Mode(linker="llvm"))
    plain = theano.function([x, w, z], out, on_unused_input="ignore", mode=theano.Mode(linker="py", optimizer=None))
    rng = np.random.default_rng(2)
    for m, n, k in ((40, 200, 210), (210, 200, 220), (220, 31, 300), (2, 3, 4)):
        given = [rng.uniform(-1, 1, shape).astype(dtype) for shape in ((m, k), (k, n), (m, n))]
        np.testing.assert_allclose(f(*given), plain(*given), rtol=0, atol=EPSILON[dtype] * k)
    if can_be_multiplied(dtype, host()):
        assert loaded_product.cache_info().currsize > 0  # somebody has asked for it
