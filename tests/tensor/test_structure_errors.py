"""Misuse of structure: one test for each mistake."""

from __future__ import annotations

import numpy as np
import pytest

import theano.tensor as T
from theano.tensor import AsTensorError


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda x, m: x.reshape(3.5),
            TypeError,
            "New shape in reshape must be a vector or a list/tuple of scalar",
        ),
        (lambda x, m: x.reshape(T.lvector()), ValueError, "give ndim"),
        (lambda x, m: m.reshape((-1, -1)), ValueError, "one length that is -1"),
        (lambda x, m: m.reshape((3, 2), ndim=3), ValueError, "needs a shape of so many"),
        (lambda x, m: m.reshape((3, 2.0)), TypeError, "must be"),
        (lambda x, m: x.dimshuffle(1), ValueError, "the input only has 1 axes"),
        (lambda x, m: m.dimshuffle(0, 0), ValueError, "may not appear twice"),
        (lambda x, m: T.concatenate([]), ValueError, "Cannot join an empty list of tensors"),
        (lambda x, m: T.concatenate([x, m]), TypeError, "same number of dimensions"),
        (lambda x, m: T.concatenate(m), TypeError, "must be either a tuple or a list"),
        (lambda x, m: T.join(5, x, x), ValueError, "out of range"),
        (lambda x, m: T.alloc(x), TypeError, "more dimensions than the specified"),
        (lambda x, m: T.alloc(x, 2.5), TypeError, "must be integers"),
        (lambda x, m: T.addbroadcast(m, 5), ValueError, "non-existent dimension"),
        (lambda x, m: T.specify_shape(m, (2,)), AssertionError, "SpecifyShape"),
        (
            lambda x, m: T.tensordot(x, x, axes=3),
            ValueError,
            r"larger than the dimension of a \(a.ndim=1, axes=3\)",
        ),
        (lambda x, m: T.tensordot(m, m, [[0], [0, 1]]), ValueError, "same length"),
        (lambda x, m: T.stack([x, m]), TypeError, "same number of dimensions"),
        (lambda x, m: T.arange(1, 2, 3, 4), TypeError, "Unsupported dtype"),
        (lambda x, m: T.arange(x), AssertionError, "0-d arguments, found x"),
        (lambda x, m: T.as_tensor_variable(x, ndim=0), ValueError, "could not be cast to have 0 dimensions"),
        (lambda x, m: T.tile(m, T.lvector()), ValueError, "specify the ndim"),
        (lambda x, m: T.searchsorted(m, x), ValueError, "needs a vector"),
        (lambda x, m: T.bincount(x), TypeError, "vector of integers"),
        (lambda x, m: T.nonzero(x[0]), ValueError, "non-scalar"),
        (lambda x, m: T.diagonal(x), ValueError, "x.ndim >= 2"),
        (lambda x, m: x < "a", AsTensorError, "Cannot convert a"),
        (lambda x, m: x >= None, AsTensorError, "Cannot convert None"),
    ],
)
def test_a_mistake_is_told_when_the_graph_is_built(build, error, message) -> None:
    with pytest.raises(error, match=message):
        build(T.vector("x"), T.matrix("m"))


def test_a_wrong_pair_of_lengths_names_the_operands() -> None:
    from theano.graph.performing import perform_node

    m, n = T.matrix("m"), T.matrix("n")
    with pytest.raises(ValueError) as caught:
        perform_node(T.dot(m, n).owner, [np.ones((2, 3)), np.ones((4, 3))])
    assert "dot(m, n) needs" in str(caught.value)
    assert "made at test_structure_errors.py" in str(caught.value)
    assert "did you mean y.T?" in str(caught.value)
