"""theano.tests.unittest_tools, used as tests of users' ops use it."""

from __future__ import annotations

import unittest

import numpy as np
import pytest
from theano.tests import unittest_tools as utt

import theano
import theano.tensor as T


class Double(theano.Op):
    __props__ = ("factor",)

    def __init__(self, factor=2):
        self.factor = factor

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return theano.Apply(self, [x], [x.type()])

    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0] * self.factor

    def infer_shape(self, node, shapes):
        return shapes

    def grad(self, inputs, cotangents):
        return [cotangents[0] * self.factor]

    def R_op(self, inputs, eval_points):
        return self.grad(inputs, eval_points)


class Shifty(Double):
    """Its shape and its gradient are wrong."""

    def infer_shape(self, node, shapes):
        return [(shapes[0][0] + 1, *shapes[0][1:])]

    def grad(self, inputs, cotangents):
        return [cotangents[0] * 3]


class TestDouble(utt.InferShapeTester):
    op_class = Double

    def setUp(self):
        super().setUp()
        self.op = Double()

    def test_basic(self):
        x = T.matrix()
        f = theano.function([x], self.op(x))
        value = np.asarray(np.random.rand(5, 4), dtype=theano.config.floatX)
        utt.assert_allclose(value * 2, f(value))

    def test_infer_shape(self):
        x = T.matrix()
        value = np.asarray(np.random.rand(5, 4), dtype=theano.config.floatX)
        self._compile_and_check([x], [self.op(x)], [value], self.op_class)

    def test_grad(self):
        theano.tests.unittest_tools.verify_grad(self.op, [np.random.rand(5, 7, 2)])

    def test_what_is_wrong_is_found(self):
        x = T.matrix()
        value = np.ones((5, 4), theano.config.floatX)
        with pytest.raises(AssertionError, match="infer_shape"):
            self._compile_and_check([x], [Shifty()(x)], [value], Shifty)
        with pytest.raises(AssertionError, match="is computed"):
            self._compile_and_check([x], [T.nonzero(x)[0]], [value], theano.Op)
        with pytest.raises(theano.gradient.verify_grad.E_grad):
            utt.verify_grad(Shifty(), [np.random.rand(3)])


class TestContract(utt.T_OpContractMixin, unittest.TestCase):
    ops = [Double(2), Double(3)]
    other_op = Shifty()

    def clone(self, op):
        return Double(op.factor)


def test_ops_of_a_function_are_counted() -> None:
    class Case(unittest.TestCase, utt.TestOptimizationMixin):
        pass

    case, x = Case(), T.vector()
    f = theano.function([x], Double()(x) + Double()(x + 1))
    case.assertFunctionContains(f, Double())
    case.assertFunctionContainsN(f, Double(), 2)
    case.assertFunctionContains0(f, Double(3))
    case.assertFunctionContainsClassN(f, Double, 2)
    with pytest.raises(AssertionError, match="found 2 of"):
        case.assertFunctionContains1(f, Double())
    with pytest.raises(unittest.SkipTest):
        case.SkipTest()


def test_a_test_is_tried_again() -> None:
    seeds = []

    @utt.AttemptManyTimes(n_attempts=3)
    def passes_at_last():
        seeds.append(theano.config.unittests.rseed)
        assert len(seeds) == 3

    passes_at_last()
    assert len(set(seeds)) == 3

    @utt.AttemptManyTimes(n_attempts=2)
    def never():
        raise ValueError("never")

    with pytest.raises(ValueError, match="never"):
        never()


def test_small_tools() -> None:
    assert utt.MockRandomState(7).randint(10, size=2).tolist() == [7, 7]

    @utt.assertFailure_fast
    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        fails()
    with theano.change_flags(mode="FAST_COMPILE"):
        fails()
        with pytest.raises(AssertionError, match="was to fail"):
            utt.assertFailure_fast(lambda: None)()
