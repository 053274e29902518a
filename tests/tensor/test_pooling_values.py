"""Pooling: what users write, what they are told, and where gradients go.  Values are in tests/ops."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor.signal.pool import Pool, max_pool_2d_same_size, pool_2d, pool_3d

x = T.dtensor4("x")
TIES = np.array([[[[1.0, 1.0], [0.0, 1.0]]]])


def test_every_tied_maximum_gets_the_whole_gradient():
    slope = T.grad(pool_2d(x, (2, 2), ignore_border=True).sum(), x)
    np.testing.assert_array_equal(slope.eval({x: TIES}), TIES)


def test_old_names_of_parameters():
    image = np.arange(16.0).reshape(1, 1, 4, 4)
    new = pool_2d(x, (2, 2), True, (1, 2), (1, 0)).eval({x: image})
    old = pool_2d(x, ds=(2, 2), ignore_border=True, st=(1, 2), padding=(1, 0)).eval({x: image})
    np.testing.assert_array_equal(new, old)
    with pytest.raises(ValueError, match="its old name"):
        pool_2d(x, (2, 2), True, ds=(2, 2))


def test_a_border_that_nobody_spoke_of_is_kept_with_a_warning():
    with pytest.warns(UserWarning, match="without ignore_border") as warned:
        out = pool_2d(x, (2, 2))
    assert warned[0].filename == __file__
    assert out.eval({x: np.zeros((1, 1, 3, 3))}).shape == (1, 1, 2, 2)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: pool_2d(T.dvector(), (2, 2), True), NotImplementedError, "pool_2d requires a dimension >= 2"),
        (lambda: pool_3d(T.dmatrix(), (2, 2, 2), True), NotImplementedError, "pool_3d requires a dimension >= 3"),
        (lambda: pool_2d(x, (2, 2), True, mode="median"), ValueError, "Pool mode parameter only support .* Got median"),
        (lambda: pool_2d(x, (2, 2), False, pad=(1, 0)), NotImplementedError, "padding works only with ignore_border=True"),
        (lambda: pool_2d(x, (2, 2), True, pad=(2, 0)), NotImplementedError, "found pad 2 for ws 2"),
        (lambda: pool_2d(x, (2.5, 2), True), TypeError, "Pool ws parameters must be ints"),
        (lambda: pool_2d(x, (2, 2), True, stride=(1.5, 1)), TypeError, "Pool stride parameters must be ints"),
        (lambda: pool_2d(x, (2, 2, 2), True), ValueError, "Pool ws must have 2 entries"),
        (lambda: pool_2d(x, ignore_border=True), ValueError, "You must provide a tuple value for the window size"),
        (lambda: pool_2d(T.zmatrix(), (2, 2), True), TypeError, "pooling needs real numbers"),
    ],
)
def test_what_cannot_be_pooled(build, error, message):
    with pytest.raises(error, match=message):
        build()


@pytest.mark.parametrize("linker", ["py", "llvm"])
@pytest.mark.parametrize(("ws", "stride", "pad"), [([2, 0], [1, 1], [0, 0]), ([2, 2], [1, 0], [0, 0]), ([2, 2], [1, 1], [0, 2]), ([2], [1], [0])])
def test_windows_that_make_no_sense_are_an_error_at_run_time(linker, ws, stride, pad):
    settings = T.lvectors("ws", "stride", "pad")
    f = theano.function([x, *settings], Pool(True)(x, *settings), mode=theano.Mode(linker=linker))
    with pytest.raises(ValueError, match="ws"):
        f(np.zeros((1, 1, 4, 4)), ws, stride, pad)


def test_shapes_are_known_without_an_image():
    assert Pool.out_shape((3, 5, 7, 8), (2, 3)) == [3, 5, 4, 3]
    assert Pool.out_shape((7, 8), (2, 3), ignore_border=True, stride=(3, 1), pad=(1, 2)) == [3, 10]
    n = T.lscalar("n")
    assert Pool.out_shape((n, n), (2, 2), ignore_border=True)[0].eval({n: 5}) == 2
    with pytest.raises(TypeError, match="at least 2 dimensions"):
        Pool.out_shape((3,), (2, 2))


def test_all_but_the_maxima_become_0():
    image = np.array([[[[1.0, 2, 5, 5], [4, 3, 0, 1]]]])
    np.testing.assert_array_equal(max_pool_2d_same_size(x, (2, 2)).eval({x: image}), [[[[0, 0, 5, 5], [4, 0, 0, 0]]]])
