"""Outcomes of given probabilities, from uniform numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.gradient.types import grad_undefined
from theano.graph import Apply, Op, Variable
from theano.random.size import vector_of
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import arange
from theano.tensor.constant import as_tensor_variable
from theano.tensor.cumulative import CumOp
from theano.tensor.elementwise import eq, le
from theano.tensor.elemwise import elemwise_of
from theano.tensor.reduction import sum as sum_of
from theano.tensor.shape import reshape
from theano.tensor.static_value import known_integer
from theano.tensor.type import TensorType


def multinomial_of_uniform(pvals: Any, u: Any, n: Any, dtype: str = "int64") -> Variable:
    """counts[r, m] = how many of u[r], u[rows + r], ..., u[(n - 1) rows + r] choose outcome m.

    pvals  float matrix, a row of probabilities for each row of the result
    u      vector of n * rows numbers of the unit interval

    A number u chooses the first m with pvals[r, 0] + ... + pvals[r, m] > u, and none where there is no such m.
    """
    ends = CumOp(1, "add")(pvals)
    if known_integer(n) == 1:
        chosen = sum_of(le(ends, u[:, None]), axis=1)
        return elemwise_of(casts[dtype])(eq(arange(pvals.shape[1]), chosen[:, None]))  # type: ignore[index]
    u = reshape(u, vector_of([n, pvals.shape[0]]), ndim=2)
    chosen = sum_of(le(ends[None, :, :], u[:, :, None]), axis=2)  # type: ignore[index]
    hits = eq(arange(pvals.shape[1]), chosen[:, :, None])  # type: ignore[index]
    return sum_of(elemwise_of(casts[dtype])(hits), axis=0, dtype=dtype)


class ChoiceFromUniform(Op):
    """out[r, t] = the outcome that u[t * rows + r] chooses among those that row r has not chosen yet.

    pvals  float matrix, a row of probabilities for each row of the result
    u      float vector of n * rows numbers of the unit interval
    n      0-d integer, at most the number of outcomes
    out    matrix of ``odtype``, shape (rows, n)

    After each choice the other probabilities of the row are divided by their sum.
    vjp: undefined
    Raises ValueError when n is more than there are outcomes, or ``u`` has another length.
    """

    __props__ = ("odtype",)

    def __init__(self, odtype: str = "int64") -> None:
        self.odtype = odtype

    def make_node(self, pvals: Any, u: Any, n: Any) -> Apply:
        pvals, u, n = as_tensor_variable(pvals), as_tensor_variable(u), as_tensor_variable(n)
        if pvals.type.ndim != 2 or u.type.ndim != 1 or n.type.ndim != 0 or n.type.dtype not in dtypes.INTEGER:
            raise TypeError(f"{self} takes a matrix, a vector and an integer, found {pvals.type}, {u.type}, {n.type}")
        pattern = pvals.type.broadcastable[0], known_integer(n) == 1
        return Apply(self, [pvals, u, n], [TensorType(self.odtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        return [(shapes[0][0], node.inputs[2])]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        pvals, u, n = np.array(inputs[0]), inputs[1], int(inputs[2])
        rows, outcomes = pvals.shape
        if n > outcomes:
            raise ValueError(f"Cannot sample without replacement n samples bigger than the size of the distribution: {n} > {outcomes}")
        if len(u) != n * rows:
            raise ValueError(f"unis.shape[0] != pvals.shape[0] * n: {len(u)} != {rows} * {n}")
        out = np.empty((rows, n), self.odtype)
        row = np.arange(rows)
        for t in range(n):
            ends = np.cumsum(pvals, axis=1)
            chosen = np.minimum((ends <= u[t * rows : (t + 1) * rows, None]).sum(axis=1), outcomes - 1)
            out[:, t] = chosen
            pvals[row, chosen] = 0
            with np.errstate(all="ignore"):
                pvals = pvals / pvals.sum(axis=1, keepdims=True)
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        reason = "A choice jumps"
        return [grad_undefined(self, k, inputs[k], reason) for k in range(2)] + [None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]

    def __str__(self) -> str:
        return f"ChoiceFromUniform{{odtype={self.odtype!r}}}"


def choice_without_replacement(pvals: Any, u: Any, n: Any, dtype: str = "int64") -> Variable:
    """n different outcomes for each row of pvals: see ChoiceFromUniform."""
    return ChoiceFromUniform(dtype)(pvals, u, n)
