"""Batch normalization: what it returns, what its gradient costs, and what is refused."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor.nnet import bn

x, gamma, beta = T.dmatrix("x"), T.dvector("gamma"), T.dvector("beta")
BATCH = np.array([[1.0, 2.0], [3.0, 6.0], [5.0, 1.0]])


def test_a_batch_gets_mean_0_and_variance_1():
    out, mean, invstd = bn.batch_normalization_train(x, gamma, beta, epsilon=1e-5)
    f = theano.function([x, gamma, beta], [out, mean, invstd])
    value, m, s = f(BATCH, np.ones(2), np.zeros(2))
    np.testing.assert_allclose(value.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(value.std(axis=0), 1, rtol=1e-5)
    np.testing.assert_allclose(m, BATCH.mean(axis=0))
    np.testing.assert_allclose(s, 1 / np.sqrt(BATCH.var(axis=0) + 1e-5))


def test_running_values_approach_those_of_all_batches():
    mean, var = theano.shared(np.zeros(2)), theano.shared(np.ones(2))
    results = bn.batch_normalization_train(x, np.ones(2), np.zeros(2), running_mean=mean, running_var=var)
    f = theano.function([x], results[0], updates=[(mean, results[3]), (var, results[4])])
    for _ in range(200):
        f(BATCH)
    np.testing.assert_allclose(mean.get_value(), BATCH.mean(axis=0))
    np.testing.assert_allclose(var.get_value(), BATCH.var(axis=0, ddof=1))
    normal = bn.batch_normalization_test(x, np.ones(2), np.zeros(2), mean, var, epsilon=1e-5).eval({x: BATCH})
    np.testing.assert_allclose(normal, (BATCH - BATCH.mean(axis=0)) / np.sqrt(BATCH.var(axis=0, ddof=1) + 1e-5), atol=1e-8)


def test_mean_and_deviation_are_computed_once_for_value_and_gradient():
    out = bn.batch_normalization_train(x, gamma, beta)[0]
    f = theano.function([x, gamma, beta], [out, *T.grad((out * T.exp(out)).sum(), [x, gamma, beta])])
    ops = [str(node.op) for node in f.maker.fgraph.toposort()]
    assert sum(op.startswith("Sum") for op in ops) == 4  # mean, variance, and the two sums of the gradient


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"axes": (0, 2)}, "axes should be less than inputs.ndim"),
        ({"axes": ()}, "at least one"),
        ({"axes": "spacial"}, "invalid axes: 'spacial'"),
        ({"epsilon": 1e-6}, "epsilon must be at least 1e-05, found 1e-06"),
        ({"running_mean": T.dvector()}, "either both be given or neither"),
        ({"axes": (0, 1)}, "gamma must have 2 dimensions, or 0 without the axes"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        bn.batch_normalization_train(x, gamma, beta, **settings)


def test_modes_of_old():
    with pytest.raises(ValueError, match="mode must be either"):
        bn.batch_normalization(x, gamma, beta, gamma, gamma, mode="no_mem")
