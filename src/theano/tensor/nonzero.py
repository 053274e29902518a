"""Where arrays are not zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.join import stack
from theano.tensor.shape import flatten
from theano.tensor.type import tensor_type


class Nonzero(Op):
    """The positions of the elements that are not 0: one vector of int64 for each dimension, in C order."""

    __props__ = ()

    def make_node(self, a: Any) -> Apply:
        a = as_tensor_variable(a)
        if a.type.ndim == 0:
            raise ValueError("Nonzero only supports non-scalar arrays.")
        return Apply(self, [a], [tensor_type("int64", (False,))() for _ in range(a.type.ndim)])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        from theano.tensor import neq

        count = neq(node.inputs[0], 0).sum(dtype="int64")
        return [(count,)] * len(node.outputs)

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        for cell, positions in zip(outputs, np.nonzero(inputs[0]), strict=True):
            cell[0] = positions.astype("int64")

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [zeros_of_gradient(inputs[0])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None] * len(self.make_node(*inputs).outputs)


def nonzero(a: Any, return_matrix: bool = False) -> Any:
    """The positions of the elements that are not 0: a tuple of vectors, one for each dimension, or a matrix of them."""
    vectors = Nonzero()(a, return_list=True)
    return stack(list(vectors)) if return_matrix else tuple(vectors)


def flatnonzero(a: Any) -> Variable:
    """The positions in the flattened ``a`` of the elements that are not 0."""
    a = as_tensor_variable(a)
    if a.type.ndim == 0:
        raise ValueError("Nonzero only supports non-scalar arrays.")
    return nonzero(flatten(a))[0]


def nonzero_values(a: Any) -> Variable:
    """The elements of ``a`` that are not 0, in C order."""
    a = as_tensor_variable(a)
    return flatten(a)[flatnonzero(a)]  # type: ignore[index]
