"""What PyMC3 and others do with rules of 1.0.5 that stand in no documentation."""

from __future__ import annotations

import numpy as np
import pytest
from theano.compile.ops import as_op

import theano
import theano.tensor as T


def test_replacements_may_know_more_axes_of_length_1() -> None:
    """Part of one long vector takes the place of a variable, as samplers give all variables in one."""
    x, parts = T.vector("x"), T.vector("parts")
    column = x.dimshuffle(0, "x")
    replaced = theano.clone(column, {x: T.addbroadcast(parts[:1], 0)}, strict=False)
    assert replaced.broadcastable == (True, True)
    np.testing.assert_array_equal(theano.function([parts], replaced * T.ones((1, 3)))([4.0, 5.0]), [[4.0] * 3])


def test_a_pattern_must_not_lose_a_known_length_of_1() -> None:
    with pytest.raises(TypeError, match="broadcastable pattern"):
        theano.clone(T.row("r").dimshuffle(1), {}, strict=False).owner.op(T.matrix())


def test_numbers_are_stacked_along_any_axis() -> None:
    a, b = T.scalars("a", "b")
    np.testing.assert_array_equal(theano.function([a, b], T.stack([a, b], axis=1))(1.0, 2.0), [1.0, 2.0])


def test_an_op_without_a_gradient_lacks_an_attribute() -> None:
    """Which tells optimizers to do without."""

    @as_op(itypes=[T.dscalar], otypes=[T.dscalar])
    def opaque(value):
        return value

    x = T.dscalar("x")
    with pytest.raises(AttributeError, match="has no gradient"):
        T.grad(opaque(x), x)
