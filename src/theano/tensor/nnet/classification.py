"""What classifiers are made with: softmax in two levels, counts of confusions, numbers put before rows."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.graph import Variable
from theano.tensor.alloc import alloc, arange
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.dot import batched_dot, dot, tensordot
from theano.tensor.join import concatenate
from theano.tensor.nnet.distribution import softmax
from theano.tensor.search import Unique

__all__ = [
    "Prepend_scalar_constant_to_each_row",
    "Prepend_scalar_to_each_row",
    "confusion_matrix",
    "h_softmax",
    "prepend_0_to_each_row",
    "prepend_1_to_each_row",
    "prepend_scalar_to_each_row",
]


def h_softmax(
    x: Any,
    batch_size: Any,
    n_outputs: Any,
    n_classes: Any,
    n_outputs_per_class: Any,
    W1: Any,
    b1: Any,
    W2: Any,
    b2: Any,
    target: Any = None,
) -> Variable:
    """Softmax in two levels: of classes, then of the outputs within a class, which costs a root of the outputs.

    x                    matrix of floats, (batch_size, number of features)
    n_outputs            how many outputs there are, at most n_classes * n_outputs_per_class
    W1, b1               of the classes: (features, n_classes) and (n_classes,)
    W2, b2               of the outputs: (n_classes, features, n_outputs_per_class) and (n_classes, n_outputs_per_class)
    target               for each row the output whose probability is wanted: integers; None for all outputs
    returns              (batch_size,), or (batch_size, n_outputs) without a target

    p[i, o] = softmax(x W1 + b1)[i, c] softmax(x W2[c] + b2[c])[i, o - c n_outputs_per_class],  c = o // n_outputs_per_class

    References
    ----------
    Goodman 2001, "Classes for fast maximum entropy training".
    """
    x, W2, b2 = as_tensor_variable(x), as_tensor_variable(W2), as_tensor_variable(b2)
    classes = softmax(dot(x, W1) + b1)
    if target is None:
        activations = tensordot(x, W2, axes=[[1], [1]]) + b2
        within = softmax(activations.reshape((batch_size * n_classes, n_outputs_per_class)))
        joint = dimshuffle(classes, 0, 1, "x") * within.reshape((batch_size, n_classes, -1))  # type: ignore[attr-defined]
        return joint.reshape((batch_size, -1))[:, :n_outputs]
    target = as_tensor_variable(target).flatten()  # type: ignore[attr-defined]
    chosen, place = target // n_outputs_per_class, target % n_outputs_per_class
    activations = batched_dot(x, W2[chosen]) + b2[chosen]  # type: ignore[index]
    rows = arange(batch_size)
    return classes[rows, chosen] * softmax(activations)[rows, place]  # type: ignore[index]


def confusion_matrix(actual: Any, pred: Any) -> list[Variable]:
    """[counts, labels]: how often each label was predicted where each other was the case.

    actual, pred  vectors of labels
    counts        counts[i, j] = how many k have actual[k] = labels[i] and pred[k] = labels[j];  int64
    labels        all that occur in either, in ascending order

    Raises ValueError when one is no vector.
    """
    actual, pred = as_tensor_variable(actual), as_tensor_variable(pred)
    for name, v in (("actual", actual), ("pred", pred)):
        if v.type.ndim != 1:
            raise ValueError(f"{name} must be 1-d tensor variable")
    labels = Unique()(concatenate([actual, pred]))
    of_actual, of_pred = (
        scalar.casts["int64"](scalar.eq(dimshuffle(v, 0, "x"), labels)) for v in (actual, pred)
    )
    return [dot(of_actual.T, of_pred), labels]  # type: ignore[attr-defined]


class Prepend_scalar_constant_to_each_row:
    """Called on a matrix: the matrix with a column of ``val`` before its own."""

    def __init__(self, val: float = 0) -> None:
        if not isinstance(val, (int, float)):
            raise TypeError(f"the number to prepend must be an int or a float, found {val!r}")
        self.val = val

    def __call__(self, mat: Any) -> Variable:
        return prepend_scalar_to_each_row(self.val, mat)


class Prepend_scalar_to_each_row:
    """Called on a number and a matrix: the matrix with a column of that number before its own."""

    def __call__(self, val: Any, mat: Any) -> Variable:
        val, mat = as_tensor_variable(val), as_tensor_variable(mat)
        if val.type.ndim != 0:
            raise TypeError(f"the number to prepend must be 0-d, found {val.type}")
        if mat.type.ndim != 2:
            raise TypeError(f"Expected a matrix as input, found {mat.type}")
        column = alloc(scalar.casts[mat.type.dtype](val), mat.shape[0], 1)
        return concatenate([column, mat], axis=1)


prepend_scalar_to_each_row = Prepend_scalar_to_each_row()
prepend_0_to_each_row = Prepend_scalar_constant_to_each_row(0)
prepend_1_to_each_row = Prepend_scalar_constant_to_each_row(1)
