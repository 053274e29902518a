"""Truth of many: whether all, or any, of the elements along axes of an array are true."""

from __future__ import annotations

import typing

from theano import scalar
from theano.graph import Apply, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.reduction import CAReduce, reduced


class Truth(CAReduce):
    """A fold of truth values: numbers other than 0, NaN among them, are true."""

    __props__ = ("axis",)

    def make_node(self, x: typing.Any) -> Apply:
        x = as_tensor_variable(x)
        return super().make_node(x if x.type.dtype == "bool" else scalar.neq(x, 0))


class All(Truth):
    """Whether all elements along axes are true, as bool; True of none.

    out[i...] = True and x[i..., 0] and x[i..., 1] and ...

    The fold is that of and_, from True, in bool.
    """

    def __init__(self, axis: typing.Any = None) -> None:
        super().__init__(scalar.and_, axis)


class Any(Truth):
    """Whether any element along axes is true, as bool; False of none.

    out[i...] = False or x[i..., 0] or x[i..., 1] or ...

    The fold is that of or_, from False, in bool.
    """

    def __init__(self, axis: typing.Any = None) -> None:
        super().__init__(scalar.or_, axis)


def all(x: typing.Any, axis: typing.Any = None, keepdims: bool = False) -> Variable:
    """Whether all elements along ``axis`` (None: all axes) differ from 0; NaN does."""
    return reduced(All(axis), as_tensor_variable(x), keepdims)


def any(x: typing.Any, axis: typing.Any = None, keepdims: bool = False) -> Variable:
    """Whether any element along ``axis`` (None: all axes) differs from 0; NaN does."""
    return reduced(Any(axis), as_tensor_variable(x), keepdims)
