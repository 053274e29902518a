"""Cases of softmax and cross entropies.  Edge cases first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from case import Case, case, sample

from theano.tensor import nnet
from theano.tensor.nnet import blocksparse, bn, ctc
from theano.tensor.nnet.neighbours import images2neibs, neibs2images

LABELS = np.array([2, 0, 2, 1])


def distributions() -> Iterator[Case]:
    for name, function in (("softmax", nnet.softmax), ("logsoftmax", nnet.logsoftmax)):
        for shape in ((0, 3), (2, 0), (1, 1), (3, 1)):
            yield case(f"{name}_{shape}", function, np.ones(shape), gradient=())
        yield case(f"{name}_of_vector", function, sample(5))
        yield case(name, function, sample(4, 3))
        yield case(f"{name}_row", function, sample(1, 7), patterns={0: (True, False)})
        yield case(f"{name}_far_out", function, np.array([[800.0, -800.0], [-1e5, -1e5], [np.inf, 0]]), gradient=())
        for dtype in ("float16", "float32"):
            yield case(f"{name}_{dtype}", function, sample(3, 40, dtype=dtype))
    yield case("softmax_grad", lambda d, p: nnet.softmax_grad(d, p), sample(2, 3), sample(2, 3) / 4)
    yield case("softmax_grad_row", lambda d, p: nnet.softmax_grad(d, p), sample(1, 3), sample(2, 3), patterns={0: (True, False)})
    yield case("softmax_with_bias", nnet.softmax_with_bias, sample(4, 3), sample(3))
    yield case("softmax_and_logarithm", lambda x: [nnet.softmax(x), nnet.logsoftmax(x)], sample(4, 3))


def cross_entropies() -> Iterator[Case]:
    p = np.abs(sample(4, 3)) + 0.2
    hot = nnet.crossentropy_categorical_1hot
    for dtype in ("int8", "uint16", "int32", "int64"):
        yield case(f"crossentropy_{dtype}", hot, p, LABELS.astype(dtype))
    yield case("crossentropy_of_nothing", hot, np.empty((0, 3)), np.empty(0, "int64"), gradient=())
    yield case("crossentropy_gradient", nnet.crossentropy_categorical_1hot_grad, sample(4), p, LABELS)
    both = nnet.crossentropy_softmax_argmax_1hot_with_bias
    yield case("crossentropy_softmax", both, sample(4, 3), sample(3), LABELS)
    yield case("crossentropy_softmax_nll", lambda x, b, y: both(x, b, y)[0], sample(4, 3), sample(3), LABELS)
    yield case("crossentropy_softmax_of_nothing", both, np.empty((0, 3)), sample(3), np.empty(0, "int64"), gradient=())
    yield case("crossentropy_softmax_mixed", both, sample(4, 3, dtype="float32"), sample(3), LABELS.astype("int8"), gradient=())
    yield case("crossentropy_softmax_float16", both, sample(4, 3, dtype="float16"), sample(3, dtype="float16"), LABELS)
    dx = nnet.crossentropy_softmax_1hot_with_bias_dx
    yield case("crossentropy_softmax_dx", dx, sample(4), p, LABELS)
    yield case("crossentropy_softmax_dx_of_number", dx, np.array(0.5), p, LABELS)
    yield case("categorical_crossentropy", nnet.categorical_crossentropy, p, p[::-1] / 2)
    yield case("categorical_crossentropy_labels", lambda x, y: nnet.categorical_crossentropy(nnet.softmax(x), y), sample(4, 3), LABELS)
    yield case("binary_crossentropy", nnet.binary_crossentropy, np.array([0.1, 0.5, 0.9]), np.array([0.0, 0.3, 1.0]))
    yield case("sigmoid_binary_crossentropy", nnet.sigmoid_binary_crossentropy, sample(5), np.linspace(0, 1, 5))


def classifiers() -> Iterator[Case]:
    w1, b1, w2, b2 = sample(3, 2), sample(2), sample(2, 3, 2), sample(2, 2)
    yield case("h_softmax", lambda x, *w: nnet.h_softmax(x, 4, 3, 2, 2, *w), sample(4, 3), w1, b1, w2, b2)
    target = lambda x, y, *w: nnet.h_softmax(x, 4, 3, 2, 2, *w, y)  # noqa: E731
    yield case("h_softmax_target", target, sample(4, 3), LABELS, w1, b1, w2, b2)
    yield case("prepend_1", nnet.prepend_1_to_each_row, sample(2, 3))
    yield case("prepend_number", nnet.prepend_scalar_to_each_row, np.array(0.5), sample(2, 3))


def normalizations() -> Iterator[Case]:
    def train(*settings):
        return lambda x, gamma, beta: bn.batch_normalization_train(x, gamma, beta, *settings)[0]

    yield case("batch_normalization_train", train(), sample(4, 3), sample(3), sample(3))
    spatial = sample(2, 3, 2, 2), sample(3), sample(3)
    yield case("batch_normalization_spatial", train("spatial", 0.1), *spatial)
    row = {1: (True, False, True), 2: (True, False, True)}
    yield case("batch_normalization_axes", train((0, 2)), sample(2, 3, 4), sample(1, 3, 1), sample(1, 3, 1), patterns=row)
    yield case("batch_normalization_one_for_all", train((0,)), sample(4, 1), sample(1), sample(1), patterns={0: (False, True)})
    moments = lambda x: bn.batch_normalization_train(x, np.ones(3), np.zeros(3))[1:]  # noqa: E731
    yield case("batch_normalization_moments", moments, sample(4, 3), gradient=())
    running = lambda x, m, v: bn.batch_normalization_train(x, np.ones(3), np.zeros(3), running_mean=m, running_var=v)[3:]  # noqa: E731
    yield case("batch_normalization_running", running, sample(4, 3), sample(3), sample(3) ** 2, gradient=(1, 2))
    yield case("batch_normalization_float32", train(), *(sample(*n, dtype="float32") for n in ((4, 3), (3,), (3,))))
    moments_given = sample(4, 3), sample(3), sample(3), sample(3), sample(3) ** 2
    yield case("batch_normalization_test", bn.batch_normalization_test, *moments_given)
    yield case("batch_normalization", bn.batch_normalization, *moments_given)


def neighbourhoods() -> Iterator[Case]:
    settings = [
        ("valid", (2, 3), None),
        ("valid", (2, 2), (1, 1)),
        ("ignore_borders", (3, 2), (2, 3)),
        ("wrap_centered", (3, 3), (1, 2)),
        ("half", (3, 3), (1, 1)),
        ("half", (1, 3), (3, 1)),
        ("full", (2, 3), (1, 1)),
    ]
    image = sample(2, 1, 4, 6)
    for mode, shape, step in settings:
        cut = lambda x, k=(shape, step, mode): images2neibs(x, *k)  # noqa: E731
        yield case(f"images2neibs_{mode}_{shape}_{step}", cut, image)
        symbolic = lambda x, c, s, mode=mode: images2neibs(x, c, s, mode)  # noqa: E731
        yield case(f"images2neibs_{mode}_{shape}_{step}_symbolic", symbolic, image, np.array(shape), np.array(step or shape))
    for dtype in ("int8", "float32"):
        yield case(f"images2neibs_{dtype}", lambda x: images2neibs(x, (3, 3), (1, 1), "half"), sample(1, 2, 4, 3, dtype=dtype))
    yield case("neibs2images", lambda x: neibs2images(x, (2, 3), (2, 1, 4, 6)), sample(8, 6))
    yield case("neibs2images_borders", lambda x: neibs2images(x, (2, 3), (2, 1, 5, 7), "ignore_borders"), sample(8, 6))


def sequences() -> Iterator[Case]:
    labels, lengths = np.array([[1, 1, 2], [2, -1, -1], [-1, -1, -1]]), np.array([5, 3, 4])
    yield case("ctc", ctc.ctc, sample(5, 3, 4), labels, lengths)
    yield case("ctc_both", ctc.ConnectionistTemporalClassification(), sample(5, 3, 4), labels, lengths, gradient=())
    yield case("ctc_float32", ctc.ctc, sample(5, 3, 4, dtype="float32"), labels.astype("int32"), lengths.astype("int32"))
    yield case("ctc_nothing", ctc.ctc, np.empty((0, 3, 4)), labels, 0 * lengths, gradient=())
    places = np.array([[0, 2], [1, 1]]), np.array([[1], [0]])
    dot = lambda w, h, b, i, o: blocksparse.sparse_block_dot(w, h, i, b, o)  # noqa: E731
    yield case("sparse_block_dot", dot, sample(3, 2, 2, 3), sample(2, 2, 2), sample(2, 3), *places)
    yield case("sparse_block_dot_of_one", dot, sample(3, 2, 2, 3), sample(2, 2), sample(2, 3), places[0][0], places[1][0])
    outer = lambda o, x, y, i, k: blocksparse.sparse_block_outer(o, x, y, i, k, 0.5)  # noqa: E731
    yield case("sparse_block_outer", outer, sample(3, 2, 2, 3), sample(2, 2, 2), sample(2, 1, 3), *places)


CASES = [*sequences(), *neighbourhoods(), *normalizations(), *distributions(), *cross_entropies(), *classifiers()]
