"""Arrays from files."""

from __future__ import annotations

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.graph import Generic


@pytest.mark.parametrize("mmap_mode", [None, "c"])
def test_a_file_is_read_at_every_call(tmp_path, mmap_mode, backend) -> None:
    path = str(tmp_path / "x.npy")
    x = T.load(path, "float64", (False, False), mmap_mode=mmap_mode)
    f = theano.function([], x * 2, mode=theano.Mode(backend))
    for values in np.ones((2, 3)), np.full((3, 1), 4.0):
        np.save(path, values)
        np.testing.assert_array_equal(f(), values * 2)


def test_the_path_may_be_an_input(tmp_path, backend) -> None:
    path = Generic()("path")
    f = theano.function([path], T.load(path, "int32", (False,)).sum(), mode=theano.Mode(backend))
    np.save(tmp_path / "x.npy", np.arange(4, dtype="int32"))
    assert f(str(tmp_path / "x.npy")) == 6


def test_what_a_file_holds_must_be_what_was_told(tmp_path, backend) -> None:
    path = str(tmp_path / "x.npy")
    np.save(path, np.ones((2, 3)))
    for dtype, pattern, message in [
        ("float32", (False, False), "Expected dtype float32, got float64 instead"),
        ("float64", (False,), "Expected 1 dimensions, got 2 instead"),
    ]:
        f = theano.function([], T.load(path, dtype, pattern), mode=theano.Mode(backend))
        with pytest.raises(TypeError, match=message):
            f()
    with pytest.raises(OSError, match=r"nowhere\.npy"):
        theano.function([], T.load("nowhere.npy", "float64", (False,)), mode=theano.Mode(backend))()


def test_arguments_that_load_does_not_take() -> None:
    with pytest.raises(ValueError, match="mmap_mode are None and 'c', got r"):
        T.load("x.npy", "float64", (False,), mmap_mode="r")
    with pytest.raises(TypeError, match="a str or a variable of type Generic, found 3"):
        T.load(3, "float64", (False,))
