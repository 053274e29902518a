"""Fourier transforms against NumPy, their batches, types and errors."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor import fft
from theano.tensor.batching import vectorize_graph

RNG = np.random.default_rng(0)
Z = RNG.normal(size=(3, 4, 6)) + 1j * RNG.normal(size=(3, 4, 6))
NORMS = [None, "backward", "ortho", "forward"]


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("dtype", ["complex128", "complex64", "float64", "float32"])
@pytest.mark.parametrize(
    "name",
    ["fft", "ifft", "fft2", "ifft2", "fftn", "ifftn", "rfftn", "rfft2", "irfftn", "irfft2", "hfft", "ihfft"],
)
def test_values_and_dtypes_are_those_of_numpy(name, dtype, norm, backend):
    x = (Z if dtype.startswith("complex") else Z.real).astype(dtype)
    z = T.TensorType(dtype, (False,) * 3)("z")
    if x.dtype.kind == "c" and name in ("rfftn", "rfft2", "ihfft"):
        with pytest.raises(TypeError):
            getattr(fft, name)(z)
        return
    given = [{}]
    if name in ("fft", "ifft", "hfft", "ihfft"):
        given += [{"n": 5}, {"n": 3, "axis": 0}, {"axis": -2}]
    else:
        given += [{"s": (3, 7), "axes": (0, 2)}, {"axes": (2, 1)}, {"s": (5, 5), "axes": (-2, -1)}]
    outputs = [getattr(fft, name)(z, **options, norm=norm) for options in given]
    results = theano.function([z], outputs, mode=theano.Mode(linker=backend))(x)
    for options, found in zip(given, results, strict=True):
        wanted = getattr(np.fft, name)(x, **options, norm=norm)
        assert found.dtype == wanted.dtype, options
        tolerance = 1e-12 if wanted.dtype.itemsize == 16 or wanted.dtype == "float64" else 2e-5
        np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance * 10, err_msg=str(options))


def test_large_transforms_are_shared_among_threads_and_have_the_same_digits():
    x = RNG.normal(size=(64, 1024))
    z = T.dmatrix()
    np.testing.assert_allclose(
        theano.function([z], fft.rfftn(z, axes=(1,)))(x), np.fft.rfft(x), rtol=1e-10, atol=1e-10
    )


def test_a_batch_is_transformed_along_the_same_axes():
    v, m = T.zmatrix(), T.TensorType("complex128", (False,) * 3)()
    mapped = vectorize_graph(fft.fft(v, axis=0), {v: m})
    np.testing.assert_allclose(theano.function([m], mapped)(Z), np.fft.fft(Z, axis=1), atol=1e-12)


def test_the_tangent_of_a_transform_is_that_of_the_tangent():
    v, t = T.zvector(), T.zvector()
    moved = T.Rop(fft.ifft(v, norm="ortho"), v, t)
    z = Z[0, 0]
    np.testing.assert_allclose(
        theano.function([v, t], moved, on_unused_input="ignore")(z, 1j * z),
        np.fft.ifft(1j * z, norm="ortho"),
        atol=1e-12,
    )


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda x: fft.fft(x, norm="half"), ValueError),
        (lambda x: fft.fft(x, axis=2), ValueError),
        (lambda x: fft.fftn(x, axes=(0, 0)), ValueError),
        (lambda x: fft.fftn(x, axes=(0, -2)), ValueError),
        (lambda x: fft.fftn(x, (3,), (0, 1)), ValueError),
        (lambda x: fft.fft(x, 2.5), TypeError),
    ],
)
def test_errors(call, error):
    with pytest.raises(error):
        call(T.zmatrix())
