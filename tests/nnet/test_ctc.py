"""Connectionist temporal classification against the sum over all paths, and what is refused."""

from itertools import groupby, product

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.graph import MethodNotDefined
from theano.tensor.nnet.ctc import ConnectionistTemporalClassification, ctc, ctc_available

x, labels, lengths = T.dtensor3("x"), T.lmatrix("labels"), T.lvector("lengths")
ACTIVATIONS = np.random.RandomState(2).randn(4, 5, 3)
LABELS = np.array([[1, 2], [1, 1], [2, -1], [-1, 1], [2, 2]])
LENGTHS = np.array([4, 4, 3, 2, 2])


def of_all_paths(activations, wanted):
    """-log of the sum of the probabilities of the paths that become ``wanted``."""
    p = np.exp(activations) / np.exp(activations).sum(axis=1, keepdims=True)
    total = 0.0
    for path in product(range(p.shape[1]), repeat=len(p)):
        if [s for s, _ in groupby(path) if s] == wanted:
            total += np.prod(p[np.arange(len(p)), path])
    return -np.log(total) if total else np.inf


def test_cost_is_that_of_all_paths():
    found = theano.function([x, labels, lengths], ctc(x, labels, lengths))(ACTIVATIONS, LABELS, LENGTHS)
    spelled = [[1, 2], [1, 1], [2], [], [2, 2]]
    wanted = [of_all_paths(ACTIVATIONS[:n, b], spelled[b]) for b, n in enumerate(LENGTHS)]
    assert wanted[-1] == np.inf  # a repetition needs a blank between
    np.testing.assert_allclose(found, wanted)


def test_gradient_is_0_beyond_the_end_and_where_no_path_spells_the_labels():
    slope = theano.function([x, labels, lengths], T.grad(ctc(x, labels, lengths)[:4].sum(), x))
    found = slope(ACTIVATIONS, LABELS, LENGTHS)
    assert not found[3, 2].any() and not found[2:, 3].any() and not found[:, 4].any()
    np.testing.assert_allclose(found.sum(axis=2), 0, atol=1e-15)


def test_numbers_far_out_stay_finite():
    for value in theano.function([x, labels, lengths], ConnectionistTemporalClassification()(x, labels, lengths))(
        1000 * ACTIVATIONS[:, :4], LABELS[:4], LENGTHS[:4]
    ):
        assert np.isfinite(value).all()


def test_the_gradient_is_not_computed_for_the_cost_alone():
    f = theano.function([x, labels, lengths], ctc(x, labels, lengths))
    assert [node.op for node in f.maker.fgraph.toposort()] == [ConnectionistTemporalClassification(compute_grad=False)]
    assert ctc_available()


def test_there_is_no_second_derivative():
    with pytest.raises(MethodNotDefined, match="has no second derivative"):
        T.grad(T.grad(ctc(x, labels, lengths).sum(), x).sum(), x)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ((LABELS + 1, LENGTHS), IndexError, "label 3 is out of bounds: labels are 1 to 2"),
        ((np.maximum(LABELS, 0), LENGTHS), IndexError, "label 0 is out of bounds"),
        ((LABELS, LENGTHS + 1), ValueError, "between 0 and the 4 steps"),
        ((LABELS[:2], LENGTHS), ValueError, "activations are of 5 sequences, labels of 2"),
    ],
)
def test_labels_and_lengths_that_do_not_fit(wrong, error, message):
    with pytest.raises(error, match=message):
        theano.function([x, labels, lengths], ctc(x, labels, lengths))(ACTIVATIONS, *wrong)


def test_operands_of_another_kind_are_refused():
    for operands in ((T.dmatrix(), labels, lengths), (x, T.dmatrix(), lengths), (x, labels, labels)):
        with pytest.raises(TypeError, match="dimensions, found"):
            ctc(*operands)
