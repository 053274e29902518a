"""Cases of Fourier transforms of complex and real arrays along given axes."""

from __future__ import annotations

from collections.abc import Iterator

from case import Case, case, sample
from cases_elementwise import in_real_parts

import theano.tensor as T
from theano.tensor import fft


def of_complex_numbers() -> Iterator[Case]:
    """Of u + iv, as functions of the real u and v: real and imaginary parts."""
    u, v = sample(2, 3, 4), sample(2, 3, 4) * 0.7 + 0.3
    forms = {
        "fft": lambda z: fft.fft(z),
        "fft_along_0": lambda z: fft.fft(z, axis=0),
        "fft_cut": lambda z: fft.fft(z, 3, 1, "ortho"),
        "fft_filled": lambda z: fft.fft(z, n=6, norm="forward"),
        "ifft": lambda z: fft.ifft(z),
        "ifft_filled": lambda z: fft.ifft(z, 5, -2, "forward"),
        "fft2": lambda z: fft.fft2(z, norm="ortho"),
        "ifft2": lambda z: fft.ifft2(z, (3, 3)),
        "fftn": lambda z: fft.fftn(z),
        "fftn_of_two": lambda z: fft.fftn(z, (4, 2), (2, 0), "forward"),
        "ifftn": lambda z: fft.ifftn(z, axes=(0, -1), norm="ortho"),
        "irfftn": lambda z: fft.irfftn(z),
        "irfftn_odd": lambda z: fft.irfftn(z, (3, 5), (0, 1), "ortho"),
        "irfftn_cut": lambda z: fft.irfftn(z, (4,), (2,), "forward"),
        "irfft2": lambda z: fft.irfft2(z),
        "hfft": lambda z: fft.hfft(z),
        "hfft_odd": lambda z: fft.hfft(z, 5, 1, "ortho"),
    }
    for name, form in forms.items():
        yield case(f"{name}_of_complex", lambda u, v, f=form: in_real_parts(f(T.complex(u, v))), u, v)


def of_real_numbers() -> Iterator[Case]:
    x = sample(2, 3, 5)
    forms = {
        "fft": lambda x: fft.fft(x, 4),
        "rfftn": lambda x: fft.rfftn(x),
        "rfftn_ortho": lambda x: fft.rfftn(x, axes=(0, 1), norm="ortho"),
        "rfftn_cut": lambda x: fft.rfftn(x, (4, 4), (1, 2), "forward"),
        "rfft2": lambda x: fft.rfft2(x),
        "ihfft": lambda x: fft.ihfft(x, norm="forward"),
        "there_and_back": lambda x: fft.irfftn(fft.rfftn(x) ** 2, x.shape),
    }
    for name, form in forms.items():
        yield case(f"{name}_of_real", lambda x, f=form: in_real_parts(f(x)), x)
    single = sample(2, 4, dtype="float32")
    yield case("fft_of_float32", lambda x: in_real_parts(fft.fft(x)), single)
    yield case("rfftn_of_float32", lambda x: in_real_parts(fft.rfftn(x)), single)
    yield case("fft_of_integers", lambda x: in_real_parts(fft.fft(x)), sample(2, 4, dtype="int32"))
    yield case(
        "fft_of_one_row",
        lambda x: in_real_parts(fft.fft(x, axis=1)),
        sample(1, 4),
        patterns={0: (True, False)},
    )
    yield case("fft_to_length", lambda x, n: in_real_parts(fft.fft(x, n)), sample(2, 4), 5)


CASES = [*of_complex_numbers(), *of_real_numbers()]
