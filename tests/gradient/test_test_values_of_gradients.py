"""Test values of derivatives whose ops are built by way of variables of their own."""

from __future__ import annotations

import traceback

import numpy as np
import pytest

import theano
import theano.tensor as T


@pytest.fixture(autouse=True)
def raising():
    with theano.change_flags(compute_test_value="raise"):
        yield


def valued(variable, value):
    variable.tag.test_value = np.asarray(value, variable.dtype)
    return variable


def test_of_loops_backwards_and_forwards() -> None:
    a = valued(T.dmatrix("a"), np.ones((3, 2)))
    w = theano.shared(np.ones(2), "w")
    states, _ = theano.scan(
        lambda row, s: s + T.dot(row, w), sequences=a, outputs_info=T.constant(0.0, dtype="float64")
    )
    gradient = T.grad(states.sum(), w)
    assert gradient.tag.test_value.tolist() == [6, 6]
    assert T.grad((gradient**2).sum(), a).tag.test_value.shape == (3, 2)
    assert T.Rop(states, w, w).tag.test_value.tolist() == [2, 4, 6]


def test_of_ops_made_of_graphs_and_of_scalar_ops() -> None:
    x = valued(T.dvector("x"), [1.0, 2.0])
    y = T.dvector("y")
    with theano.change_flags(compute_test_value="off"):
        cube = theano.OpFromGraph([y], [y**3])
    assert T.grad(cube(x).sum(), x).tag.test_value.tolist() == [3, 12]

    class Square(theano.scalar.UnaryScalarOp):
        output_types_preference = staticmethod(theano.scalar.upgrade_to_float)

        def impl(self, x):
            return x * x

        def grad(self, inputs, cotangents):
            return [cotangents[0] * 2 * inputs[0]]

    assert T.grad(T.Elemwise(Square())(x).sum(), x).tag.test_value.tolist() == [2, 4]


def test_a_mistake_in_a_step_ends_at_its_line() -> None:
    a = valued(T.dmatrix("a"), np.ones((3, 2)))

    def step(row, s):
        return s + T.dot(row, T.constant(np.ones(3)))

    with pytest.raises(ValueError) as raised:
        theano.scan(step, sequences=a, outputs_info=T.constant(0.0, dtype="float64"))
    own = [frame for frame in traceback.extract_tb(raised.value.__traceback__) if frame.filename == __file__]
    assert own[-1].line == "return s + T.dot(row, T.constant(np.ones(3)))"
