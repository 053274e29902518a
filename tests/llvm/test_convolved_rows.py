"""Loops over images that follow a convolution, image by image: which do, and that the results are the same."""

from __future__ import annotations

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import program_code
from theano.loops.program import RowLoop
from theano.tensor.signal.pool import pool_2d

x, w, b = T.tensor4("x"), T.tensor4("w"), T.vector("b")
biased = T.nnet.conv2d(x, w, border_mode="half") + b.dimshuffle("x", 0, "x", "x")
FOLLOWED = {
    "bias": [biased],
    "activation": [T.tanh(biased)],
    "pooling": [pool_2d(T.nnet.relu(biased), (2, 2), ignore_border=True)],
    "both": [biased, pool_2d(T.tanh(biased), (2, 2), ignore_border=True)],
    "sums of images": [T.nnet.relu(biased).sum(axis=(1, 2, 3))],
    "largest of planes": [biased.max(axis=(2, 3))],
    "squares": [T.nnet.conv2d(x, w) ** 2],
}
NOT_FOLLOWED = {
    "sums over images": [(T.nnet.conv2d(x, w) ** 2).sum(axis=0)],
    "images in reverse": [(T.nnet.conv2d(x, w) * 2)[::-1]],
    "images and their neighbours": [T.nnet.conv2d(x, w)[1:] - T.nnet.conv2d(x, w)[:-1]],
}


def numbers(*shape: int) -> np.ndarray:
    return np.random.RandomState(sum(shape)).uniform(-1, 1, shape)


def compiled(outputs, monkeypatch):
    """The function of x, w, b, and how many loops follow a convolution."""
    found: list[int] = []
    take = program_code.in_rows

    def counting(program, **options):
        program = take(program, **options)
        found.append(sum(len(s.launches) for s in program.steps if isinstance(s, RowLoop) and s.head is not None))
        return program

    monkeypatch.setattr(program_code, "in_rows", counting)
    with theano.change_flags(cache=False):
        return theano.function([x, w, b], outputs, on_unused_input="ignore"), found[0]


@pytest.mark.parametrize("shape", [(70, 2, 6, 7), (9, 2, 6, 7), (1, 2, 6, 7), (0, 2, 6, 7), (3, 0, 6, 7)], ids=str)
@pytest.mark.parametrize("name", [*FOLLOWED, *NOT_FOLLOWED])
def test_results_are_those_of_one_step_after_the_other(name, shape, monkeypatch):
    outputs = {**FOLLOWED, **NOT_FOLLOWED}[name]
    f, count = compiled(outputs, monkeypatch)
    assert (count > 0) == (name in FOLLOWED)
    operands = numbers(*shape), numbers(10, shape[1], 3, 3), numbers(10)
    expected = theano.function([x, w, b], outputs, mode=theano.Mode(linker="py"), on_unused_input="ignore")(*operands)
    for found, value in zip(f(*operands), expected, strict=True):
        np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12)


def test_no_filters_leave_sums_of_nothing(monkeypatch):
    f, count = compiled(FOLLOWED["sums of images"], monkeypatch)
    assert count
    np.testing.assert_array_equal(f(numbers(3, 2, 4, 4), np.zeros((0, 2, 3, 3)), np.zeros(0))[0], np.zeros(3))


def test_large_images_on_threads(monkeypatch):
    with theano.change_flags(threads=1):
        f, count = compiled(FOLLOWED["both"], monkeypatch)
    assert count >= 2
    operands = numbers(12, 3, 40, 50), numbers(16, 3, 3, 3), numbers(16)
    with theano.change_flags(threads=5):
        shared = theano.function([x, w, b], FOLLOWED["both"])(*operands)
    for one, other in zip(f(*operands), shared, strict=True):
        np.testing.assert_array_equal(one, other)


def test_an_update_of_the_kernels_waits_for_the_convolution():
    kernels = theano.shared(numbers(4, 2, 3, 3))
    before = kernels.get_value()
    y = T.tanh(T.nnet.conv2d(x, kernels))
    f = theano.function([x], y, updates=[(kernels, kernels * 2)])
    image = numbers(5, 2, 6, 6)
    expected = theano.function([x, w], T.tanh(T.nnet.conv2d(x, w)))(image, before)
    np.testing.assert_allclose(f(image), expected)
    np.testing.assert_array_equal(kernels.get_value(), 2 * before)


def test_groups_are_convolved_as_a_whole(monkeypatch):
    y = T.tanh(T.nnet.conv2d(x, w, num_groups=2))
    f, count = compiled([y], monkeypatch)
    assert count == 0
    operands = numbers(5, 4, 6, 6), numbers(6, 2, 3, 3)
    expected = theano.function([x, w], y, mode=theano.Mode(linker="py"))(*operands)
    np.testing.assert_allclose(f(*operands, numbers(1))[0], expected)
