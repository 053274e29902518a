"""Neighbourhoods of images: back and forth, and what does not fit."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor.nnet.neighbours import images2neibs, neibs2images

x = T.dtensor4("x")
IMAGE = np.arange(48.0).reshape(2, 1, 4, 6)


@pytest.mark.parametrize("mode", ["valid", "ignore_borders"])
def test_back_again(mode):
    back = neibs2images(images2neibs(x, (2, 3), mode=mode), (2, 3), x.shape, mode)
    np.testing.assert_array_equal(back.eval({x: IMAGE}), IMAGE)


@pytest.mark.parametrize("linker", ["py", "llvm"])
@pytest.mark.parametrize(
    ("shape", "step", "mode"),
    [
        ((3, 3), None, "valid"),
        ((5, 3), (1, 3), "valid"),
        ((2, 3), (1, 1), "wrap_centered"),
        ((5, 3), (1, 1), "wrap_centered"),
        ((2, 3), (1, 1), "half"),
        ((3, 3), (2, 2), "half"),
        ((2, 2), (2, 2), "full"),
        ((2, 2), (0, 2), "valid"),
        ((0, 2), (1, 2), "ignore_borders"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_what_does_not_fit_is_an_error_at_run_time(linker, shape, step, mode, is_known):
    c, s = T.lvectors("c", "s")
    given = (shape, step) if is_known else (c, s)
    f = theano.function([x, c, s], images2neibs(x, *given, mode), mode=theano.Mode(linker=linker), on_unused_input="ignore")
    with pytest.raises(TypeError, match="Images2Neibs"):
        f(IMAGE[:, :, :, :5], shape, step or shape)


def test_operands_of_another_kind_are_refused():
    with pytest.raises(NotImplementedError, match="Add the mode supported"):
        images2neibs(x, (2, 2), mode="same")
    with pytest.raises(NotImplementedError, match="neibs2images does not support mode=full"):
        neibs2images(T.dmatrix(), (2, 2), (1, 1, 4, 4), mode="full")
    with pytest.raises(TypeError, match="needs 4 dimensions"):
        images2neibs(T.dmatrix(), (2, 2))
    with pytest.raises(TypeError, match="neib_shape must be a vector of integers"):
        images2neibs(x, (2.5, 2))
