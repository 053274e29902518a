"""Softmax and cross entropies: far out, with wrong labels, and as the machine code that they become."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor import nnet

x, y, labels = T.dmatrix("x"), T.dmatrix("y"), T.lvector("labels")
p = nnet.softmax(x)
FAR = np.array([[800.0, -800.0, 0.0], [1.0, 2.0, 3.0], [-800.0, -800.0, 800.0]])
WORST = np.array([1, 0, 0])

COSTS = {
    "logarithm": T.log(p).sum(),
    "with labels": nnet.categorical_crossentropy(p, labels).mean(),
    "with distributions": nnet.categorical_crossentropy(p, T.ones_like(x) / 3).sum(),
    "picked": -T.mean(T.log(p)[T.arange(labels.shape[0]), labels]),
    "chosen": -(T.eq(T.arange(3), labels.dimshuffle(0, "x")) * T.log(p)).sum(),
    "entropy": -(p * T.log(p)).sum(),
    "of a vector": T.log(nnet.softmax(x[0]))[0, 1],
    "binary": nnet.binary_crossentropy(nnet.sigmoid(x), T.ones_like(x) / 4).sum(),
    "binary, from logits": nnet.sigmoid_binary_crossentropy(x, T.ones_like(x) / 4).sum(),
}


@pytest.mark.parametrize("cost", COSTS)
def test_costs_and_their_gradients_are_finite_far_out(cost):
    outputs = [COSTS[cost], T.grad(COSTS[cost], x)]
    for value in theano.function([x, labels], outputs, on_unused_input="ignore")(FAR, WORST):
        assert np.isfinite(value).all()


@pytest.mark.parametrize("cost", ["with labels", "picked", "chosen"])
def test_costs_of_labels_agree_with_the_difference_of_largest_numbers(cost):
    f = theano.function([x, labels], [COSTS[cost], T.grad(COSTS[cost], x)], on_unused_input="ignore")
    value, slope = f(FAR, WORST)
    scale = 1 if cost == "chosen" else 3
    np.testing.assert_allclose(value * scale, 1600 + (3 + np.log1p(np.exp(-1) + np.exp(-2)) - 1) + 1600)
    np.testing.assert_allclose(slope[0] * scale, [1, -1, 0], atol=1e-15)


def test_a_vector_is_a_matrix_of_one_row():
    assert nnet.softmax(T.dvector()).type == T.drow


def test_softmax_is_computed_once_for_a_cost_and_its_gradient():
    cost = COSTS["with labels"]
    f = theano.function([x, labels], [cost, T.grad(cost, x)])
    ops = [str(node.op) for node in f.maker.fgraph.toposort()]
    assert ops.count("CrossentropySoftmaxArgmax1HotWithBias") == ops.count("CrossentropySoftmax1HotWithBiasDx") == 1
    assert not {"Softmax", "LogSoftmax", "SoftmaxGrad"}.intersection(ops)


def test_the_most_probable_label_needs_no_softmax():
    f = theano.function([x], T.argmax(p, axis=1))
    assert [str(node.op) for node in f.maker.fgraph.toposort()] == ["Argmax{axis=(1,)}"]
    np.testing.assert_array_equal(f(FAR), [0, 2, 2])


@pytest.mark.parametrize("mode", ["FAST_RUN", "FAST_COMPILE"])
@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ([0, 1, 3], IndexError, "label 3 is out of bounds for 3 columns"),
        ([0, -1, 1], IndexError, "label -1 is out of bounds for"),
        ([0, 1], ValueError, "there must be one label for each row, found 2 labels for 3 rows"),
    ],
)
def test_wrong_labels_are_an_error_that_names_the_line(mode, wrong, error, message):
    cost = nnet.categorical_crossentropy(p, labels)
    f = theano.function([x, labels], T.grad(cost.sum(), x), mode=mode)
    with pytest.raises(error, match=message) as raised:
        f(FAR, wrong)
    assert "test_crossentropy.py" in str(raised.value)


def test_operands_of_another_kind_are_refused():
    with pytest.raises(ValueError, match=r"x must be 1-d or 2-d tensor of floats. Got TensorType\(float64, 3D\)"):
        nnet.softmax(T.dtensor3())
    with pytest.raises(ValueError, match="tensor of floats"):
        nnet.logsoftmax(T.lmatrix())
    with pytest.raises(IndexError, match="needs a vector or a matrix"):
        nnet.softmax(T.dscalar())
    for true in (T.bvector(), T.dvector(), T.lscalar(), T.dtensor3()):
        with pytest.raises(TypeError, match="categorical_crossentropy takes distributions of one rank"):
            nnet.categorical_crossentropy(p, true)
    with pytest.raises(TypeError, match="needs b of floats with 1 dimension, found"):
        nnet.crossentropy_softmax_1hot_with_bias(x, x, labels)
    with pytest.raises(TypeError, match="labels must be a vector of integers"):
        nnet.crossentropy_softmax_1hot(x, x)


def test_confusion_matrix_counts_labels_that_occur():
    actual, predicted = T.lvectors("a", "p")
    f = theano.function([actual, predicted], nnet.confusion_matrix(actual, predicted))
    counts, found = f([2, 0, 2, 2, 0, 5], [0, 0, 2, 2, 0, 2])
    np.testing.assert_array_equal(found, [0, 2, 5])
    np.testing.assert_array_equal(counts, [[2, 0, 0], [1, 2, 0], [0, 1, 0]])
    with pytest.raises(ValueError, match="pred must be 1-d"):
        nnet.confusion_matrix(actual, x)


def test_probabilities_of_two_levels_add_up_to_one_and_hold_the_target():
    w1, b1, w2, b2 = T.dmatrix("w1"), T.dvector("b1"), T.dtensor3("w2"), T.dmatrix("b2")
    rng = np.random.RandomState(1)
    values = [rng.randn(*shape) for shape in ((5, 3), (3, 2), (2,), (2, 3, 4), (2, 4))]
    every = nnet.h_softmax(x, 5, 8, 2, 4, w1, b1, w2, b2)
    one = nnet.h_softmax(x, 5, 8, 2, 4, w1, b1, w2, b2, labels)
    of_all, of_target = theano.function([x, w1, b1, w2, b2, labels], [every, one])(*values, [0, 3, 4, 7, 5])
    np.testing.assert_allclose(of_all.sum(axis=1), 1)
    np.testing.assert_allclose(of_target, of_all[np.arange(5), [0, 3, 4, 7, 5]])


def test_a_number_is_put_before_each_row():
    np.testing.assert_array_equal(nnet.prepend_0_to_each_row(y).eval({y: FAR[:2]})[:, 0], [0, 0])
    with pytest.raises(TypeError, match="Expected a matrix"):
        nnet.prepend_1_to_each_row(T.dvector())


def test_softmax_written_out_does_not_overflow():
    np.testing.assert_allclose(nnet.softmax_graph(x).eval({x: FAR}), p.eval({x: FAR}), atol=1e-300)


def test_the_gradient_of_picked_logarithms_sums_no_matrix():
    slope = T.grad(COSTS["picked"], x)
    f = theano.function([x, labels], slope)
    ops = [str(node.op) for node in f.maker.fgraph.toposort()]
    assert not any(op.startswith(("Sum", "SoftmaxGrad")) for op in ops)
    np.testing.assert_allclose(f(FAR, -1 + 0 * WORST), f(FAR, 2 + 0 * WORST))  # negative ones count from the end
    with pytest.raises(IndexError):
        f(FAR, 3 + 0 * WORST)
