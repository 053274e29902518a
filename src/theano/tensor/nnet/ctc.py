"""Connectionist temporal classification: the cost of labels whose times nobody knows.

Graves, Fernández, Gomez and Schmidhuber 2006, "Connectionist temporal classification: labelling unsegmented sequence
data with recurrent neural networks".

The labels l[0], ..., l[n - 1] are spelled by each path of symbols, one a step, that becomes them when repetitions are
merged and then blanks (symbol 0) removed.  With s = blank, l[0], blank, ..., l[n - 1], blank, and y the logarithms of
the symbols' probabilities, the logarithm of the probability of all beginnings of such paths that are at s[u] at step t is

    alpha[0, u] = y[0, s[u]] for u < 2, else -inf
    alpha[t, u] = log(exp alpha[t-1, u] + exp alpha[t-1, u-1] + exp alpha[t-1, u-2]) + y[t, s[u]]

where the last term is left out where s[u] is a blank or s[u-2]; and likewise beta of all ends after that step.  So the
cost is -log(sum_u exp(alpha[t, u] + beta[t, u])), whatever t.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, MethodNotDefined, Op, Variable
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.reduction import sum as sum_of
from theano.tensor.type import TensorType, tensor_type

__all__ = ["ConnectionistTemporalClassification", "ctc", "ctc_available", "ctc_present"]


class ConnectionistTemporalClassification(Op):
    """The cost of each sequence, and its gradient with respect to what softmax makes probabilities of.

    activations    (steps, batch, symbols), floats; their softmax along the last axis is what the symbols' probability is
    labels         (batch, most labels), integers in 1 ... symbols - 1; a negative one ends the labels of a sequence
    input_lengths  (batch,), integers: how many steps of each sequence count
    costs          (batch,), dtype of activations;  infinite where no path spells the labels
    gradients      shape and dtype of activations;  0 beyond a sequence's end, and where the cost is infinite

    d cost / d activations[t, k] = softmax[t, k] - sum of exp(alpha[t, u] + beta[t, u] + cost) over the u with s[u] = k

    compute_grad  whether the second output is there
    openmp        accepted as in Theano 1.0.5

    Computed in float64.  There is no second derivative.  TypeError for other operands, IndexError at run time for a
    label that is no symbol, ValueError for lengths that do not fit.
    """

    __props__ = ("compute_grad",)

    def __init__(self, compute_grad: bool = True, openmp: Any = None) -> None:
        self.compute_grad = bool(compute_grad)

    def make_node(self, activations: Any, labels: Any, input_lengths: Any) -> Apply:  # type: ignore[override]
        x, labels, lengths = map(as_tensor_variable, (activations, labels, input_lengths))
        if x.type.ndim != 3 or x.type.dtype not in dtypes.FLOAT:
            raise TypeError(f"activations must be floats with 3 dimensions, found {x} of type {x.type}")
        for name, v, ndim in (("labels", labels, 2), ("input_lengths", lengths, 1)):
            if v.type.ndim != ndim or v.type.dtype not in dtypes.INTEGER:
                raise TypeError(f"{name} must be integers with {ndim} dimensions, found {v} of type {v.type}")
        outputs = [tensor_type(x.type.dtype, (x.type.broadcastable[1],))()]
        if self.compute_grad:
            outputs.append(x.type())
        return Apply(self, [x, labels, lengths], outputs)

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [(shapes[0][1],), tuple(shapes[0])][: len(node.outputs)]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, labels, lengths = inputs
        with np.errstate(all="ignore"):
            results = _cost_and_gradient(x.astype("float64"), labels, lengths, self.compute_grad)
        for cell, value in zip(outputs, results):
            cell[0] = value.astype(x.dtype)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True] * len(node.outputs), [False] * len(node.outputs), [False] * len(node.outputs)]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        x = inputs[0]
        if len(cotangents) > 1 and isinstance(cotangents[1].type, TensorType):
            raise MethodNotDefined(f"{self} has no second derivative")
        if not isinstance(cotangents[0].type, TensorType):
            return [zeros_like(x), None, None]
        gradients = outputs[1] if self.compute_grad else ConnectionistTemporalClassification()(*inputs)[1]
        return [dimshuffle(cotangents[0], "x", 0, "x") * gradients, None, None]  # type: ignore[operator]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        tx = tangents[0]
        if tx is None:
            return [None] * (2 if self.compute_grad else 1)
        gradients = ConnectionistTemporalClassification()(*inputs)[1]
        return [sum_of(scalar.mul(gradients, tx), axis=(0, 2)), None][: 2 if self.compute_grad else 1]


def _cost_and_gradient(x: np.ndarray, labels: np.ndarray, lengths: np.ndarray, wants_gradient: bool) -> list[np.ndarray]:
    """By the recursions at the head of this file, for all sequences at once."""
    steps, batch = x.shape[:2]
    _check(x, labels, lengths)
    m = x.max(axis=2, keepdims=True, initial=-np.inf)
    y = x - m - np.log(np.exp(x - m).sum(axis=2, keepdims=True))
    lengths = lengths.astype("int64")
    count = np.cumprod(labels >= 0, axis=1).sum(axis=1).astype("int64")
    positions = 2 * labels.shape[1] + 1
    s = np.zeros((batch, positions), "int64")  # a blank at even places, also where a sequence has no label
    s[:, 1::2] = np.maximum(labels, 0)
    exists = np.arange(positions) <= 2 * count[:, None]
    skips = np.zeros((batch, positions), bool)
    skips[:, 2:] = (s[:, 2:] != 0) & (s[:, 2:] != s[:, :-2])
    of_place = np.take_along_axis(y, np.broadcast_to(s, (steps, *s.shape)), axis=2)

    alpha = np.full((steps + 1, batch, positions), -np.inf)  # alpha[t] are beginnings of t steps
    alpha[0, :, 0] = 0
    for t in range(steps):
        before = alpha[t]
        if t == 0:
            reached = np.where(np.arange(positions) < 2, 0.0, -np.inf) * np.ones((batch, 1))
        else:
            reached = np.logaddexp(before, _moved(before, 1))
            reached = np.logaddexp(reached, np.where(skips, _moved(before, 2), -np.inf))
        goes_on = (t < lengths)[:, None]
        alpha[t + 1] = np.where(goes_on, np.where(exists, reached + of_place[t], -np.inf), before)
    each = np.arange(batch)
    last = alpha[-1, each, 2 * count]
    total = np.where(count > 0, np.logaddexp(last, alpha[-1, each, np.maximum(2 * count - 1, 0)]), last)
    costs = np.where(total == -np.inf, np.inf, -total)
    if not wants_gradient:
        return [costs]

    place = np.arange(positions)
    is_end = (place == 2 * count[:, None]) | (place == 2 * count[:, None] - 1)
    beta = np.where(is_end, 0.0, -np.inf)  # of ends after the step
    gradient = np.zeros_like(x)
    possible = np.isfinite(total)
    for t in reversed(range(steps)):
        share = np.exp(alpha[t + 1] + beta - total[:, None])
        dx = np.exp(y[t])
        np.subtract.at(dx, (each[:, None], s), share)
        counts = (t < lengths) & possible
        gradient[t] = np.where(counts[:, None], dx, 0)
        here = np.where(exists, beta + of_place[t], -np.inf)
        came = np.logaddexp(here, _moved(here, -1))
        came = np.logaddexp(came, _moved(np.where(skips, here, -np.inf), -2))
        beta = np.where((t < lengths)[:, None], came, beta)
    return [costs, gradient]


def _moved(a: np.ndarray, places: int) -> np.ndarray:
    """The rows of a matrix moved to the right, or to the left, with -inf moving in."""
    out = np.full_like(a, -np.inf)
    if places > 0:
        out[:, places:] = a[:, :-places]
    else:
        out[:, :places] = a[:, -places:]
    return out


def _check(x: np.ndarray, labels: np.ndarray, lengths: np.ndarray) -> None:
    steps, batch, symbols = x.shape
    if labels.shape[0] != batch or lengths.shape[0] != batch:
        raise ValueError(
            f"activations are of {batch} sequences, labels of {labels.shape[0]} and input_lengths of {lengths.shape[0]}"
        )
    if lengths.size and (lengths.min() < 0 or lengths.max() > steps):
        raise ValueError(f"input_lengths must be between 0 and the {steps} steps of activations, found {lengths.tolist()}")
    if labels.size and (labels.max() >= symbols or (labels == 0).any()):
        wrong = labels[(labels >= symbols) | (labels == 0)][0]
        raise IndexError(f"label {wrong} is out of bounds: labels are 1 to {symbols - 1}, 0 is the blank")


def ctc(activations: Any, labels: Any, input_lengths: Any) -> Variable:
    """The cost, minus the logarithm of its probability, of a sequence of labels whose times are not known.

    Parameters
    ----------
    activations
        (steps, batch, symbols), floats: a softmax is applied to the last axis.  Symbol 0 is the blank.
    labels
        (batch, most labels), integers from 1; negative ones fill up the rest.
    input_lengths
        (batch,), integers: how many steps each sequence has.

    Returns
    -------
    (batch,), the dtype of activations.  See the head of this file for the formula.
    """
    return ConnectionistTemporalClassification()(activations, labels, input_lengths)[0]


def ctc_available() -> bool:
    """Whether the cost can be computed: always, as it needs no library."""
    return True


def ctc_present() -> bool:
    """Whether the cost can be computed: always, as it needs no library."""
    return True


__getattr__ = old_names(__name__)
