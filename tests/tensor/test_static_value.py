"""What is known of expressions before run time."""

from __future__ import annotations

import numpy as np
import pytest

import theano.tensor as T


@pytest.mark.parametrize(
    ("build", "value"),
    [
        (lambda: T.constant(3) + 2, 5),
        (lambda: T.zeros((5,)), 0),
        (lambda: T.stack([T.constant(4.0), T.scalar()])[0], 4.0),
        (lambda: T.constant([[7]]).dimshuffle("x", 0, 1), 7),
        (lambda: T.constant(np.ones((2, 3))).shape[1], 3),
        (lambda: T.row().shape[0], 1),
        (lambda: T.set_subtensor(T.matrix().shape[0:1], 6)[0], 6),
        (lambda: 2.5, 2.5),
    ],
)
def test_a_known_value_is_found(build, value) -> None:
    assert T.get_scalar_constant_value(build()) == value


@pytest.mark.parametrize("build", [T.vector, lambda: T.scalar() + 1, lambda: T.constant([1, 2]), lambda: "a"])
def test_an_unknown_value_is_an_error(build) -> None:
    with pytest.raises(T.NotScalarConstantError):
        T.get_scalar_constant_value(build())


def test_a_constant_without_elements_has_no_value() -> None:
    with pytest.raises(T.EmptyConstantError):
        T.get_scalar_constant_value(T.constant(np.zeros(0)))


@pytest.mark.parametrize(
    ("build", "length"),
    [
        (lambda: T.tensor3().shape, 3),
        (lambda: T.constant([1, 2, 3]), 3),
        (lambda: T.stack([T.scalar(), T.scalar()]), 2),
        (lambda: T.tensor4().shape[1:], 3),
        (lambda: T.concatenate([T.matrix().shape, [5]]), 3),
        (lambda: T.set_subtensor(T.tensor3().shape[-1], 9), 3),
        (lambda: T.matrix().shape * 2, 2),
        (lambda: T.TensorType("int64", [True])(), 1),
    ],
)
def test_a_known_length_is_found(build, length) -> None:
    assert T.get_vector_length(build()) == length


def test_an_unknown_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="length not known"):
        T.get_vector_length(T.vector())
    with pytest.raises(TypeError, match="must be symbolic vector"):
        T.get_vector_length(T.matrix())
