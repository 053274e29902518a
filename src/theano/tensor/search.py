"""Finding and counting values: searchsorted, unique, bincount, compress, one-hot rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.advanced import advanced_inc_subtensor1
from theano.tensor.alloc import arange, zeros
from theano.tensor.assertion import Assert
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.indexing import set_subtensor, take
from theano.tensor.nonzero import flatnonzero
from theano.tensor.type import tensor_type


class SearchsortedOp(Op):
    """Where the elements of ``v`` would have to be put into the ascending vector ``x`` to keep it so: int64.

    side    "left" of equal elements or "right" of them
    sorter  positions that put ``x`` in ascending order, where it is not
    """

    __props__ = ("side",)

    def __init__(self, side: str = "left") -> None:
        if side not in ("left", "right"):
            raise ValueError(f"'{side}' is an invalid value for keyword 'side'")
        self.side = side

    def make_node(self, x: Any, v: Any, sorter: Any = None) -> Apply:
        x, v = as_tensor_variable(x), as_tensor_variable(v)
        if x.type.ndim != 1:
            raise ValueError(f"searchsorted needs a vector to search in, found {x} of type {x.type}")
        inputs = [x, v]
        if sorter is not None:
            sorter = as_tensor_variable(sorter)
            if sorter.type.ndim != 1 or sorter.type.dtype not in dtypes.INTEGER:
                raise TypeError(f"sorter must be an integer vector, found {sorter} of type {sorter.type}")
            inputs.append(sorter)
        return Apply(self, inputs, [tensor_type("int64", v.type.broadcastable)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(shapes[1])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, v, *sorter = inputs
        found = np.searchsorted(x, v, self.side, sorter[0] if sorter else None)  # type: ignore[call-overload]
        outputs[0][0] = np.asarray(found, dtype="int64")

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]][: len(node.inputs)]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [zeros_of_gradient(inputs[0]), zeros_of_gradient(inputs[1]), *[None] * (len(inputs) - 2)]


class Unique(Op):
    """The distinct elements in ascending order; and, where asked for, positions of their first occurrences, the
    position of each element among them, and how often each occurs, all int64."""

    __props__ = ("return_index", "return_inverse", "return_counts", "axis")

    def __init__(
        self,
        return_index: bool = False,
        return_inverse: bool = False,
        return_counts: bool = False,
        axis: int | None = None,
    ) -> None:
        self.return_index, self.return_inverse = bool(return_index), bool(return_inverse)
        self.return_counts, self.axis = bool(return_counts), axis

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        if self.axis is None:
            pattern: tuple[bool, ...] = (False,)
        else:
            if not -x.type.ndim <= self.axis < x.type.ndim:
                raise RuntimeError(f"Unique axis {self.axis} is outside of input ndim = {x.type.ndim}.")
            pattern = tuple(b and k != self.axis % x.type.ndim for k, b in enumerate(x.type.broadcastable))
        extra = sum((self.return_index, self.return_inverse, self.return_counts))
        vectors = [tensor_type("int64", (False,))() for _ in range(extra)]
        return Apply(self, [x], [tensor_type(x.type.dtype, pattern)(), *vectors])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        found: Any = np.unique(  # type: ignore[call-overload]
            inputs[0], self.return_index, self.return_inverse, self.return_counts, self.axis
        )
        results = found if isinstance(found, tuple) else (found,)
        outputs[0][0] = results[0]
        for cell, positions in zip(outputs[1:], results[1:], strict=True):
            cell[0] = positions.reshape(-1).astype("int64")

    def do_constant_folding(self, node: Apply) -> bool:
        return True


def searchsorted(x: Any, v: Any, side: str = "left", sorter: Any = None) -> Variable:
    """Where the elements of ``v`` belong in the ascending vector ``x``."""
    return SearchsortedOp(side)(x, v, *([] if sorter is None else [sorter]))


def bincount(x: Any, weights: Any = None, minlength: Any = None, assert_nonneg: bool = False) -> Variable:
    """How often each of 0, 1, 2, ... occurs in the vector of integers ``x``; or the sums of their ``weights``.

    minlength      the least length of the result
    assert_nonneg  whether a negative integer is an AssertionError; else it is an IndexError, or counts from the end

    The dtype is that of ``weights``, else of ``x``.
    """
    x = as_tensor_variable(x)
    if x.type.ndim != 1 or x.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"bincount needs a vector of integers, found {x} of type {x.type}")
    if assert_nonneg:
        x = Assert("Input to bincount has negative values!")(x, (x >= 0).all())
    length = x.max().astype("int64") + 1
    if minlength is not None:
        from theano.scalar import maximum

        length = maximum(length, minlength)
    weights = (
        as_tensor_variable(np.array(1, x.type.dtype)) if weights is None else as_tensor_variable(weights)
    )
    return advanced_inc_subtensor1(zeros([length], weights.type.dtype), weights, x)


def compress(condition: Any, x: Any, axis: int | None = None) -> Variable:
    """The slices of ``x`` along ``axis``, or the elements of the flattened ``x``, where ``condition`` is true."""
    return take(x, flatnonzero(condition), axis)


def to_one_hot(y: Any, nb_class: Any, dtype: str | None = None) -> Variable:
    """For each integer of the vector ``y`` a row of ``nb_class`` zeros with a one at that position."""
    y = as_tensor_variable(y)
    if y.type.ndim != 1 or y.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"to_one_hot needs a vector of integers, found {y} of type {y.type}")
    empty = zeros((y.shape[0], nb_class), dtype)
    return set_subtensor(empty[arange(y.shape[0]), y], 1)  # type: ignore[index]
