"""Lowerings of softmax, of cross entropies with labels, and of their gradients.

Two loops over the rows: the largest number t of each; then the exponentials e of what they are below it, with their
sum.  What is made of these is written out where it is used.  Ops that need the same of one matrix share it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from theano import scalar
from theano.backends.llvm.lower.extremum import place_of_maximum
from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement
from theano.loops.expressions import INDEX, Carried, Expression, Literal, Load, apply, axes_of
from theano.tensor.nnet.crossentropy import (
    CrossentropyCategorical1Hot,
    CrossentropyCategorical1HotGrad,
    CrossentropySoftmax1HotWithBiasDx,
    CrossentropySoftmaxArgmax1HotWithBias,
)
from theano.tensor.nnet.distribution import LogSoftmax, Softmax, SoftmaxGrad

I, K = axes_of(2)


@dataclass(frozen=True)
class _Rows:
    """What softmax makes of the rows of z.

    z     a matrix
    node  what asks for it
    """

    z: Definition
    node: Any

    @cached_property
    def dtype(self) -> str:
        """What is computed in: at least float32."""
        return str(np.result_type(self.z.dtype, "float32"))

    def element(self, i: Expression, k: Expression) -> Expression:
        return converted(self.z[i, k], self.dtype)

    @cached_property
    def largest(self) -> Definition:
        """t[i] = max_k z[i, k]"""
        return _fold(self.node, self.z, scalar.maximum, Literal(-np.inf, self.dtype), self.element(I, K))

    @cached_property
    def exponentials(self) -> Definition:
        """e[i, k] = exp(z[i, k] - t[i])"""
        element = apply(scalar.exp, self.shifted(I, K))
        return Pointwise(self.dtype, self.z.shape, element=element, origin=self.node)

    @cached_property
    def total(self) -> Definition:
        """s[i] = sum_k e[i, k], added up in float64"""
        return _fold(self.node, self.z, scalar.add, Literal(0.0, "float64"), self.exponentials[I, K])

    def shifted(self, i: Expression, k: Expression) -> Expression:
        """z[i, k] - t[i]"""
        return self.element(i, k) - self.largest[i]

    def logarithm(self, i: Expression) -> Expression:
        """log(s[i])"""
        return converted(apply(scalar.log, self.total[i]), self.dtype)

    def softmax(self, i: Expression, k: Expression) -> Expression:
        """e[i, k] / s[i]"""
        return apply(scalar.true_div, self.exponentials[i, k], converted(self.total[i], self.dtype))


def _rows(x: Definition, node: Any) -> _Rows:
    return x.parts.setdefault("softmax", _Rows(x, node))


def _fold(node: Any, z: Definition, function: Any, initial: Literal, element: Expression) -> Fold:
    """The elements of each row of z, or what is made of them, folded."""
    following = apply(function, Carried(0, initial.dtype), converted(element, initial.dtype))
    return Fold(
        initial.dtype, z.shape[:1], extents=z.shape[1:], initial=(initial,), following=(following,), origin=node
    )


@lower.register
def lower_softmax(op: Softmax, node: Any, x: Definition) -> Definition:
    """out[i, k] = e[i, k] / s[i]"""
    return pointwise(node, x.shape, _rows(x, node).softmax)


@lower.register
def lower_log_softmax(op: LogSoftmax, node: Any, x: Definition) -> Definition:
    """out[i, k] = z[i, k] - t[i] - log(s[i])"""
    rows = _rows(x, node)
    logarithm = Pointwise(rows.dtype, x.shape[:1], element=rows.logarithm(I), origin=node)
    return pointwise(node, x.shape, lambda i, k: rows.shifted(i, k) - logarithm[i])


@lower.register
def lower_softmax_grad(op: SoftmaxGrad, node: Any, dout: Definition, out: Definition) -> Definition:
    """dx[i, k] = out[i, k] (dout[i, k] - sum_j out[i, j] dout[i, j])"""
    fits = tuple(
        Requirement(m, n, f"dout and softmax differ along axis {k}: {{left}} and {{right}}", node)
        for k, (m, n) in enumerate(zip(dout.shape, out.shape, strict=True))
        if m != n
    )
    work = str(np.result_type(node.outputs[0].type.dtype, "float32"))
    given, p = converted(dout[I, K], work), converted(out[I, K], work)
    product = Pointwise(work, out.shape, element=given * p, requirements=fits, origin=node)
    total = _fold(node, product, scalar.add, Literal(0.0, "float64"), product[I, K])
    return pointwise(node, out.shape, lambda i, k: p * (given - converted(total[i], work)))


@lower.register
def lower_crossentropy_softmax(
    op: CrossentropySoftmaxArgmax1HotWithBias, node: Any, x: Definition, b: Definition, y: Definition
) -> list[Definition]:
    """nll[i] = log(s[i]) - (z[i, y[i]] - t[i]),  sm[i, k] = e[i, k] / s[i],  am[i] = the first k with z[i, k] = t[i]"""
    dtype = node.outputs[0].type.dtype
    place = b[(Literal(0) if b.shape[0] == Literal(1) else K,)]
    zero = isinstance(place, Literal) and place.value == 0
    element = converted(x[I, K], dtype)
    fits = () if zero else (_alike(b.shape[0], x.shape[1], "b has {left} numbers for {right} columns", node),)
    z = x
    if not zero or x.dtype != dtype:
        element = element if zero else element + converted(place, dtype)
        z = Pointwise(dtype, x.shape, element=element, requirements=fits, origin=node)
    rows = _rows(z, node)
    label = _labels(node, y, x)
    nll = pointwise(node, y.shape, lambda i: rows.logarithm(i) - rows.shifted(i, label[i]))
    sm = pointwise(node, x.shape, rows.softmax, 1)
    return [nll, sm, pointwise(node, y.shape, lambda i: place_of_maximum(node, z)[i], 2)]


@lower.register
def lower_crossentropy_softmax_gradient(
    op: CrossentropySoftmax1HotWithBiasDx, node: Any, dy: Definition, sm: Definition, y: Definition
) -> Definition:
    """dx[i, k] = dy[i] (sm[i, k] - (1 where k is y[i], else 0))"""
    label = _labels(node, y, sm)
    dtype = node.outputs[0].type.dtype
    stretches = dy.shape[0] == Literal(1)
    fits = () if stretches else (_alike(dy.shape[0], sm.shape[0], "dy has {left} numbers for {right} rows", node),)

    def element(i: Expression, k: Expression) -> Expression:
        p = converted(sm[i, k], dtype)
        below = p - converted(apply(scalar.eq, k, label[i]), dtype)
        return converted(dy[(Literal(0) if stretches else i,)], dtype) * below

    return pointwise(node, sm.shape, element, requirements=fits)


@lower.register
def lower_crossentropy(op: CrossentropyCategorical1Hot, node: Any, p: Definition, y: Definition) -> Definition:
    """out[i] = -log(p[i, y[i]])"""
    label = _labels(node, y, p)
    return pointwise(node, y.shape, lambda i: apply(scalar.neg, apply(scalar.log, p[i, label[i]])))


@lower.register
def lower_crossentropy_gradient(
    op: CrossentropyCategorical1HotGrad, node: Any, g: Definition, p: Definition, y: Definition
) -> Definition:
    """dp[i, k] = -g[i] / p[i, k] where k is y[i], else 0"""
    label = _labels(node, y, p)
    stretches = g.shape[0] == Literal(1)
    fits = () if stretches else (_alike(g.shape[0], p.shape[0], "g_y has {left} numbers for {right} rows", node),)

    def element(i: Expression, k: Expression) -> Expression:
        slope = apply(scalar.true_div, -g[(Literal(0) if stretches else i,)], p[i, k])
        return apply(scalar.switch, apply(scalar.eq, k, label[i]), converted(slope, p.dtype), Literal(0.0, p.dtype))

    return pointwise(node, p.shape, element, requirements=fits)


def _labels(node: Any, y: Definition, x: Definition) -> Definition:
    """The labels as indices of columns of x, which they are required to be.

    They are brought into range where they are read besides: another thread may change the array meanwhile.
    """
    m, n = x.shape
    name = "labels", m, n
    if name not in y.parts:
        y.parts[name] = _checked_labels(node, y, m, n)
    return y.parts[name]


def _checked_labels(node: Any, y: Definition, m: Expression, n: Expression) -> Definition:
    given = converted(y[axes_of(1)], INDEX)
    least = _extreme(node, y, scalar.minimum, np.iinfo(INDEX).max, given)
    most = _extreme(node, y, scalar.maximum, -1, given)
    within = apply(scalar.minimum, apply(scalar.maximum, given, 0), n - 1)
    requirements = (
        _alike(y.shape[0], m, "there must be one label for each row, found {left} labels for {right} rows", node),
        Requirement(least, Literal(-1), "label {left} is out of bounds for a column", node, IndexError, ">"),
        Requirement(n, most, "label {right} is out of bounds for {left} columns", node, IndexError, ">"),
    )
    return Pointwise(INDEX, y.shape, element=within, requirements=requirements, origin=node)


def _extreme(node: Any, y: Definition, function: Any, initial: int, element: Expression) -> Expression:
    following = apply(function, Carried(0, INDEX), element)
    fold = Fold(INDEX, (), extents=y.shape, initial=(Literal(initial),), following=(following,), origin=node)
    return Load(fold, (), INDEX)


def _alike(left: Expression, right: Expression, message: str, node: Any) -> Requirement:
    return Requirement(left, right, message, node, ValueError)
